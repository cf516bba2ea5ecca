"""What the OpenAPI document says about all operations."""

from typing import Any

from drf_spectacular.contrib.knox_auth_token import KnoxTokenScheme

from .problems import CONTENT_TYPE

PROBLEM = {
    "type": "object",
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {
            "type": "object",
            "additionalProperties": {"type": "array", "items": {"type": "string"}},
        },
    },
    "required": ["type", "title", "status"],
}


class BearerScheme(KnoxTokenScheme):
    target_class = "core.api.TokenAuthentication"
    name = "bearer"


def document_problems(result: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
    """Add to every operation of the OpenAPI document that it may answer with a problem."""
    result["components"]["schemas"]["Problem"] = PROBLEM
    content = {CONTENT_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for path in result["paths"].values():
        for operation in path.values():
            operation["responses"]["default"] = {"description": "A problem", "content": content}
    return result
