import threading
from datetime import datetime, timedelta
from io import BytesIO

import pytest
from flask.testing import FlaskClient

from .conftest import MakeToken
from .test_tokens import assert_problem, bearer


def total(api: FlaskClient) -> int:
    number: int = api.get("/api/tasks").get_json()["meta"]["total"]
    return number


def test_a_task_lives_and_dies(api: FlaskClient) -> None:
    created = api.post("/api/tasks", json={"title": "  Write  ", "done": False})
    assert created.status_code == 201
    path = created.headers["Location"]
    task = created.get_json()
    assert (task["title"], task["done"]) == ("Write", False)
    assert api.get(path).get_json() == task
    for moment in (task["created"], task["updated"]):
        assert datetime.fromisoformat(moment).utcoffset() == timedelta(0)

    changed = api.patch(path, json={"done": True})
    assert changed.status_code == 200
    assert (changed.get_json()["title"], changed.get_json()["done"]) == ("Write", True)
    assert changed.get_json()["updated"] > task["updated"]

    assert api.delete(path).status_code == 204
    assert_problem(api.get(path), 404)
    assert_problem(api.delete(path), 404)


def test_a_reader_changes_nothing(
    api: FlaskClient, client: FlaskClient, make_token: MakeToken
) -> None:
    path = api.post("/api/tasks", json={"title": "x"}).headers["Location"]
    reader = bearer(make_token("reader", "read"))
    assert_problem(client.post("/api/tasks", json={"title": "y"}, headers=reader), 403)
    assert_problem(client.patch(path, json={"title": "y"}, headers=reader), 403)
    assert_problem(client.delete(path, headers=reader), 403)
    assert_problem(client.delete(path), 401)
    assert client.get(path, headers=reader).get_json()["title"] == "x"


def test_two_changes_at_once_both_last(api: FlaskClient) -> None:
    def change(fields: dict[str, object]) -> None:
        barrier.wait()
        other = api.application.test_client()
        other.environ_base = api.environ_base
        statuses.append(other.patch(path, json=fields).status_code)

    for number in range(20):
        path = api.post("/api/tasks", json={"title": "x"}).headers["Location"]
        barrier, statuses = threading.Barrier(2), list[int]()
        threads = [
            threading.Thread(target=change, args=(fields,))
            for fields in ({"title": str(number)}, {"done": True})
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert statuses == [200, 200]
        task = api.get(path).get_json()
        assert (task["title"], task["done"]) == (str(number), True)


def test_a_change_writes_what_was_sent(api: FlaskClient) -> None:
    path = api.post("/api/tasks", json={"title": "x", "done": True}).headers["Location"]
    assert api.patch(path, json={"title": "y"}).get_json()["done"] is True
    assert api.patch(path, json={}).get_json()["title"] == "y"


def test_a_list_has_pages(api: FlaskClient) -> None:
    for number in range(3):
        api.post("/api/tasks", json={"title": str(number)})
    response = api.get("/api/tasks?page=2&limit=2").get_json()
    assert [task["title"] for task in response["data"]] == ["0"]
    assert response["meta"] == {"page": 2, "limit": 2, "total": 3}
    assert api.get("/api/tasks?page=9").get_json()["data"] == []


@pytest.mark.parametrize("query", ["page=0", "page=x", f"page={10**30}", "limit=0", "limit=101"])
def test_a_bad_page_is_refused(api: FlaskClient, query: str) -> None:
    body = assert_problem(api.get(f"/api/tasks?{query}"), 422)
    assert list(body["errors"]) == [query.partition("=")[0]]


@pytest.mark.parametrize("title", ["", "   ", "x" * 201, "a\0b", "\ud800", None, 1, ["x"]])
def test_a_bad_title_is_refused(api: FlaskClient, title: object) -> None:
    body = assert_problem(api.post("/api/tasks", json={"title": title}), 422)
    assert list(body["errors"]) == ["title"]
    assert total(api) == 0


def test_a_missing_title_and_a_bad_flag_are_refused(api: FlaskClient) -> None:
    assert_problem(api.post("/api/tasks", json={}), 422)
    for done in ("no", 0, 1, None):
        body = assert_problem(api.post("/api/tasks", json={"title": "x", "done": done}), 422)
        assert list(body["errors"]) == ["done"]


@pytest.mark.parametrize(
    "body", [b"", b"{", b"\xff", b"[" * 100_000, b'{"n": ' + b"9" * 10_000 + b"}"]
)
def test_a_body_that_is_no_json_is_refused(api: FlaskClient, body: bytes) -> None:
    response = api.post("/api/tasks", data=body, content_type="application/json")
    assert_problem(response, 400)


@pytest.mark.parametrize("body", ["[]", '"x"', "null", '[{"title": "x"}]'])
def test_a_body_that_is_no_object_is_refused(api: FlaskClient, body: str) -> None:
    response = api.post("/api/tasks", data=body, content_type="application/json")
    assert_problem(response, 422)


def test_a_body_of_another_type_is_refused(api: FlaskClient) -> None:
    for kind in ("text/plain", "application/x-www-form-urlencoded", ""):
        response = api.post("/api/tasks", data='{"title": "x"}', content_type=kind)
        assert_problem(response, 415)
    assert total(api) == 0


def test_a_huge_body_is_refused(api: FlaskClient) -> None:
    body = b'{"title": "x"}' + b" " * 1024 * 1024
    assert_problem(api.post("/api/tasks", data=body, content_type="application/json"), 413)
    pieces = {"input_stream": BytesIO(body), "environ_overrides": {"wsgi.input_terminated": True}}
    assert_problem(api.post("/api/tasks", content_type="application/json", **pieces), 413)
    assert total(api) == 0


def test_unknown_fields_are_ignored(api: FlaskClient) -> None:
    sent = {"title": "x", "id": 77, "created": "1970-01-01T00:00:00Z", "is_admin": True}
    task = api.post("/api/tasks", json=sent).get_json()
    assert task["id"] != 77
    assert not task["created"].startswith("1970")
    assert "is_admin" not in task


def test_sql_in_a_parameter_is_only_text(api: FlaskClient) -> None:
    attack = "'; DROP TABLE tasks; --"
    assert api.post("/api/tasks", json={"title": attack}).get_json()["title"] == attack
    assert_problem(api.get("/api/tasks", query_string={"page": attack}), 422)
    assert_problem(api.get("/api/tasks/1%20OR%201=1"), 404)
    assert total(api) == 1


@pytest.mark.parametrize("path", ["/api/tasks/999999", f"/api/tasks/{10**30}", "/api/nothing"])
def test_an_unknown_path_is_a_problem(api: FlaskClient, path: str) -> None:
    assert_problem(api.get(path), 404)
    assert_problem(api.patch(path, json={}), 404)


def test_a_wrong_method_names_the_right_ones(api: FlaskClient) -> None:
    response = api.put("/api/tasks")
    assert_problem(response, 405)
    assert set(response.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS", "POST"}
