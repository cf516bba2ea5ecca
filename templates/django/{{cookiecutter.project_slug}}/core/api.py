"""What the views of the API share; REST_FRAMEWORK in the settings names it."""

from typing import Any

import knox.auth
from django.core.cache import caches
from django.core.paginator import Paginator
from rest_framework import parsers
from rest_framework.exceptions import AuthenticationFailed, ParseError
from rest_framework.pagination import PageNumberPagination
from rest_framework.permissions import SAFE_METHODS, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import SimpleRateThrottle


class TokenAuthentication(knox.auth.TokenAuthentication):
    def authenticate_credentials(self, token: bytes) -> Any:
        if not token.isalnum():  # Knox fails at bytes that are no text.
            raise AuthenticationFailed
        return super().authenticate_credentials(token)


class HasRight(IsAuthenticated):
    def has_permission(self, request: Request, view: Any) -> bool:
        token: Any = request.auth
        right = "read" if request.method in SAFE_METHODS else "write"
        return super().has_permission(request, view) and token.has_right(right)


class TokenRateThrottle(SimpleRateThrottle):
    """Counts in each process: a shared cache would be written to by every request."""

    scope = "token"
    cache = caches["process"]

    def get_cache_key(self, request: Request, view: Any) -> str | None:
        return f"throttle_token_{request.auth.pk}" if request.auth else None


class JSONParser(parsers.JSONParser):
    def parse(self, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().parse(*args, **kwargs)
        except RecursionError as error:
            raise ParseError from error


class LenientPaginator(Paginator[Any]):
    """Takes page 1 for what is no page; behind the last is an empty one, where clients stop."""

    def validate_number(self, number: Any) -> int:
        try:
            return max(1, int(number))
        except ValueError:
            return 1


class Pagination(PageNumberPagination):
    page_size = 20
    page_size_query_param = "limit"
    max_page_size = 100
    django_paginator_class = LenientPaginator

    def get_paginated_response(self, data: Any) -> Response:
        page: Any = self.page
        total, limit = page.paginator.count, page.paginator.per_page
        meta = {"page": page.number, "limit": limit, "total": total}
        return Response({"data": data, "meta": meta})

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        meta = {name: {"type": "integer"} for name in ("page", "limit", "total")}
        return {
            "type": "object",
            "required": ["data", "meta"],
            "properties": {
                "data": schema,
                "meta": {"type": "object", "required": list(meta), "properties": meta},
            },
        }
