"""What only a process of its own can show: settings are read once."""

import socket
from pathlib import Path

import pytest

from .conftest import ROOT, Run

PRODUCTION = {"SECRET_KEY": "0123456789" * 5, "ALLOWED_HOSTS": "example.com"}
PRINT_DEBUG = "import config.wsgi; from django.conf import settings; print(settings.DEBUG)"


def test_the_deployment_checklist_has_no_complaint(python: Run) -> None:
    done = python("manage.py", "check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("key", ["", "short", "django-insecure-" + "x" * 50])
def test_a_server_needs_a_secret(python: Run, key: str) -> None:
    done = python("-c", "import config.wsgi", **PRODUCTION | {"SECRET_KEY": key})
    assert done.returncode != 0
    assert "SECRET_KEY must be set" in done.stderr


def test_a_server_refuses_the_example_secret(python: Run) -> None:
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    [key] = [line.partition("=")[2] for line in lines if line.startswith("SECRET_KEY=")]
    done = python("-c", "import config.asgi", **PRODUCTION | {"SECRET_KEY": key})
    assert "SECRET_KEY must be set" in done.stderr


def test_a_server_needs_its_hosts(python: Run) -> None:
    done = python("-c", "import config.wsgi", SECRET_KEY=PRODUCTION["SECRET_KEY"])
    assert "ALLOWED_HOSTS must name" in done.stderr


def test_a_server_is_in_production_whatever_env_says(python: Run, checkout: Path) -> None:
    (checkout / ".env").write_text("DEBUG=true\nSECRET_KEY=short\nALLOWED_HOSTS=*\n")
    assert python("-c", PRINT_DEBUG, DEBUG="true", **PRODUCTION).stdout == "False\n"
    assert "SECRET_KEY must be set" in python("-c", PRINT_DEBUG).stderr


def test_runserver_without_debug_needs_what_a_server_needs(python: Run) -> None:
    assert "SECRET_KEY must be set" in python("manage.py", "runserver", DEBUG="false").stderr


def test_a_developer_needs_no_configuration(python: Run) -> None:
    for arguments in (["migrate"], ["collectstatic", "--noinput"], ["create_token", "robot"]):
        done = python("manage.py", *arguments)
        assert done.returncode == 0, done.stderr


def test_the_database_file_may_have_any_name(python: Run, checkout: Path) -> None:
    done = python("manage.py", "migrate", DATABASE_URL="sqlite:///50%20off #1.sqlite3")
    assert done.returncode == 0, done.stderr
    assert (checkout / "50%20off #1.sqlite3").exists()


@pytest.mark.parametrize("scheme", ["postgres", "postgresql"])
def test_a_server_limits_how_long_postgresql_may_take(python: Run, scheme: str) -> None:
    script = "import config.settings as s; print(s.DATABASES['default']['OPTIONS'])"
    url = f"{scheme}://app:app@127.0.0.1:1/app"
    printed = python("-c", script, DATABASE_URL=url, STATEMENT_TIMEOUT="7", **PRODUCTION).stdout
    assert "statement_timeout=7s" in printed
    assert "connect_timeout" in printed


def test_a_taken_port_is_named(python: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = python("-m", "gunicorn", "config.wsgi", PORT=port, **PRODUCTION)
    assert done.returncode == 1
    assert f"Can't connect to ('127.0.0.1', {port})" in done.stderr
