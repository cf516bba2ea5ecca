"""What only a process of its own can show: settings are read once."""

import socket
from pathlib import Path

import pytest
from django.core.management import call_command

from .conftest import ROOT, Run

PRODUCTION = {"SECRET_KEY": "0123456789" * 5, "ALLOWED_HOSTS": "example.com"}


def test_the_deployment_checklist_has_no_complaint(python: Run) -> None:
    done = python("manage.py", "check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)
    assert done.returncode == 0, done.stderr
    assert done.stdout == "System check identified no issues (0 silenced).\n"


@pytest.mark.parametrize("key", ["", "short", "django-insecure-" + "x" * 50])
def test_production_needs_a_secret(python: Run, key: str) -> None:
    done = python("-c", "import config.wsgi", SECRET_KEY=key)
    assert done.returncode != 0
    assert "SECRET_KEY must be set" in done.stderr


def test_production_refuses_the_example_secret(python: Run) -> None:
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    [key] = [line.partition("=")[2] for line in lines if line.startswith("SECRET_KEY=")]
    assert "SECRET_KEY must be set" in python("-c", "import config.asgi", SECRET_KEY=key).stderr


def test_a_server_is_in_production_unless_told_otherwise(python: Run) -> None:
    script = "import config.wsgi; from django.conf import settings; print(settings.DEBUG)"
    assert python("-c", script, **PRODUCTION).stdout == "False\n"
    assert python("-c", script, DEBUG="true").stdout == "True\n"


def test_a_developer_needs_no_configuration(python: Run) -> None:
    done = python("manage.py", "migrate")
    assert done.returncode == 0, done.stderr


def test_the_database_file_may_have_any_name(python: Run, checkout: Path) -> None:
    done = python("manage.py", "migrate", DATABASE_URL="sqlite:///50%20off #1.sqlite3")
    assert done.returncode == 0, done.stderr
    assert (checkout / "50%20off #1.sqlite3").exists()


def test_a_taken_port_is_named(python: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = python("-m", "gunicorn", "config.wsgi", PORT=port, **PRODUCTION)
    assert done.returncode == 1
    assert f"Can't connect to ('127.0.0.1', {port})" in done.stdout


@pytest.mark.django_db
def test_every_model_change_has_its_migration() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
