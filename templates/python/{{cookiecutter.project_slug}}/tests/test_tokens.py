from base64 import b64encode
from datetime import datetime

import pytest

from app import tokens
from app.application import Application
from app.http import Request, Response, as_json

from .conftest import Client, Run


def basic(password: str, user: str = "anyone") -> str:
    return "Basic " + b64encode(f"{user}:{password}".encode()).decode()


def test_a_token_says_whose_it_is(client: Client) -> None:
    assert client("GET", "/api/me").json() == {"name": "Ann", "rights": ["read", "write"]}
    assert client("HEAD", "/api/me").status == 200


@pytest.mark.parametrize("scheme", ["bearer {}", "BEARER   {} "])
def test_the_scheme_may_be_written_otherwise(visitor: Client, token: str, scheme: str) -> None:
    assert visitor("GET", "/api/me", authorization=scheme.format(token)).status == 200


@pytest.mark.parametrize(
    "authorization",
    ["", "Bearer", "Bearer ", "Bearer unknown", "Bearer {}x", "Bearer x {}", "{}", "Token {}",
     "Bearer \xff", "Basic %%", "Basic /w=="],
)  # fmt: skip
def test_nobody_else_is_served(visitor: Client, token: str, authorization: str) -> None:
    answer = visitor("GET", "/api/me", authorization=authorization.format(token))
    answer.problem(401)
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_token_counts_in_its_place_only(visitor: Client, token: str) -> None:
    visitor("GET", "/api/me", authorization=basic(token)).problem(401)
    visitor("GET", f"/api/me?token={token}&access_token={token}").problem(401)
    visitor("GET", "/api/me", cookie=f"token={token}; session={token}").problem(401)


def test_an_expired_token_is_refused(application: Application, client: Client) -> None:
    application.database.query("UPDATE tokens SET expires = '2000-01-01T00:00:00+00:00'")
    client("GET", "/api/me").problem(401)


def test_a_token_lives_for_a_year(application: Application, token: str) -> None:
    [row] = application.database.query("SELECT created, expires FROM tokens")
    created, expires = (datetime.fromisoformat(str(row[name])) for name in ("created", "expires"))
    assert (expires - created).days in (364, 365)


def test_a_revoked_token_is_refused_at_once(application: Application, client: Client) -> None:
    other = Client(application, tokens.create(application.database, "Bob", "read"))
    tokens.revoke(application.database, "Ann")
    client("GET", "/api/me").problem(401)
    assert other("GET", "/api/me").status == 200


@pytest.mark.parametrize(
    ("rights", "method", "status"),
    [
        ("read", "GET", 200),
        ("read", "HEAD", 200),
        ("read", "POST", 403),
        ("read", "PATCH", 403),
        ("read", "DELETE", 403),
        ("write", "GET", 403),
        ("write", "POST", 200),
        ("write", "PATCH", 200),
        ("write", "DELETE", 200),
    ],
)
def test_a_right_is_needed(application: Application, rights: str, method: str, status: int) -> None:
    def echo(request: Request) -> Response:
        return as_json(request.token.name)

    application.router.add("/api/echo", get=echo, post=echo, patch=echo, delete=echo)
    client = Client(application, tokens.create(application.database, "Bob", rights))
    assert client(method, "/api/echo").status == status


def test_a_route_is_closed_unless_it_says_otherwise(application: Application) -> None:
    application.router.add("/page", get=lambda request: as_json("page"))
    application.router.add("/open", public=True, get=lambda request: as_json("open"))
    token = tokens.create(application.database, "Bob", "read")
    visitor = Client(application)
    answer = visitor("GET", "/page")
    assert (answer.status, answer.headers["WWW-Authenticate"][:6]) == (401, "Basic ")
    assert visitor("GET", "/page", authorization=f"Bearer {token}").status == 401
    assert visitor("GET", "/page", authorization=basic(token)).status == 200
    assert visitor("GET", "/open").status == 200


def test_an_unknown_path_needs_no_token(visitor: Client) -> None:
    visitor("GET", "/api/nothing").problem(404)
    answer = visitor("PUT", "/api/me")
    answer.problem(405)
    assert answer.headers["Allow"] == "GET, HEAD"


def test_a_token_is_kept_as_a_hash(application: Application, token: str) -> None:
    assert len(token) >= 43
    assert token not in str(application.database.query("SELECT * FROM tokens"))


def test_the_commands_make_and_revoke_a_token(application: Application, python: Run) -> None:
    done = python("-m", "app", "create-token", "Bob", "--rights", "read,write")
    assert done.returncode == 0, done.stderr
    client = Client(application, done.stdout.splitlines()[-1])
    assert client("GET", "/api/me").json() == {"name": "Bob", "rights": ["read", "write"]}

    again = python("-m", "app", "create-token", "Bob")
    assert (again.returncode, again.stdout) == (1, "")
    assert "tokens" in again.stderr.splitlines()[0]
    assert client("GET", "/api/me").status == 200

    assert python("-m", "app", "revoke-token", "Bob").returncode == 0
    client("GET", "/api/me").problem(401)
    assert python("-m", "app", "revoke-token", "Bob").returncode == 1


def test_a_token_may_only_read_unless_told(application: Application, python: Run) -> None:
    client = Client(application, python("-m", "app", "create-token", "Bob").stdout.strip())
    assert client("GET", "/api/me").json()["rights"] == ["read"]
