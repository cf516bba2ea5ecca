"""The standard library alone: WSGI, sqlite3, json."""

import json
from wsgiref.types import StartResponse, WSGIEnvironment

from app import tokens
from app.config import Config
from app.database import Database
from app.tasks.store import TaskStore

database = Database(Config.from_environment())


def application(environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
    status, body = "200 OK", {"status": "ok"}
    if environ["PATH_INFO"] == "/api/tasks":
        token = tokens.find(database, environ.get("HTTP_AUTHORIZATION", "").removeprefix("Bearer "))
        if token and "read" in token.rights:
            tasks, total = TaskStore(database).page(1, 20)
            body = {"data": tasks, "meta": {"page": 1, "limit": 20, "total": total}}
        else:
            status = "401 Unauthorized"
    start_response(status, [("Content-Type", "application/json")])
    return [json.dumps(body).encode()]
