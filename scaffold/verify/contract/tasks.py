"""Checks of the life of a task: listed, created, read, changed, deleted."""

import re
import time
from typing import Any

from scaffold.verify.client import (
    TASKS,
    Client,
    Undecided,
    Unmet,
    as_json,
    expect_fields,
    expect_json,
    expect_problem,
    expect_status,
    task_path,
)
from scaffold.verify.contract.check import ContractCheck
from scaffold.verify.exchange import Response

FIELDS = ("id", "title", "done", "created", "updated")
LIMIT = 100
TICK = 1.1
"""Seconds between a task and its change, for services that tell time in seconds."""
UTC = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00)", re.IGNORECASE)
ODD = (
    "page=0",
    "page=-1",
    "page=abc",
    f"page={10**30}",
    "page=",
    "limit=0",
    "limit=-1",
    "limit=abc",
    "limit=1.5",
)
"""Queries that a person or a robot will send one day."""


def listing(client: Client) -> None:
    """See that the list has its data and its meta."""
    _page(client.get(f"{TASKS}?page=1&limit=20"), page=1, limit=20)


def listing_plain(client: Client) -> None:
    """See that page and limit may be left out."""
    meta = _page(client.get(TASKS), page=1)["meta"]
    if not 1 <= meta["limit"] <= LIMIT:
        raise Unmet(f"meta.limit is {meta['limit']}")


def listing_counts(client: Client) -> None:
    """See that a new task is counted."""
    before = _page(client.get(TASKS))["meta"]["total"]
    client.task()
    after = _page(client.get(TASKS))["meta"]["total"]
    if after <= before:
        raise Unmet(f"meta.total was {before} and is {after} with one task more")


def listing_pages(client: Client) -> None:
    """See that each page holds other tasks, and no more than the limit."""
    client.task()
    client.task()
    pages = [_page(client.get(f"{TASKS}?page={page}&limit=1"), page=page, limit=1)["data"] for page in (1, 2)]
    if [len(page) for page in pages] != [1, 1]:
        raise Unmet(f"{len(pages[0])} and {len(pages[1])} tasks on pages 1 and 2 with limit=1")
    if pages[0] == pages[1]:
        raise Unmet("the same task on pages 1 and 2")


def listing_limit(client: Client) -> None:
    """See that nobody gets everything at once."""
    response = client.get(f"{TASKS}?limit=1000000")
    if response.status in {400, 422}:
        expect_problem(response, 400, 422)
        return
    limit = _page(response)["meta"]["limit"]
    if limit > LIMIT:
        raise Unmet(f"meta.limit is {limit}")


def listing_odd(client: Client) -> None:
    """See that a bad page or limit is clamped or refused."""
    for query in ODD:
        response = client.get(f"{TASKS}?{query}")
        if response.status in {400, 422}:
            expect_problem(response, 400, 422)
        else:
            _clamped(_page(response)["meta"], query)


def create(client: Client) -> None:
    """See that a task is created as sent."""
    task = _task(client.post({"title": "Buy milk", "done": True}), 201)
    _same(task, title="Buy milk", done=True)


def create_done(client: Client) -> None:
    """See that a new task is open unless it says otherwise."""
    _same(_task(client.post({"title": "Buy milk"}), 201), done=False)


def create_location(client: Client) -> None:
    """See that the Location header leads to the new task."""
    task = client.task()
    location = client.seen[-1].response.headers.get("location", "")  # type: ignore[union-attr]  # a task was in it
    if not location:
        raise Unmet("201 without Location")
    _same(_task(client.follow(location), 200), id=task["id"])


def create_times(client: Client) -> None:
    """See that both times are dates and times in UTC."""
    task = expect_fields(client.task(), "created", "updated")
    for name in ("created", "updated"):
        if not isinstance(task[name], str) or not UTC.fullmatch(task[name]):
            raise Unmet(f"{name} is {as_json(task[name])}")


def read(client: Client) -> None:
    """See that a task can be read by its id."""
    task = client.task(title="Read me")
    _same(_task(client.get(task_path(task["id"])), 200), id=task["id"], title="Read me", done=False)


def change_done(client: Client) -> None:
    """See that a change of one field keeps the other, and lasts."""
    _changes(client, {"done": True}, title="Buy milk", done=True)


def change_title(client: Client) -> None:
    """See the same the other way round."""
    task = client.task(done=True)
    _same(
        _task(client.send("PATCH", task_path(task["id"]), {"title": "Buy bread"}), 200),
        title="Buy bread",
        done=True,
    )


def change_persists(client: Client) -> None:
    """See that a change can be read afterwards."""
    task = client.task()
    path = task_path(task["id"])
    expect_status(client.send("PATCH", path, {"title": "Buy bread"}), 200)
    _same(_task(client.get(path), 200), title="Buy bread")


def change_updated(client: Client) -> None:
    """See that a change is dated."""
    task = expect_fields(client.task(), "created", "updated")
    time.sleep(TICK)
    changed = _task(client.send("PATCH", task_path(task["id"]), {"done": True}), 200)
    if changed["updated"] == task["updated"]:
        raise Unmet(f"updated is {as_json(changed['updated'])} before and after a change")
    if changed["created"] != task["created"]:
        raise Unmet(f"created was {as_json(task['created'])} and is {as_json(changed['created'])}")


def delete(client: Client) -> None:
    """See that a deleted task is gone, at once and for good."""
    path = task_path(client.task()["id"])
    expect_status(client.send("DELETE", path), 204)
    expect_problem(client.get(path), 404)
    expect_problem(client.send("DELETE", path), 404)


def unknown_id(client: Client) -> None:
    """See that what never was, or is no id at all, is not found."""
    for id in ("no-such-id", "0", "999999999", "9" * 30, "00000000-0000-4000-8000-000000000000"):
        expect_problem(client.get(task_path(id)), 404)


