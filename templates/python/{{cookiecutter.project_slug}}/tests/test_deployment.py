"""What only a process of its own can show."""

import os
import socket
import subprocess
import sys
import time
import tomllib
from contextlib import suppress
from pathlib import Path
from urllib.request import urlopen

import pytest

from app.config import Config

from .conftest import ROOT, Run


@pytest.mark.parametrize("key", ["", "short", "x" * 49])
def test_a_server_needs_a_secret(python: Run, key: str) -> None:
    done = python("-m", "app", "serve", SECRET_KEY=key)
    assert done.returncode == 1
    assert done.stderr == "SECRET_KEY must be set to at least 50 random characters.\n"


def test_a_server_refuses_the_example_secret(python: Run, checkout: Path) -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    (checkout / ".env").write_text(example, encoding="utf-8")
    done = python("-m", "app", "serve", DATABASE_URL="sqlite:///db.sqlite3")
    assert "SECRET_KEY must be set" in done.stderr


@pytest.mark.parametrize(
    ("variable", "value"), [("PORT", "http"), ("DATABASE_URL", "mysql://localhost/db")]
)
def test_a_bad_value_is_named(python: Run, variable: str, value: str) -> None:
    done = python("-m", "app", "serve", SECRET_KEY="x" * 50, **{variable: value})
    assert done.returncode == 1
    assert done.stderr.startswith(f"{variable} must ")


def test_migrations_are_applied_once(python: Run, checkout: Path) -> None:
    migrations = checkout / "src" / "app" / "migrations" / "sqlite"
    migrations.mkdir(parents=True, exist_ok=True)
    (migrations / "9999_notes.sql").write_text("CREATE TABLE notes (text TEXT);")
    assert '"Migrated 9999_notes.sql"' in python("-m", "app", "migrate").stdout
    assert python("-m", "app", "migrate").stdout == ""


def test_the_database_file_may_have_any_name(python: Run, checkout: Path) -> None:
    done = python("-m", "app", "migrate", DATABASE_URL="sqlite:///50%20off #1.sqlite3")
    assert done.returncode == 0, done.stderr
    assert (checkout / "50%20off #1.sqlite3").exists()


def test_the_server_starts_and_stops(checkout: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {
        "PORT": str(port),
        "HOST": "127.0.0.1",
        "SECRET_KEY": "x" * 50,
        "DATABASE_URL": "sqlite:///db.sqlite3",
    }
    command = [sys.executable, "-m", "app", "serve"]
    server = subprocess.Popen(command, cwd=checkout, env=environment)  # noqa: S603
    try:
        for _ in range(200):
            with suppress(OSError), urlopen(f"http://127.0.0.1:{port}/readyz") as response:
                assert "Server" not in response.headers
                break
            time.sleep(0.05)
        else:
            pytest.fail("The server does not answer.")
        server.terminate()
        assert server.wait(10) == (1 if os.name == "nt" else 0)
    finally:
        server.kill()


def test_a_developer_serves_this_machine_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOST", "0.0.0.0")  # noqa: S104
    assert Config.from_environment(debug=True).host == "127.0.0.1"


@pytest.mark.parametrize("mode", [[], ["--debug"]])
def test_a_taken_port_is_named(python: Run, mode: list[str]) -> None:
    with socket.socket() as taken:
        if sys.platform == "win32":
            taken.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = python("-m", "app", "serve", *mode, PORT=port, SECRET_KEY="x" * 50)
    assert done.returncode == 1
    [line] = done.stderr.splitlines()
    assert f": 127.0.0.1:{port}. Set another PORT" in line


def test_the_standard_library_is_enough() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["dependencies"] == []


def test_the_server_runs_without_any_package(python: Run) -> None:
    """-S leaves out everything that was installed."""
    script = """
import threading, urllib.request
from wsgiref.simple_server import make_server
from app.application import Application
from app.config import Config
with make_server("127.0.0.1", 0, Application(Config())) as server:
    threading.Thread(target=server.serve_forever).start()
    with urllib.request.urlopen(f"http://127.0.0.1:{server.server_port}/readyz") as response:
        print(response.read().decode(), end="")
    server.shutdown()
"""
    done = python("-S", "-c", script)
    assert done.stdout == "ok\n", done.stderr
