-- Types that PostgreSQL checks and SQLite takes as they come.
create table tokens (
  name varchar(100) primary key,
  hash varchar(64) not null,
  rights varchar(20) not null,
  created timestamptz not null,
  expires timestamptz not null
);
-- An index of its own, because SQLite cannot drop a constraint.
create unique index tokens_by_hash on tokens (hash);
