"""A service that keeps the contract, in the standard library alone, and one class a way to break it.

`python tiny_service.py [DEFECT]` serves at HOST and PORT.
"""
# ruff: noqa: ARG002, PLR0911, RET502, RET503, SIM401, T201 - one method a decision, for another class to decide otherwise

import json
import os
import re
import signal
import subprocess
import sys
import threading
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

LARGEST = 1024 * 1024


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
    lock = threading.Lock()

    def log_message(self, *arguments):
        """Say nothing: a test reads the output."""

    def version_string(self):
        return "tiny"

    @property
    def tasks(self):
        return self.server.tasks

    def __getattr__(self, name):
        if name.startswith("do_"):
            return lambda: self.route(name[3:])
        raise AttributeError(name)

    def route(self, method):
        with self.lock:
            path, query = urlsplit(self.path).path, parse_qs(urlsplit(self.path).query)
            body = self.body()
            if body is None:
                return self.too_large()
            if path == "/":
                return self.send(*self.home)
            if path in {"/healthz", "/readyz"}:
                return self.probe(path)
            if path == "/api/tasks":
                return self.collection(method, query, body)
            if match := re.fullmatch(r"/api/tasks/([^/]+)", path):
                return self.member(method, match[1], body)
            if path.startswith("/api/"):
                return self.unknown_path()
            return self.unknown_page()

    def body(self):
        size = int(self.headers.get("Content-Length") or 0)
        # Read even when it is too large: who is still sending may miss an answer.
        body = self.rfile.read(size)
        return None if size > self.largest else body

    def probe(self, path):
        self.send(200, "text/plain", b"ok")

    def too_large(self):
        self.problem(413, "Too large")

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
            return self.json(200, task)
        if method == "DELETE":
            return self.delete(id)
        return self.change(task, body)

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
        self.send_response(status)
        for name, value in {
            "Content-Type": kind,
            "Content-Length": str(len(body)),
            **(headers or {}),
        }.items():
            if value and not (status == 204 and name == "Content-Length"):
                self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


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


def serve(handler, host, port):
    """Return a server with no tasks yet."""
    server = ThreadingHTTPServer((host, port), handler)
    server.daemon_threads = True
    server.tasks, server.last, server.released = {}, 0, threading.Event()
    return server


def main(defect):
    if defect == "ends-at-once":
        sys.exit("settings: SECRET_KEY must be set")
    if defect == "leaves-a-child":
        subprocess.Popen((sys.executable, "-c", "import time; time.sleep(600)"))
    signal.signal(signal.SIGTERM, signal.SIG_IGN if defect == "ignores-term" else lambda *_: os._exit(0))
    port = 0 if defect == "ignores-port" else int(os.environ["PORT"])
    host = "0.0.0.0" if defect == "ignores-host" else os.environ["HOST"]  # noqa: S104
    if len(os.environ["SECRET_KEY"]) < 16 and defect != "needs-no-secret":
        sys.exit("settings: SECRET_KEY must be set to at least 16 characters")
    folder = Path(os.environ["DATABASE_URL"].removeprefix("sqlite:///")).parent
    if not folder.is_dir() and defect != "needs-no-database":
        sys.exit("settings: DATABASE_URL cannot be opened")
    server = serve(handlers().get(defect, Sound), host, port)
    print(f"listening on {server.server_address[1]}", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "")
