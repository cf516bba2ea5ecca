"""What holds for every page, whatever the project becomes."""

import json
import logging
import sys
from dataclasses import replace

import pytest

from app.application import Application
from app.config import Config
from app.http import Request, Response
from app.logs import JsonFormatter
from app.router import Router

from .conftest import Client


def test_home(client: Client) -> None:
    response = client("GET", "/")
    assert response.status == 200
    assert "<h1>" in response.text
    head = client("HEAD", "/")
    assert (head.body, head.headers) == (b"", response.headers)


def test_headers(client: Client) -> None:
    headers = client("GET", "/", scheme="https").headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Strict-Transport-Security"].startswith("max-age=3600")
    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "'unsafe-inline'" not in policy


@pytest.mark.parametrize("host", ["evil.test", "localhost.evil.test", "", "localhost@evil.test"])
def test_an_unknown_host_is_refused(client: Client, host: str) -> None:
    assert client("GET", "/", host=host).status == 400
    assert client("GET", "/healthz", host=host).status == 200


def test_other_origins_get_no_access(client: Client) -> None:
    response = client("GET", "/api/nothing", origin="https://evil.test")
    assert "Access-Control-Allow-Origin" not in response.headers


def test_ready_means_that_the_database_answers(client: Client, config: Config) -> None:
    assert client("GET", "/readyz").status == 200
    broken = Client(Application(replace(config, database_url=f"{config.database_url}/db")))
    assert broken("GET", "/readyz").status == 503
    assert broken("GET", "/healthz").status == 200


def test_an_unknown_page(client: Client) -> None:
    response = client("GET", "/nothing")
    assert response.status == 404
    assert "<h1>Not Found</h1>" in response.text


@pytest.mark.parametrize("path", ["/../pyproject.toml", "/..%2f..%2f.env", "/static/%2e%2e/.env"])
def test_no_file_is_served(client: Client, path: str) -> None:
    assert client("GET", path).status == 404


@pytest.mark.parametrize(
    ("path", "content_type"),
    [("/fail", "text/html; charset=utf-8"), ("/api/fail", "application/problem+json")],
)
def test_an_error_tells_nothing(application: Application, path: str, content_type: str) -> None:
    def fail(request: Request) -> Response:
        raise RuntimeError("the secret detail")

    application.router.add(path, get=fail)
    response = Client(application)("GET", path)
    assert response.status == 500
    assert response.headers["Content-Type"] == content_type
    for leak in ("detail", "RuntimeError", "Traceback", __file__):
        assert leak not in response.text


def test_a_route_may_hold_parameters() -> None:
    router = Router()
    router.add("/a.b/{one}/{two}", get=lambda request, one, two: Response.text(one + two))
    request = Request({"REQUEST_METHOD": "GET", "PATH_INFO": "/a.b/x/y", "wsgi.url_scheme": "http"})
    assert router.answer(request).body == b"xy"


def test_a_log_message_is_one_line() -> None:
    try:
        raise ValueError("broken")
    except ValueError:
        record = logging.LogRecord("app", logging.INFO, "", 0, "a\r\nb %s", ("c",), sys.exc_info())
    line = JsonFormatter().format(record)
    assert "\n" not in line
    entry = json.loads(line)
    assert entry["message"] == "a\r\nb c"
    assert "ValueError: broken" in entry["exception"]
