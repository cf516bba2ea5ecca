import json
from typing import Any

from flask import Blueprint, abort, request, url_for
from flask.typing import ResponseReturnValue

from ..database import db
from . import service
from .models import Task

bp = Blueprint("tasks_api", __name__, url_prefix="/api/tasks")

# The largest number that the databases take for a key; a greater one names no task.
LARGEST_ID = 2**31 - 1


def as_json(task: Task) -> dict[str, Any]:
    return {
        "id": task.id,
        "title": task.title,
        "done": task.done,
        "created": task.created.isoformat(),
        "updated": task.updated.isoformat(),
    }


def task_or_404(task_id: int) -> Task:
    return db.get_or_abort(Task, min(task_id, LARGEST_ID))


def body() -> dict[str, Any]:
    """Return the body, which must be a JSON object in valid Unicode."""
    try:
        data = json.loads(request.get_data())
        json.dumps(data, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        abort(400)
    if not isinstance(data, dict):
        abort(400)
    return data


@bp.get("")
def index() -> ResponseReturnValue:
    page = max(request.args.get("page", 1, int), 1)
    limit = min(max(request.args.get("limit", 20, int), 1), service.LARGEST_PAGE)
    tasks, total = service.find(page, limit)
    meta = {"page": page, "limit": limit, "total": total}
    return {"data": [as_json(task) for task in tasks], "meta": meta}


@bp.post("")
def create() -> ResponseReturnValue:
    task = service.add(body())
    return as_json(task), 201, {"Location": url_for(".show", task_id=task.id)}


@bp.get("/<int:task_id>")
def show(task_id: int) -> ResponseReturnValue:
    return as_json(task_or_404(task_id))


@bp.patch("/<int:task_id>")
def update(task_id: int) -> ResponseReturnValue:
    task = task_or_404(task_id)
    service.change(task, body())
    return as_json(task)


@bp.delete("/<int:task_id>")
def delete(task_id: int) -> ResponseReturnValue:
    service.remove(task_or_404(task_id))
    return "", 204
