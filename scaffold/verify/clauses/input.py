"""Clauses about what is sent: titles that are too long, bodies that are no JSON, fields nobody asked for."""

from scaffold.verify.clause import Clause
from scaffold.verify.visit import (
    Unmet,
    Visit,
    as_json,
    expect_fields,
    expect_invalid,
    expect_json,
    expect_problem,
    expect_status,
    task_path,
)

LONGEST = 200
"""Characters of a title after trimming."""


def title_missing(visit: Visit) -> None:
    """See that a task needs a title."""
    for value in ({}, {"done": True}, {"title": None}):
        expect_invalid(visit.post(value), "title")


def title_blank(visit: Visit) -> None:
    """See that white space is no title."""
    for title in ("", " ", " \t\n "):
        expect_invalid(visit.post({"title": title}), "title")


def title_long(visit: Visit) -> None:
    """See that one character too many is refused."""
    expect_invalid(visit.post({"title": "x" * (LONGEST + 1)}), "title")


def title_bounds(visit: Visit) -> None:
    """See that the shortest and the longest title are taken, counted in characters and not in bytes."""
    for title in ("x", "x" * LONGEST, "ü€" * (LONGEST // 2)):
        _created(visit, title, title)


def title_trimmed(visit: Visit) -> None:
    """See that white space around a title is taken off, before it is counted."""
    _created(visit, "  Buy milk \n", "Buy milk")
    _created(visit, f" {'x' * LONGEST} ", "x" * LONGEST)


def title_any_text(visit: Visit) -> None:
    """See that a title comes back as it was sent."""
    for title in ("Grüße, 世界 📦", '<b>"it\'s"</b> & {{ 7*7 }} \\ %s ${x}', "'; DROP TABLE tasks; --"):
        _created(visit, title, title)


def title_type(visit: Visit) -> None:
    """See that an object or a list is no title."""
    for title in ({"a": 1}, ["x"]):
        expect_invalid(visit.post({"title": title}), "title")


def change_invalid(visit: Visit) -> None:
    """See that a refused change changes nothing."""
    path = task_path(visit.task()["id"])
    expect_invalid(visit.send("PATCH", path, {"title": " ", "done": True}), "title")
    task = expect_fields(expect_json(visit.get(path), 200), "title", "done")
    if task["title"] != "Buy milk" or task["done"] is not False:
        now = f"title is {as_json(task['title'])} and done is {as_json(task['done'])}"
        raise Unmet(f"{now} after a refused change")


def json_malformed(visit: Visit) -> None:
    """See that a body that is no JSON is the client's mistake."""
    for body in (b"{", b'{"title": "Buy milk"', b"title=Buy+milk"):
        expect_problem(visit.post(body=body), 400)


def json_malformed_change(visit: Visit) -> None:
    """See the same for changes."""
    expect_problem(visit.send("PATCH", task_path(visit.task()["id"]), body=b"{"), 400)


def json_not_object(visit: Visit) -> None:
    """See that JSON of another shape is refused, and does not break anything."""
    for body in (b"[]", b'"Buy milk"', b"7", b"null", b"true", b""):
        expect_problem(visit.post(body=body), 400, 422)


def json_hostile(visit: Visit) -> None:
    """See that bodies made to break parsers and databases break neither."""
    deep = b'{"title":' + b"[" * 20_000 + b"]" * 20_000 + b"}"
    for body in (
        deep,
        b'{"title":"a\\u0000b"}',
        b'{"title":"\\ud800"}',
        b'{"title":"\xff\xfe"}',
        b'{"title":1e999}',
    ):
        answer = visit.post(body=body)
        if answer.status >= 500:  # noqa: PLR2004
            raise Unmet(f"{answer.status} {answer.reason}")


def unknown_fields(visit: Visit) -> None:
    """See that a field nobody asked for is ignored, and that nobody chooses an id or a time."""
    sent = {"title": "Buy milk", "extra": {"a": [1]}, "id": 7_000_001, "created": "2001-01-01T00:00:00Z"}
    task = expect_fields(expect_json(visit.post(sent), 201), "id", "created")
    for name in ("id", "created"):
        if str(task[name]) == str(sent[name]):
            raise Unmet(f"{name} was taken from the request")


def unknown_fields_change(visit: Visit) -> None:
    """See the same for changes."""
    task = visit.task()
    answer = visit.send(
        "PATCH", task_path(task["id"]), {"done": True, "extra": 1, "created": "2001-01-01T00:00:00Z"}
    )
    changed = expect_fields(expect_json(answer, 200), "created")
    if changed["created"] == "2001-01-01T00:00:00Z":
        raise Unmet("created was taken from the request")


def _created(visit: Visit, title: str, expected: str) -> None:
    answer = visit.post({"title": title})
    expect_status(answer, 201)
    found = expect_fields(expect_json(answer, 201), "title")["title"]
    if found != expected:
        raise Unmet(f"title is {as_json(found)}, not {as_json(expected)}")


CLAUSES = (
    Clause(
        id="title-missing",
        level="must",
        sentence="POST /api/tasks without a title is refused",
        expected="422 (or 400) application/problem+json with errors.title",
        probe=title_missing,
    ),
    Clause(
        id="title-blank",
        level="must",
        sentence="POST /api/tasks with a blank title is refused",
        expected="422 (or 400) application/problem+json with errors.title",
        probe=title_blank,
    ),
    Clause(
        id="title-long",
        level="must",
        sentence=f"POST /api/tasks with a title of {LONGEST + 1} characters is refused",
        expected="422 (or 400) application/problem+json with errors.title",
        probe=title_long,
    ),
    Clause(
        id="title-type",
        level="must",
        sentence="POST /api/tasks with an object or a list as title is refused",
        expected="422 (or 400) application/problem+json with errors.title",
        probe=title_type,
    ),
    Clause(
        id="title-bounds",
        level="must",
        sentence=f"POST /api/tasks takes titles of 1 and of {LONGEST} characters",
        expected="201 with the title",
        probe=title_bounds,
    ),
    Clause(
        id="title-trimmed",
        level="must",
        sentence="POST /api/tasks takes white space off both ends of a title",
        expected="201 with the trimmed title",
        probe=title_trimmed,
    ),
    Clause(
        id="title-any-text",
        level="must",
        sentence="POST /api/tasks returns a title as it was sent, whatever is in it",
        expected="201 with the same title",
        probe=title_any_text,
    ),
    Clause(
        id="change-invalid",
        level="must",
        sentence="PATCH /api/tasks/{id} with a blank title is refused and changes nothing",
        expected="422 (or 400) application/problem+json with errors.title, and the task as it was",
        probe=change_invalid,
    ),
    Clause(
        id="json-malformed",
        level="must",
        sentence="POST /api/tasks with a body that is no JSON is refused",
        expected="400 application/problem+json",
        probe=json_malformed,
    ),
    Clause(
        id="json-malformed-change",
        level="must",
        sentence="PATCH /api/tasks/{id} with a body that is no JSON is refused",
        expected="400 application/problem+json",
        probe=json_malformed_change,
    ),
    Clause(
        id="json-not-object",
        level="must",
        sentence="POST /api/tasks with JSON that is no object is refused",
        expected="400 or 422 application/problem+json",
        probe=json_not_object,
    ),
    Clause(
        id="json-hostile",
        level="should",
        sentence="POST /api/tasks survives deep nesting, NUL, half a character and a number without end",
        expected="any answer below 500",
        probe=json_hostile,
    ),
    Clause(
        id="unknown-fields",
        level="must",
        sentence="POST /api/tasks ignores fields that are not a client's to set",
        expected="201 with an id and a time of the service's own",
        probe=unknown_fields,
    ),
    Clause(
        id="unknown-fields-change",
        level="must",
        sentence="PATCH /api/tasks/{id} ignores fields that are not a client's to set",
        expected="200 with created as it was",
        probe=unknown_fields_change,
    ),
)
