"""What can be done with tasks; the pages and the API only translate."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import func, select

from ..database import db
from ..errors import Invalid
from .models import Task

LARGEST_PAGE = 100


def find(page: int, limit: int) -> tuple[Sequence[Task], int]:
    """Return one page of tasks, the newest first, and how many there are in all."""
    total = db.session.scalar(select(func.count()).select_from(Task)) or 0
    start = (page - 1) * limit
    if start >= total:
        return [], total
    query = select(Task).order_by(Task.id.desc()).offset(start).limit(limit)
    return db.session.scalars(query).all(), total


def add(data: Mapping[str, Any]) -> Task:
    task = Task(**valid({"title": None, **data}))
    db.session.add(task)
    db.session.commit()
    return task


def change(task: Task, data: Mapping[str, Any]) -> None:
    for name, value in valid(data).items():
        setattr(task, name, value)
    db.session.commit()


def remove(task: Task) -> None:
    db.session.delete(task)
    db.session.commit()


def valid(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a task that the data hold, ignoring all others."""
    values: dict[str, Any] = {}
    errors: dict[str, list[str]] = {}
    if "title" in data:
        title = data["title"]
        if not isinstance(title, str) or "\0" in title:
            errors["title"] = ["This must be a text."]
        elif not 1 <= len(title := title.strip()) <= 200:
            errors["title"] = ["This must have 1 to 200 characters."]
        values["title"] = title
    if "done" in data:
        if not isinstance(data["done"], bool):
            errors["done"] = ["This must be true or false."]
        values["done"] = data["done"]
    if errors:
        raise Invalid(errors)
    return values
