"""Requests, responses and routes, as far as this application needs them."""

import base64
import json
import re
import uuid
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from pathlib import Path
from string import Template
from typing import Any
from urllib.parse import parse_qsl
from wsgiref.types import WSGIEnvironment

from .tokens import Token

HERE = Path(__file__).parent
JSON = "application/json"
LARGEST_BODY = 1024 * 1024

type Handler = Callable[..., Response]


@dataclass(eq=False)
class HTTPError(Exception):
    status: HTTPStatus
    headers: dict[str, str] = field(default_factory=dict)
    errors: dict[str, list[str]] | None = None  # What is wrong, field by field.


class Request:
    token: Token  # Whose request it is, unless the route is public.

    def __init__(self, environ: WSGIEnvironment) -> None:
        self.environ = environ
        self.method: str = environ["REQUEST_METHOD"]
        # WSGI hands over the bytes of a path as if they were Latin-1.
        self.path = environ["PATH_INFO"].encode("latin-1").decode(errors="replace")
        self.is_api = self.path.startswith("/api/")
        self.host = re.sub(r":\d*$", "", self.header("Host")).lower()
        self.query = dict(parse_qsl(environ.get("QUERY_STRING", "")))
        given = self.header("X-Request-ID")
        self.id = given if re.fullmatch(r"[A-Za-z0-9_-]{1,128}", given) else uuid.uuid4().hex
        self.route = ""

    def header(self, name: str) -> str:
        return str(self.environ.get(f"HTTP_{name.upper().replace('-', '_')}", ""))

    def secret(self) -> str:
        """Return the token: the bearer's for the API, the password of HTTP Basic for pages."""
        scheme, _, value = self.header("Authorization").partition(" ")
        if self.is_api:
            return value.strip() if scheme.lower() == "bearer" else ""
        with suppress(ValueError):
            if scheme.lower() == "basic":
                return base64.b64decode(value).decode().partition(":")[2]
        return ""

    def body(self) -> bytes:
        length = int(self.environ.get("CONTENT_LENGTH") or 0)
        if length <= LARGEST_BODY:
            # Where the server knows the end of the body, a chunked one comes without a length.
            ends = self.environ.get("wsgi.input_terminated")
            body: bytes = self.environ["wsgi.input"].read(LARGEST_BODY + 1 if ends else length)
            if len(body) <= LARGEST_BODY:
                return body
        raise HTTPError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)

    def json(self) -> dict[str, Any]:
        """Return the body, which must be a JSON object in valid Unicode."""
        kind = self.environ.get("CONTENT_TYPE", "").partition(";")[0].strip().lower()
        if kind != JSON:
            raise HTTPError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
        with suppress(ValueError, RecursionError):
            data = json.loads(self.body())
            json.dumps(data, ensure_ascii=False).encode()  # Refuses half a surrogate pair.
            if isinstance(data, dict):
                return data
        raise HTTPError(HTTPStatus.BAD_REQUEST)


@dataclass
class Response:
    body: bytes = b""
    status: HTTPStatus = HTTPStatus.OK
    headers: dict[str, str] = field(default_factory=dict)


def as_json(data: object, status: HTTPStatus = HTTPStatus.OK, kind: str = JSON) -> Response:
    body = json.dumps(data, default=datetime.isoformat).encode()
    return Response(body, status, {"Content-Type": kind})


def file(name: str, kind: str = JSON) -> Response:
    return Response((HERE / name).read_bytes(), headers={"Content-Type": kind})


def page(name: str, status: HTTPStatus = HTTPStatus.OK, **values: str) -> Response:
    """Fill a template; the values are HTML, so escape what people wrote."""
    content = Template((HERE / "templates" / name).read_text("utf-8")).substitute(values)
    html = Template((HERE / "templates/layout.html").read_text("utf-8")).substitute(content=content)
    return Response(html.encode(), status, {"Content-Type": "text/html; charset=utf-8"})


@dataclass(frozen=True)
class Route:
    path: str
    pattern: re.Pattern[str]
    public: bool
    handlers: dict[str, Handler]


class Router:
    def __init__(self) -> None:
        self.routes: list[Route] = []

    def add(self, path: str, *, public: bool = False, **handlers: Handler) -> None:
        """Name a function a method. Only who has a token gets there, unless it is public."""
        pattern = re.sub(r"\\{(\w+)\\}", r"(?P<\1>[^/]+)", re.escape(path))
        methods = {method.upper(): handler for method, handler in handlers.items()}
        if "GET" in methods:
            methods["HEAD"] = methods["GET"]
        self.routes.append(Route(path, re.compile(pattern), public, methods))

    def find(self, method: str, path: str) -> tuple[Route, Handler, dict[str, str]]:
        for route in self.routes:
            if match := route.pattern.fullmatch(path):
                if handler := route.handlers.get(method):
                    return route, handler, match.groupdict()
                raise HTTPError(HTTPStatus.METHOD_NOT_ALLOWED, {"Allow": ", ".join(route.handlers)})
        raise HTTPError(HTTPStatus.NOT_FOUND)
