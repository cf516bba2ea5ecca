"""Who may do what with the API, shown at `/api/me`."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import Settings

from accounts.models import Token, User
from core.api import TokenRateThrottle

from .conftest import MakeToken, assert_problem

pytestmark = pytest.mark.django_db

ME = "/api/me"


def bearer(token: str) -> dict[str, str]:
    return {"authorization": f"Bearer {token}"}


def make(*arguments: str) -> str:
    output = StringIO()
    call_command("create_token", *arguments, stdout=output)
    return output.getvalue().splitlines()[-1]


@pytest.mark.parametrize(
    "header",
    [
        "",
        "Bearer",
        "Bearer unknown",
        "Bearer " + "0" * 64,
        "Bearer two words",
        "Bearer \xff",
        "Bearer \0",
        "Basic YWRhOnNlY3JldA==",
        "Digest x",
    ],
)
def test_who_is_not_known_is_refused(client: Client, header: str) -> None:
    response = client.get(ME, headers={"authorization": header})
    assert_problem(response, 401)
    assert response["WWW-Authenticate"].startswith("Bearer")


def test_no_header_is_no_token(client: Client) -> None:
    assert_problem(client.get(ME), 401)


def test_a_token_as_basic_password_or_in_the_query_is_none(
    client: Client, make_token: MakeToken
) -> None:
    token = make_token()
    assert_problem(client.get(ME, headers={"authorization": f"Basic {token}"}), 401)
    assert_problem(client.get(f"{ME}?token={token}&access_token={token}"), 401)


def test_the_cookie_of_a_person_opens_no_api(admin_client: Client) -> None:
    assert_problem(admin_client.get(ME), 401)
    assert_problem(admin_client.post(ME), 401)


def test_an_expired_token_is_refused(client: Client, make_token: MakeToken) -> None:
    token = make_token(expiry=timedelta(seconds=-1))
    assert_problem(client.get(ME, headers=bearer(token)), 401)


def test_a_token_of_a_user_who_left_is_refused(client: Client, make_token: MakeToken) -> None:
    token = make_token()
    User.objects.update(is_active=False)
    assert_problem(client.get(ME, headers=bearer(token)), 401)


def test_who_may_read_may_not_write(client: Client) -> None:
    headers = bearer(make("reader"))
    response = client.get(ME, headers=headers)
    assert response.json() == {"name": "reader", "rights": ["read"]}
    assert response["Cache-Control"] == "no-store"
    assert client.head(ME, headers=headers).status_code == 200
    for method in (client.post, client.patch, client.delete):
        assert_problem(method(ME, headers=headers), 403)


def test_who_may_write_is_told_which_methods_there_are(client: Client) -> None:
    headers = bearer(make("writer", "--rights", "read,write"))
    assert client.get(ME, headers=headers).json()["rights"] == ["read", "write"]
    response = client.post(ME, headers=headers)
    assert_problem(response, 405)
    assert "GET" in response["Allow"]


def test_a_revoked_token_is_refused_at_once(client: Client) -> None:
    headers, other = bearer(make("robot")), bearer(make("other"))
    assert client.get(ME, headers=headers).status_code == 200
    call_command("revoke_token", "robot")
    assert_problem(client.get(ME, headers=headers), 401)
    assert client.get(ME, headers=other).status_code == 200


def test_a_token_is_random_and_only_its_hash_is_stored() -> None:
    secret = make("robot")
    assert len(bytes.fromhex(secret)) >= 16
    stored = Token.objects.values().get()
    assert not any(secret in str(value) for value in stored.values())
    assert stored["expiry"] - stored["created"] > timedelta(days=364)


def test_a_token_gets_a_user_who_cannot_log_in_or_belongs_to_one() -> None:
    ada = User.objects.create_user("ada")
    make("robot")
    make("laptop", "--user", "ada")
    assert not User.objects.get(username="robot").has_usable_password()
    assert Token.objects.get(name="laptop").user == ada


@pytest.mark.parametrize(
    "command",
    [
        ["create_token", "robot"],
        ["create_token", "x", "--rights", "all"],
        ["create_token", "x", "--user", "nobody"],
        ["revoke_token", "nobody"],
    ],
)
def test_a_command_that_cannot_be_done_says_so(command: list[str]) -> None:
    make("robot")
    with pytest.raises(CommandError):
        call_command(*command)
    assert Token.objects.count() == 1


def test_the_rate_is_limited_for_each_token(
    client: Client, make_token: MakeToken, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    assert settings.REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"] == {"token": "600/min"}
    monkeypatch.setattr(TokenRateThrottle, "rate", "2/min", raising=False)
    headers, other = bearer(make_token()), bearer(make_token())
    assert [client.get(ME, headers=headers).status_code for _ in range(2)] == [200, 200]
    response = client.get(ME, headers=headers)
    assert_problem(response, 429)
    assert int(response["Retry-After"]) > 0
    assert client.get(ME, headers=other).status_code == 200
