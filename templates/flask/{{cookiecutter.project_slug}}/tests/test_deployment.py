"""What only a process of its own can show."""

import socket
from pathlib import Path

import pytest
from flask import Flask

from app.database import alembic

from .conftest import ROOT, Run


@pytest.mark.parametrize("key", ["", "short", "x" * 49])
def test_production_needs_a_secret(python: Run, key: str) -> None:
    done = python("-c", "import wsgi", SECRET_KEY=key)
    assert done.returncode != 0
    assert "SECRET_KEY must be set" in done.stderr


def test_production_refuses_the_example_secret(python: Run) -> None:
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    [key] = [line.partition("=")[2] for line in lines if line.startswith("SECRET_KEY=")]
    assert "SECRET_KEY must be set" in python("-c", "import wsgi", SECRET_KEY=key).stderr


def test_production_is_quiet_and_secure(python: Run) -> None:
    script = "from wsgi import app; print(app.debug, app.testing, app.config['TRUSTED_HOSTS'])"
    done = python("-c", script, SECRET_KEY="x" * 50, TRUSTED_HOSTS="example.com")
    assert done.stdout == "False False ['example.com', '127.0.0.1', 'localhost']\n", done.stderr


def test_a_developer_needs_no_configuration(python: Run, checkout: Path) -> None:
    done = python("-m", "flask", "db", "upgrade")
    assert done.returncode == 0, done.stderr
    assert (checkout / "instance" / "db.sqlite3").exists()


def test_the_database_file_may_have_any_name(python: Run, checkout: Path) -> None:
    done = python("-m", "flask", "db", "upgrade", DATABASE_URL="sqlite:///50%20off #1.sqlite3")
    assert done.returncode == 0, done.stderr
    assert (checkout / "instance" / "50%20off #1.sqlite3").exists()


def test_a_taken_port_is_named(python: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = python("-m", "gunicorn", "wsgi:app", PORT=port, SECRET_KEY="x" * 50)
    assert done.returncode == 1
    assert f"Can't connect to ('127.0.0.1', {port})" in done.stdout


def test_every_model_change_has_its_migration(app: Flask) -> None:
    with app.app_context():
        assert alembic.compare_metadata() == []
