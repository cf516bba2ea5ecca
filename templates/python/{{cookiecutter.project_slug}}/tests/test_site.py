"""What holds for every page, whatever the project becomes."""

import io
import json
import logging
from collections.abc import Iterator
from dataclasses import replace

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from app.application import Application
from app.config import Config
from app.http import Request, Response
from app.logs import JsonFormatter

from .conftest import DOCUMENT, Client


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    handler = logging.StreamHandler(io.StringIO())
    handler.setFormatter(JsonFormatter())
    logger = logging.getLogger("app")
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    yield handler.stream
    logger.removeHandler(handler)
    logger.setLevel(logging.NOTSET)


def fail(request: Request) -> Response:
    raise RuntimeError("the inside")


def test_home(visitor: Client) -> None:
    answer = visitor("GET", "/")
    assert answer.status == 200
    assert "<h1>" in answer.text
    assert visitor("HEAD", "/").body == b""
    assert visitor("GET", "/style.css").headers["Content-Type"].startswith("text/css")


def test_headers(visitor: Client) -> None:
    headers = visitor("GET", "/").headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "no-store"
    assert headers["Content-Security-Policy"].startswith("default-src 'self'; ")
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert "Strict-Transport-Security" not in headers
    assert "Strict-Transport-Security" in visitor("GET", "/", scheme="https").headers


@pytest.mark.parametrize("host", ["evil.test", "localhost.evil.test", "", "localhost@evil.test"])
def test_an_unknown_host_is_refused(client: Client, host: str) -> None:
    assert client("GET", "/", host=host).status == 400
    client("GET", "/api/me", host=host).problem(400)
    assert client("GET", "/healthz", host=host).status == 200
    assert client("GET", "/readyz", host=host).status == 200


def test_the_database_must_answer_to_be_ready(application: Application, visitor: Client) -> None:
    application.database.query("DROP TABLE migrations")
    assert visitor("GET", "/readyz").status == 503
    assert visitor("GET", "/healthz").status == 200


def test_an_unknown_page(visitor: Client) -> None:
    answer = visitor("GET", "/nothing")
    assert answer.status == 404
    assert "<h1>Not Found</h1>" in answer.text


@pytest.mark.parametrize("path", ["/../pyproject.toml", "/..%2f..%2f.env", "/style.css/%2e%2e/x"])
def test_no_file_is_served(visitor: Client, path: str) -> None:
    assert visitor("GET", path).status == 404


@pytest.mark.parametrize("path", ["/fail", "/api/fail"])
def test_a_failure_is_logged_and_tells_nothing(
    application: Application, visitor: Client, log: io.StringIO, path: str
) -> None:
    application.router.add(path, public=True, get=fail)
    answer = visitor("GET", path)
    assert answer.status == 500
    if path == "/api/fail":
        answer.problem(500)
    for leak in ("inside", "RuntimeError", "Traceback", ".py"):
        assert leak not in answer.text
    [line] = log.getvalue().splitlines()
    entry = json.loads(line)
    assert (entry["level"], entry["request_id"]) == ("ERROR", answer.headers["X-Request-ID"])
    assert "RuntimeError: the inside" in entry["exception"]


def test_a_request_is_one_line(client: Client, log: io.StringIO) -> None:
    secrets = ["in-query", "in-header", "in-cookie", "in-body", client.token]
    answer = client(
        "GET", "/api/me?q=in-query", {"title": "in-body"}, cookie="in-cookie", x_other="in-header"
    )
    [line] = log.getvalue().splitlines()
    entry = json.loads(line)
    del entry["time"], entry["duration_ms"], entry["message"]
    assert entry == {
        "level": "INFO",
        "logger": "app.application",
        "request_id": answer.headers["X-Request-ID"],
        "method": "GET",
        "path": "/api/me",
        "route": "/api/me",
        "status": 200,
    }
    assert not [secret for secret in secrets if secret in line]


def test_a_path_cannot_forge_a_line(visitor: Client, log: io.StringIO) -> None:
    visitor("GET", "/%0d%0a{}")
    [line] = log.getvalue().splitlines()
    assert json.loads(line)["path"] == "/\r\n{}"


def test_a_probe_is_logged_when_it_fails(
    application: Application, visitor: Client, log: io.StringIO
) -> None:
    visitor("GET", "/healthz")
    visitor("GET", "/readyz")
    assert log.getvalue() == ""
    application.database.query("DROP TABLE migrations")
    visitor("GET", "/readyz")
    assert json.loads(log.getvalue())["level"] == "ERROR"


@pytest.mark.parametrize("path", ["/", "/nothing", "/api/me", "/api/nothing"])
def test_a_request_id_is_taken_if_it_is_plain(visitor: Client, path: str) -> None:
    for taken in ("a", "A-b_9", "x" * 128):
        assert visitor("GET", path, x_request_id=taken).headers["X-Request-ID"] == taken
    for given in ("", "a b", "a.b", 'a"b', "<a>", "é", "x" * 300):
        made = visitor("GET", path, x_request_id=given).headers["X-Request-ID"]
        assert made != given
        assert len(made) == 32


def test_other_origins_get_no_access(client: Client) -> None:
    answer = client("GET", "/api/me", origin="https://front.test")
    assert "Access-Control-Allow-Origin" not in answer.headers
    assert client("OPTIONS", "/api/me", origin="https://front.test").status == 405


def test_an_origin_that_is_named_gets_access(
    config: Config, application: Application, token: str
) -> None:
    application.config = replace(config, cors_origins=("https://front.test",))
    asked = Client(application)("OPTIONS", "/api/me", origin="https://front.test")
    assert asked.status == 204
    assert asked.headers["Access-Control-Allow-Headers"] == "Authorization, Content-Type"
    answer = Client(application, token)("GET", "/api/me", origin="https://front.test")
    assert answer.headers["Access-Control-Allow-Origin"] == "https://front.test"
    assert answer.headers["Vary"] == "Origin"
    other = Client(application, token)("GET", "/api/me", origin="https://evil.test")
    assert "Access-Control-Allow-Origin" not in other.headers


def test_the_document_names_the_routes_of_the_api(
    application: Application, visitor: Client
) -> None:
    assert visitor("GET", "/openapi.json").json() == DOCUMENT
    OpenAPIV31SpecValidator(DOCUMENT).validate()
    documented = {
        (path, method.upper())
        for path, operations in DOCUMENT["paths"].items()
        for method in operations
        if method != "parameters"
    }
    assert documented == {
        (route.path, method)
        for route in application.router.routes
        for method in route.handlers
        if route.path.startswith("/api/") and method != "HEAD"
    }
