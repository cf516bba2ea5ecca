{% if cookiecutter.database == "sqlite" %}
CREATE TABLE tasks (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  title TEXT NOT NULL,
  done INTEGER NOT NULL,
  created TEXT NOT NULL,
  updated TEXT NOT NULL
) STRICT;
{% else %}
CREATE TABLE tasks (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  title text NOT NULL,
  done boolean NOT NULL,
  created timestamptz NOT NULL,
  updated timestamptz NOT NULL
);
{% endif %}
