"""A client to a running service: it sends requests, remembers what came back, and removes what it created."""

import json
from collections.abc import Collection, Sequence
from contextlib import suppress
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

from scaffold.verify.exchange import Exchange, Request, Response, exchange, split_base

PATIENCE = 3
"""Requests without an answer in time before the service counts as hanging."""

TASKS = "/api/tasks"


class Unmet(Exception):
    """What was found is not what the contract expects."""


class Undecided(Exception):
    """Something else has to work before this can be checked."""


class Client:
    """Requests to one service that has ``secrets``; ``timeout`` in seconds holds for each request."""

    def __init__(self, base: str, *, secrets: Collection[str] = (), timeout: float = 10.0) -> None:
        self.base = base
        self.secrets = frozenset(secrets)
        self.seen: list[Exchange] = []
        self._parts = split_base(base)
        self._timeout = timeout
        self._created: list[str] = []
        self._late = 0

    def send(self, method: str, path: str, value: object = None, *, body: bytes | None = None) -> Response:
        """Send a request, with ``value`` as JSON or ``body`` as JSON text; Unmet when there is no answer."""
        if self._late >= PATIENCE:
            raise Undecided(f"the service left {PATIENCE} requests without an answer")
        if value is not None:
            body = json.dumps(value).encode()
        headers = {} if body is None else {"Content-Type": "application/json"}
        request = Request(method=method, path=path, headers=headers, body=body)
        self.seen.append(exchange(self._parts, request, self._timeout))
        return self._answer(self.seen[-1])

    def get(self, path: str) -> Response:
        """Send a GET request."""
        return self.send("GET", path)

    def post(self, value: object = None, *, body: bytes | None = None) -> Response:
        """Send a POST request that may create a task; one that was created is removed by :meth:`leave`."""
        response = self.send("POST", TASKS, value, body=body)
        if 200 <= response.status < 300:  # noqa: PLR2004 - any success may have created one
            with suppress(Unmet):
                self._created.append(task_path(expect_fields(_value(response), "id")["id"]))
        return response

    def task(self, **fields: object) -> dict[str, Any]:
        """Return a new task; Undecided when none can be created."""
        try:
            response = self.post({"title": "Buy milk", **fields})
            task = response.json()
        except (Unmet, ValueError) as error:
            raise Undecided("no task can be created, which is a check of its own") from error
        if response.status != 201 or not isinstance(task, dict) or "id" not in task:  # noqa: PLR2004
            raise Undecided("no task can be created, which is a check of its own")
        return task

    def follow(self, location: str) -> Response:
        """Send GET for a Location header, which may be relative; the host in it may be one a proxy knows."""
        target = urlsplit(urljoin(self.base.rstrip("/") + TASKS, location))
        prefix = self._parts.path.rstrip("/")
        path = target.path.removeprefix(prefix) if prefix else target.path
        return self.get(path + (f"?{target.query}" if target.query else ""))

    def leave(self) -> None:
        """Remove every task that was created."""
        for path in dict.fromkeys(self._created):
            with suppress(Unmet, Undecided):
                self.send("DELETE", path)

    def _answer(self, seen: Exchange) -> Response:
        if seen.response is None:
            self._late += "no answer in" in seen.problem
            raise Unmet(seen.problem)
        self._late = 0
        return seen.response


def task_path(id: object) -> str:
    """Return the path of the task with this id, whatever type it has; Unmet when it is no id."""
    if isinstance(id, bool) or not isinstance(id, int | str) or id == "":
        raise Unmet(f"the id is {as_json(id)}, neither text nor a number")
    return f"{TASKS}/{quote(str(id), safe='')}"


def expect_status(response: Response, *statuses: int) -> Response:
    """Return the answer when its status is one of ``statuses``, or raise Unmet."""
    if response.status not in statuses:
        raise Unmet(f"{response.status} {response.reason}".strip())
    return response


def expect_json(response: Response, *statuses: int) -> object:
    """Return the value of a JSON answer with one of ``statuses``, or raise Unmet."""
    expect_status(response, *statuses)
    if response.media_type != "application/json":
        raise Unmet(f"{response.status} with content type {response.media_type or '(none)'}")
    return _value(response)


def expect_fields(value: object, *names: str) -> dict[str, Any]:
    """Return the object when it has every name, or raise Unmet."""
    if not isinstance(value, dict):
        raise Unmet(f"the body is {_kind(value)}, not an object")
    missing = [name for name in names if name not in value]
    if missing:
        raise Unmet(f"no field {' and no field '.join(missing)}")
    return value


def expect_problem(response: Response, *statuses: int) -> dict[str, Any]:
    """Return the RFC 9457 problem in an error answer with one of ``statuses``, or raise Unmet."""
    expect_status(response, *statuses)
    if response.media_type != "application/problem+json":
        raise Unmet(f"{response.status} with content type {response.media_type or '(none)'}")
    problem = expect_fields(_value(response), "type", "title", "status")
    if problem["status"] != response.status:
        raise Unmet(f"status {response.status}, and {as_json(problem['status'])} in the body")
    return problem


def expect_invalid(response: Response, field: str) -> None:
    """Raise Unmet unless the answer is a validation problem that names ``field``."""
    problem = expect_fields(expect_problem(response, 422, 400), "errors")
    messages = expect_fields(problem["errors"], field)[field]
    if not isinstance(messages, Sequence) or isinstance(messages, str) or not messages:
        raise Unmet(f"errors.{field} is {_kind(messages)}, not a list of messages")


def as_json(value: object) -> str:
    """Return a value as it was sent, for a sentence."""
    return json.dumps(value, ensure_ascii=False)


def _value(response: Response) -> object:
    try:
        return response.json()
    except ValueError as error:
        raise Unmet(f"{response.status} with a body that is not JSON") from error


def _kind(value: object) -> str:
    kinds = {dict: "an object", list: "a list", str: "text", bool: "true or false", type(None): "null"}
    return kinds.get(type(value), "a number")
