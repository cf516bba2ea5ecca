"""The JSON side: one way to read a body and one shape for every error (RFC 9457)."""

import json
from http import HTTPStatus
from typing import Any

from django.core.exceptions import BadRequest, RequestDataTooBig, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils.decorators import method_decorator
from django.views import View, defaults
from django.views.decorators.csrf import csrf_exempt

CHUNK = 64 * 1024
DISCARDED = 64 * 1024 * 1024


def problem(status: HTTPStatus, **extra: Any) -> JsonResponse:
    body = {"type": "about:blank", "title": status.phrase, "status": status, **extra}
    return JsonResponse(body, status=status, content_type="application/problem+json")


# Forged requests are no danger here: these views read no cookie.
@method_decorator(csrf_exempt, name="dispatch")
class JsonView(View):
    """Answers the exceptions that Django itself raises with problem documents."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return super().dispatch(request, *args, **kwargs)
        except BadRequest as error:
            return problem(HTTPStatus.BAD_REQUEST, detail=str(error))
        except Http404:
            return problem(HTTPStatus.NOT_FOUND)
        except RequestDataTooBig:
            # Who is still sending would see a broken pipe instead of the answer.
            for _ in range(DISCARDED // CHUNK):
                if not request.read(CHUNK):
                    break
            return problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        except ValidationError as error:
            return problem(HTTPStatus.UNPROCESSABLE_ENTITY, errors=error.message_dict)

    def http_method_not_allowed(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        response = problem(HTTPStatus.METHOD_NOT_ALLOWED)
        response["Allow"] = super().http_method_not_allowed(request, *args, **kwargs)["Allow"]
        return response

    def json(self) -> dict[str, Any]:
        """Return the body, which must be a JSON object in valid Unicode."""
        try:
            body = json.loads(self.request.body)
            json.dumps(body, ensure_ascii=False).encode()
        except (ValueError, RecursionError) as error:
            raise BadRequest("The body is not JSON.") from error
        if not isinstance(body, dict):
            raise BadRequest("The body is not a JSON object.")
        return body


@csrf_exempt
def not_found(request: HttpRequest) -> JsonResponse:
    return problem(HTTPStatus.NOT_FOUND)


def server_error(request: HttpRequest) -> HttpResponse:
    if request.path.startswith("/api/"):
        return problem(HTTPStatus.INTERNAL_SERVER_ERROR)
    return defaults.server_error(request)
