from html import escape
from http import HTTPStatus

from ..database import Database
from ..http import HTTPError, Request, Response, Router, as_json, page
from .store import TaskStore


def add_routes(router: Router, database: Database) -> None:
    tasks = TaskRoutes(TaskStore(database))
    router.add("/api/tasks", get=tasks.index, post=tasks.create)
    router.add("/api/tasks/{number}", get=tasks.show, patch=tasks.change, delete=tasks.remove)
    router.add("/tasks", get=tasks.page)


def whole(text: str, default: int) -> int:
    """Read a number from a query, at least 1; what is none counts as not given."""
    return max(int(text[:15]), 1) if text.isdecimal() else default


def key(number: str) -> int:
    if not number.isdecimal() or len(number) > 18:  # More does not fit into the column.
        raise HTTPError(HTTPStatus.NOT_FOUND)
    return int(number)


class TaskRoutes:
    def __init__(self, store: TaskStore) -> None:
        self.store = store

    def index(self, request: Request) -> Response:
        page = whole(request.query.get("page", ""), 1)
        limit = min(whole(request.query.get("limit", ""), 20), 100)
        tasks, total = self.store.page(page, limit)
        return as_json({"data": tasks, "meta": {"page": page, "limit": limit, "total": total}})

    def create(self, request: Request) -> Response:
        task = self.store.add(request.json())
        response = as_json(task, HTTPStatus.CREATED)
        response.headers["Location"] = f"/api/tasks/{task['id']}"
        return response

    def show(self, request: Request, number: str) -> Response:
        return as_json(self.store.get(key(number)))

    def change(self, request: Request, number: str) -> Response:
        return as_json(self.store.change(key(number), request.json()))

    def remove(self, request: Request, number: str) -> Response:
        self.store.remove(key(number))
        return Response(status=HTTPStatus.NO_CONTENT)

    def page(self, request: Request) -> Response:
        tasks, total = self.store.page(1, 100)
        items = "".join(f"<li>{escape(task['title'])}{' ✓' * task['done']}</li>" for task in tasks)
        return page("tasks.html", items=items, shown=str(len(tasks)), total=str(total))
