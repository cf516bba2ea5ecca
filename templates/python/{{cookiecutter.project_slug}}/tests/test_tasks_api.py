from datetime import datetime, timedelta

import pytest

from .conftest import Client


def total(client: Client) -> int:
    number: int = client("GET", "/api/tasks").json()["meta"]["total"]
    return number


def test_a_task_lives_and_dies(client: Client) -> None:
    created = client("POST", "/api/tasks", {"title": "  Write  ", "done": False})
    assert created.status == 201
    path = created.headers["Location"]
    task = created.json()
    assert (task["title"], task["done"]) == ("Write", False)
    assert client("GET", path).json() == task
    for moment in (task["created"], task["updated"]):
        assert datetime.fromisoformat(moment).utcoffset() == timedelta(0)

    changed = client("PATCH", path, {"done": True})
    assert changed.status == 200
    assert (changed.json()["title"], changed.json()["done"]) == ("Write", True)
    assert changed.json()["updated"] > task["updated"]

    assert client("DELETE", path).status == 204
    client("GET", path).problem(404)
    client("DELETE", path).problem(404)


def test_a_list_has_pages(client: Client) -> None:
    for number in range(3):
        client("POST", "/api/tasks", {"title": str(number)})
    response = client("GET", "/api/tasks?page=2&limit=2").json()
    assert [task["title"] for task in response["data"]] == ["0"]
    assert response["meta"] == {"page": 2, "limit": 2, "total": 3}
    assert client("GET", "/api/tasks?page=9").json()["data"] == []


@pytest.mark.parametrize(
    ("query", "meta"),
    [
        ("page=0&limit=0", {"page": 1, "limit": 1}),
        ("page=x&limit=-1", {"page": 1, "limit": 20}),
        ("page=2&limit=1000", {"page": 2, "limit": 100}),
        (f"page={10**30}", {"page": 10**14, "limit": 20}),
    ],
)
def test_a_bad_page_is_clamped(client: Client, query: str, meta: dict[str, int]) -> None:
    assert client("GET", f"/api/tasks?{query}").json()["meta"] == meta | {"total": 0}


@pytest.mark.parametrize("title", ["", "   ", "x" * 201, "a\0b", None, 1, ["x"]])
def test_a_bad_title_is_refused(client: Client, title: object) -> None:
    body = client("POST", "/api/tasks", {"title": title}).problem(422)
    assert list(body["errors"]) == ["title"]
    assert total(client) == 0


def test_a_missing_title_and_a_bad_flag_are_refused(client: Client) -> None:
    client("POST", "/api/tasks", {}).problem(422)
    body = client("POST", "/api/tasks", {"title": "x", "done": "no"}).problem(422)
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
    client("POST", "/api/tasks", body).problem(400)


def test_a_huge_body_is_refused(client: Client) -> None:
    client("POST", "/api/tasks", {"title": "x" * 2_000_000}).problem(413)


def test_unknown_fields_are_ignored(client: Client) -> None:
    sent = {"title": "x", "id": 77, "created": "1970-01-01T00:00:00Z", "is_admin": True}
    task = client("POST", "/api/tasks", sent).json()
    assert task["id"] != 77
    assert not task["created"].startswith("1970")
    assert "is_admin" not in task


def test_sql_in_a_parameter_is_only_text(client: Client) -> None:
    attack = "'; DROP TABLE tasks; --"
    assert client("POST", "/api/tasks", {"title": attack}).json()["title"] == attack
    assert client("GET", "/api/tasks?page=1;DROP%20TABLE%20tasks").status == 200
    client("GET", "/api/tasks/1%20OR%201=1").problem(404)
    assert total(client) == 1


@pytest.mark.parametrize("path", ["/api/tasks/999999", f"/api/tasks/{10**30}", "/api/nothing"])
def test_an_unknown_path_is_a_problem(client: Client, path: str) -> None:
    client("GET", path).problem(404)
    client("PATCH", path, {}).problem(404)


def test_a_wrong_method_names_the_right_ones(client: Client) -> None:
    response = client("PUT", "/api/tasks")
    response.problem(405)
    assert response.headers["Allow"] == "GET, HEAD, POST"
