from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ..errors import Invalid
from . import service

bp = Blueprint("tasks_pages", __name__, url_prefix="/tasks", template_folder="templates")

PAGE = 20


def index_page(**context: object) -> str:
    page = max(request.args.get("page", 1, int), 1)
    tasks, total = service.find(page, PAGE)
    return render_template(
        "tasks/index.html", tasks=tasks, page=page, more=page * PAGE < total, **context
    )


@bp.get("/")
def index() -> str:
    return index_page()


@bp.post("/")
def create() -> ResponseReturnValue:
    title = request.form.get("title", "")
    try:
        service.add({"title": title})
    except Invalid as invalid:
        return index_page(title=title, errors=invalid.errors), 422
    flash("Added.")
    return redirect(url_for(".index"))
