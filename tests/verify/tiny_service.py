"""A service that keeps the contract, in the standard library alone, and one class a way to break it.

`python tiny_service.py [DEFECT]` serves at HOST and PORT.
"""
# ruff: noqa: ARG002, PLR0911, RET502, RET503, SIM401, T201 - one method a decision, for another class to decide otherwise

import base64
import hashlib
import json
import os
import re
import secrets
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from functools import partial
from http.cookies import SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

LARGEST = 1024 * 1024
SLOW_SECONDS = 2.0
"""For a whole request to arrive."""
GUARDED = {"GET": "read", "HEAD": "read", "POST": "write", "PATCH": "write", "DELETE": "write"}
TASK = {"$ref": "#/components/schemas/Task"}
DIGEST = "sha256"


class Store:
    """Tokens and people, as hashes, in an SQLite file."""

    def __init__(self, file, token_bytes=32):
        self.file, self.token_bytes = file, token_bytes
        with self.open() as database:
            database.execute(
                "CREATE TABLE IF NOT EXISTS tokens (hash TEXT PRIMARY KEY, name TEXT, rights TEXT)"
            )
            database.execute("CREATE TABLE IF NOT EXISTS people (email TEXT PRIMARY KEY, hash TEXT)")

    @contextmanager
    def open(self):
        with closing(sqlite3.connect(self.file, timeout=10)) as database, database:
            yield database

    def hashed(self, secret):
        return hashlib.new(DIGEST, secret.encode()).hexdigest()

    def make(self, name, rights):
        token = secrets.token_urlsafe(self.token_bytes)
        with self.open() as database:
            database.execute("INSERT INTO tokens VALUES (?, ?, ?)", (self.hashed(token), name, rights))
        return token

    def revoke(self, name):
        with self.open() as database:
            database.execute("DELETE FROM tokens WHERE name = ?", (name,))

    def find(self, token):
        with self.open() as database:
            row = database.execute("SELECT name, rights FROM tokens WHERE hash = ?", (self.hashed(token),))
            found = row.fetchone()
        return found and {"name": found[0], "rights": found[1].split(",")}

    def add(self, email, password):
        with self.open() as database:
            database.execute("INSERT INTO people VALUES (?, ?)", (email, self.hashed(password)))

    def knows(self, email, password):
        with self.open() as database:
            row = database.execute("SELECT hash FROM people WHERE email = ?", (email,)).fetchone()
        return bool(row) and row[0] == self.hashed(password)


