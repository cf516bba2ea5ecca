import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime, timedelta

import pytest

from app import tokens
from app.application import Application

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


def test_two_changes_at_once_both_last(client: Client) -> None:
    path = client("POST", "/api/tasks", {"title": "Old"}).headers["Location"]
    with ThreadPoolExecutor(2) as pool:
        for number in range(20):
            changes = [{"title": f"New {number}"}, {"done": number % 2 == 0}]
            list(pool.map(lambda change: client("PATCH", path, change), changes))
            task = client("GET", path).json()
            assert (task["title"], task["done"]) == (f"New {number}", number % 2 == 0)


def test_nobody_else_is_served(application: Application, visitor: Client, client: Client) -> None:
    path = client("POST", "/api/tasks", {"title": "Write"}).headers["Location"]
    reader = Client(application, tokens.create(application.database, "Bob", "read"))
    for method, target in [
        ("GET", "/api/tasks"),
        ("POST", "/api/tasks"),
        ("GET", path),
        ("PATCH", path),
        ("DELETE", path),
        ("DELETE", "/api/tasks/999999"),
    ]:
        visitor(method, target, {"title": "Forged"}).problem(401)
        if method == "GET":
            assert reader(method, target).status == 200
        else:
            reader(method, target, {"title": "Forged"}).problem(403)
    assert client("GET", path).json()["title"] == "Write"


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


def test_a_body_of_another_kind_is_refused(client: Client) -> None:
    for kind in ("", "text/plain", "application/x-www-form-urlencoded"):
        client("POST", "/api/tasks", {"title": "x"}, content_type=kind).problem(415)
    sent = client("POST", "/api/tasks", {"title": "x"}, content_type="Application/JSON; a=b")
    assert sent.status == 201


def test_a_huge_body_is_refused(client: Client) -> None:
    client("POST", "/api/tasks", {"title": "x", "other": "x" * 1024 * 1024}).problem(413)
    assert client("POST", "/api/tasks", {"title": "x", "other": "x" * 1_000_000}).status == 201


def test_a_body_may_come_in_chunks(client: Client) -> None:
    assert client("POST", "/api/tasks", {"title": "x"}, chunked=True).status == 201
    sent = {"title": "x", "other": "x" * 1024 * 1024}
    client("POST", "/api/tasks", sent, chunked=True).problem(413)


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
    assert response.headers["Allow"] == "GET, POST, HEAD"


def test_a_request_under_way_is_answered_when_the_server_stops(
    environment: dict[str, str], token: str
) -> None:
    pytest.importorskip("gunicorn", reason="needs `uv sync --extra server`", exc_type=ImportError)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    head = f"POST /api/tasks HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\n"
    head += "Content-Type: application/json\r\nContent-Length: 14\r\n\r\n"
    variables = {"ALLOWED_HOSTS": "localhost", "PORT": str(port)}
    command = [sys.executable, "-m", "gunicorn", "app.wsgi"]
    server = subprocess.Popen(command, env=environment | variables)  # noqa: S603
    try:
        connection = connect(port)
        connection.sendall(head.encode() + b'{"title"')
        time.sleep(0.5)
        server.terminate()
        time.sleep(0.5)
        connection.sendall(b':"x" }')
        with connection, connection.makefile("rb") as answer:
            assert answer.readline().startswith(b"HTTP/1.1 201 ")
        assert server.wait(10) == 0
    finally:
        server.kill()
        server.wait()


def connect(port: int) -> socket.socket:
    for _ in range(200):
        with suppress(OSError):
            return socket.create_connection(("127.0.0.1", port), timeout=10)
        time.sleep(0.05)
    pytest.fail("The server does not answer.")
