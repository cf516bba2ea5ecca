"""Checks of what is sent: titles that are too long, bodies that are no JSON, fields nobody asked for."""

from scaffold.verify.client import (
    Client,
    Unmet,
    as_json,
    expect_fields,
    expect_invalid,
    expect_json,
    expect_problem,
    expect_status,
    task_path,
)
from scaffold.verify.contract.check import ContractCheck

LONGEST = 200
"""Characters of a title after trimming."""


def title_missing(client: Client) -> None:
    """See that a task needs a title."""
    for value in ({}, {"done": True}, {"title": None}):
        expect_invalid(client.post(value), "title")


def title_blank(client: Client) -> None:
    """See that white space is no title."""
    for title in ("", " ", " \t\n "):
        expect_invalid(client.post({"title": title}), "title")


def title_long(client: Client) -> None:
    """See that one character too many is refused."""
    expect_invalid(client.post({"title": "x" * (LONGEST + 1)}), "title")


def title_bounds(client: Client) -> None:
    """See that the shortest and the longest title are taken, counted in characters and not in bytes."""
    for title in ("x", "x" * LONGEST, "ü€" * (LONGEST // 2)):
        _created(client, title, title)


def title_trimmed(client: Client) -> None:
    """See that white space around a title is taken off, before it is counted."""
    _created(client, "  Buy milk \n", "Buy milk")
    _created(client, f" {'x' * LONGEST} ", "x" * LONGEST)


def title_any_text(client: Client) -> None:
    """See that a title comes back as it was sent."""
    for title in ("Grüße, 世界 📦", '<b>"it\'s"</b> & {{ 7*7 }} \\ %s ${x}', "'; DROP TABLE tasks; --"):
        _created(client, title, title)


def title_type(client: Client) -> None:
    """See that an object or a list is no title."""
    for title in ({"a": 1}, ["x"]):
        expect_invalid(client.post({"title": title}), "title")


def change_invalid(client: Client) -> None:
    """See that a refused change changes nothing."""
    path = task_path(client.task()["id"])
    expect_invalid(client.send("PATCH", path, {"title": " ", "done": True}), "title")
    task = expect_fields(expect_json(client.get(path), 200), "title", "done")
    if task["title"] != "Buy milk" or task["done"] is not False:
        now = f"title is {as_json(task['title'])} and done is {as_json(task['done'])}"
        raise Unmet(f"{now} after a refused change")


def json_malformed(client: Client) -> None:
    """See that a body that is no JSON is the client's mistake."""
    for body in (b"{", b'{"title": "Buy milk"', b"title=Buy+milk"):
        expect_problem(client.post(body=body), 400)


def json_malformed_change(client: Client) -> None:
    """See the same for changes."""
    expect_problem(client.send("PATCH", task_path(client.task()["id"]), body=b"{"), 400)


def json_not_object(client: Client) -> None:
    """See that JSON of another shape is refused, and does not break anything."""
    for body in (b"[]", b'"Buy milk"', b"7", b"null", b"true", b""):
        expect_problem(client.post(body=body), 400, 422)


def json_hostile(client: Client) -> None:
    """See that bodies made to break parsers and databases break neither."""
    deep = b'{"title":' + b"[" * 20_000 + b"]" * 20_000 + b"}"
    for body in (
        deep,
        b'{"title":"a\\u0000b"}',
        b'{"title":"\\ud800"}',
        b'{"title":"\xff\xfe"}',
        b'{"title":1e999}',
    ):
        response = client.post(body=body)
        if response.status >= 500:  # noqa: PLR2004
            raise Unmet(f"{response.status} {response.reason}")


def unknown_fields(client: Client) -> None:
    """See that a field nobody asked for is ignored, and that nobody chooses an id or a time."""
    sent = {"title": "Buy milk", "extra": {"a": [1]}, "id": 7_000_001, "created": "2001-01-01T00:00:00Z"}
    task = expect_fields(expect_json(client.post(sent), 201), "id", "created")
    for name in ("id", "created"):
        if str(task[name]) == str(sent[name]):
            raise Unmet(f"{name} was taken from the request")


def unknown_fields_change(client: Client) -> None:
    """See the same for changes."""
    task = client.task()
    response = client.send(
        "PATCH", task_path(task["id"]), {"done": True, "extra": 1, "created": "2001-01-01T00:00:00Z"}
    )
    changed = expect_fields(expect_json(response, 200), "created")
    if changed["created"] == "2001-01-01T00:00:00Z":
        raise Unmet("created was taken from the request")


def _created(client: Client, title: str, expected: str) -> None:
    response = client.post({"title": title})
    expect_status(response, 201)
    found = expect_fields(expect_json(response, 201), "title")["title"]
    if found != expected:
        raise Unmet(f"title is {as_json(found)}, not {as_json(expected)}")


CHECKS = (
    ContractCheck(
        id="title-missing",
        level="must",
        sentence="POST /api/tasks without a title is refused",
        expected="422 (or 400) application/problem+json with errors.title",
        probe=title_missing,
    ),
    ContractCheck(
        id="title-blank",
        level="must",
        sentence="POST /api/tasks with a blank title is refused",
        expected="422 (or 400) application/problem+json with errors.title",
        probe=title_blank,
    ),
    ContractCheck(
        id="title-long",
        level="must",
        sentence=f"POST /api/tasks with a title of {LONGEST + 1} characters is refused",
        expected="422 (or 400) application/problem+json with errors.title",
        probe=title_long,
    ),
    ContractCheck(
        id="title-type",
        level="must",
        sentence="POST /api/tasks with an object or a list as title is refused",
        expected="422 (or 400) application/problem+json with errors.title",
        probe=title_type,
    ),
    ContractCheck(
        id="title-bounds",
        level="must",
        sentence=f"POST /api/tasks takes titles of 1 and of {LONGEST} characters",
        expected="201 with the title",
        probe=title_bounds,
    ),
    ContractCheck(
        id="title-trimmed",
        level="must",
        sentence="POST /api/tasks takes white space off both ends of a title",
        expected="201 with the trimmed title",
        probe=title_trimmed,
    ),
    ContractCheck(
        id="title-any-text",
        level="must",
        sentence="POST /api/tasks returns a title as it was sent, whatever is in it",
        expected="201 with the same title",
        probe=title_any_text,
    ),
    ContractCheck(
        id="change-invalid",
        level="must",
        sentence="PATCH /api/tasks/{id} with a blank title is refused and changes nothing",
        expected="422 (or 400) application/problem+json with errors.title, and the task as it was",
        probe=change_invalid,
    ),
    ContractCheck(
        id="json-malformed",
        level="must",
        sentence="POST /api/tasks with a body that is no JSON is refused",
        expected="400 application/problem+json",
        probe=json_malformed,
    ),
    ContractCheck(
        id="json-malformed-change",
        level="must",
        sentence="PATCH /api/tasks/{id} with a body that is no JSON is refused",
        expected="400 application/problem+json",
        probe=json_malformed_change,
    ),
    ContractCheck(
        id="json-not-object",
        level="must",
        sentence="POST /api/tasks with JSON that is no object is refused",
        expected="400 or 422 application/problem+json",
        probe=json_not_object,
    ),
    ContractCheck(
        id="json-hostile",
        level="should",
        sentence="POST /api/tasks survives deep nesting, NUL, half a character and a number without end",
        expected="any answer below 500",
        probe=json_hostile,
    ),
    ContractCheck(
        id="unknown-fields",
        level="must",
        sentence="POST /api/tasks ignores fields that are not a client's to set",
        expected="201 with an id and a time of the service's own",
        probe=unknown_fields,
    ),
    ContractCheck(
        id="unknown-fields-change",
        level="must",
        sentence="PATCH /api/tasks/{id} ignores fields that are not a client's to set",
        expected="200 with created as it was",
        probe=unknown_fields_change,
    ),
)
