"""What only a process of its own can show."""

import socket
import sys
from concurrent.futures import ThreadPoolExecutor
{% if cookiecutter.database == "sqlite" %}
from pathlib import Path
{% endif %}

import pytest

{% if cookiecutter.database == "sqlite" %}
import app
{% endif %}
from app.application import Application
from app.config import Config, ConfigError
from app.database import Database, Error

from .conftest import Run


@pytest.mark.parametrize("hosts", ["", " , "])
def test_production_needs_host_names(python: Run, hosts: str) -> None:
    done = python("-c", "import app.wsgi", ALLOWED_HOSTS=hosts)
    assert done.returncode == 1
    assert "ALLOWED_HOSTS must name" in done.stderr


def test_production_writes_json(python: Run) -> None:
    script = "import app.wsgi, logging; logging.getLogger('x').warning('one\\ntwo')"
    done = python("-c", script, ALLOWED_HOSTS="example.test", LOG_LEVEL="warning")
    assert '"message": "one\\ntwo"' in done.stdout
    quiet = python("-c", script, ALLOWED_HOSTS="example.test", LOG_LEVEL="error")
    assert quiet.stdout == ""


def test_a_taken_port_is_one_line(python: Run) -> None:
    with socket.socket() as taken:
        if sys.platform == "win32":
            taken.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = python("-m", "app", "serve", PORT=port)
    assert done.returncode == 1
    [line] = done.stderr.splitlines()
    assert line.startswith(f"PORT {port}: ")


{% if cookiecutter.database == "sqlite" %}
def test_nothing_but_python_is_needed(python: Run) -> None:
    source = str(Path(app.__file__).parent.parent)
    # -S leaves out everything that was installed.
    done = python("-S", "-m", "app", "migrate", PYTHONPATH=source)
    assert done.returncode == 0, done.stderr
    done = python("-S", "-c", "import app.wsgi", PYTHONPATH=source, ALLOWED_HOSTS="example.test")
    assert done.returncode == 0, done.stderr


{% endif %}
def test_another_kind_of_database_is_refused() -> None:
    with pytest.raises(ConfigError, match="DATABASE_URL"):
        Database(Config(database_url="mysql://localhost/db"))


def test_migrations_are_applied_once(config: Config, python: Run) -> None:
    first = python("-m", "app", "migrate")
    assert "Applied 0001_core.sql" in first.stdout, first.stderr
    assert python("-m", "app", "migrate").stdout == ""


def test_migrations_at_once_wait_for_each_other(config: Config) -> None:
    with ThreadPoolExecutor(4) as pool:
        applied = list(pool.map(lambda _: Database(config).migrate(), range(4)))
    assert sorted(map(bool, applied)) == [False, False, False, True]


def test_a_migration_that_fails_leaves_nothing(
    application: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = [
        ("8000_notes.sql", "CREATE TABLE notes (text TEXT);"),
        ("9000_broken.sql", "CREATE TABLE more (text TEXT); ALTER TABLE nothing ADD x TEXT;"),
    ]
    monkeypatch.setattr("app.database.migrations", lambda: broken)
    with pytest.raises(Error):
        application.database.migrate()
    monkeypatch.setattr("app.database.migrations", lambda: broken[:1])
    assert application.database.migrate() == ["8000_notes.sql"]
    with pytest.raises(Error):
        application.database.query("SELECT * FROM more")
