import json
import os
import re
import subprocess
import sys
from collections.abc import Callable{{ '' if cookiecutter.database == 'sqlite' else ', Iterator' }}
from dataclasses import dataclass
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes
from wsgiref.types import WSGIEnvironment
from wsgiref.util import setup_testing_defaults
from wsgiref.validate import validator

{% if cookiecutter.database == "postgresql" %}
import psycopg
{% endif %}
import pytest
from jsonschema import Draft202012Validator

from app import tokens
from app.application import Application
from app.config import Config

type Run = Callable[..., subprocess.CompletedProcess[str]]

DOCUMENT = json.loads((files("app") / "openapi.json").read_text(encoding="utf-8"))


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
    """Calls the application like a server would, with the standard library as the referee.

    Every answer of the API is held against the OpenAPI document.
    """

    def __init__(self, application: Application, token: str = "") -> None:
        self._call = validator(application)
        self.token = token

    def __call__(
        self,
        method: str,
        path: str,
        body: object = b"",
        scheme: str = "http",
        *,
        chunked: bool = False,
        **headers: str,
    ) -> Answer:
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        path, _, query = path.partition("?")
        environ: WSGIEnvironment = {
            "REQUEST_METHOD": method,
            "SCRIPT_NAME": "",
            "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
            "QUERY_STRING": query,
            "CONTENT_TYPE": headers.pop("content_type", "application/json"),
            "CONTENT_LENGTH": str(len(content)),
            "HTTP_HOST": "localhost:8000",
            "wsgi.input": BytesIO(content),
            "wsgi.url_scheme": scheme,
        }
        if chunked:
            environ |= {"CONTENT_LENGTH": "", "wsgi.input_terminated": True}
        setup_testing_defaults(environ)
        if self.token:
            environ["HTTP_AUTHORIZATION"] = f"Bearer {self.token}"
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
        answer = Answer(started[0], started[1], content)
        if method != "HEAD":
            conforms(method, path, answer)
        return answer


def conforms(method: str, path: str, answer: Answer) -> None:
    for template, operations in DOCUMENT["paths"].items():
        if not re.fullmatch(re.sub("{.*?}", "[^/]+", template), path):
            continue
        if method.lower() not in operations:
            continue
        responses = operations[method.lower()]["responses"]
        response = responses[str(answer.status) if answer.status < 400 else "default"]
        if "$ref" in response:
            response = DOCUMENT["components"]["responses"][response["$ref"].rpartition("/")[2]]
        assert response.get("headers", {}).keys() <= answer.headers.keys()
        if answer.status == 204:
            return
        schema = response["content"][answer.headers["Content-Type"]]["schema"]
        whole = schema | {"components": DOCUMENT["components"]}
        Draft202012Validator(whole).validate(answer.json())


{% if cookiecutter.database == "sqlite" %}
@pytest.fixture
def database_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/test.sqlite3"
{% else %}
@pytest.fixture(scope="session")
def test_database() -> Iterator[str]:
    """Make a database beside the one of DATABASE_URL, which is left alone."""
    url = os.environ.get("DATABASE_URL", Config.database_url)
    name = f"test_{os.getpid()}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        yield re.sub(r"/[^/?]*(\?|$)", rf"/{name}\1", url)
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def database_url(test_database: str) -> str:
    with psycopg.connect(test_database) as connection:
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")
    return test_database
{% endif %}


@pytest.fixture
def config(database_url: str) -> Config:
    return Config(database_url=database_url, allowed_hosts=("localhost",))


@pytest.fixture
def application(config: Config) -> {{ 'Application' if cookiecutter.database == 'sqlite' else 'Iterator[Application]' }}:
    application = Application(config)
    application.database.migrate()
{% if cookiecutter.database == "sqlite" %}
    return application
{% else %}
    yield application
    application.database.pool.close()
{% endif %}


@pytest.fixture
def token(application: Application) -> str:
    return tokens.create(application.database, "Ann", "read,write")


@pytest.fixture
def visitor(application: Application) -> Client:
    """Someone without a token."""
    return Client(application)


@pytest.fixture
def client(application: Application, token: str) -> Client:
    return Client(application, token)


@pytest.fixture
def environment(database_url: str) -> dict[str, str]:
    # Windows starts no process without its own variables.
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    return kept | {"DATABASE_URL": database_url}


@pytest.fixture
def python(environment: dict[str, str], tmp_path: Path) -> Run:
    """Run `python …` in an empty folder, with nothing else in its environment."""

    def run(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(  # noqa: S603
            [sys.executable, *arguments],
            cwd=tmp_path,
            env=environment | variables,
            capture_output=True,
            text=True,
            timeout=60,
        )

    return run
