create table tasks (
  id uuid primary key,
  title varchar(200) not null,
  done boolean not null,
  created timestamptz not null,
  updated timestamptz not null
);
create index tasks_by_creation on tasks (created, id);
