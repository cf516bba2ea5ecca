import json
from datetime import datetime, timedelta
from typing import Any

import jsonschema
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tasks.models import Task
from tasks.serializers import TaskSerializer

from .conftest import MakeToken, assert_problem

pytestmark = pytest.mark.django_db


def send(client: Client, method: str, path: str, body: Any) -> Any:
    return client.generic(method, path, json.dumps(body), content_type="application/json")


def test_a_task_lives_and_dies(api: Client) -> None:
    created = send(api, "POST", "/api/tasks", {"title": "  Write  ", "done": False})
    assert created.status_code == 201
    path = created["Location"]
    task = created.json()
    assert (task["title"], task["done"]) == ("Write", False)
    assert api.get(path).json() == task
    for moment in (task["created"], task["updated"]):
        assert datetime.fromisoformat(moment).utcoffset() == timedelta(0)

    changed = send(api, "PATCH", path, {"done": True})
    assert changed.status_code == 200
    assert (changed.json()["title"], changed.json()["done"]) == ("Write", True)
    assert changed.json()["updated"] > task["updated"]

    assert api.delete(path).status_code == 204
    assert_problem(api.get(path), 404)
    assert_problem(api.delete(path), 404)


@pytest.mark.parametrize("method", ["GET", "POST", "PATCH", "DELETE"])
def test_a_stranger_learns_nothing(client: Client, make_token: MakeToken, method: str) -> None:
    task = Task.objects.create(title="Write")
    paths = ["/api/tasks"] if method == "POST" else [f"/api/tasks/{task.pk}", "/api/tasks/0"]
    for path in paths:
        assert_problem(send(client, method, path, {"title": "x"}), 401)
        if method != "GET":
            client.defaults["HTTP_AUTHORIZATION"] = f"Bearer {make_token('read')}"
            assert_problem(send(client, method, path, {"title": "x"}), 403)
            del client.defaults["HTTP_AUTHORIZATION"]
    assert Task.objects.get().title == "Write"


def test_two_changes_of_different_fields_both_last() -> None:
    task = Task.objects.create(title="Write")
    seen_before = Task.objects.get()
    for instance, change in ((task, {"done": True}), (seen_before, {"title": "Read"})):
        serializer = TaskSerializer(instance, data=change, partial=True)
        serializer.is_valid(raise_exception=True)
        with CaptureQueriesContext(connection) as queries:
            serializer.save()
        assert len(queries) == 1
    task.refresh_from_db()
    assert (task.title, task.done) == ("Read", True)


