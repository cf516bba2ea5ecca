import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse


def assert_problem(response: TestResponse, status: int) -> dict[str, Any]:
    assert response.status_code == status
    assert response.content_type == "application/problem+json"
    body: dict[str, Any] = json.loads(response.text)
    assert body["status"] == status
    assert {"type", "title"} <= body.keys()
    return body


def total(client: FlaskClient) -> int:
    number: int = client.get("/api/tasks").get_json()["meta"]["total"]
    return number


def test_a_task_lives_and_dies(client: FlaskClient) -> None:
    created = client.post("/api/tasks", json={"title": "  Write  ", "done": False})
    assert created.status_code == 201
    path = created.headers["Location"]
    task = created.get_json()
    assert (task["title"], task["done"]) == ("Write", False)
    assert client.get(path).get_json() == task
    for moment in (task["created"], task["updated"]):
        assert datetime.fromisoformat(moment).utcoffset() == timedelta(0)

    changed = client.patch(path, json={"done": True})
    assert changed.status_code == 200
    assert (changed.get_json()["title"], changed.get_json()["done"]) == ("Write", True)
    assert changed.get_json()["updated"] > task["updated"]

    assert client.delete(path).status_code == 204
    assert_problem(client.get(path), 404)
    assert_problem(client.delete(path), 404)


def test_a_list_has_pages(client: FlaskClient) -> None:
    for number in range(3):
        client.post("/api/tasks", json={"title": str(number)})
    response = client.get("/api/tasks?page=2&limit=2").get_json()
    assert [task["title"] for task in response["data"]] == ["0"]
    assert response["meta"] == {"page": 2, "limit": 2, "total": 3}
    assert client.get("/api/tasks?page=9").get_json()["data"] == []


@pytest.mark.parametrize(
    ("query", "meta"),
    [
        ("page=0&limit=0", {"page": 1, "limit": 1}),
        ("page=x&limit=-1", {"page": 1, "limit": 1}),
        ("page=2&limit=1000", {"page": 2, "limit": 100}),
        (f"page={10**30}", {"page": 10**30, "limit": 20}),
    ],
)
def test_a_bad_page_is_clamped(client: FlaskClient, query: str, meta: dict[str, int]) -> None:
    assert client.get(f"/api/tasks?{query}").get_json()["meta"] == meta | {"total": 0}


@pytest.mark.parametrize("title", ["", "   ", "x" * 201, "a\0b", None, 1, ["x"]])
def test_a_bad_title_is_refused(client: FlaskClient, title: object) -> None:
    body = assert_problem(client.post("/api/tasks", json={"title": title}), 422)
    assert list(body["errors"]) == ["title"]
    assert total(client) == 0


def test_a_missing_title_and_a_bad_flag_are_refused(client: FlaskClient) -> None:
    assert_problem(client.post("/api/tasks", json={}), 422)
    body = assert_problem(client.post("/api/tasks", json={"title": "x", "done": "no"}), 422)
    assert list(body["errors"]) == ["done"]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b'"x"',
        b"\xff",
        b'{"title": "\\ud800"}',
        b"[" * 100_000,
        b'{"n": ' + b"9" * 10_000 + b"}",
    ],
)
def test_a_body_that_is_not_a_json_object_is_refused(client: FlaskClient, body: bytes) -> None:
    assert_problem(client.post("/api/tasks", data=body), 400)


def test_a_huge_body_is_refused(client: FlaskClient) -> None:
    assert_problem(client.post("/api/tasks", json={"title": "x" * 2_000_000}), 413)


def test_unknown_fields_are_ignored(client: FlaskClient) -> None:
    sent = {"title": "x", "id": 77, "created": "1970-01-01T00:00:00Z", "is_admin": True}
    task = client.post("/api/tasks", json=sent).get_json()
    assert task["id"] != 77
    assert not task["created"].startswith("1970")
    assert "is_admin" not in task


def test_sql_in_a_parameter_is_only_text(client: FlaskClient) -> None:
    attack = "'; DROP TABLE tasks; --"
    assert client.post("/api/tasks", json={"title": attack}).get_json()["title"] == attack
    assert client.get("/api/tasks", query_string={"page": attack}).status_code == 200
    assert_problem(client.get("/api/tasks/1%20OR%201=1"), 404)
    assert total(client) == 1


@pytest.mark.parametrize("path", ["/api/tasks/999999", f"/api/tasks/{10**30}", "/api/nothing"])
def test_an_unknown_path_is_a_problem(client: FlaskClient, path: str) -> None:
    assert_problem(client.get(path), 404)
    assert_problem(client.patch(path, json={}), 404)


def test_a_wrong_method_names_the_right_ones(client: FlaskClient) -> None:
    response = client.put("/api/tasks")
    assert_problem(response, 405)
    assert set(response.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS", "POST"}
