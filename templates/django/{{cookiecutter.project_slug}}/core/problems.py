"""One shape for every error of the API (RFC 9457)."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from rest_framework import exceptions, views
from rest_framework.response import Response
from rest_framework.settings import api_settings

CONTENT_TYPE = "application/problem+json"


class ContentTooLarge(exceptions.APIException):
    status_code = HTTPStatus.CONTENT_TOO_LARGE
    default_detail = "The body is too large."


def problem(status: int, **extra: Any) -> dict[str, Any]:
    title = HTTPStatus(status).phrase
    return {"type": "about:blank", "title": title, "status": int(status), **extra}


def exception_handler(error: Exception, context: dict[str, Any]) -> Response | None:
    if isinstance(error, RequestDataTooBig):
        error = ContentTooLarge()
    response = views.exception_handler(error, context)
    if response is not None:
        said = response.data
        if isinstance(said, list):  # `raise ValidationError("…")` names no field.
            said = {api_settings.NON_FIELD_ERRORS_KEY: said}
        if isinstance(error, exceptions.ValidationError):
            response.data = problem(response.status_code, errors=said)
        else:
            response.data = problem(response.status_code, detail=said.get("detail", said))
        response.content_type = CONTENT_TYPE
    return response


def page_or_problem(page: Callable[..., HttpResponse], status: int) -> Callable[..., HttpResponse]:
    """Make an error handler for what no view of the API has answered."""

    def handler(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.path.startswith("/api/"):
            return JsonResponse(problem(status), status=status, content_type=CONTENT_TYPE)
        return page(request, *args, **kwargs)

    return handler
