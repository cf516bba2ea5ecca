"""What holds for every page, whatever the project becomes."""

import json
import logging
import sys
from unittest.mock import patch

import pytest
from flask.testing import FlaskClient
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from app import create_app
from app.logging import JsonFormatter


def test_home(client: FlaskClient) -> None:
    response = client.get("/")
    assert response.status_code == 200
    assert "<h1>" in response.text


def test_headers(client: FlaskClient) -> None:
    headers = client.get("/", base_url="https://localhost").headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Strict-Transport-Security"].startswith("max-age=3600")
    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "'unsafe-inline'" not in policy


def test_an_unknown_host_is_refused(client: FlaskClient) -> None:
    assert client.get("/", headers={"Host": "evil.test"}).status_code == 400


def test_other_origins_get_no_access(client: FlaskClient) -> None:
    response = client.get("/api/nothing", headers={"Origin": "https://evil.test"})
    assert "Access-Control-Allow-Origin" not in response.headers


def test_ready_means_that_the_database_answers(client: FlaskClient) -> None:
    assert client.get("/readyz").status_code == 200
    broken = OperationalError("SELECT 1", {}, Exception())
    with patch.object(Session, "execute", side_effect=broken):
        assert client.get("/readyz").status_code == 503
        assert client.get("/healthz").status_code == 200


def test_an_unknown_page(client: FlaskClient) -> None:
    response = client.get("/nothing")
    assert response.status_code == 404
    assert "<h1>Not Found</h1>" in response.text


@pytest.mark.parametrize(
    ("path", "content_type"),
    [("/fail", "text/html; charset=utf-8"), ("/api/fail", "application/problem+json")],
)
def test_an_error_tells_nothing(path: str, content_type: str) -> None:
    def fail() -> str:
        raise RuntimeError("the secret detail")

    app = create_app({"SECRET_KEY": "x" * 50, "SQLALCHEMY_ENGINES": {"default": "sqlite://"}})
    app.add_url_rule(path, view_func=fail)
    response = app.test_client().get(path)
    assert response.status_code == 500
    assert response.content_type == content_type
    for leak in ("detail", "RuntimeError", "Traceback", __file__):
        assert leak not in response.text


def test_static_files_are_served_and_nothing_else(client: FlaskClient) -> None:
    with client.get("/static/style.css") as response:
        assert response.get_data().startswith(b":root")
    for attack in ("../__init__.py", "..%2f__init__.py", "%2e%2e/__init__.py", "..\\__init__.py"):
        assert client.get(f"/static/{attack}").status_code == 404


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
