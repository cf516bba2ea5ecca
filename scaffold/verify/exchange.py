"""One HTTP request and its answer, and how both are shown to a person."""

import http.client
import json
import select
import shlex
import ssl
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple
from urllib.parse import SplitResult, urlsplit

from scaffold.errors import InvalidInput
from scaffold.text import printable

SHOWN_BYTES = 2000
"""Of a body, in what is shown."""
PIECE_BYTES = 64 * 1024
READ_BYTES = 4 * 1024 * 1024
"""Of an answer's body; no answer of the contract comes near it."""


class Token(NamedTuple):
    """A token of the API, and the variable that stands for it where a request is shown."""

    value: str
    variable: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is sent; ``path`` starts with a slash and is already quoted; ``token`` is shown by its name."""

    method: str
    path: str
    headers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    body: bytes | None = None
    token: Token | None = None

    def all_headers(self) -> dict[str, str]:
        """Return the headers with the token among them, as they are sent."""
        given = {"Authorization": f"Bearer {self.token.value}"} if self.token else {}
        return {"Accept": "application/json", "User-Agent": "scaffold-verify", **given, **self.headers}


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """What came back; the names of ``headers`` are in lower case."""

    status: int
    reason: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def media_type(self) -> str:
        """The content type without its parameters, in lower case."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def text(self) -> str:
        """The body as text, whatever it holds."""
        return self.body.decode("utf-8", "replace")

    def json(self) -> object:
        """Return the value in the body; ValueError when it is not JSON."""
        return json.loads(self.body)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """A request and its answer, or why there was none."""

    request: Request
    response: Response | None
    problem: str = ""


def split_base(url: str) -> SplitResult:
    """Return the parts of the URL of a service, or raise InvalidInput, which shows no password."""
    with suppress(ValueError):
        parts = urlsplit(url if "://" in url else f"http://{url}")
        if parts.scheme in {"http", "https"} and parts.port != 0 and _can_be_sent(parts):
            return parts
    _, user, rest = url.rpartition("@")
    raise InvalidInput(
        f"`{printable(f'…@{rest}' if user else url)}` is not the address of a service",
        hint="Write, for example, http://127.0.0.1:8000, without a user name or a password",
    )


def _can_be_sent(parts: SplitResult) -> bool:
    """Say whether a request can have these parts; ValueError for a host that cannot be looked up."""
    host = (parts.hostname or "").encode("idna")
    sent = parts.netloc + parts.path
    plain = parts.path.isascii() and sent.isprintable() and " " not in sent
    return bool(host) and plain and "@" not in parts.netloc


def why_unreachable(base: SplitResult, timeout: float) -> str:
    """Return why no connection can be made to the service within ``timeout`` seconds; mostly empty."""
    connection = connect(base, timeout)
    try:
        connection.connect()
    except OSError as error:
        return _reason(error)
    finally:
        connection.close()
    return ""


def exchange(base: SplitResult, request: Request, timeout: float) -> Exchange:
    """Send a request on a connection of its own; ``timeout`` in seconds holds for each wait."""
    return _on_connection(_exchange, base, request, timeout)


def exchange_slowly(base: SplitResult, request: Request, timeout: float) -> Exchange:
    """Send a body in pieces and stop when there is an answer, as curl does.

    Who sends all of it at once may see a broken pipe where an answer was.
    """
    return _on_connection(_exchange_slowly, base, request, timeout)


def exchange_head(base: SplitResult, request: Request, timeout: float) -> Exchange:
    """Send a request without its body; a connection that is closed then has neither answer nor problem."""
    return _on_connection(_exchange_head, base, request, timeout)


def _on_connection(
    send: Callable[[http.client.HTTPConnection, SplitResult, Request], Exchange],
    base: SplitResult,
    request: Request,
    timeout: float,
) -> Exchange:
    connection = connect(base, timeout)
    try:
        return send(connection, base, request)
    except TimeoutError:
        return Exchange(request=request, response=None, problem=f"no answer in {timeout:.0f} s")
    except (OSError, http.client.HTTPException) as error:
        return Exchange(request=request, response=None, problem=f"no answer: {_reason(error)}")
    finally:
        connection.close()


def connect(base: SplitResult, timeout: float) -> http.client.HTTPConnection:
    """Return a connection to the service, not yet opened."""
    host = base.hostname or ""
    if base.scheme == "https":
        return http.client.HTTPSConnection(
            host, base.port, timeout=timeout, context=ssl.create_default_context()
        )
    return http.client.HTTPConnection(host, base.port, timeout=timeout)


