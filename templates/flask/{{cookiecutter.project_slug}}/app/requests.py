"""What every request passes: its id, its line in the log, the probes."""

import logging
import re
from time import perf_counter
from uuid import uuid4

from flask import Flask, Response, current_app, g, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from .database import db

log = logging.getLogger("access")


def init_app(app: Flask) -> None:
    app.before_request(begin)
    app.after_request(end)


def begin() -> ResponseReturnValue | None:
    sent = request.headers.get("X-Request-ID", "")
    g.request_id = sent if re.fullmatch("[A-Za-z0-9_-]{1,128}", sent) else uuid4().hex
    g.start = perf_counter()
    # Answered here, before Flask looks at the host: a probe knows only an address.
    if request.path == "/healthz":
        return "ok\n"
    return ready() if request.path == "/readyz" else None


def ready() -> ResponseReturnValue:
    try:
        db.session.execute(select(1))
    except SQLAlchemyError:
        current_app.logger.exception("The database does not answer.")
        return "database unavailable\n", 503
    return "ok\n"


def end(response: Response) -> Response:
    response.headers["X-Request-ID"] = g.request_id
    fields = {
        "method": request.method,
        "path": request.path,
        "route": request.url_rule.rule if request.url_rule else None,
        "status": response.status_code,
        "seconds": round(perf_counter() - g.start, 6),
    }
    level = logging.DEBUG if request.path in ("/healthz", "/readyz") else logging.INFO
    level = logging.ERROR if response.status_code >= 500 else level
    log.log(level, "%s %s", request.method, request.path, extra={"fields": fields})
    return response