class Sound(BaseHTTPRequestHandler):
    """Keeps the whole contract."""

    protocol_version = "HTTP/1.1"
    largest = LARGEST
    longest = 200
    cap = 100
    problem_type = "application/problem+json"
    created_status = 201
    deleted_status = 204
    invalid_status = 422
    malformed_status = 400
    open_done = False
    trims = True
    home = (200, "text/html", b"<h1>Tasks</h1>")
    lock = threading.RLock()
    says_goodbye = True
    slow = SLOW_SECONDS
    store = Store
    id, status = "", 0
    hosts = ("127.0.0.1", "localhost")

    def log_message(self, *arguments):
        """Say nothing: a test reads the output."""

    def version_string(self):
        return "tiny"

    @property
    def tasks(self):
        return self.server.tasks

    def __getattr__(self, name):
        if name.startswith("do_"):
            return lambda: self.serve(name[3:])
        raise AttributeError(name)

    def handle_one_request(self):
        """Cut who does not get on with a request, once it has begun."""
        if not self.server.draining:
            self.connection.settimeout(10)
        try:
            if not self.rfile.peek(1):
                self.close_connection = True
                return
        except OSError:
            self.close_connection = True
            return
        self.watch = threading.Timer(self.slow, self.cut)
        self.watch.start()
        try:
            super().handle_one_request()
        except OSError:
            self.close_connection = True
        finally:
            self.watch.cancel()

    def cut(self):
        with suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)

    def serve(self, method):
        self.id, self.route_name = self.request_id(self.headers.get("X-Request-ID", "")), ""
        self.server.active += 1
        try:
            body = self.body()
            self.watch.cancel()
            self.too_large() if body is None else self.guarded(method, body)
            self.log(method, "info")
        except (sqlite3.Error, TimeoutError) as error:
            self.failed(error)
            self.log(method, "error", exception=str(error))
        finally:
            self.server.active -= 1

    def failed(self, error):
        self.problem(500, "Internal error")

    def request_id(self, given):
        return given if re.fullmatch(r"[A-Za-z0-9_-]{1,128}", given) else secrets.token_hex(8)

    def log(self, method, level, **more):
        path = urlsplit(self.path).path
        if (path in {"/healthz", "/readyz"} and self.status < 400) or self.is_silent(level):
            return
        line = {"time": self.now(), "level": level, "method": method, "path": self.logged_path()}
        line |= {
            "status": self.status,
            "duration": 1,
            "request_id": self.id,
            "route": self.logged_route(),
            **more,
        }
        print(json.dumps(line | self.logged_more()), file=self.server.log, flush=True)

    def is_silent(self, level):
        return os.environ.get("LOG_LEVEL") == "warning" and level == "info"

    def logged_path(self):
        return urlsplit(self.path).path

    def logged_route(self):
        return re.sub(r"^/api/tasks/[^/]+$", "/api/tasks/{id}", urlsplit(self.path).path)

    def logged_more(self):
        parts = self.headers.get("traceparent", "").split("-")
        return {"trace": parts[1]} if len(parts) == 4 else {}

    def guarded(self, method, body):
        path = urlsplit(self.path).path
        if path in {"/healthz", "/readyz"}:
            return self.probe(path)
        if not self.is_host(self.headers.get("Host", "")):
            return self.send(400, "text/plain", b"unknown host")
        if path.startswith("/api/"):
            token = self.token()
            if token is None:
                return self.unknown_token()
            if not self.may(token, method):
                return self.problem(403, "Forbidden")
            if self.is_too_often(token):
                return self.problem(429, "Too many requests", headers={"Retry-After": "60"})
            if path == "/api/me":
                return self.me(token, method)
        self.route(method, body)

    def is_host(self, host):
        return host.rpartition(":")[0] in self.hosts or host in self.hosts

    def token(self):
        scheme, _, value = self.headers.get("Authorization", "").partition(" ")
        return self.server.store.find(value) if scheme == "Bearer" and value else None

    def unknown_token(self):
        self.problem(401, "Unauthorized", headers={"WWW-Authenticate": "Bearer"})

    def may(self, token, method):
        return GUARDED.get(method) in token["rights"]

    def is_too_often(self, token):
        with self.lock:
            count = self.server.counts[token["name"]] = self.server.counts.get(token["name"], 0) + 1
        return count > int(os.environ.get("API_RATE", "600"))

    def me(self, token, method):
        if method != "GET":
            return self.problem(405, "Method not allowed", headers={"Allow": "GET"})
        self.json(200, {"name": token["name"], "rights": token["rights"]})

    def route(self, method, body):  # noqa: C901 - one line a path
        path, query = urlsplit(self.path).path, parse_qs(urlsplit(self.path).query)
        if path == "/":
            return self.send(*self.home)
        if path == "/openapi.json":
            return self.json(200, self.document())
        if path == "/docs":
            return self.docs()
        if path == "/login":
            return self.login(method, body)
        if path == "/tasks":
            return self.page(method, body)
        if path == "/tasks/events":
            return self.events()
        if path == "/api/tasks":
            return self.collection(method, query, body)
        if match := re.fullmatch(r"/api/tasks/([^/]+)", path):
            return self.member(method, match[1], body)
        if path.startswith("/api/"):
            return self.unknown_path()
        return self.unknown_page()

    def body(self):
        size = int(self.headers.get("Content-Length") or 0)
        return self.rfile.read(size) if size <= self.largest else None

    def docs(self):
        policy = {"Content-Security-Policy": "default-src 'self'"}
        self.send(200, "text/html", b'<link rel="stylesheet" href="/healthz"><h1>API</h1>', policy)

    def person(self):
        """Return the rights of who looks at a page: all with a log-in, or those of a token as password."""
        cookies = SimpleCookie(self.headers.get("Cookie", ""))
        if "session" in cookies and cookies["session"].value in self.server.sessions:
            return ["read", "write"]
        scheme, _, value = self.headers.get("Authorization", "").partition(" ")
        if scheme != "Basic":
            return []
        found = self.server.store.find(base64.b64decode(value).decode().partition(":")[2])
        return found["rights"] if found else []

    def stranger(self):
        if os.environ.get("ACCOUNTS"):
            return self.send(302, "text/html", b"", {"Location": "/login?next=/tasks"})
        self.send(401, "text/html", b"<h1>Who?</h1>", {"WWW-Authenticate": "Basic"})

    def page(self, method, body):
        rights = self.person()
        if not rights:
            return self.stranger()
        if method == "POST":
            return self.filled_in(rights, body)
        titles = "".join(f"<li>{task['title']}" for task in reversed(self.tasks.values()))
        form = '<form method="post"><input name="csrf" value="x" type="hidden"><input name="title"></form>'
        self.send(200, "text/html", f"{form}<ul>{titles}</ul>".encode())

    def filled_in(self, rights, body):
        if self.is_forged():
            return self.send(403, "text/html", b"<h1>Forged</h1>")
        if "write" not in rights:
            return self.send(403, "text/html", b"<h1>Not yours</h1>")
        self.server.last += 1
        task = self.new_task(str(self.server.last), {"title": parse_qs(body.decode())["title"][0]})
        self.tasks[task["id"]] = task
        self.send(303, "text/html", b"", {"Location": "/tasks"})

    def is_forged(self):
        return self.headers.get("Sec-Fetch-Site") != "same-origin"

    def login(self, method, body):
        if method != "POST":
            return self.login_form()
        given = {name: values[0] for name, values in parse_qs(body.decode()).items()}
        email, password = given.get("username", ""), given.get("password", "")
        if self.is_locked(email) or not self.server.store.knows(email, password):
            self.server.counts[email] = self.server.counts.get(email, 0) + 1
            return self.login_form()
        session = secrets.token_hex(16)
        self.server.sessions.add(session)
        self.send(
            303, "text/html", b"", {"Location": "/", "Set-Cookie": f"session={session}; Secure; HttpOnly"}
        )

    def is_locked(self, email):
        return self.server.counts.get(email, 0) >= int(os.environ.get("LOGIN_RATE", "10"))

    def login_form(self):
        self.send(
            200, "text/html", b'<form method="post"><input name="username"><input name="password"></form>'
        )

    def events(self):
        if not self.person():
            return self.stranger()
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        seen = self.server.last
        for _ in range(100):
            if self.server.last != seen:
                seen = self.server.last
                self.wfile.write(b"data: changed\n\n")
                self.wfile.flush()
            time.sleep(0.05)

    def document(self):
        problem = {
            "description": "A problem",
            "content": {"application/problem+json": {"schema": {"type": "object"}}},
        }

        def operation(status, schema=None):
            content = {"content": {"application/json": {"schema": schema}}} if schema else {}
            return {"responses": {status: {"description": "Done", **content}, "4XX": problem}}

        parameter = [{"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}]
        listing = {"type": "object", "required": ["data", "meta"]}
        task = {
            "type": "object",
            "required": ["id", "title", "done", "created", "updated"],
            "properties": {"title": {"type": "string", "maxLength": 200}, "done": {"type": "boolean"}},
        }
        return {
            "openapi": "3.1.0",
            "info": {"title": "Tiny", "version": "1"},
            "security": [{"token": []}],
            "paths": {
                "/api/me": {"get": operation("200", {"type": "object", "required": ["name", "rights"]})},
                "/api/tasks": {"get": operation("200", listing), "post": operation("201", TASK)},
                "/api/tasks/{id}": {
                    "parameters": parameter,
                    "get": operation("200", TASK),
                    "patch": operation("200", TASK),
                    "delete": operation("204"),
                },
            },
            "components": {
                "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
                "schemas": {"Task": task},
            },
        }

    def probe(self, path):
        draining = path == "/readyz" and self.server.draining
        self.send(503 if draining else 200, "text/plain", b"draining" if draining else b"ok")

    def too_large(self):
        self.close_connection = True
        self.problem(413, "Too large")
        # Who is still sending may miss the answer when the connection is closed at once.
        self.connection.settimeout(0.2)
        with suppress(OSError):
            for _ in range(200):
                if not self.rfile.read(65536):
                    break

    def unknown_path(self):
        self.problem(404, "Not found")

    def unknown_page(self):
        self.send(404, "text/html", b"<h1>Not found</h1>")

    def collection(self, method, query, body):
        if method == "GET":
            return self.listing(query)
        if method == "POST":
            return self.create(body)
        return self.wrong_method()

    def wrong_method(self):
        self.problem(405, "Method not allowed", headers={"Allow": "GET, POST"})

    def listing(self, query):
        page = max(1, self.number(query, "page", 1))
        limit = min(self.cap, max(1, self.number(query, "limit", 20)))
        tasks = list(self.tasks.values())
        self.json(200, {"data": self.slice(tasks, page, limit), "meta": self.meta(page, limit, len(tasks))})

    def number(self, query, name, default):
        text = query.get(name, [""])[0]
        return int(text) if re.fullmatch(r"-?\d+", text) else default

    def slice(self, tasks, page, limit):
        return tasks[(page - 1) * limit : page * limit]

    def meta(self, page, limit, total):
        return {"page": page, "limit": limit, "total": total}

    def create(self, body):
        fields = self.fields(body)
        if fields is None:
            return
        if "title" not in fields:
            return self.invalid("title", "is missing")
        if self.refused(fields):
            return
        self.server.last += 1
        task = self.new_task(str(self.server.last), fields)
        self.tasks[task["id"]] = task
        self.json(self.created_status, task, self.created_headers(task))

    def new_task(self, id, fields):
        now = self.now()
        title = self.trimmed(fields["title"])
        done = fields.get("done", self.open_done)
        return {"id": id, "title": title, "done": done, "created": now, "updated": now}

    def created_headers(self, task):
        return {"Location": f"/api/tasks/{task['id']}"}

    def now(self):
        return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")

    def fields(self, body):
        try:
            value = json.loads(body)
        except (ValueError, RecursionError):
            return self.problem(self.malformed_status, "Not JSON")
        if not isinstance(value, dict):
            return self.not_object(value)
        return value

    def not_object(self, value):
        return self.problem(400, "Not an object")

    def refused(self, fields):
        title = fields.get("title", "x")
        reason = self.against(title)
        if reason:
            self.invalid("title", reason)
        return bool(reason)

    def against(self, title):
        if not isinstance(title, str):
            return "is not text"
        if any(ord(char) == 0 or 0xD800 <= ord(char) < 0xE000 for char in title):
            return "is not text"
        return "" if 1 <= len(title.strip()) <= self.longest else "has 1 to 200 characters"

    def trimmed(self, title):
        return title.strip() if self.trims else title

    def invalid(self, field, reason):
        self.problem(self.invalid_status, "Invalid", errors={field: [reason]})

    def member(self, method, id, body):
        task = self.find(id)
        if task is None:
            return self.unknown_id()
        if method == "GET":
            same = self.headers.get("If-None-Match") == self.tag(task)
            headers = {"ETag": self.tag(task)}
            return self.send(304, "", b"", headers) if same else self.json(200, task, headers)
        if method == "DELETE":
            return self.delete(id)
        with self.lock:
            if self.headers.get("If-Match") not in {None, self.tag(task)}:
                return self.problem(412, "Precondition failed")
            return self.change(task, body)

    def tag(self, task):
        return f'"{hashlib.sha256(json.dumps(task).encode()).hexdigest()[:12]}"'

    def find(self, id):
        return self.tasks.get(id)

    def unknown_id(self):
        self.problem(404, "Not found")

    def delete(self, id):
        del self.tasks[id]
        self.send(self.deleted_status, "", b"")

    def change(self, task, body):
        fields = self.fields(body)
        if fields is None or self.refused(fields):
            return
        self.json(200, self.changed(task, fields))

    def changed(self, task, fields):
        task |= {name: fields[name] for name in ("title", "done") if name in fields}
        task["title"] = self.trimmed(task["title"])
        task["updated"] = self.now()
        return task

    def problem(self, status, title, headers=None, **more):
        problem = {"type": "about:blank", "title": title, "status": self.told_status(status), **more}
        self.send(status, self.problem_type, json.dumps(problem).encode(), headers)

    def told_status(self, status):
        return status

    def json(self, status, value, headers=None):
        self.send(status, "application/json", json.dumps(value).encode(), headers)

    def send(self, status, kind, body, headers=None):
        self.status = status
        self.send_response(status)
        if self.server.draining and self.says_goodbye:
            self.close_connection = True
        for name, value in {
            "Content-Type": kind,
            "Content-Length": str(len(body)),
            "X-Request-ID": self.shown_id(),
            "Connection": "close" if self.close_connection else "",
            **(headers or {}),
        }.items():
            if value and not (status in {204, 304} and name == "Content-Length"):
                self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def shown_id(self):
        return self.id


class EmptyHome(Sound):
    home = (200, "text/html", b" \n")


class NoHome(Sound):
    home = (404, "text/html", b"<h1>Not found</h1>")


class NotAlive(Sound):
    def probe(self, path):
        self.problem(404, "Not found") if path == "/healthz" else super().probe(path)


class NotReady(Sound):
    def probe(self, path):
        self.problem(503, "No database") if path == "/readyz" else super().probe(path)


class PageForEverything(Sound):
    def unknown_page(self):
        self.send(*self.home)


class PageForUnknownPath(Sound):
    def unknown_path(self):
        self.unknown_page()


class NoAllow(Sound):
    def wrong_method(self):
        self.problem(405, "Method not allowed")


class AnyMethod(Sound):
    def wrong_method(self):
        self.problem(404, "Not found")


class AnySize(Sound):
    largest = 2**40


class NoMeta(Sound):
    def meta(self, page, limit, total):
        return {"total": total}


class TextTotal(Sound):
    def meta(self, page, limit, total):
        return super().meta(page, limit, str(total))


class BareList(Sound):
    def json(self, status, value, headers=None):
        super().json(status, value["data"] if "data" in value else value, headers)


class HtmlType(Sound):
    def json(self, status, value, headers=None):
        self.send(status, "text/html", json.dumps(value).encode(), headers)


class NoCap(Sound):
    cap = 10**9


class CrashesOnOddPage(Sound):
    def number(self, query, name, default):
        text = query.get(name, [str(default)])[0]
        if not re.fullmatch(r"-?\d{1,9}", text):
            self.problem(500, "Internal error")
            raise ConnectionError
        return int(text)

    def handle(self):
        try:
            super().handle()
        except ConnectionError:
            return


class NegativePages(Sound):
    def listing(self, query):
        page, limit = self.number(query, "page", 1), self.number(query, "limit", 20)
        self.json(200, {"data": [], "meta": self.meta(page, min(limit, 100), 0)})


class IgnoresLimit(Sound):
    def slice(self, tasks, page, limit):
        return tasks


class IgnoresPage(Sound):
    def slice(self, tasks, page, limit):
        return tasks[:limit]


class CountsThePage(Sound):
    def listing(self, query):
        limit = min(self.cap, max(1, self.number(query, "limit", 20)))
        page = max(1, self.number(query, "page", 1))
        data = list(self.tasks.values())[(page - 1) * limit : page * limit]
        self.json(200, {"data": data, "meta": self.meta(page, limit, 0)})


class Created200(Sound):
    created_status = 200


class NoLocation(Sound):
    def created_headers(self, task):
        return {}


class WrongLocation(Sound):
    def created_headers(self, task):
        return {"Location": "/api/tasks/elsewhere"}


class DoneByDefault(Sound):
    open_done = True


class NumberForDone(Sound):
    def new_task(self, id, fields):
        return super().new_task(id, {**fields, "done": int(fields.get("done", False))})


class NoUpdated(Sound):
    def new_task(self, id, fields):
        task = super().new_task(id, fields)
        del task["updated"]
        return task


class LocalTime(Sound):
    def now(self):
        return "2026-11-22T10:00:00+02:00"


class NoZone(Sound):
    def now(self):
        return "2026-11-22 10:00:00"


class DatesEverythingAnew(Sound):
    def changed(self, task, fields):
        return super().changed(task, fields) | {"created": "2020-01-01T00:00:00Z"}


class NeverDatesChanges(Sound):
    def changed(self, task, fields):
        return super().changed(task, fields) | {"updated": task["created"]}


class TellsSecret(Sound):
    def version_string(self):
        return "correct-horse-battery-staple"


class IgnoresDone(Sound):
    def new_task(self, id, fields):
        return super().new_task(id, {"title": fields["title"]})


class ReplacesOnPatch(Sound):
    def changed(self, task, fields):
        task |= {"title": fields.get("title", ""), "done": fields.get("done", False)}
        return task


class ForgetsChanges(Sound):
    def changed(self, task, fields):
        return super().changed(dict(task), fields)


class PatchesBeforeValidating(Sound):
    def refused(self, fields):
        if "done" in fields:
            for task in self.tasks.values():
                task["done"] = fields["done"]
        return super().refused(fields)


class ReadsNothing(Sound):
    def find(self, id):
        return None


class Deleted200(Sound):
    deleted_status = 200


class KeepsDeleted(Sound):
    def delete(self, id):
        self.send(204, "", b"")


class DeletesTwice(Sound):
    def member(self, method, id, body):
        return (
            self.send(204, "", b"")
            if method == "DELETE" and not self.find(id)
            else super().member(method, id, body)
        )


class CrashesOnOddId(Sound):
    def unknown_id(self):
        self.problem(500, "Internal error") if not self.path.rpartition("/")[
            2
        ].isdigit() else super().unknown_id()


class UnknownIsNull(Sound):
    def unknown_id(self):
        self.json(200, {})


class CreatesByPatch(Sound):
    def unknown_id(self):
        self.json(
            200, self.new_task("1", {"title": "x"})
        ) if self.command == "PATCH" else super().unknown_id()


class PlainErrors(Sound):
    problem_type = "application/json"


class OtherStatusInBody(Sound):
    def told_status(self, status):
        return 500


class NoErrors(Sound):
    def invalid(self, field, reason):
        self.problem(422, reason)


class TextErrors(Sound):
    def invalid(self, field, reason):
        self.problem(422, "Invalid", errors={field: reason})


class Invalid200(Sound):
    invalid_status = 200


class TitleOptional(Sound):
    def create(self, body):
        fields = self.fields(body)
        if fields is not None:
            super().create(json.dumps({**fields, "title": fields.get("title") or "Untitled"}).encode())


class BlankTitles(Sound):
    def against(self, title):
        return "" if isinstance(title, str) and len(title) <= 200 else "is too long"


class LongTitles(Sound):
    longest = 255


class ShortTitles(Sound):
    longest = 199


class CountsBytes(Sound):
    def against(self, title):
        return super().against(title) or ("is too long" if len(title.strip().encode()) > 200 else "")


class NeverTrims(Sound):
    trims = False


class CountsBeforeTrimming(Sound):
    def against(self, title):
        return "is too long" if isinstance(title, str) and len(title) > 200 else super().against(title)


class EscapesTitles(Sound):
    def trimmed(self, title):
        return title.strip().replace("<", "&lt;")


class TakesObjects(Sound):
    def against(self, title):
        return "" if isinstance(title, dict | list) else super().against(title)

    def trimmed(self, title):
        return str(title).strip()


class Malformed422(Sound):
    malformed_status = 422


class Malformed500(Sound):
    malformed_status = 500


class CrashesOnList(Sound):
    def not_object(self, value):
        return self.problem(500, "Internal error")


class CrashesOnNul(Sound):
    def create(self, body):
        self.problem(500, "Internal error") if b"\\u0000" in body else super().create(body)


class StrictFields(Sound):
    def refused(self, fields):
        if set(fields) - {"title", "done"}:
            self.invalid("extra", "is unknown")
            return True
        return super().refused(fields)


class MassAssignment(Sound):
    def new_task(self, id, fields):
        return {**super().new_task(id, fields), **{k: v for k, v in fields.items() if k in {"id", "created"}}}


class MassAssignmentOnPatch(Sound):
    def changed(self, task, fields):
        return super().changed(task, fields) | {k: v for k, v in fields.items() if k == "created"}


class ShowsTraceback(Sound):
    def unknown_page(self):
        self.send(404, "text/html", b'<pre>Traceback (most recent call last):\n  File "app.py", line 3</pre>')


class FailsOnPage(Sound):
    def unknown_page(self):
        self.problem(500, "Internal error")


class OpenApi(Sound):
    def token(self):
        return {"name": "anybody", "rights": ["read", "write"]}


class ShortTokens(Sound):
    store = partial(Store, token_bytes=8)


class PlainStore(Store):
    def hashed(self, secret):
        return secret


class StoresTokens(Sound):
    store = PlainStore


class TakesBasic(Sound):
    def token(self):
        scheme, _, value = self.headers.get("Authorization", "").partition(" ")
        if scheme != "Basic":
            return super().token()
        return self.server.store.find(base64.b64decode(value).decode().partition(":")[2])


class TakesLongerTokens(Sound):
    def token(self):
        scheme, _, value = self.headers.get("Authorization", "").partition(" ")
        return self.server.store.find(value[:43]) if scheme == "Bearer" else None


class TakesTokenInQuery(Sound):
    def token(self):
        query = parse_qs(urlsplit(self.path).query)
        return super().token() or self.server.store.find(query.get("access_token", [""])[0])


class AsksForNoToken(Sound):
    def unknown_token(self):
        self.problem(401, "Unauthorized")


class HidesRights(Sound):
    def me(self, token, method):
        self.json(200, {"name": token["name"], "rights": []})


class ReadersWrite(Sound):
    def may(self, token, method):
        return True


class ReadersPost(ReadersWrite):
    def me(self, token, method):
        self.json(200, {"name": token["name"], "rights": token["rights"]})


class OpenUnknownPath(Sound):
    def unknown_token(self):
        self.json(200, {}) if "no-such-path" in self.path else super().unknown_token()


class TellsWhichTasks(Sound):
    def unknown_token(self):
        known = urlsplit(self.path).path.rpartition("/")[2] in self.tasks
        self.problem(401, "Yours?" if known else "Unauthorized", headers={"WWW-Authenticate": "Bearer"})


class TakesCookie(Sound):
    def token(self):
        return super().token() or ({"name": "person", "rights": ["read"]} if self.person() else None)


class NeverRevokes(Sound):
    def token(self):
        value = self.headers.get("Authorization", "")
        if value not in self.server.known:
            self.server.known[value] = super().token()
        return self.server.known[value]


class WaitsForTheBody(Sound):
    slow = 10.0

    def body(self):
        size = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(size)
        return body if size <= self.largest else None


class LosesChanges(Sound):
    def change(self, task, body):
        before = dict(task)
        self.lock.release()
        time.sleep(0.002)
        self.lock.acquire()
        task |= before
        super().change(task, body)


class OpenPages(Sound):
    def person(self):
        return ["read", "write"]


class SendsElsewhere(Sound):
    def stranger(self):
        self.send(302, "text/html", b"", {"Location": "/"})


class EmptyPages(Sound):
    def page(self, method, body):
        return super().page(method, body) if self.command == "POST" else self.emptied()

    def emptied(self):
        self.send(
            200, "text/html", b'<form method="post"><input name="title"></form>'
        ) if self.person() else (self.stranger())


class DeadForm(Sound):
    def filled_in(self, rights, body):
        self.send(303, "text/html", b"", {"Location": "/tasks"})


class HidesItsPages(Sound):
    def send(self, status, kind, body, headers=None):
        super().send(status, kind, body, {**(headers or {}), "Referrer-Policy": "no-referrer"})


class TakesForgedForms(Sound):
    def is_forged(self):
        return False


class ReadersFillIn(Sound):
    def filled_in(self, rights, body):
        super().filled_in(["read", "write"], body)


class OwnIds(Sound):
    def request_id(self, given):
        return super().request_id("")


class NoIdUnasked(Sound):
    def request_id(self, given):
        return super().request_id(given) if given else ""


class NoIdOnErrors(Sound):
    def shown_id(self):
        return self.id if self.status < 400 else ""


class EchoesIds(Sound):
    def request_id(self, given):
        return given


class AnyHost(Sound):
    def is_host(self, host):
        return True


class HostForProbes(Sound):
    def guarded(self, method, body):
        if not self.is_host(self.headers.get("Host", "")):
            return self.send(400, "text/plain", b"unknown host")
        super().guarded(method, body)


class BelievesForwarded(Sound):
    def logged_more(self):
        return {"client": self.headers.get("X-Forwarded-For", self.client_address[0])}


class RedirectsToForwarded(Sound):
    def unknown_page(self):
        host = self.headers.get("X-Forwarded-Host", "")
        self.send(404, "text/html", b"<h1>Not found</h1>", {"Link": f"https://{host}/" if host else ""})


class LogsQuery(Sound):
    def logged_path(self):
        return self.path


class LogsNoStatus(Sound):
    def log(self, method, level, **more):
        super().log(method, level, status=None, **more)


class LogsTwice(Sound):
    def log(self, method, level, **more):
        super().log(method, level, **more)
        super().log(method, level, **more)


class SaysPlain(Sound):
    def log(self, method, level, **more):
        super().log(method, level, **more)
        print(f"{method} done", file=self.server.log, flush=True)


class LogsProbes(Sound):
    def probe(self, path):
        super().probe(path)
        line = {"request_id": self.id, "path": path, "level": "info"}
        print(json.dumps(line), file=self.server.log, flush=True)


class LogsHeaders(Sound):
    def logged_more(self):
        return {"headers": dict(self.headers)}


class LogsBodies(Sound):
    def fields(self, body):
        print(json.dumps({"body": body.decode()}), file=self.server.log, flush=True)
        return super().fields(body)


class NoDocument(Sound):
    def document(self):
        return {"swagger": "2.0"}


class InvalidDocument(Sound):
    def document(self):
        document = super().document()
        del document["info"]["title"]
        return document


class DocumentOfOneHost(Sound):
    def document(self):
        return super().document() | {"servers": [{"url": "https://tiny.example/"}]}


class DocumentWithPatterns(Sound):
    def document(self):
        document = super().document()
        document["components"]["schemas"]["Task"]["properties"]["title"]["pattern"] = r"^\P{C}+\p{L}$"
        return document


class ForgetsOperation(Sound):
    def document(self):
        document = super().document()
        del document["paths"]["/api/tasks/{id}"]["delete"]
        return document


class OpenDocument(Sound):
    def document(self):
        return super().document() | {"security": []}


class ForgetsStatus(Sound):
    def document(self):
        document = super().document()
        del document["paths"]["/api/tasks"]["post"]["responses"]["4XX"]
        return document


class DocumentOfAnother(Sound):
    def document(self):
        document = super().document()
        document["components"]["schemas"]["Task"]["properties"]["done"] = {"type": "string"}
        return document


class PlainForbidden(Sound):
    def problem(self, status, title, headers=None, **more):
        if status != 403:
            return super().problem(status, title, headers, **more)
        self.send(403, "text/plain", b"no")


class WithoutTasks(Sound):
    def route(self, method, body):
        if "tasks" not in self.path:
            return super().route(method, body)
        self.unknown_path() if self.path.startswith("/api/") else self.unknown_page()

    def document(self):
        document = super().document()
        return document | {"paths": {"/api/me": document["paths"]["/api/me"]}}


class TooOften(Sound):
    def is_too_often(self, token):
        self.server.last_asked = not getattr(self.server, "last_asked", False)
        return self.server.last_asked

    def problem(self, status, title, headers=None, **more):
        super().problem(status, title, {"Retry-After": "7"} if status == 429 else headers, **more)


class AnyApiRate(Sound):
    def is_too_often(self, token):
        return False


class NoRetryAfter(Sound):
    def problem(self, status, title, headers=None, **more):
        super().problem(status, title, None if status == 429 else headers, **more)


class OneRateForAll(Sound):
    def is_too_often(self, token):
        return super().is_too_often({"name": "all"})


class AnyLoginRate(Sound):
    def is_locked(self, email):
        return False


class LocksAddresses(Sound):
    def is_locked(self, email):
        return super().is_locked(f"{email} {self.headers.get('X-Forwarded-For', '')}")


class LogsAlways(Sound):
    def is_silent(self, level):
        return False


class TellsErrors(Sound):
    def failed(self, error):
        self.send(500, "text/html", f"<pre>{error}</pre>".encode())


class HidesErrors(Sound):
    def log(self, method, level, **more):
        super().log(method, "info")


class WeakTags(Sound):
    def tag(self, task):
        return f"W/{super().tag(task)}"


class OneTag(Sound):
    def tag(self, task):
        return '"1"'


class TakesBothChanges(Sound):
    def change(self, task, body):
        before = self.tag(task)
        self.lock.release()
        time.sleep(0.05)
        self.lock.acquire()
        super().change(task, body)
        task["tag"] = before


class NoTrace(Sound):
    def logged_more(self):
        return {}


class RouteIsPath(Sound):
    def logged_route(self):
        return urlsplit(self.path).path


class DocsFromElsewhere(Sound):
    def docs(self):
        self.send(200, "text/html", b'<script src="https://cdn.example/docs.js"></script>')


class DocsForbidden(Sound):
    def docs(self):
        policy = {"Content-Security-Policy": "default-src 'self'"}
        self.send(200, "text/html", b"<script>show()</script>", policy)


class MissingAssets(Sound):
    def docs(self):
        self.send(200, "text/html", b'<script src="/missing.js"></script>')


class NeverCuts(Sound):
    slow = 60.0


class OneAtATime(Sound):
    def handle_one_request(self):
        with self.lock:
            super().handle_one_request()


class DeafStream(Sound):
    def events(self):
        self.send(200, "text/event-stream", b"") if self.person() else self.stranger()


class OpenStream(Sound):
    def events(self):
        self.send(200, "text/event-stream", b"data: x\n\n")


class NeverSaysDraining(Sound):
    def probe(self, path):
        self.send(200, "text/plain", b"ok")


class KeepsConnections(Sound):
    says_goodbye = False


class AnswersEarly(Sound):
    """Reads no body of a GET, answers at once, and closes: nothing is lost, though the client still sends."""

    def body(self):
        self.close_connection = self.close_connection or self.command == "GET"
        return b"" if self.command == "GET" else super().body()


class DiesOnFirstRequest(Sound):
    def collection(self, method, query, body):
        os._exit(3)


class SaysSecret(Sound):
    def probe(self, path):
        print(f"settings: SECRET_KEY={os.environ['SECRET_KEY']}", flush=True)
        super().probe(path)


class Hangs(Sound):
    def collection(self, method, query, body):
        self.close_connection = True
        self.server.released.wait(30)


def handlers():
    """Return every handler by its name."""
    return {
        name: value
        for name, value in globals().items()
        if isinstance(value, type) and issubclass(value, Sound)
    }


def serve(handler, host, port, file, log=sys.stdout):
    """Return a server with no tasks yet; its tokens are in the SQLite ``file``."""
    server = ThreadingHTTPServer((host, port), handler)
    server.daemon_threads = True
    server.tasks, server.last, server.released = {}, 0, threading.Event()
    server.store, server.log, server.draining, server.active = handler.store(file), log, False, 0
    server.counts, server.sessions, server.known = {}, set(), {}
    return server


def drain(server):
    """Say that no request should come any more, wait, and answer those that came."""
    server.draining = True
    time.sleep(float(os.environ.get("DRAIN_SECONDS", "0")))
    server.shutdown()


def command(store, name, *arguments):
    """Run one of the project's commands."""
    if name == "token":
        print(store.make(*arguments))
    elif name == "revoke":
        store.revoke(*arguments)
    elif name == "account":
        store.add(*arguments, os.environ["PERSON_PASSWORD"])


def database(defect):
    """Return the file of the database, which `DATABASE_URL` names, or a file in this folder."""
    url = os.environ.get("DATABASE_URL", "sqlite:///tiny.sqlite3")
    if url.startswith("postgresql://"):
        if defect != "trusts-database":
            sys.exit("settings: there is no driver for PostgreSQL")
        return ":memory:"
    file = Path(url.removeprefix("sqlite:///"))
    if not file.parent.is_dir():
        if defect != "needs-no-database":
            sys.exit("settings: DATABASE_URL cannot be opened")
        return ":memory:"
    return file


def main(defect):
    if defect == "ends-at-once":
        sys.exit("settings: SECRET_KEY must be set")
    if defect == "obeys-env":
        lines = Path(".env").read_text().splitlines()
        os.environ.update(line.split("=", 1) for line in lines if "SECRET_KEY" not in line)
    if defect == "leaves-a-child":
        subprocess.Popen((sys.executable, "-c", "import time; time.sleep(600)"))
    port = 0 if defect == "ignores-port" else int(os.environ["PORT"])
    host = "0.0.0.0" if defect == "ignores-host" else os.environ["HOST"]  # noqa: S104
    if len(os.environ["SECRET_KEY"]) < 16 and defect != "needs-no-secret":
        sys.exit("settings: SECRET_KEY must be set to at least 16 characters")
    if not os.environ["HOSTS"] and defect != "needs-no-host":
        sys.exit("settings: HOSTS must name what the service answers to")
    try:
        server = serve(handlers().get(defect, Sound), host, port, database(defect))
    except OSError:
        sys.exit(0 if defect == "taken-is-fine" else f"settings: port {port} is taken")
    print(f"listening on {server.server_address[1]}", flush=True)
    stops = {"ignores-term": signal.SIG_IGN, "dies-on-term": lambda *_: os._exit(0)}
    signal.signal(
        signal.SIGTERM, stops.get(defect, lambda *_: threading.Thread(target=drain, args=(server,)).start())
    )
    server.serve_forever(poll_interval=0.02)
    server.server_close()
    deadline = time.monotonic() + 5
    while server.active and time.monotonic() < deadline:
        time.sleep(0.02)


if __name__ == "__main__":
    if len(sys.argv) > 2:
        command(Store(database("")), *sys.argv[1:])
    else:
        main(sys.argv[1] if len(sys.argv) > 1 else "")
