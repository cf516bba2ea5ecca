import json
import logging
import sys
from typing import Any

import pytest
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from django.views.generic import RedirectView

from core.logging import JsonFormatter


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture) -> Any:
    """The lines of the log so far, as production writes them."""
    caplog.set_level(logging.INFO)
    caplog.handler.setFormatter(JsonFormatter())
    return lambda: [json.loads(line) for line in caplog.text.splitlines()]


@login_not_required
def fail(request: HttpRequest, number: int) -> HttpResponse:
    raise RuntimeError("broken")


urlpatterns = [
    path("fail/<int:number>", fail),
    path("reset/<key>/", login_not_required(RedirectView.as_view(url="/"))),
]


@pytest.mark.django_db
def test_a_request_is_one_line_without_anything_private(client: Client, lines: Any) -> None:
    headers = {
        "authorization": "Bearer s3cret",
        "cookie": "a=s3cret",
        "x-anything": "s3cret",
        "x-request-id": "abc-DEF_1",
    }
    body = {"title": "s3cret"}
    client.post("/api/me?q=s3cret", body, content_type="application/json", headers=headers)
    [line] = lines()
    duration, time = line.pop("duration_ms"), line.pop("time")
    assert duration >= 0
    assert time.endswith("+00:00")
    assert line == {
        "level": "INFO",
        "logger": "core.middleware",
        "message": "POST /api/me 401",
        "request_id": "abc-DEF_1",
        "method": "POST",
        "path": "/api/me",
        "route": "api/me",
        "status": 401,
    }


@pytest.mark.urls(__name__)
def test_a_failure_is_an_error_with_its_exception(lines: Any) -> None:
    client = Client(raise_request_exception=False)
    client.get("/fail/7?q=s3cret", headers={"x-request-id": "abc"})
    failure, request = lines()
    assert (failure["level"], request["level"]) == ("ERROR", "ERROR")
    assert failure["request_id"] == request["request_id"] == "abc"
    assert request["route"] == "fail/<int:number>"
    assert "RuntimeError: broken" in failure["exception"]
    assert "s3cret" not in failure["message"]


@pytest.mark.parametrize("given", ["", "a b", "a.b", 'a"b', "<a>", "\xe4", "x" * 300])
def test_an_id_of_another_form_is_replaced(client: Client, given: str) -> None:
    answered = client.get("/healthz", headers={"x-request-id": given})["X-Request-ID"]
    assert answered != given
    assert len(answered) == 32


def test_a_probe_is_no_line_while_it_succeeds(client: Client, lines: Any) -> None:
    client.get("/healthz")
    assert lines() == []


@pytest.mark.django_db
def test_a_foreign_host_and_origin_do_not_reach_the_log(lines: Any) -> None:
    client = Client(enforce_csrf_checks=True)
    client.get("/", headers={"host": "evil.test"})
    client.post("/admin/logout/", headers={"origin": "https://evil.test"})
    assert {line["status"] for line in lines()} == {400, 403}
    assert "evil" not in json.dumps(lines())


@pytest.mark.urls(__name__)
def test_the_key_in_a_link_of_a_mail_does_not_reach_the_log(client: Client, lines: Any) -> None:
    client.get("/reset/s3cret/")
    [line] = lines()
    assert line["path"] == "/reset/<key>/"
    assert "s3cret" not in json.dumps(line)


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
