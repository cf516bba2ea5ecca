import logging
import re
import time
import uuid
from collections.abc import Callable

from django.contrib.staticfiles.storage import staticfiles_storage
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse

from .logging import request_id

type Handler = Callable[[HttpRequest], HttpResponse]

PROBES = ("/healthz", "/readyz")

logger = logging.getLogger(__name__)


def access_log(get_response: Handler) -> Handler:
    """Give every request an id, and a line in the log: without its query, which may be private."""

    def middleware(request: HttpRequest) -> HttpResponse:
        started = time.perf_counter()
        name = request.headers.get("X-Request-ID", "")
        if not re.fullmatch(r"[A-Za-z0-9_-]{1,128}", name):
            name = uuid.uuid4().hex
        request_id.set(name)
        response = get_response(request)
        response["X-Request-ID"] = name
        if request.path.startswith("/api/"):
            response["Cache-Control"] = "no-store"
        match = request.resolver_match
        fields = {
            "method": request.method,
            "path": request.path,
            "route": match.route if match else None,
            "status": response.status_code,
            "duration_ms": round((time.perf_counter() - started) * 1000, 1),
        }
        if match and {"key", "token"} & match.kwargs.keys():
            fields["path"] = f"/{match.route}"  # The link of a mail lets its reader in.
        message = f"{request.method} {fields['path']} {response.status_code}"
        logger.log(level(request, response), message, extra={"fields": fields})
        return response

    return middleware


def level(request: HttpRequest, response: HttpResponse) -> int:
    if response.status_code >= 500:
        return logging.ERROR
    return logging.DEBUG if request.path in PROBES else logging.INFO


def probes(get_response: Handler) -> Handler:
    """
    Answer `/healthz` (alive) and `/readyz` (can do its work).

    They are no views: a probe calls by IP address and without TLS, which ALLOWED_HOSTS and the
    redirect to HTTPS would turn away.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path not in PROBES:
            return get_response(request)
        if request.path == "/readyz":
            try:
                with connection.cursor() as cursor:
                    cursor.execute("SELECT 1")
                staticfiles_storage.url("admin/css/base.css")
            except Error:
                return HttpResponse("database unavailable\n", "text/plain", status=503)
            except ValueError:
                return HttpResponse("run collectstatic\n", "text/plain", status=503)
        return HttpResponse("ok\n", "text/plain")

    return middleware