def _exchange(connection: http.client.HTTPConnection, base: SplitResult, request: Request) -> Exchange:
    # A server may refuse a body before it has read all of it: the answer is there all the same.
    broken: OSError | None = None
    try:
        path = base.path.rstrip("/") + request.path
        connection.request(request.method, path, request.body, request.all_headers())
    except (BrokenPipeError, ConnectionResetError) as error:
        broken = error
    try:
        received = connection.getresponse()
    except (OSError, http.client.HTTPException) as error:
        raise broken or error from error
    return Exchange(request=request, response=response_of(received))


def _exchange_slowly(connection: http.client.HTTPConnection, base: SplitResult, request: Request) -> Exchange:
    body = request.body or b""
    _send_head(connection, base, request, {"Content-Length": str(len(body))})
    with suppress(BrokenPipeError, ConnectionResetError):
        for begin in range(0, len(body), PIECE_BYTES):
            if select.select([connection.sock], [], [], 0)[0]:
                break
            connection.send(body[begin : begin + PIECE_BYTES])
    return Exchange(request=request, response=response_of(connection.getresponse()))


def _exchange_head(connection: http.client.HTTPConnection, base: SplitResult, request: Request) -> Exchange:
    _send_head(connection, base, request, {})
    try:
        return Exchange(request=request, response=response_of(connection.getresponse()))
    except (http.client.RemoteDisconnected, ConnectionResetError):
        return Exchange(request=request, response=None)


def _send_head(
    connection: http.client.HTTPConnection, base: SplitResult, request: Request, more: Mapping[str, str]
) -> None:
    connection.putrequest(request.method, base.path.rstrip("/") + request.path)
    for name, value in {**request.all_headers(), **more}.items():
        connection.putheader(name, value)
    connection.endheaders()


def response_of(received: http.client.HTTPResponse) -> Response:
    """Return the answer with its body read."""
    return Response(
        status=received.status,
        reason=received.reason,
        headers=MappingProxyType(_joined(received.getheaders())),
        body=received.read(READ_BYTES),
    )


def _joined(headers: list[tuple[str, str]]) -> dict[str, str]:
    """Return headers by name; those that came twice have a line for each, as cookies need."""
    joined: dict[str, str] = {}
    for name, value in headers:
        joined[name.lower()] = f"{joined[name.lower()]}\n{value}" if name.lower() in joined else value
    return joined


def _reason(error: Exception) -> str:
    if isinstance(error, http.client.RemoteDisconnected | ConnectionResetError | BrokenPipeError):
        return "the server closed the connection"
    if isinstance(error, ConnectionRefusedError):
        return "nothing listens there"
    return getattr(error, "strerror", "") or str(error) or type(error).__name__


def transcript(seen: Exchange) -> str:
    """Return the request and the answer as text, long bodies cut."""
    request = seen.request
    lines = [f"> {request.method} {request.path}"]
    lines += [f"> Authorization: Bearer ${request.token.variable}"] if request.token else []
    lines += [f"> {name}: {value}" for name, value in request.headers.items()]
    if request.body is not None:
        lines += [">", *_prefixed("> ", request.body)]
    if seen.response is None:
        return "\n".join([*lines, f"< {seen.problem}"])
    response = seen.response
    lines += [f"< {response.status} {response.reason}", *(f"< {k}: {v}" for k, v in response.headers.items())]
    return "\n".join([*lines, "<", *_prefixed("< ", response.body)])


def _prefixed(prefix: str, body: bytes) -> list[str]:
    lines = [prefix + line for line in body[:SHOWN_BYTES].decode("utf-8", "replace").splitlines()]
    return [*lines, f"{prefix}… ({len(body)} bytes)"] if len(body) > SHOWN_BYTES else lines


def curl(base: str, request: Request) -> str:
    """Return the command that sends the same request to the service at ``base``."""
    words = ["curl", "-i", "-X", request.method, base.rstrip("/") + request.path]
    for name, value in request.headers.items():
        words += ["-H", f"{name}: {value}"]
    # Not by `shlex`: the shell is to put the token in.
    token = f' -H "Authorization: Bearer ${request.token.variable}"' if request.token else ""
    if request.body is None:
        return shlex.join(words) + token
    if len(request.body) > SHOWN_BYTES:
        size = f"head -c {len(request.body)} /dev/zero | tr '\\0' ' '"
        return f"{size} | {shlex.join([*words, '--data-binary', '@-'])}{token}"
    return (
        f"{shlex.join(words)}{token} {shlex.join(['--data-binary', request.body.decode('utf-8', 'replace')])}"
    )
