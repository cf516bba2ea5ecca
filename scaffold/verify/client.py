"""A client to a running service: it sends requests, remembers what came back, and removes what it created."""

import base64
import http.client
import json
import time
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from typing import Any, Literal
from urllib.parse import quote, urljoin, urlsplit

from scaffold.verify.exchange import (
    Exchange,
    Request,
    Response,
    Token,
    connect,
    exchange,
    exchange_head,
    exchange_slowly,
    split_base,
)
from scaffold.verify.served import Served

PATIENCE = 3
"""Requests without an answer in time before the service counts as hanging."""

LONGEST_PAUSE = 90
"""Seconds to wait when a service says that requests come too fast; rates are by the minute."""

TASKS = "/api/tasks"
ME = "/api/me"


class Unmet(Exception):
    """What was found is not what the contract expects."""


class Undecided(Exception):
    """Something else has to work before this can be checked."""


class Client:
    """Requests to one service that has ``secrets``; ``timeout`` in seconds holds for each request.

    Those to the API carry ``token``, which may read and write; ``reader`` is one that may
    only read. ``lacks`` says, by what a check needs, why it is not to be had here, and
    ``served`` is what is known of a service that scaffold started.
    """

    def __init__(  # noqa: PLR0913 - each is one thing a caller may say
        self,
        base: str,
        *,
        secrets: Collection[str] = (),
        timeout: float = 10.0,
        token: str = "",
        reader: str = "",
        lacks: Mapping[str, str] | None = None,
        served: Served | None = None,
    ) -> None:
        self.base = base
        self.secrets = frozenset(secrets)
        self.token = Token(token, "TOKEN") if token else None
        self.reader = Token(reader, "READ_TOKEN") if reader else None
        self.lacks = dict(lacks or {})
        self.served = served
        self.seen: list[Exchange] = []
        self._parts = split_base(base)
        self._timeout = timeout
        self._created: list[str] = []
        self._late = 0

    def send(  # noqa: PLR0913 - what a request may have
        self,
        method: str,
        path: str,
        value: object = None,
        *,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        token: Token | Literal["own"] | None = "own",  # noqa: S107 - no secret: that of this client
    ) -> Response:
        """Send a request, with ``value`` as JSON or ``body`` as JSON text; Unmet when there is no answer."""
        if self._late >= PATIENCE:
            raise Undecided(f"the service left {PATIENCE} requests without an answer")
        if value is not None:
            body = json.dumps(value).encode()
        kind = {} if body is None else {"Content-Type": "application/json"}
        if token == "own":  # noqa: S105 - no secret: that of this client
            token = self.token if path.startswith("/api/") else None
        request = Request(
            method=method, path=path, headers={**kind, **(headers or {})}, body=body, token=token
        )
        return self._answer(self.exchange(request))

    def exchange(self, request: Request) -> Exchange:
        """Send a request as it is; one that came too soon for a rate is sent again when its time has come."""
        seen = exchange(self._parts, request, self._timeout)
        while self.served is None and (seconds := _wanted_pause(seen)):
            time.sleep(seconds)
            seen = exchange(self._parts, request, self._timeout)
        return self._record(seen)

    def send_slowly(self, request: Request) -> Response:
        """Send a body in pieces, as long as no answer is there; Unmet when there is none."""
        return self._answer(self._record(exchange_slowly(self._parts, request, self._timeout)))

    def send_head(self, request: Request, seconds: float) -> None:
        """Send a request without the body that it declares; Unmet unless that is refused in ``seconds``."""
        seen = self._record(exchange_head(self._parts, request, seconds))
        if seen.response is None and seen.problem:
            raise Unmet(seen.problem)

    def connection(self, timeout: float | None = None) -> http.client.HTTPConnection:
        """Return a connection to the service for what is more than a request and its answer."""
        return connect(self._parts, timeout or self._timeout)

    def get(self, path: str, **more: Any) -> Response:  # noqa: ANN401 - as `send` takes them
        """Send a GET request."""
        return self.send("GET", path, **more)

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

    def elsewhere(self, base: str, *, lacks: Mapping[str, str], served: Served | None) -> "Client":
        """Return a client with the same tokens to another boot of the service."""
        return Client(
            base,
            secrets=self.secrets,
            timeout=self._timeout,
            token=self.token.value if self.token else "",
            reader=self.reader.value if self.reader else "",
            lacks=lacks,
            served=served,
        )

    def hidden(self) -> frozenset[str]:
        """Return what nobody is to read in a report: the tokens, also as a password of HTTP Basic."""
        values = [token.value for token in (self.token, self.reader) if token]
        return frozenset((*values, *(basic(value).partition(" ")[2] for value in values)))

    def remember(self, id: object) -> None:
        """See to it that a task is removed by :meth:`leave`."""
        self._created.append(task_path(id))

    def _record(self, seen: Exchange) -> Exchange:
        self.seen.append(seen)
        return seen

    def _answer(self, seen: Exchange) -> Response:
        if seen.response is None:
            self._late += "no answer in" in seen.problem
            raise Unmet(seen.problem)
        self._late = 0
        return seen.response


def basic(password: str) -> str:
    """Return the Authorization of a log-in by HTTP Basic; the user's name does not count."""
    return f"Basic {base64.b64encode(f'verify:{password}'.encode()).decode()}"


def _wanted_pause(seen: Exchange) -> int:
    """Return the seconds that an answer with 429 asks to wait, 0 when it asks for none or for too many."""
    if seen.response is None or seen.response.status != 429:  # noqa: PLR2004
        return 0
    seconds = seen.response.headers.get("retry-after", "")
    return int(seconds) if seconds.isdigit() and int(seconds) <= LONGEST_PAUSE else 0


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
