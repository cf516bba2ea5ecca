import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from .conftest import MakeApp

EMAIL, PASSWORD = "ada@example.com", "correct horse battery"


def make_user(app: Flask) -> None:
    arguments = ["users", "create", EMAIL, "--password", PASSWORD, "--active"]
    done = app.test_cli_runner().invoke(args=arguments)
    assert done.exit_code == 0, done.output
    assert PASSWORD not in done.output


def submit(client: FlaskClient, path: str, **form: str) -> TestResponse:
    """Send a form as a browser does that has opened its page."""
    page = client.get(path).text
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert found, page
    return client.post(path, data=form | {"csrf_token": found[1]})


def log_in(client: FlaskClient, password: str = PASSWORD, path: str = "/login") -> TestResponse:
    return submit(client, path, email=EMAIL, password=password)


@pytest.fixture
def user(app: Flask) -> None:
    make_user(app)


@pytest.mark.usefixtures("user")
def test_a_person_logs_in_and_out(client: FlaskClient) -> None:
    assert log_in(client).headers["Location"] == "/"
    cookie = client.get_cookie("session")
    assert cookie
    assert (cookie.http_only, cookie.secure, cookie.same_site) == (True, True, "Lax")
    assert "Log out" in client.get("/").text
    assert client.post("/logout").status_code == 302
    assert "Log in" in client.get("/").text


@pytest.mark.usefixtures("user")
def test_a_cookie_does_not_open_the_api(client: FlaskClient) -> None:
    log_in(client)
    assert client.get("/api/me").status_code == 401


@pytest.mark.usefixtures("user")
def test_a_wrong_password_does_not_log_in(client: FlaskClient) -> None:
    assert log_in(client, "wrong").status_code == 200
    assert "Log out" not in client.get("/").text


@pytest.mark.usefixtures("user")
def test_a_log_in_goes_nowhere_else(client: FlaskClient) -> None:
    response = log_in(client, path="/login?next=//evil.test/")
    assert "Location" not in response.headers


@pytest.mark.usefixtures("user")
def test_log_ins_are_limited_for_all_processes(make_app: MakeApp) -> None:
    clients = [make_app(LOGIN_RATE="3").test_client() for _ in range(2)]
    for number in range(3):
        log_in(clients[number % 2], "wrong")
    clients[1].environ_base["HTTP_X_FORWARDED_FOR"] = "203.0.113.7"
    refused = log_in(clients[1])
    assert refused.status_code == 429
    assert 1 <= int(refused.headers["Retry-After"]) <= 300


@pytest.mark.parametrize("email", ["", "\0", "a\0@example.com", "é" * 1000])
def test_an_odd_name_does_not_log_in(client: FlaskClient, email: str) -> None:
    assert submit(client, "/login", email=email, password=PASSWORD).status_code == 200


@pytest.mark.usefixtures("user")
def test_a_forgotten_password_is_reset(make_app: MakeApp) -> None:
    app = make_app(MAIL_BACKEND="locmem")
    client = app.test_client()
    submit(client, "/reset", email=EMAIL)
    [mail] = app.extensions["mailman"].outbox
    assert mail.to == [EMAIL]
    [link] = re.findall(r"http://localhost(/reset/\S+)", mail.body)
    submit(client, link, **dict.fromkeys(["password", "password_confirm"], "another battery"))
    assert "Log out" not in client.get("/").text
    assert log_in(client).status_code == 200
    assert log_in(client, "another battery").status_code == 302


def test_nobody_learns_who_has_an_account(make_app: MakeApp) -> None:
    app = make_app(MAIL_BACKEND="locmem")
    unknown = submit(app.test_client(), "/reset", email="nobody@example.com")
    make_user(app)
    known = submit(app.test_client(), "/reset", email=EMAIL)
    assert (known.status_code, known.headers.get("Location")) == (
        unknown.status_code,
        unknown.headers.get("Location"),
    )
