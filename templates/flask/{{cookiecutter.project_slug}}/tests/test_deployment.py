"""What only a process of its own can show."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask

from app import create_app
from app.config import engine
from app.database import alembic, db, now
from app.tokens.models import Token

from .conftest import ROOT

type Start = Callable[..., subprocess.Popen[str]]

SERVE = ["-m", "gunicorn", "wsgi:app"]
PRODUCTION = {"SECRET_KEY": "x" * 50, "TRUSTED_HOSTS": "example.com"}


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Copy what a clone has, without .env and database, into a folder with an awkward name."""
    ignored = shutil.ignore_patterns(".*", "__pycache__", "instance", "tests")
    return shutil.copytree(ROOT, tmp_path / "50% off & more ü", ignore=ignored)


@pytest.fixture
def start(checkout: Path) -> Iterator[Start]:
    """Start Python in the checkout with nothing but the given environment."""
    started = []

    def run(*arguments: str, **environment: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(  # noqa: S603
            [sys.executable, *arguments],
            cwd=checkout,
            env={"PATH": os.environ["PATH"], "FLASK_SKIP_DOTENV": "1"} | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield run
    for process in started:
        process.terminate()
        process.communicate()


def output(process: subprocess.Popen[str]) -> tuple[int, str]:
    out, error = process.communicate(timeout=60)
    return process.returncode, out + error


@pytest.mark.parametrize("key", ["", "short", "x" * 49, "example"])
def test_a_server_needs_a_secret(key: str) -> None:
    if key == "example":
        lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
        [key] = [line.partition("=")[2] for line in lines if line.startswith("SECRET_KEY=")]
    with pytest.raises(RuntimeError, match="SECRET_KEY must be set"):
        create_app(PRODUCTION | {"SECRET_KEY": key})


def test_a_server_needs_host_names(start: Start) -> None:
    status, text = output(start(*SERVE, SECRET_KEY="x" * 50, PORT="0"))
    assert status != 0
    assert "TRUSTED_HOSTS must be set" in text


def test_a_developer_needs_no_configuration(start: Start, checkout: Path) -> None:
    url = "sqlite:///50%20off #1.sqlite3"
    for command in (["db", "upgrade"], ["tokens", "create", "ci"]):
        status, text = output(start("-m", "flask", *command, DATABASE_URL=url))
        assert status == 0, text
    assert (checkout / "instance" / "50%20off #1.sqlite3").exists()


def test_a_taken_port_is_named(start: Start) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        status, text = output(start(*SERVE, PORT=port, **PRODUCTION))
    assert status == 1
    assert port in text


def test_a_server_is_in_production_mode(start: Start) -> None:
    """Ask for debug mode and let it fail: there are no tables."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = PRODUCTION | {"DATABASE_URL": "sqlite://", "FLASK_DEBUG": "1"}
    server = start(*SERVE, PORT=str(port), **environment)
    try:
        wait_for(port)
        headers = {"Host": "example.com", "Authorization": "Bearer x", "X-Request-ID": "me"}
        url = f"http://127.0.0.1:{port}/api/me?a=marked"
        request = urllib.request.Request(url, headers=headers)
        with pytest.raises(urllib.error.HTTPError) as failure, urllib.request.urlopen(request):  # noqa: S310
            pass
        with failure.value as response:
            assert response.status == 500
            assert response.headers["Content-Type"] == "application/problem+json"
    finally:
        server.send_signal(signal.SIGTERM)
        out, _ = server.communicate(timeout=30)
    assert server.returncode == 0
    entries = [json.loads(line) for line in out.splitlines()]
    [access] = [entry for entry in entries if entry["logger"] == "access"]
    assert (access["request"], access["level"], access["path"]) == ("me", "ERROR", "/api/me")
    assert [entry["request"] for entry in entries if "exception" in entry] == ["me"]
    assert "marked" not in out


def wait_for(port: int) -> None:
    for _ in range(100):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz").close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    pytest.fail("The server did not start.")


@pytest.mark.parametrize("url", ["postgres://u:p@h/n", "postgresql://u:p@h/n"])
def test_postgresql_may_be_spelled_as_platforms_do(url: str) -> None:
    options = engine({"DATABASE_URL": url, "STATEMENT_TIMEOUT": "1.5"})
    assert options["url"] == "postgresql://u:p@h/n"
    assert options["connect_args"]["options"] == "-c statement_timeout=1.5s"


def test_every_model_change_has_its_migration(app: Flask) -> None:
    with app.app_context():
        assert alembic.compare_metadata() == []


def test_what_is_rolled_back_was_never_there(app: Flask) -> None:
    with app.app_context():
        db.session.add(Token(name="a", digest="b", rights="read", expires=now()))
        db.session.flush()
        db.session.rollback()
        assert db.session.query(Token).count() == 0
