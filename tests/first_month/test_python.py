"""A month with the plain Python starter: migrations, other settings, another origin, a proxy, production."""

import base64
import re
import sqlite3
from contextlib import closing

import pytest

pytestmark = pytest.mark.slow

MIGRATE = "uv run python -m app migrate"
ADDED = """
ALTER TABLE tasks ADD COLUMN note TEXT;
ALTER TABLE tasks ADD COLUMN code TEXT;
CREATE UNIQUE INDEX tasks_code ON tasks (code);
CREATE TABLE steps (id INTEGER PRIMARY KEY, task INTEGER NOT NULL REFERENCES tasks ON DELETE CASCADE) STRICT;
INSERT INTO steps (task) SELECT id FROM tasks;
"""
ANOTHER_TYPE = """
-- SQLite changes no type: the table is built anew, and what refers to it outlives that.
CREATE TABLE anew (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  title TEXT NOT NULL CHECK (title <> ';'),
  done INTEGER NOT NULL,
  created TEXT NOT NULL,
  updated TEXT NOT NULL,
  note INTEGER,
  code TEXT
) STRICT;
INSERT INTO anew SELECT * FROM tasks;
DROP TABLE tasks;
ALTER TABLE anew RENAME TO tasks;
CREATE UNIQUE INDEX tasks_code ON tasks (code);
CREATE TRIGGER stamped AFTER UPDATE ON steps BEGIN
  UPDATE tasks SET updated = 'now' WHERE id = new.task;
  SELECT 'a; b';
END;
"""
RENAMED = "ALTER TABLE tasks RENAME COLUMN note TO remark;"
DROPPED = "DROP INDEX tasks_code; ALTER TABLE tasks DROP COLUMN code;"
HALF = "CREATE TABLE half (id INTEGER);\nDROP TABLE nowhere;"


def test_migrations(used):
    project = used("python")

    def ask(sql):
        with closing(sqlite3.connect(project.root / "db.sqlite3", isolation_level=None)) as connection:
            return connection.execute(sql).fetchall()

    project.sh(MIGRATE)
    ask("INSERT INTO tasks (title, done, created, updated) VALUES ('kept', 0, 'a', 'b')")
    steps = {"3_added": ADDED, "4_type": ANOTHER_TYPE, "5_renamed": RENAMED, "6_dropped": DROPPED}
    for name, sql in steps.items():
        project.add(f"src/app/migrations/000{name}.sql", sql)
        assert f"Applied 000{name}.sql" in project.sh(MIGRATE)
    columns = {name: kind for _, name, kind, *_ in ask("PRAGMA table_info(tasks)")}
    assert columns["remark"] == "INTEGER"
    assert not {"note", "code"} & columns.keys()
    assert ask("SELECT title FROM tasks JOIN steps ON task = tasks.id") == [("kept",)]

    # What fails in the middle was never there, and works once it is mended.
    project.add("src/app/migrations/0007_half.sql", HALF)
    assert "nowhere" in project.sh(MIGRATE, code=1)
    assert ask("SELECT name FROM sqlite_schema WHERE name = 'half'") == []
    project.change("src/app/migrations/0007_half.sql", "\nDROP TABLE nowhere;", "")
    assert project.sh(MIGRATE) == "Applied 0007_half.sql\n"
    assert project.sh(MIGRATE) == ""
    project.sh("uv run ruff check . && uv run mypy . && uv run pytest -q")


def test_the_developers_own_settings_do_not_reach_the_tests(used, tmp_path):
    project = used("python")
    theirs = tmp_path / "theirs.sqlite3"
    hostile = {
        "DATABASE_URL": f"sqlite:///{theirs}",
        "ALLOWED_HOSTS": "other.example",
        "CORS_ORIGINS": "https://other.example",
        "FORWARDED_ALLOW_IPS": "*",
        "LOG_LEVEL": "critical",
        "HOST": "192.0.2.1",
        "PORT": "1",
    }
    project.add(".env", "".join(f"{name}={value}\n" for name, value in hostile.items()))
    project.sh("uv run pytest -q", **hostile)
    project.sh("uv run pytest -q")
    assert not theirs.exists()


def test_the_readme_followed_into_production(used, visit):
    """Its list by the letter; then another origin, and a proxy that ends TLS."""
    project = used("python")
    project.sh("cp .env.example .env")
    project.change(".env", "ALLOWED_HOSTS=\n", "ALLOWED_HOSTS=shop.example\n")
    run = "uv run --no-sync --env-file .env"
    project.sh("uv sync --locked --no-dev --extra server")
    project.sh(f"{run} python -m app migrate")
    token = project.sh(f"{run} python -m app create-token page --rights read,write").split()[-1]
    known = {"Host": "shop.example", "Authorization": f"Bearer {token}"}
    page = {"Origin": "https://app.example"}
    asks = page | {
        "Host": "shop.example",
        "Access_Control_Request_Method": "POST",
        "Access_Control_Request_Headers": "authorization,content-type",
    }
    create = {"method": "POST", "body": b'{"title": "Hello"}', "Content_Type": "application/json"}
    password = base64.b64encode(f"any:{token}".encode()).decode()

    with project.served(f"{run} gunicorn app.wsgi", FORWARDED_ALLOW_IPS="127.0.0.1") as base:
        assert visit(f"{base}/readyz")[0] == 200
        status, headers, text = visit(f"{base}/", Host="shop.example", X_Forwarded_Proto="https")
        assert (status, headers["Strict-Transport-Security"]) == (200, "max-age=3600")
        [sheet] = re.findall(r'<link rel="stylesheet" href="([^"]+)"', text)
        status, headers, _ = visit(base + sheet, Host="shop.example")
        assert (status, headers.get_content_type()) == (200, "text/css")
        # Off by default.
        status, headers, _ = visit(f"{base}/api/tasks", **create, **known, **page)
        assert (status, "Access-Control-Allow-Origin" in headers) == (201, False)
        assert visit(f"{base}/api/tasks", method="OPTIONS", **asks)[0] == 405
        assert "Hello" in visit(f"{base}/tasks", Host="shop.example", Authorization=f"Basic {password}")[2]

    with project.served(f"{run} gunicorn app.wsgi", CORS_ORIGINS="https://app.example") as base:
        headers = visit(f"{base}/", Host="shop.example", X_Forwarded_Proto="https")[1]
        assert "Strict-Transport-Security" not in headers
        status, headers, _ = visit(f"{base}/api/tasks", method="OPTIONS", **asks)
        assert (status, headers["Access-Control-Allow-Origin"]) == (204, "https://app.example")
        assert "POST" in headers["Access-Control-Allow-Methods"]
        status, headers, _ = visit(f"{base}/api/tasks", **create, **known, **page)
        assert (status, headers["Access-Control-Allow-Origin"]) == (201, "https://app.example")
        other = known | {"Origin": "https://evil.example"}
        assert "Access-Control-Allow-Origin" not in visit(f"{base}/api/me", **other)[1]
