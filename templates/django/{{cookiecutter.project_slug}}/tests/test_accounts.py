import re

import pytest
from django.core import mail
from django.test import Client
from pytest_django import Settings
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.models import User

pytestmark = pytest.mark.django_db

LOGIN = "/accounts/login/"
CREDENTIALS = {"login": "ada", "password": "correct horse"}


@pytest.fixture(autouse=True)
def ada() -> User:
    return User.objects.create_user("ada", "ada@example.com", "correct horse", is_staff=True)


def test_logging_in_and_out(client: Client) -> None:
    assertRedirects(client.post(LOGIN, CREDENTIALS), "/")
    assertContains(client.get("/"), "Log out")
    assertRedirects(client.post("/accounts/logout/"), "/")
    assertContains(client.get("/"), "Log in")


def test_every_page_needs_a_login_unless_it_says_otherwise(client: Client) -> None:
    assertRedirects(client.get("/accounts/email/"), "/accounts/login/?next=/accounts/email/")
    assert client.get("/").status_code == 200


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
    assert {"csrftoken", "sessionid"} <= set(client.cookies)
    for name in ("csrftoken", "sessionid"):
        cookie = client.cookies[name]
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"
        assert cookie["secure"]


def test_a_form_without_its_token_is_refused() -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post(LOGIN, CREDENTIALS).status_code == 403


@pytest.mark.parametrize("target", ["//evil.test", "https://evil.test/", "javascript:alert(1)"])
def test_a_login_leads_to_no_other_site(client: Client, target: str) -> None:
    assertRedirects(client.post(LOGIN, CREDENTIALS | {"next": target}), "/")


def test_guessing_a_password_is_slowed_down(client: Client) -> None:
    for number in range(10):
        headers = {"x-forwarded-for": f"10.0.0.{number}"}
        wrong = CREDENTIALS | {"password": "guess"}
        assert client.post(LOGIN, wrong, headers=headers).status_code == 200
    assertContains(client.post(LOGIN, CREDENTIALS), "Too many failed login attempts")
    User.objects.create_user("bob", password="battery staple")
    assertRedirects(client.post(LOGIN, {"login": "bob", "password": "battery staple"}), "/")


def test_the_admin_has_no_log_in_of_its_own(client: Client) -> None:
    assertRedirects(client.get("/admin/login/"), "/accounts/login/?next=%2Fadmin%2Flogin%2F")


def test_a_forgotten_password_is_reset_by_mail(client: Client) -> None:
    client.post("/accounts/password/reset/", {"email": "ada@example.com"})
    [message] = mail.outbox
    link = re.search(r"http://testserver(\S+)", str(message.body))
    assert link is not None
    form = client.get(link[1], follow=True)
    new = {"password1": "battery staple", "password2": "battery staple"}
    client.post(form.redirect_chain[-1][0], new)
    assert client.login(username="ada", password="battery staple")


def test_nobody_signs_up_unless_that_is_allowed(client: Client, settings: Settings) -> None:
    new = {"username": "bob", "email": "bob@example.com"}
    new |= dict.fromkeys(("password1", "password2"), "battery staple")
    assertNotContains(client.get(LOGIN), "signup")
    client.post("/accounts/signup/", new)
    assert not User.objects.filter(username="bob").exists()
    settings.ACCOUNT_ALLOW_REGISTRATION = True
    assertContains(client.get(LOGIN), "/accounts/signup/")
    client.post("/accounts/signup/", new)
    assert User.objects.filter(username="bob").exists()


def test_passwords_are_hashed_slowly() -> None:
    from django.conf import global_settings

    from config import settings

    assert not hasattr(settings, "PASSWORD_HASHERS")
    assert "PBKDF2" in global_settings.PASSWORD_HASHERS[0]
