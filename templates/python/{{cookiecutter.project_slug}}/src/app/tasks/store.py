{% if cookiecutter.database == "sqlite" %}
{% set a, z = ":", "" %}
{% else %}
{% set a, z = "%(", ")s" %}
{% endif %}
"""Tasks, the rules they obey, and the table they live in."""

import re
from http import HTTPStatus
from typing import Any

from ..database import Database, Row, now
from ..http import HTTPError


def task(row: Row) -> Row:
    fields = ("id", "title", "done", "created", "updated")
{% if cookiecutter.database == "sqlite" %}
    return {name: row[name] for name in fields} | {"done": bool(row["done"])}
{% else %}
    return {name: row[name] for name in fields}
{% endif %}


def valid(data: dict[str, Any]) -> dict[str, Any]:
    """Return what the data hold of a task, None for the rest."""
    title, done = data.get("title"), data.get("done")
    title = title.strip() if isinstance(title, str) else ""
    errors = {}
    if "title" in data and not re.fullmatch(r"[^\0]{1,200}", title):
        errors["title"] = ["This must be a text of 1 to 200 characters, without NUL."]
    if "done" in data and not isinstance(done, bool):
        errors["done"] = ["This must be true or false."]
    if errors:
        raise HTTPError(HTTPStatus.UNPROCESSABLE_ENTITY, errors=errors)
    return {"title": title or None, "done": done}


class TaskStore:
    def __init__(self, database: Database) -> None:
        self.query = database.query

    def page(self, page: int, limit: int) -> tuple[list[Row], int]:
        """Return one page of tasks, the newest first, and how many there are in all."""
        [counted] = self.query("SELECT count(*) AS total FROM tasks")
        rows = self.query(
            "SELECT * FROM tasks ORDER BY id DESC LIMIT {{a}}limit{{z}} OFFSET {{a}}start{{z}}",
            limit=limit,
            start=(page - 1) * limit,
        )
        return [task(row) for row in rows], counted["total"]

    def get(self, number: int) -> Row:
        return only(self.query("SELECT * FROM tasks WHERE id = {{a}}id{{z}}", id=number))

    def add(self, data: dict[str, Any]) -> Row:
        rows = self.query(
            "INSERT INTO tasks (title, done, created, updated)"
            " VALUES ({{a}}title{{z}}, {{a}}done{{z}}, {{a}}now{{z}}, {{a}}now{{z}}) RETURNING *",
            **valid({"title": None, "done": False} | data),
            now=now(),
        )
        return only(rows)

    def change(self, number: int, data: dict[str, Any]) -> Row:
        """Write only what the data hold, in one statement: two changes at once both last."""
        rows = self.query(
            "UPDATE tasks SET title = coalesce({{a}}title{{z}}, title), done = coalesce({{a}}done{{z}}, done),"
            " updated = {{a}}now{{z}} WHERE id = {{a}}id{{z}} RETURNING *",
            **valid(data),
            id=number,
            now=now(),
        )
        return only(rows)

    def remove(self, number: int) -> None:
        only(self.query("DELETE FROM tasks WHERE id = {{a}}id{{z}} RETURNING *", id=number))


def only(rows: list[Row]) -> Row:
    if not rows:
        raise HTTPError(HTTPStatus.NOT_FOUND)
    return task(rows[0])
