from html import escape
from http import HTTPStatus

from ..csrf import FormGuard
from ..database import Database
from ..http import Request, Response, ValidationError
from ..router import Router
from .api import whole
from .store import TaskStore

PAGE = 20


def add_routes(router: Router, database: Database, guard: FormGuard) -> None:
    pages = TaskPages(TaskStore(database), guard)
    router.add("/tasks", get=pages.index, post=pages.create)


class TaskPages:
    def __init__(self, store: TaskStore, guard: FormGuard) -> None:
        self.store = store
        self.guard = guard

    def index(
        self,
        request: Request,
        status: HTTPStatus = HTTPStatus.OK,
        title: str = "",
        error: str = "",
    ) -> Response:
        page = whole(request.query.get("page", ""), 1)
        tasks, total = self.store.page(page, PAGE)
        links = [f'<a href="/tasks?page={page - 1}">Newer</a>'] if page > 1 else []
        if page * PAGE < total:
            links.append(f'<a href="/tasks?page={page + 1}">Older</a>')
        token = self.guard.token(request)
        response = Response.page(
            "tasks.html",
            status,
            token=escape(token),
            title=escape(title),
            error=escape(error),
            items="\n".join(f"<li>{escape(task.title)}</li>" for task in tasks),
            links=" ".join(links),
        )
        return self.guard.give(token, response)

    def create(self, request: Request) -> Response:
        self.guard.check(request)
        title = request.form().get("title", "")
        try:
            self.store.add({"title": title})
        except ValidationError as invalid:
            [error] = invalid.errors["title"]
            return self.index(request, HTTPStatus.UNPROCESSABLE_ENTITY, title, error)
        return Response.redirect("/tasks")
