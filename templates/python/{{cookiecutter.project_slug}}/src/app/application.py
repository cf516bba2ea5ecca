"""The WSGI application (PEP 3333): any WSGI server runs it."""

import html
import logging
import time
from collections.abc import Iterable
from dataclasses import asdict
from http import HTTPStatus
from wsgiref.types import StartResponse, WSGIEnvironment

{% if cookiecutter.database == "postgresql" %}
from psycopg_pool import PoolTimeout

{% endif %}
from . import logs, tokens
from .config import Config
from .database import Database, Error
from .http import HTTPError, Request, Response, Router, as_json, file, page
{% if cookiecutter.example %}
from .tasks import routes as tasks
{% endif %}

PROBES = ("/healthz", "/readyz")
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'self'; form-action 'self'; frame-ancestors 'none'",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}

log = logging.getLogger(__name__)


class Application:
    def __init__(self, config: Config) -> None:
        self.config = config
        self.database = Database(config)
        self.router = Router()
        add = self.router.add
        add("/", public=True, get=lambda request: page("home.html"))
        add("/style.css", public=True, get=lambda request: file("style.css", "text/css"))
        add("/openapi.json", public=True, get=lambda request: file("openapi.json"))
        add("/healthz", public=True, get=lambda request: as_json({"status": "ok"}))
        add("/readyz", public=True, get=self.ready)
        add("/api/me", get=lambda request: as_json(asdict(request.token)))
{% if cookiecutter.example %}
        tasks.add_routes(self.router, self.database)
{% endif %}

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        began = time.perf_counter()
        request = Request(environ)
        logs.request_id.set(request.id)
        failure: Exception | None = None
        try:
            response = self.answer(request)
        except Exception as error:
            response, failure = self.problem(request, error), error
        response.headers |= HEADERS | {"X-Request-ID": request.id}
        if environ["wsgi.url_scheme"] == "https":
            response.headers["Strict-Transport-Security"] = "max-age=3600"
        if request.is_api and self.config.cors_origins:
            self.allow_origin(request, response)
        if response.status != HTTPStatus.NO_CONTENT:
            response.headers["Content-Length"] = str(len(response.body))
        self.log(request, response.status, time.perf_counter() - began, failure)
        start(f"{response.status:d} {response.status.phrase}", list(response.headers.items()))
        return [b"" if request.method == "HEAD" else response.body]

    def answer(self, request: Request) -> Response:
        # Probes call by IP address.
        if request.host not in self.config.allowed_hosts and request.path not in PROBES:
            raise HTTPError(HTTPStatus.BAD_REQUEST)
        if request.is_api and request.method == "OPTIONS" and self.config.cors_origins:
            return Response(status=HTTPStatus.NO_CONTENT)
        route, handler, values = self.router.find(request.method, request.path)
        request.route = route.path
{% if cookiecutter.database == "postgresql" %}
        try:
            if not route.public:
                self.authorize(request)
            return handler(request, **values)
        except PoolTimeout as error:
            raise HTTPError(HTTPStatus.SERVICE_UNAVAILABLE) from error
{% else %}
        if not route.public:
            self.authorize(request)
        return handler(request, **values)
{% endif %}

    def authorize(self, request: Request) -> None:
        token = tokens.find(self.database, request.secret())
        if token is None:
            scheme = "Bearer" if request.is_api else 'Basic realm="A token is the password"'
            raise HTTPError(HTTPStatus.UNAUTHORIZED, {"WWW-Authenticate": scheme})
        if ("read" if request.method in ("GET", "HEAD") else "write") not in token.rights:
            raise HTTPError(HTTPStatus.FORBIDDEN)
        request.token = token

    def problem(self, request: Request, error: Exception) -> Response:
        """Answer with a problem document (RFC 9457) under /api/, with a page elsewhere."""
        if not isinstance(error, HTTPError):
            error = HTTPError(HTTPStatus.INTERNAL_SERVER_ERROR)
        title = error.status.phrase
        if request.is_api:
            problem = {"type": "about:blank", "title": title, "status": error.status}
            problem |= {"errors": error.errors} if error.errors else {}
            response = as_json(problem, error.status, "application/problem+json")
        else:
            response = page("error.html", error.status, title=html.escape(title))
        response.headers |= error.headers
        return response

    def allow_origin(self, request: Request, response: Response) -> None:
        response.headers["Vary"] = "Origin"
        if (origin := request.header("Origin")) in self.config.cors_origins:
            response.headers |= {
                "Access-Control-Allow-Origin": origin,
                "Access-Control-Allow-Methods": "GET, POST, PATCH, DELETE",
                "Access-Control-Allow-Headers": "Authorization, Content-Type",
                "Access-Control-Expose-Headers": "Location, X-Request-ID",
            }

    def log(self, request: Request, status: int, took: float, failure: Exception | None) -> None:
        """Write the access line: never the query, a header or the body."""
        fields: dict[str, object] = {"method": request.method, "path": request.path}
        fields |= {"route": request.route, "status": status, "duration_ms": round(took * 1000, 1)}
        probed = request.path in PROBES and status < 400
        level = logging.DEBUG if probed else logging.ERROR if status >= 500 else logging.INFO
        failure = failure if status >= 500 else None
        log.log(level, "%(method)s %(path)s %(status)d", fields, extra=fields, exc_info=failure)

    def ready(self, request: Request) -> Response:
        try:
            self.database.query("SELECT name FROM migrations LIMIT 1")
        except Error as error:
            raise HTTPError(HTTPStatus.SERVICE_UNAVAILABLE) from error
        return as_json({"status": "ok"})
