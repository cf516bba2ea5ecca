"""What holds for every page, whatever the project becomes."""

import json
import logging
import sys
from pathlib import Path
from unittest.mock import patch

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from pytest_django import Settings
from pytest_django.asserts import assertTemplateUsed

from config.urls import handler500  # noqa: F401
from core.logging import JsonFormatter


@pytest.mark.django_db
def test_home(client: Client) -> None:
    response = client.get("/")
    assert response.status_code == 200
    assertTemplateUsed(response, "home.html")


def test_headers(client: Client) -> None:
    headers = client.get("/accounts/login/", secure=True).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Strict-Transport-Security"].startswith("max-age=3600")
    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "'unsafe-inline'" not in policy


def test_plain_http_is_redirected_but_probes_are_not(client: Client, settings: Settings) -> None:
    settings.SECURE_SSL_REDIRECT = True
    response = client.get("/accounts/login/")
    assert response.status_code == 301
    assert response["Location"].startswith("https://")
    assert client.get("/healthz", headers={"host": "10.0.0.1"}).status_code == 200


def test_an_unknown_host_is_refused(client: Client) -> None:
    assert client.get("/accounts/login/", headers={"host": "evil.test"}).status_code == 400


def test_other_origins_get_no_access(client: Client) -> None:
    response = client.get("/api/nothing", headers={"origin": "https://evil.test"})
    assert "Access-Control-Allow-Origin" not in response.headers


@pytest.mark.django_db
def test_ready_means_that_the_database_answers(client: Client) -> None:
    assert client.get("/readyz").status_code == 200
    with patch.object(connection, "cursor", side_effect=DatabaseError):
        assert client.get("/readyz").status_code == 503
        assert client.get("/healthz").status_code == 200


@pytest.mark.django_db
def test_an_unknown_page(client: Client) -> None:
    response = client.get("/nothing/")
    assert response.status_code == 404
    assertTemplateUsed(response, "404.html")


def fail(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("the secret detail")


urlpatterns = [path("fail", fail), path("api/fail", fail)]


@pytest.mark.urls(__name__)
@pytest.mark.parametrize(
    ("path", "content_type"),
    [("/fail", "text/html"), ("/api/fail", "application/problem+json")],
)
def test_an_error_tells_nothing(path: str, content_type: str) -> None:
    response = Client(raise_request_exception=False).get(path)
    assert response.status_code == 500
    assert response["Content-Type"].startswith(content_type)
    for leak in ("detail", "RuntimeError", "Traceback", "Django", __file__):
        assert leak not in response.text


def test_static_files_are_served_and_nothing_else(tmp_path: Path, settings: Settings) -> None:
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    client = Client()
    assert b"".join(client.get("/static/style.css")).startswith(b":root")
    for attack in ("../manage.py", "..%2fmanage.py", "%2e%2e/manage.py", "..\\manage.py"):
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
