"""What holds for every page, whatever the project becomes."""

from pathlib import Path
from unittest.mock import patch

import pytest
from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.core.management import call_command
from django.db import InterfaceError, OperationalError, connection
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path, reverse
from pytest_django import Settings
from pytest_django.asserts import assertTemplateUsed
from rest_framework.exceptions import APIException, PermissionDenied, ValidationError

from config.urls import handler500  # noqa: F401
from core.problems import exception_handler

from .conftest import assert_problem

PAGE = "/admin/login/"


@pytest.mark.django_db
def test_home(client: Client) -> None:
    response = client.get("/")
    assert response.status_code == 200
    assertTemplateUsed(response, "home.html")


@pytest.mark.django_db
def test_headers(client: Client) -> None:
    headers = client.get("/", secure=True).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Strict-Transport-Security"] == "max-age=3600"
    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy


def test_plain_http_is_redirected_but_probes_are_not(client: Client, settings: Settings) -> None:
    settings.SECURE_SSL_REDIRECT = True
    response = client.get(PAGE)
    assert response.status_code == 301
    assert response["Location"].startswith("https://")
    assert client.get("/healthz", headers={"host": "10.0.0.1"}).status_code == 200


@pytest.mark.django_db
def test_an_unknown_host_is_refused_but_a_probe_may_have_any(client: Client) -> None:
    headers = {"host": "evil.test"}
    assert client.get(PAGE, headers=headers).status_code == 400
    assert_problem(client.get("/api/me", headers=headers), 400)
    assert client.get("/healthz", headers=headers).status_code == 200
    assert client.get("/readyz", headers=headers).status_code == 200


def test_other_origins_have_access_only_when_they_are_named(
    client: Client, settings: Settings
) -> None:
    headers = {"origin": "https://app.test", "access-control-request-method": "GET"}
    assert "Access-Control-Allow-Origin" not in client.options("/api/me", headers=headers)
    settings.CORS_ALLOWED_ORIGINS = ["https://app.test"]
    response = client.options("/api/me", headers=headers)
    assert response["Access-Control-Allow-Origin"] == "https://app.test"
    assert "authorization" in response["Access-Control-Allow-Headers"]
    assert "Access-Control-Allow-Origin" not in client.get("/healthz", headers=headers)


@pytest.mark.django_db
def test_ready_means_that_the_database_answers(client: Client) -> None:
    assert client.get("/readyz").status_code == 200
    for error in (OperationalError, InterfaceError):
        with patch.object(connection, "cursor", side_effect=error):
            assert client.get("/readyz").status_code == 503
            assert client.get("/healthz").status_code == 200


@pytest.mark.django_db
def test_ready_means_that_static_files_were_collected(client: Client) -> None:
    with patch("core.middleware.staticfiles_storage.url", side_effect=ValueError):
        assert client.get("/readyz").status_code == 503


@pytest.mark.django_db
def test_an_unknown_page(client: Client) -> None:
    response = client.get("/nothing/")
    assert response.status_code == 404
    assertTemplateUsed(response, "404.html")
    assert_problem(client.get("/api/nothing"), 404)


@login_not_required
def fail(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("the secret detail")


urlpatterns = [path("fail", fail), path("api/fail", fail)]


@pytest.mark.urls(__name__)
@pytest.mark.parametrize("path", ["/fail", "/api/fail"])
def test_an_error_tells_nothing(path: str) -> None:
    response = Client(raise_request_exception=False).get(path)
    assert response.status_code == 500
    if path.startswith("/api/"):
        assert_problem(response, 500)
    for leak in ("detail", "RuntimeError", "Traceback", "Django", __file__):
        assert leak not in response.text


@pytest.mark.parametrize(
    ("error", "extra"),
    [
        (ValidationError("No."), {"errors": {"non_field_errors": ["No."]}}),
        (PermissionDenied({"why": "No."}), {"detail": {"why": "No."}}),
    ],
)
def test_an_error_may_hold_anything(error: APIException, extra: dict[str, object]) -> None:
    response = exception_handler(error, {})
    assert response is not None
    assert response.data | extra == response.data


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


@pytest.mark.django_db
@pytest.mark.parametrize("model", admin.site._registry, ids=lambda model: model.__name__)
def test_every_registered_model_has_pages(admin_client: Client, model: type[Model]) -> None:
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    assert admin_client.get(reverse(f"{name}_changelist")).status_code == 200
    assert admin_client.get(f"{reverse(f'{name}_changelist')}?q=x").status_code == 200


@pytest.mark.django_db
def test_strangers_do_not_see_the_admin(client: Client) -> None:
    assert client.get("/admin/").status_code == 302


@pytest.mark.django_db
def test_every_model_change_has_its_migration() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
