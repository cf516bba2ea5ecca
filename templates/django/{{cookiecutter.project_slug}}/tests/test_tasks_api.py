import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from tasks.models import Task

pytestmark = pytest.mark.django_db


def send(client: Client, method: str, path: str, body: Any) -> Any:
    return client.generic(method, path, json.dumps(body), content_type="application/json")


def assert_problem(response: Any, status: int) -> dict[str, Any]:
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    body: dict[str, Any] = response.json()
    assert body["status"] == status
    assert {"type", "title"} <= body.keys()
    return body


def test_a_task_lives_and_dies(client: Client) -> None:
    created = send(client, "POST", "/api/tasks", {"title": "  Write  ", "done": False})
    assert created.status_code == 201
    path = created["Location"]
    task = created.json()
    assert (task["title"], task["done"]) == ("Write", False)
    assert client.get(path).json() == task
    for moment in (task["created"], task["updated"]):
        assert datetime.fromisoformat(moment).utcoffset() == timedelta(0)

    changed = send(client, "PATCH", path, {"done": True})
    assert changed.status_code == 200
    assert (changed.json()["title"], changed.json()["done"]) == ("Write", True)

    assert client.delete(path).status_code == 204
    assert_problem(client.get(path), 404)
    assert_problem(client.delete(path), 404)


def test_a_list_has_pages(client: Client) -> None:
    Task.objects.bulk_create(Task(title=str(number)) for number in range(3))
    response = client.get("/api/tasks?page=2&limit=2").json()
    assert [task["title"] for task in response["data"]] == ["0"]
    assert response["meta"] == {"page": 2, "limit": 2, "total": 3}
    assert client.get("/api/tasks?page=9").json()["data"] == []
    assert client.get("/api/tasks?limit=1000").json()["meta"]["limit"] == 100


@pytest.mark.parametrize("query", ["page=0", "page=x", "limit=-1", "limit=9e9"])
def test_a_bad_page_is_refused(client: Client, query: str) -> None:
    body = assert_problem(client.get(f"/api/tasks?{query}"), 422)
    assert list(body["errors"]) == [query.partition("=")[0]]


def test_a_page_far_away_is_empty(client: Client) -> None:
    assert client.get(f"/api/tasks?page={10**30}").json()["data"] == []


@pytest.mark.parametrize("title", ["", "   ", "x" * 201, "a\0b", None, 1, ["x"]])
def test_a_bad_title_is_refused(client: Client, title: object) -> None:
    body = assert_problem(send(client, "POST", "/api/tasks", {"title": title}), 422)
    assert list(body["errors"]) == ["title"]
    assert not Task.objects.exists()


def test_a_missing_title_and_a_bad_flag_are_refused(client: Client) -> None:
    assert_problem(send(client, "POST", "/api/tasks", {}), 422)
    body = assert_problem(send(client, "POST", "/api/tasks", {"title": "x", "done": "no"}), 422)
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
def test_a_body_that_is_not_a_json_object_is_refused(client: Client, body: bytes) -> None:
    response = client.post("/api/tasks", body, content_type="application/json")
    assert_problem(response, 400)


def test_a_huge_body_is_refused(client: Client) -> None:
    body = json.dumps({"title": "x", "padding": "x" * 3_000_000})
    assert_problem(client.post("/api/tasks", body, content_type="application/json"), 413)


def test_unknown_fields_are_ignored(client: Client) -> None:
    sent = {"title": "x", "id": 77, "created": "1970-01-01T00:00:00Z", "is_admin": True}
    task = send(client, "POST", "/api/tasks", sent).json()
    assert task["id"] != 77
    assert not task["created"].startswith("1970")
    assert "is_admin" not in task


def test_sql_in_a_parameter_is_only_text(client: Client) -> None:
    attack = "'; DROP TABLE tasks_task; --"
    task = send(client, "POST", "/api/tasks", {"title": attack}).json()
    assert task["title"] == attack
    assert_problem(client.get("/api/tasks", {"page": attack}), 422)
    assert_problem(client.get("/api/tasks/1%20OR%201=1"), 404)
    assert Task.objects.count() == 1


@pytest.mark.parametrize("path", ["/api/tasks/999999", f"/api/tasks/{10**30}", "/api/nothing"])
def test_an_unknown_path_is_a_problem(client: Client, path: str) -> None:
    assert_problem(client.get(path), 404)
    assert_problem(send(client, "PATCH", path, {}), 404)


def test_a_wrong_method_names_the_right_ones(client: Client) -> None:
    response = client.put("/api/tasks")
    assert_problem(response, 405)
    assert set(response["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS", "POST"}
