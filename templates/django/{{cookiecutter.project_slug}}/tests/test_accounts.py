import re

import pytest
from django.core import mail
from django.test import Client
from pytest_django.asserts import assertRedirects

from accounts.models import User
from accounts.throttle import ATTEMPTS

pytestmark = pytest.mark.django_db

LOGIN = "/accounts/login/"
CREDENTIALS = {"username": "ada", "password": "correct horse"}


@pytest.fixture(autouse=True)
def ada() -> User:
    return User.objects.create_user(**CREDENTIALS, email="ada@example.com", is_staff=True)


def test_logging_in_and_out(client: Client) -> None:
    client.get("/admin/")
    assertRedirects(client.post(LOGIN, CREDENTIALS), "/")
    assert b"Log out ada" in client.get("/").content
    assertRedirects(client.post("/accounts/logout/"), "/")
    assert b"Log out" not in client.get("/").content


def test_the_session_is_new_after_logging_in(client: Client) -> None:
    session = client.session
    session["basket"] = 1
    session.save()
    before = session.session_key
    client.post(LOGIN, CREDENTIALS)
    assert client.session["basket"] == 1
    assert client.session.session_key != before


def test_cookies_are_out_of_reach(client: Client) -> None:
    client.get(LOGIN)
    client.post(LOGIN, CREDENTIALS)
    assert set(client.cookies) == {"csrftoken", "sessionid"}
    for cookie in client.cookies.values():
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"
        assert cookie["secure"]


def test_a_form_without_its_token_is_refused() -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post(LOGIN, CREDENTIALS).status_code == 403


@pytest.mark.parametrize("target", ["//evil.test", "https://evil.test/", "javascript:alert(1)"])
def test_a_login_leads_to_no_other_site(client: Client, target: str) -> None:
    assertRedirects(client.post(LOGIN, CREDENTIALS | {"next": target}), "/")


@pytest.mark.parametrize("path", [LOGIN, "/admin/login/"])
def test_guessing_a_password_is_slowed_down(client: Client, path: str) -> None:
    wrong = {"username": "ada", "password": "guess"}
    for _ in range(ATTEMPTS):
        assert client.post(path, wrong).status_code == 200
    blocked = client.post(path, {"username": " ADA ", "password": "correct horse"})
    assert blocked.status_code == 429
    assert int(blocked["Retry-After"]) > 0
    assert client.post(path, {"username": "bob", "password": "x"}).status_code == 200


def test_a_forgotten_password_is_reset_by_mail(client: Client) -> None:
    client.post("/accounts/password_reset/", {"email": "ada@example.com"})
    [message] = mail.outbox
    link = re.search(r"http://testserver(\S+)", str(message.body))
    assert link is not None
    form = client.get(link[1], follow=True)
    new = {"new_password1": "battery staple", "new_password2": "battery staple"}
    client.post(form.redirect_chain[-1][0], new)
    assert client.login(username="ada", password="battery staple")


def test_passwords_are_hashed_slowly() -> None:
    from django.conf import global_settings

    from config import settings

    assert not hasattr(settings, "PASSWORD_HASHERS")
    assert "PBKDF2" in global_settings.PASSWORD_HASHERS[0]
