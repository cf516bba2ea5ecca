"""Probes for load balancers and orchestrators."""

from collections.abc import Callable

from django.db import DatabaseError, connections
from django.http import HttpRequest, HttpResponse

type Handler = Callable[[HttpRequest], HttpResponse]


class HealthCheckMiddleware:
    """
    Answers `/healthz` (alive) and `/readyz` (the databases answer).

    It comes first and is not a view: a probe calls by IP address and without TLS, which
    ALLOWED_HOSTS and the redirect to HTTPS would turn away.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        match request.path:
            case "/healthz":
                return HttpResponse("ok\n", content_type="text/plain")
            case "/readyz":
                return self.ready()
            case _:
                return self.get_response(request)

    def ready(self) -> HttpResponse:
        try:
            for connection in connections.all():
                with connection.cursor() as cursor:
                    cursor.execute("SELECT 1")
        except DatabaseError:
            return HttpResponse("database unavailable\n", status=503, content_type="text/plain")
        return HttpResponse("ok\n", content_type="text/plain")
