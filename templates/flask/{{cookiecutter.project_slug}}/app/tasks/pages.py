from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
{% if cookiecutter.accounts %}
from flask_security import auth_required
{% endif %}
from marshmallow import ValidationError

from ..database import db
{% if not cookiecutter.accounts %}
from ..tokens.guard import log_in
{% endif %}
from .models import Task, newest
from .schemas import NewTask

bp = Blueprint("tasks_pages", __name__, url_prefix="/tasks", template_folder="templates")


@bp.before_request
{% if cookiecutter.accounts %}
@auth_required("session")
def need_log_in() -> None:
    """Nothing more: the decorator sends everybody else to the log-in page."""
{% else %}
def need_token() -> None:
    log_in("basic")
{% endif %}


def index_page(**context: object) -> str:
    tasks, total = newest(page=1, limit=100)
    return render_template("tasks/index.html", tasks=tasks, total=total, **context)


@bp.get("/")
def index() -> str:
    return index_page()


@bp.post("/")
def create() -> ResponseReturnValue:
    try:
        task = Task(**NewTask().load(request.form))
    except ValidationError as error:
        return index_page(title=request.form.get("title"), errors=error.messages_dict), 422
    db.session.add(task)
    db.session.commit()
    flash("Added.")
    return redirect(url_for(".index"))
