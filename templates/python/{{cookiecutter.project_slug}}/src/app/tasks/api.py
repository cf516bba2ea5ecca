from http import HTTPStatus

from ..database import Database
from ..http import HTTPError, Request, Response
from ..router import Router
from .store import LARGEST_PAGE, Task, TaskStore


def add_routes(router: Router, database: Database) -> None:
    api = TaskApi(TaskStore(database))
    router.add("/api/tasks", get=api.index, post=api.create)
    router.add("/api/tasks/{number}", get=api.show, patch=api.update, delete=api.delete)


def whole(text: str, default: int) -> int:
    """Read a number from a query, at least 1; what is none counts as not given."""
    return max(int(text[:15]), 1) if text.isdecimal() else default


def key(number: str) -> int:
    if not number.isdecimal() or len(number) > 18:
        raise HTTPError(HTTPStatus.NOT_FOUND)
    return int(number)


def found(task: Task | None) -> Task:
    if task is None:
        raise HTTPError(HTTPStatus.NOT_FOUND)
    return task


class TaskApi:
    def __init__(self, store: TaskStore) -> None:
        self.store = store

    def index(self, request: Request) -> Response:
        page = whole(request.query.get("page", ""), 1)
        limit = min(whole(request.query.get("limit", ""), 20), LARGEST_PAGE)
        tasks, total = self.store.page(page, limit)
        meta = {"page": page, "limit": limit, "total": total}
        return Response.json({"data": [task.as_json() for task in tasks], "meta": meta})

    def create(self, request: Request) -> Response:
        task = self.store.add(request.json())
        location = f"/api/tasks/{task.id}"
        return Response.json(task.as_json(), HTTPStatus.CREATED, Location=location)

    def show(self, request: Request, number: str) -> Response:
        return Response.json(found(self.store.get(key(number))).as_json())

    def update(self, request: Request, number: str) -> Response:
        return Response.json(found(self.store.change(key(number), request.json())).as_json())

    def delete(self, request: Request, number: str) -> Response:
        if not self.store.remove(key(number)):
            raise HTTPError(HTTPStatus.NOT_FOUND)
        return Response(status=HTTPStatus.NO_CONTENT)
