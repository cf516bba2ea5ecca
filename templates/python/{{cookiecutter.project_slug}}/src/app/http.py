"""Requests and responses, as far as this application needs them."""

import json
from dataclasses import dataclass, field
from functools import cached_property
from http import HTTPStatus
from http.cookies import CookieError, SimpleCookie
from importlib.resources import files
from string import Template
from typing import Any
from urllib.parse import parse_qsl
from wsgiref.types import WSGIEnvironment

LARGEST_BODY = 1024 * 1024


class HTTPError(Exception):
    """An answer other than the hoped-for one."""

    def __init__(self, status: HTTPStatus, headers: dict[str, str] | None = None) -> None:
        super().__init__(status.phrase)
        self.status = status
        self.headers = headers or {}


class ValidationError(HTTPError):
    """Input that is understood and refused: what is wrong, field by field."""

    def __init__(self, errors: dict[str, list[str]]) -> None:
        super().__init__(HTTPStatus.UNPROCESSABLE_ENTITY)
        self.errors = errors


@dataclass
class Response:
    body: bytes = b""
    status: HTTPStatus = HTTPStatus.OK
    headers: dict[str, str] = field(default_factory=dict)

    @classmethod
    def json(
        cls,
        data: object,
        status: HTTPStatus = HTTPStatus.OK,
        kind: str = "application/json",
        **headers: str,
    ) -> "Response":
        return cls(json.dumps(data).encode(), status, {"Content-Type": kind} | headers)

    @classmethod
    def text(cls, text: str, status: HTTPStatus = HTTPStatus.OK, **headers: str) -> "Response":
        return cls(text.encode(), status, {"Content-Type": "text/plain; charset=utf-8"} | headers)

    @classmethod
    def page(cls, name: str, status: HTTPStatus = HTTPStatus.OK, **values: str) -> "Response":
        """Fill a template; the values are HTML, so escape what people wrote."""
        templates = files("app") / "templates"
        content = Template((templates / name).read_text(encoding="utf-8")).substitute(values)
        layout = Template((templates / "layout.html").read_text(encoding="utf-8"))
        html = layout.substitute(content=content)
        return cls(html.encode(), status, {"Content-Type": "text/html; charset=utf-8"})

    @classmethod
    def redirect(cls, path: str) -> "Response":
        return cls.text(f"See {path}\n", HTTPStatus.SEE_OTHER, Location=path)


class Request:
    def __init__(self, environ: WSGIEnvironment) -> None:
        self.environ = environ
        self.method: str = environ["REQUEST_METHOD"]
        # WSGI hands over the bytes of a path as if they were Latin-1.
        path = environ.get("PATH_INFO", "").encode("latin-1")
        self.path: str = path.decode(errors="replace") or "/"
        self.host: str = environ.get("HTTP_HOST", "").rpartition("@")[2].partition(":")[0]
        self.secure: bool = environ["wsgi.url_scheme"] == "https"

    @cached_property
    def query(self) -> dict[str, str]:
        return dict(parse_qsl(self.environ.get("QUERY_STRING", "")))

    @cached_property
    def cookies(self) -> dict[str, str]:
        try:
            cookies = SimpleCookie(self.environ.get("HTTP_COOKIE", ""))
        except CookieError:
            return {}
        return {name: morsel.value for name, morsel in cookies.items()}

    @cached_property
    def body(self) -> bytes:
        length = self.environ.get("CONTENT_LENGTH") or "0"
        if not length.isdecimal():
            raise HTTPError(HTTPStatus.BAD_REQUEST)
        if int(length) > LARGEST_BODY:
            raise HTTPError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        body: bytes = self.environ["wsgi.input"].read(int(length))
        return body

    def form(self) -> dict[str, str]:
        return dict(parse_qsl(self.body.decode(errors="replace"), keep_blank_values=True))

    def json(self) -> dict[str, Any]:
        """Return the body, which must be a JSON object in valid Unicode."""
        try:
            data = json.loads(self.body)
            json.dumps(data, ensure_ascii=False).encode()
        except (ValueError, RecursionError):
            raise HTTPError(HTTPStatus.BAD_REQUEST) from None
        if not isinstance(data, dict):
            raise HTTPError(HTTPStatus.BAD_REQUEST)
        return data