def unknown_change(client: Client) -> None:
    """See that a task that is gone cannot be changed."""
    path = task_path(client.task()["id"])
    if client.send("DELETE", path).status != 204:  # noqa: PLR2004
        raise Undecided("no task can be deleted, which is a check of its own")
    expect_problem(client.send("PATCH", path, {"done": True}), 404)


def _page(response: Response, **meta: int) -> dict[str, Any]:
    """Return a list answer in which everything is there, and ``meta`` as given."""
    value = expect_fields(expect_json(response, 200), "data", "meta")
    found = expect_fields(value["meta"], "page", "limit", "total")
    if not isinstance(value["data"], list):
        raise Unmet("data is not a list")
    for name in ("page", "limit", "total"):
        if type(found[name]) is not int:
            raise Unmet(f"meta.{name} is {as_json(found[name])}, not a whole number")
    _same(found, **meta)
    return value


def _clamped(meta: dict[str, Any], query: str) -> None:
    if meta["page"] < 1 or not 1 <= meta["limit"] <= LIMIT:
        raise Unmet(f"?{query} gives meta.page {meta['page']} and meta.limit {meta['limit']}")


def _task(response: Response, status: int) -> dict[str, Any]:
    task = expect_fields(expect_json(response, status), *FIELDS)
    task_path(task["id"])
    return task


def _same(task: dict[str, Any], **expected: object) -> None:
    for name, value in expected.items():
        if task[name] != value or type(task[name]) is not type(value):
            raise Unmet(f"{name} is {as_json(task[name])}, not {as_json(value)}")


def _changes(client: Client, change: dict[str, object], **expected: object) -> None:
    task = client.task()
    _same(_task(client.send("PATCH", task_path(task["id"]), change), 200), id=task["id"], **expected)


CHECKS = (
    ContractCheck(
        id="list",
        level="must",
        sentence="GET /api/tasks?page=1&limit=20 lists tasks with their count",
        expected='200 {"data": […], "meta": {"page": 1, "limit": 20, "total": N}}',
        probe=listing,
    ),
    ContractCheck(
        id="list-plain",
        level="must",
        sentence=f"GET /api/tasks is the first page of at most {LIMIT}",
        expected=f"200 with meta.page 1 and meta.limit from 1 to {LIMIT}",
        probe=listing_plain,
    ),
    ContractCheck(
        id="list-limit",
        level="must",
        sentence=f"GET /api/tasks?limit=1000000 gives at most {LIMIT}",
        expected=f"200 with meta.limit at most {LIMIT}, or a problem with 422",
        probe=listing_limit,
    ),
    ContractCheck(
        id="list-odd",
        level="must",
        sentence="GET /api/tasks clamps or refuses a bad page or limit",
        expected="200 with meta.page and meta.limit in range, or a problem with 422",
        probe=listing_odd,
    ),
    ContractCheck(
        id="create",
        level="must",
        sentence="POST /api/tasks creates a task",
        expected=f"201 application/json with {', '.join(FIELDS)}, and the title and done that were sent",
        probe=create,
    ),
    ContractCheck(
        id="create-location",
        level="must",
        sentence="POST /api/tasks says where the new task is",
        expected="Location, and there the same task",
        probe=create_location,
    ),
    ContractCheck(
        id="create-done",
        level="must",
        sentence="POST /api/tasks without done creates an open task",
        expected="201 with done false",
        probe=create_done,
    ),
    ContractCheck(
        id="create-times",
        level="must",
        sentence="created and updated are times in UTC as RFC 3339 writes them",
        expected="for example 2026-11-22T09:30:00Z",
        probe=create_times,
    ),
    ContractCheck(
        id="list-counts",
        level="must",
        sentence="GET /api/tasks counts a new task",
        expected="meta.total is larger than before",
        probe=listing_counts,
    ),
    ContractCheck(
        id="list-pages",
        level="must",
        sentence="GET /api/tasks has no more tasks on a page than asked for, and others on the next",
        expected="one task on page 1 and another on page 2 with limit=1",
        probe=listing_pages,
    ),
    ContractCheck(
        id="read",
        level="must",
        sentence="GET /api/tasks/{id} reads a task",
        expected="200 application/json with the task",
        probe=read,
    ),
    ContractCheck(
        id="change-done",
        level="must",
        sentence="PATCH /api/tasks/{id} with done alone keeps the title",
        expected="200 with done true and the title as it was",
        probe=change_done,
    ),
    ContractCheck(
        id="change-title",
        level="must",
        sentence="PATCH /api/tasks/{id} with title alone keeps done",
        expected="200 with the new title and done as it was",
        probe=change_title,
    ),
    ContractCheck(
        id="change-persists",
        level="must",
        sentence="PATCH /api/tasks/{id} lasts",
        expected="the new title when the task is read again",
        probe=change_persists,
    ),
    ContractCheck(
        id="change-updated",
        level="must",
        sentence="PATCH /api/tasks/{id} dates the change",
        expected="a later updated, and created as it was",
        probe=change_updated,
    ),
    ContractCheck(
        id="delete",
        level="must",
        sentence="DELETE /api/tasks/{id} removes a task",
        expected="204, then 404 as a problem for GET and DELETE",
        probe=delete,
    ),
    ContractCheck(
        id="unknown-id",
        level="must",
        sentence="GET /api/tasks/{id} says that an unknown id is unknown",
        expected="404 application/problem+json with type, title, status",
        probe=unknown_id,
    ),
    ContractCheck(
        id="unknown-change",
        level="must",
        sentence="PATCH /api/tasks/{id} says that an unknown id is unknown",
        expected="404 application/problem+json with type, title, status",
        probe=unknown_change,
    ),
)
