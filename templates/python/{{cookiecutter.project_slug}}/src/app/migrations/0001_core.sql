{% if cookiecutter.database == "sqlite" %}
CREATE TABLE tokens (
  name TEXT PRIMARY KEY,
  digest TEXT NOT NULL UNIQUE,
  rights TEXT NOT NULL,
  created TEXT NOT NULL,
  expires TEXT NOT NULL
) STRICT;
{% else %}
CREATE TABLE tokens (
  name text PRIMARY KEY,
  digest text NOT NULL UNIQUE,
  rights text NOT NULL,
  created timestamptz NOT NULL,
  expires timestamptz NOT NULL
);
{% endif %}
