"""Who is let in. Every row holds for all of the API, whatever is built below /api/."""

import json
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.database import db
from app.tokens.models import Token

from .conftest import MakeApp, MakeToken


def assert_problem(response: TestResponse, status: int) -> dict[str, Any]:
    assert response.status_code == status
    assert response.content_type == "application/problem+json"
    body: dict[str, Any] = json.loads(response.text)
    assert body["status"] == status
    assert {"type", "title"} <= body.keys()
    return body


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def test_a_token_says_whose_it_is(client: FlaskClient, make_token: MakeToken) -> None:
    reader = client.get("/api/me", headers=bearer(make_token("reader", "read")))
    assert reader.get_json() == {"name": "reader", "rights": ["read"]}
    writer = client.get("/api/me", headers=bearer(make_token("writer", "read,write")))
    assert writer.get_json() == {"name": "writer", "rights": ["read", "write"]}
    assert writer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "authorization",
    ["", "Bearer", "Bearer x", "Bearer a b", "Bearer {token}x", "Token {token}", "{token}"],
)
def test_nobody_else_is_let_in(
    client: FlaskClient, make_token: MakeToken, authorization: str
) -> None:
    headers = {"Authorization": authorization.format(token=make_token())}
    response = client.get("/api/me", headers=headers)
    assert_problem(response, 401)
    assert response.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_token_counts_in_the_bearer_header_only(
    client: FlaskClient, make_token: MakeToken
) -> None:
    token = make_token()
    assert_problem(client.get("/api/me", auth=("any", token)), 401)
    query = {"token": token, "access_token": token}
    assert_problem(client.get("/api/me", query_string=query), 401)
    client.set_cookie("token", token)
    assert_problem(client.get("/api/me"), 401)


def test_an_expired_token_is_refused(client: FlaskClient, make_token: MakeToken) -> None:
    assert_problem(client.get("/api/me", headers=bearer(make_token(days=0))), 401)


def test_a_revoked_token_is_refused(app: Flask, client: FlaskClient, make_token: MakeToken) -> None:
    revoked, other = make_token("revoked"), make_token("other")
    assert client.get("/api/me", headers=bearer(revoked)).status_code == 200
    assert app.test_cli_runner().invoke(args=["tokens", "revoke", "revoked"]).exit_code == 0
    assert_problem(client.get("/api/me", headers=bearer(revoked)), 401)
    assert client.get("/api/me", headers=bearer(other)).status_code == 200


@pytest.mark.parametrize("path", ["/api/me", "/api/nothing", "/api/"])
@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
def test_nothing_is_open(client: FlaskClient, method: str, path: str) -> None:
    assert_problem(client.open(path, method=method), 401)


def test_reading_needs_the_right_to_read(client: FlaskClient, make_token: MakeToken) -> None:
    headers = bearer(make_token(rights="write"))
    assert_problem(client.get("/api/me", headers=headers), 403)
    assert client.head("/api/me", headers=headers).status_code == 403


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_writing_needs_the_right_to_write(
    client: FlaskClient, make_token: MakeToken, method: str
) -> None:
    reader, writer = make_token("reader", "read"), make_token("writer", "write")
    assert_problem(client.open("/api/nothing", method=method, headers=bearer(reader)), 403)
    assert_problem(client.open("/api/nothing", method=method, headers=bearer(writer)), 404)


def test_a_wrong_method_names_the_right_ones(api: FlaskClient) -> None:
    response = api.post("/api/me")
    assert_problem(response, 405)
    assert set(response.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


def test_a_token_is_kept_as_a_digest(app: Flask, make_token: MakeToken) -> None:
    token = make_token()
    assert len(token) >= 43
    with app.app_context():
        [row] = db.session.execute(Token.__table__.select()).all()
    assert token not in str(row)


def test_a_name_names_one_token(app: Flask, make_token: MakeToken) -> None:
    make_token("ci")
    runner = app.test_cli_runner()
    assert runner.invoke(args=["tokens", "create", "ci"]).exit_code == 1
    assert runner.invoke(args=["tokens", "list"]).output.startswith("ci  read,write  ")
    assert runner.invoke(args=["tokens", "revoke", "unknown"]).exit_code == 1


def test_a_token_has_a_rate(make_app: MakeApp, make_token: MakeToken) -> None:
    client = make_app(API_RATE="3").test_client()
    fast, slow = bearer(make_token("fast")), bearer(make_token("slow"))
    answers = [client.get("/api/me", headers=fast) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert_problem(answers[-1], 429)
    assert 1 <= int(answers[-1].headers["Retry-After"]) <= 60
    assert client.get("/api/me", headers=slow).status_code == 200
    assert client.get("/api/me").status_code == 401


def test_the_document_names_all_of_the_api(app: Flask, client: FlaskClient) -> None:
    document = client.get("/openapi.json").get_json()
    assert document["openapi"].startswith("3.1.")
    assert document["security"] == [{"bearer": []}]
    assert document["components"]["securitySchemes"]["bearer"]["scheme"] == "bearer"
    described = {
        (path, method.upper())
        for path, operations in document["paths"].items()
        for method in operations.keys() - {"parameters"}
    }
    served = {
        (rule.rule.replace("<int(max=2147483647):", "{").replace(">", "}"), method)
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert described == served
    assert document["paths"]["/api/me"]["get"]["responses"].keys() == {"200", "default"}
    [problem] = document["components"]["responses"]["DEFAULT_ERROR"]["content"]
    assert problem == "application/problem+json"
