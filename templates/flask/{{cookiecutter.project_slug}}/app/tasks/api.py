from typing import Any

from flask import abort, url_for
from flask.views import MethodView
from sqlalchemy import delete, update

from ..api import Blueprint
from ..database import db
from .models import Task, newest
from .schemas import NewTask, PageQuery, TaskChange, TaskOut, TaskPage

bp = Blueprint("tasks", __name__, url_prefix="/api/tasks", description="The tasks")


@bp.route("")
class Tasks(MethodView):
    @bp.arguments(PageQuery, location="query")
    @bp.response(200, TaskPage)
    def get(self, query: dict[str, int]) -> dict[str, Any]:
        tasks, total = newest(**query)
        return {"data": tasks, "meta": query | {"total": total}}

    @bp.arguments(NewTask)
    @bp.response(201, TaskOut, headers={"Location": {"schema": {"type": "string"}}})
    def post(self, sent: dict[str, Any]) -> tuple[Task, int, dict[str, str]]:
        task = Task(**sent)
        db.session.add(task)
        db.session.commit()
        return task, 201, {"Location": url_for("tasks.OneTask", task_id=task.id)}


# A greater id than the databases take names no task.
@bp.route("/<int(max=2147483647):task_id>")
class OneTask(MethodView):
    @bp.response(200, TaskOut)
    def get(self, task_id: int) -> Task:
        return db.get_or_abort(Task, task_id)

    @bp.arguments(TaskChange)
    @bp.response(200, TaskOut)
    def patch(self, sent: dict[str, Any], task_id: int) -> Task:
        # Writes what was sent and nothing else: another change at the same time is kept.
        change = update(Task).where(Task.id == task_id).values(**sent).returning(Task)
        task = db.session.scalar(change)
        db.session.commit()
        return task or abort(404)

    @bp.response(204)
    def delete(self, task_id: int) -> None:
        gone = db.session.scalar(delete(Task).where(Task.id == task_id).returning(Task.id))
        db.session.commit()
        if gone is None:
            abort(404)
