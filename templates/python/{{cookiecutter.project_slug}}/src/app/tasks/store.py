"""Tasks, the rules they obey, and the database they live in."""

from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any, Self

from ..database import Database, Row
from ..http import ValidationError

LARGEST_PAGE = 100


@dataclass(frozen=True)
class Task:
    id: int
    title: str
    done: bool
    created: datetime
    updated: datetime

    @classmethod
    def from_row(cls, row: Row) -> Self:
        return cls(
            id=row["id"],
            title=row["title"],
            done=bool(row["done"]),
            created=moment(row["created"]),
            updated=moment(row["updated"]),
        )

    def as_json(self) -> dict[str, Any]:
        moments = {"created": self.created.isoformat(), "updated": self.updated.isoformat()}
        return asdict(self) | moments


def moment(value: str | datetime) -> datetime:
    """PostgreSQL has a type for moments, SQLite keeps their text."""
    return (datetime.fromisoformat(value) if isinstance(value, str) else value).astimezone(UTC)


def valid(data: dict[str, Any]) -> dict[str, Any]:
    """Return the title and the mark of a task as far as the data hold them."""
    values: dict[str, Any] = {"title": None, "done": None}
    errors = {}
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
        raise ValidationError(errors)
    return values


class TaskStore:
    def __init__(self, database: Database) -> None:
        self._database = database

    def page(self, page: int, limit: int) -> tuple[list[Task], int]:
        """Return one page of tasks, the newest first, and how many there are in all."""
        start = (page - 1) * limit
        with self._database.transaction() as connection:
            total: int = connection.query("SELECT count(*) AS total FROM tasks")[0]["total"]
            if start >= total:
                return [], total
            rows = connection.query(
                "SELECT * FROM tasks ORDER BY id DESC LIMIT :limit OFFSET :start",
                {"limit": limit, "start": start},
            )
        return [Task.from_row(row) for row in rows], total

    def every(self) -> list[Task]:
        with self._database.transaction() as connection:
            return [Task.from_row(row) for row in connection.query("SELECT * FROM tasks")]

    def get(self, task_id: int) -> Task | None:
        return self._one("SELECT * FROM tasks WHERE id = :id", id=task_id)

    def add(self, data: dict[str, Any]) -> Task:
        values = valid({"title": None, "done": False, **data})
        task = self._one(
            "INSERT INTO tasks (title, done, created, updated)"
            " VALUES (:title, :done, :now, :now) RETURNING *",
            **values,
            now=datetime.now(UTC).isoformat(),
        )
        assert task is not None  # noqa: S101
        return task

    def change(self, task_id: int, data: dict[str, Any]) -> Task | None:
        return self._one(
            "UPDATE tasks SET title = coalesce(:title, title), done = coalesce(:done, done),"
            " updated = :now WHERE id = :id RETURNING *",
            **valid(data),
            id=task_id,
            now=datetime.now(UTC).isoformat(),
        )

    def remove(self, task_id: int) -> bool:
        return self._one("DELETE FROM tasks WHERE id = :id RETURNING *", id=task_id) is not None

    def _one(self, sql: str, **parameters: object) -> Task | None:
        with self._database.transaction() as connection:
            rows = connection.query(sql, parameters)
        return Task.from_row(rows[0]) if rows else None
