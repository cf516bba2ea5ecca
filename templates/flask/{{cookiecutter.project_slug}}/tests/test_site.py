"""What holds for every request, whatever the project becomes."""

import json
import logging
import sys
from unittest.mock import patch

import pytest
from flask.testing import FlaskClient
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as NoFreeConnection
from sqlalchemy.orm import Session

from app.logging import JsonFormatter

from .conftest import MakeApp


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


@pytest.mark.parametrize("path", ["/", "/api/me", "/nothing", "/static/style.css"])
def test_an_unknown_host_is_refused(client: FlaskClient, path: str) -> None:
    assert client.get(path, headers={"Host": "evil.test"}).status_code in (400, 401)
    assert client.get("/", headers={"Host": "evil.test"}).status_code == 400


def test_probes_answer_to_any_host(client: FlaskClient) -> None:
    for path in ("/healthz", "/readyz"):
        assert client.get(path, headers={"Host": "10.0.0.1:8000"}).status_code == 200


def test_ready_means_that_the_database_answers(client: FlaskClient) -> None:
    broken = OperationalError("SELECT 1", {}, Exception())
    with patch.object(Session, "execute", side_effect=broken):
        assert client.get("/readyz").status_code == 503
        assert client.get("/healthz").status_code == 200


def test_waiting_for_the_database_ends(api: FlaskClient) -> None:
    with patch.object(Session, "scalar", side_effect=NoFreeConnection()):
        response = api.get("/api/me")
    assert (response.status_code, response.headers["Retry-After"]) == (503, "5")
    assert response.content_type == "application/problem+json"


def test_other_origins_get_no_access(api: FlaskClient) -> None:
    response = api.get("/api/me", headers={"Origin": "https://app.test"})
    assert "Access-Control-Allow-Origin" not in response.headers


def test_an_origin_is_let_in_when_configured(make_app: MakeApp, api: FlaskClient) -> None:
    api.application = make_app(CORS_ORIGINS="https://app.test")
    allowed = api.get("/api/me", headers={"Origin": "https://app.test"})
    assert allowed.headers["Access-Control-Allow-Origin"] == "https://app.test"
    preflight = api.options(
        "/api/me",
        headers={
            "Authorization": "",
            "Origin": "https://app.test",
            "Access-Control-Request-Method": "GET",
            "Access-Control-Request-Headers": "authorization",
        },
    )
    assert preflight.status_code == 200
    assert preflight.headers["Access-Control-Allow-Headers"] == "authorization"
    other = api.get("/api/me", headers={"Origin": "https://evil.test"})
    assert "Access-Control-Allow-Origin" not in other.headers


def test_a_proxy_is_believed_when_configured(make_app: MakeApp, client: FlaskClient) -> None:
    forwarded = {"X-Forwarded-Proto": "https"}
    assert "Strict-Transport-Security" not in client.get("/", headers=forwarded).headers
    client.application = make_app(PROXY_COUNT="1")
    assert "Strict-Transport-Security" in client.get("/", headers=forwarded).headers


def test_an_unknown_page(client: FlaskClient) -> None:
    response = client.get("/nothing")
    assert response.status_code == 404
    assert "<h1>Not Found</h1>" in response.text


def test_an_error_tells_nothing_but_the_log(
    make_app: MakeApp, api: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> str:
        raise RuntimeError("the secret detail")

    api.application = make_app()
    kinds = {"/fail": "text/html; charset=utf-8", "/api/fail": "application/problem+json"}
    for path in kinds:
        api.application.add_url_rule(path, path, fail)
    for path, kind in kinds.items():
        response = api.get(path)
        assert response.status_code == 500
        assert response.content_type == kind
        for leak in ("detail", "RuntimeError", "Traceback", __file__):
            assert leak not in response.text
        failure, access = caplog.records[-2:]
        assert failure.exc_info is not None
        assert access.levelname == failure.levelname == "ERROR"


@pytest.mark.parametrize("path", ["/", "/nothing", "/api/me", "/healthz"])
def test_every_answer_has_the_id_that_was_sent(client: FlaskClient, path: str) -> None:
    for sent in ("a", "Trace_1-b", "x" * 128):
        assert client.get(path, headers={"X-Request-ID": sent}).headers["X-Request-ID"] == sent


@pytest.mark.parametrize("sent", ["", "a b", "a.b", 'a"b', "<b>", "é", "x" * 129])
def test_an_odd_id_is_replaced(client: FlaskClient, sent: str) -> None:
    used = client.get("/", headers={"X-Request-ID": sent}).headers["X-Request-ID"]
    assert used != sent
    assert used.isalnum()
    assert used != client.get("/").headers["X-Request-ID"]


def test_a_request_is_one_line_in_the_log(
    api: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    headers = {"X-Secret": "secret-header", "Cookie": "a=secret-cookie"}
    api.get("/api/me?secret-query=1", headers=headers, data="secret-body")
    [record] = caplog.records
    entry = json.loads(JsonFormatter().format(record))
    assert entry["level"] == "INFO"
    assert (entry["method"], entry["path"], entry["route"]) == ("GET", "/api/me", "/api/me")
    assert entry["status"] == 200
    assert entry["seconds"] > 0
    assert "secret" not in json.dumps(entry)
    assert api.environ_base["HTTP_AUTHORIZATION"].removeprefix("Bearer ") not in json.dumps(entry)


def test_probes_are_not_logged(client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    client.get("/healthz")
    client.get("/readyz")
    assert caplog.records == []


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
