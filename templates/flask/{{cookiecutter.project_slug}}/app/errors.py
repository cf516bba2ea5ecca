"""One answer to every error: a problem document (RFC 9457) under /api/, a page elsewhere."""

import json

from flask import Flask, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge, UnprocessableEntity

CHUNK = 64 * 1024
DISCARDED = 64 * 1024 * 1024


class Invalid(UnprocessableEntity):
    """Input that is understood and refused: what is wrong, field by field."""

    def __init__(self, errors: dict[str, list[str]]) -> None:
        super().__init__()
        self.errors = errors


def init_app(app: Flask) -> None:
    app.register_error_handler(HTTPException, answer)


def answer(error: HTTPException) -> ResponseReturnValue:
    if isinstance(error, RequestEntityTooLarge):
        # Who is still sending would see a broken pipe instead of the answer.
        for _ in range(DISCARDED // CHUNK):
            if not request.environ["wsgi.input"].read(CHUNK):
                break
    if not request.path.startswith("/api/"):
        return render_template("error.html", error=error), error.code or 500
    response = error.get_response()
    problem: dict[str, object] = {"type": "about:blank", "title": error.name, "status": error.code}
    if isinstance(error, Invalid):
        problem["errors"] = error.errors
    response.data = json.dumps(problem)
    response.content_type = "application/problem+json"
    return response
