"""The WSGI application (PEP 3333): any WSGI server runs it."""

import html
import logging
import time
from collections.abc import Iterable
from http import HTTPStatus
from wsgiref.types import StartResponse, WSGIEnvironment

from .config import Config
from .csrf import FormGuard
from .database import Database, DatabaseError
from .http import HTTPError, Request, Response, ValidationError
from .router import Router
from .tasks import api as tasks_api
from .tasks import pages as tasks_pages

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; base-uri 'self'; form-action 'self'; "
        "frame-ancestors 'none'; object-src 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}

log = logging.getLogger(__name__)


class Application:
    def __init__(self, config: Config) -> None:
        self.config = config
        self.database = Database(config.database_url)
        self.guard = FormGuard(config.secret_key, secure=not config.debug)
        self.router = Router()
        self.router.add("/", get=self.home)
        self.router.add("/healthz", get=self.alive)
        self.router.add("/readyz", get=self.ready)
        tasks_api.add_routes(self.router, self.database)
        tasks_pages.add_routes(self.router, self.database, self.guard)

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        began = time.perf_counter()
        request = Request(environ)
        response = self.respond(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if request.secure:
            response.headers["Strict-Transport-Security"] = "max-age=3600; includeSubDomains"
        if response.status != HTTPStatus.NO_CONTENT:
            response.headers["Content-Length"] = str(len(response.body))
        milliseconds = (time.perf_counter() - began) * 1000
        log.info("%s %s %d %.1f ms", request.method, request.path, response.status, milliseconds)
        start(f"{response.status.value} {response.status.phrase}", list(response.headers.items()))
        return [b"" if request.method == "HEAD" else response.body]

    def respond(self, request: Request) -> Response:
        hosts = self.config.allowed_hosts
        try:
            # Probes may call by IP address.
            if hosts and request.host not in hosts and request.path not in ("/healthz", "/readyz"):
                raise HTTPError(HTTPStatus.BAD_REQUEST)
            return self.router.answer(request)
        except HTTPError as error:
            return self.error(request, error)
        except Exception:
            log.exception("%s %s failed", request.method, request.path)
            return self.error(request, HTTPError(HTTPStatus.INTERNAL_SERVER_ERROR))

    def error(self, request: Request, error: HTTPError) -> Response:
        """A problem document (RFC 9457) under /api/, a page elsewhere."""
        title = error.status.phrase
        if request.path.startswith("/api/"):
            problem: dict[str, object] = {
                "type": "about:blank",
                "title": title,
                "status": error.status,
            }
            if isinstance(error, ValidationError):
                problem["errors"] = error.errors
            response = Response.json(problem, error.status, "application/problem+json")
        else:
            response = Response.page("error.html", error.status, title=html.escape(title))
        response.headers |= error.headers
        return response

    def home(self, request: Request) -> Response:
        return Response.page("home.html")

    def alive(self, request: Request) -> Response:
        return Response.text("ok\n")

    def ready(self, request: Request) -> Response:
        try:
            with self.database.transaction() as connection:
                connection.query("SELECT 1")
        except DatabaseError:
            return Response.text("database unavailable\n", HTTPStatus.SERVICE_UNAVAILABLE)
        return Response.text("ok\n")
