import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes
from wsgiref.types import WSGIEnvironment
from wsgiref.util import setup_testing_defaults
from wsgiref.validate import validator

import pytest

from app.application import Application
from app.config import Config

ROOT = Path(__file__).resolve().parent.parent

type Run = Callable[..., subprocess.CompletedProcess[str]]


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    def json(self) -> Any:
        return json.loads(self.body)

    def problem(self, status: int) -> dict[str, Any]:
        assert self.status == status
        assert self.headers["Content-Type"] == "application/problem+json"
        body: dict[str, Any] = self.json()
        assert body["status"] == status
        assert {"type", "title"} <= body.keys()
        return body


class Client:
    """Calls the application like a server would, with the standard library as the referee."""

    def __init__(self, application: Application) -> None:
        self._call = validator(application)

    def __call__(
        self, method: str, path: str, body: object = b"", scheme: str = "http", **headers: str
    ) -> Answer:
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        path, _, query = path.partition("?")
        environ: WSGIEnvironment = {
            "REQUEST_METHOD": method,
            "SCRIPT_NAME": "",
            "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
            "QUERY_STRING": query,
            "HTTP_HOST": "localhost",
            "CONTENT_LENGTH": str(len(content)),
            "wsgi.input": BytesIO(content),
            "wsgi.url_scheme": scheme,
        }
        setup_testing_defaults(environ)
        environ |= {f"HTTP_{name.upper()}": value for name, value in headers.items()}
        started: list[Any] = []

        def start(status: str, headers: list[tuple[str, str]], error: object = None) -> Any:
            started.extend((int(status[:3]), dict(headers)))
            return lambda data: None

        result = self._call(environ, start)
        try:
            content = b"".join(result)
        finally:
            result.close()  # type: ignore[attr-defined]
        status, answered = started
        return Answer(status, answered, content)


@pytest.fixture
def config(tmp_path: Path) -> Config:
    """Production, on TEST_DATABASE_URL or a SQLite file."""
    return Config(
        secret_key="only-for-tests-" * 4,
        database_url=os.environ.get("TEST_DATABASE_URL", f"sqlite:///{tmp_path}/test.sqlite3"),
        allowed_hosts=("localhost",),
    )


@pytest.fixture
def application(config: Config) -> Application:
    application = Application(config)
    if application.database.kind == "postgresql":
        with application.database.transaction() as connection:
            connection.script("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    application.database.migrate()
    return application


@pytest.fixture
def client(application: Application) -> Client:
    return Client(application)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A fresh clone, without `.env` and database, in a folder with an awkward name."""
    ignored = shutil.ignore_patterns(".*", "__pycache__", "*.sqlite3*", "tests")
    return shutil.copytree(ROOT, tmp_path / "100% it's", ignore=ignored)


@pytest.fixture
def python(checkout: Path) -> Run:
    """Run Python in the checkout with nothing but the given environment."""

    def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        # Windows starts no process without its own variables.
        clean = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
        return subprocess.run(  # noqa: S603
            [sys.executable, *arguments],
            cwd=checkout,
            env=clean | {"PYTHONPATH": str(checkout / "src")} | environment,
            capture_output=True,
            text=True,
            timeout=60,
        )

    return run
