"""One answer to every error: a problem document (RFC 9457) under /api/, a page elsewhere."""

import json
from typing import Any

from flask import render_template, request
from sqlalchemy.exc import TimeoutError as NoFreeConnection
from werkzeug.exceptions import HTTPException, ServiceUnavailable
from werkzeug.wrappers import Response


def answer(error: HTTPException) -> Response:
    if isinstance(getattr(error, "original_exception", None), NoFreeConnection):
        error = ServiceUnavailable(retry_after=5)
    # Has the headers that belong to the status: Allow, WWW-Authenticate, …
    response = error.get_response()
    if not request.path.startswith("/api/"):
        response.data = render_template("error.html", error=error)
        return response
    problem: dict[str, Any] = {"type": "about:blank", "title": error.name, "status": error.code}
    # What is wrong, field by field, wherever in the request the fields stood.
    places = getattr(error, "data", {}).get("messages", {})
    if errors := {name: texts for place in places.values() for name, texts in place.items()}:
        problem["errors"] = errors
    response.data = json.dumps(problem)
    response.content_type = "application/problem+json"
    return response
