"""The OpenAPI document, held against what the URLs offer."""

import re
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from .conftest import assert_problem


@pytest.fixture
def document(client: Client) -> dict[str, Any]:
    response = client.get("/openapi.json")
    assert response.status_code == 200
    assert response["Content-Type"] == "application/json"
    document: dict[str, Any] = response.json()
    return document


def operations(patterns: Any, prefix: str = "/") -> set[tuple[str, str]]:
    """Return the path and method of everything below `/api/`."""
    found = set()
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            found |= operations(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern) and route.startswith("/api/"):
            view: Any = pattern.callback
            methods = set(getattr(view, "actions", None) or dir(view.cls))
            methods &= set(view.cls.http_method_names) - {"head", "options"}
            path = route.replace("<int:pk>", "{id}")
            found |= {(path, method) for method in methods}
    return found


def test_the_document_names_every_operation(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1.")
    named = {(path, method) for path, item in document["paths"].items() for method in item}
    assert named == operations(get_resolver().url_patterns)


def test_every_operation_needs_a_token_and_may_answer_with_a_problem(
    document: dict[str, Any],
) -> None:
    schemes = document["components"]["securitySchemes"]
    for item in document["paths"].values():
        for operation in item.values():
            [requirement] = operation["security"]
            [scheme] = requirement
            assert schemes[scheme]["type"] == "http"
            assert schemes[scheme]["scheme"] == "bearer"
            assert "application/problem+json" in operation["responses"]["default"]["content"]


@pytest.mark.django_db
def test_the_documented_paths_answer_as_documented(document: dict[str, Any], api: Client) -> None:
    for path, item in document["paths"].items():
        response = api.get(path.replace("{id}", "0"))
        if str(response.status_code) not in item["get"]["responses"]:
            assert_problem(response, response.status_code)


def test_the_pages_of_the_api_take_everything_from_this_site(client: Client) -> None:
    page = client.get("/docs").text
    addresses = re.findall(r'(?:src|href)="([^"]+)"', page)
    assert len(addresses) > 3
    for address in addresses:
        assert address.startswith(("/docs", settings.STATIC_URL))
    assert "<style" not in page
    assert client.get("/docs?script=").status_code == 200
    assert client.options("/docs").status_code == 405