def test_a_task_that_was_deleted_in_the_meantime_is_not_found(
    api: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    task = Task.objects.create(title="Write")
    update = TaskSerializer.update

    def late_update(self: TaskSerializer, instance: Task, changes: dict[str, Any]) -> Task:
        Task.objects.all().delete()
        return update(self, instance, changes)

    monkeypatch.setattr(TaskSerializer, "update", late_update)
    assert_problem(send(api, "PATCH", f"/api/tasks/{task.pk}", {"done": True}), 404)


def test_a_list_has_pages(api: Client) -> None:
    Task.objects.bulk_create(Task(title=str(number)) for number in range(3))
    response = api.get("/api/tasks?page=2&limit=2").json()
    assert [task["title"] for task in response["data"]] == ["0"]
    assert response["meta"] == {"page": 2, "limit": 2, "total": 3}
    assert api.get("/api/tasks").json()["meta"] == {"page": 1, "limit": 20, "total": 3}
    assert api.get("/api/tasks?limit=1000").json()["meta"]["limit"] == 100


@pytest.mark.parametrize("query", ["page=0", "page=-1", "page=x", "limit=-1", "limit=9e9"])
def test_what_is_no_page_is_the_first(api: Client, query: str) -> None:
    Task.objects.create(title="Write")
    response = api.get(f"/api/tasks?{query}").json()
    assert response["meta"] == {"page": 1, "limit": 20, "total": 1}
    assert len(response["data"]) == 1


@pytest.mark.parametrize("page", [2, 10**30])
def test_behind_the_last_page_is_an_empty_one(api: Client, page: int) -> None:
    Task.objects.create(title="Write")
    response = api.get(f"/api/tasks?page={page}").json()
    assert response == {"data": [], "meta": {"page": page, "limit": 20, "total": 1}}


def test_a_page_of_tasks_is_two_queries(api: Client) -> None:
    counts = []
    for _ in range(2):
        Task.objects.create(title="Write")
        with CaptureQueriesContext(connection) as queries:
            api.get("/api/tasks")
        counts.append(sum("tasks_task" in query["sql"] for query in queries))
    assert counts == [2, 2]


@pytest.mark.parametrize("title", ["", "   ", "x" * 201, "a\0b", "\ud800", None, True, ["x"]])
def test_a_bad_title_is_refused(api: Client, title: object) -> None:
    body = assert_problem(send(api, "POST", "/api/tasks", {"title": title}), 400)
    assert list(body["errors"]) == ["title"]
    assert not Task.objects.exists()


def test_a_missing_title_and_a_bad_flag_are_refused(api: Client) -> None:
    assert_problem(send(api, "POST", "/api/tasks", {}), 400)
    body = assert_problem(send(api, "POST", "/api/tasks", {"title": "x", "done": "maybe"}), 400)
    assert list(body["errors"]) == ["done"]


@pytest.mark.parametrize(
    "body", [b"{", b"[]", b'"x"', b"\xff", b"[" * 100_000, b'{"n": ' + b"9" * 10_000 + b"}"]
)
def test_a_body_that_is_not_a_json_object_is_refused(api: Client, body: bytes) -> None:
    assert_problem(api.post("/api/tasks", body, content_type="application/json"), 400)


def test_a_form_is_not_taken_for_json(api: Client) -> None:
    assert_problem(api.post("/api/tasks", {"title": "x"}), 415)


def test_a_huge_body_is_refused(api: Client) -> None:
    body = json.dumps({"title": "x", "padding": "x" * 1024 * 1024})
    assert_problem(api.post("/api/tasks", body, content_type="application/json"), 413)


def test_unknown_fields_are_ignored(api: Client) -> None:
    sent = {"title": "x", "id": 77, "created": "1970-01-01T00:00:00Z", "is_admin": True}
    task = send(api, "POST", "/api/tasks", sent).json()
    assert task["id"] != 77
    assert not task["created"].startswith("1970")
    assert "is_admin" not in task


def test_sql_in_a_parameter_is_only_text(api: Client) -> None:
    attack = "'; DROP TABLE tasks_task; --"
    task = send(api, "POST", "/api/tasks", {"title": attack}).json()
    assert task["title"] == attack
    assert api.get("/api/tasks", {"page": attack}).status_code == 200
    assert_problem(api.get("/api/tasks/1%20OR%201=1"), 404)
    assert Task.objects.count() == 1


@pytest.mark.parametrize("path", ["/api/tasks/999999", f"/api/tasks/{10**30}"])
def test_an_unknown_id_is_a_problem(api: Client, path: str) -> None:
    assert_problem(api.get(path), 404)
    assert_problem(send(api, "PATCH", path, {}), 404)


def test_a_wrong_method_names_the_right_ones(api: Client) -> None:
    response = api.put("/api/tasks")
    assert_problem(response, 405)
    assert {"GET", "POST"} <= set(response["Allow"].split(", "))


def test_answers_are_as_the_document_says(api: Client) -> None:
    document = api.get("/openapi.json").json()

    def check(response: Any, path: str, method: str) -> None:
        responses = document["paths"][path][method]["responses"]
        answer = responses.get(str(response.status_code), responses["default"])
        [content] = answer["content"].values()
        jsonschema.validate(response.json(), content["schema"] | document)

    created = send(api, "POST", "/api/tasks", {"title": "Write"})
    check(created, "/api/tasks", "post")
    check(send(api, "POST", "/api/tasks", {}), "/api/tasks", "post")
    check(api.get("/api/tasks"), "/api/tasks", "get")
    check(api.get(created["Location"]), "/api/tasks/{id}", "get")
    check(send(api, "PATCH", created["Location"], {"done": True}), "/api/tasks/{id}", "patch")
    check(api.get("/api/tasks/0"), "/api/tasks/{id}", "get")
    check(api.get("/api/me"), "/api/me", "get")
