from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flask import Flask
from flask_alembic import Alembic
from flask_sqlalchemy_lite import SQLAlchemy
from sqlalchemy import DateTime, Dialect, event
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator


class Base(DeclarativeBase):
    pass


class UtcDateTime(TypeDecorator[datetime]):
    """Aware datetimes, stored as UTC, also where the database knows no time zones."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value and value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value and value.replace(tzinfo=UTC)


db = SQLAlchemy()
alembic = Alembic(metadatas=Base.metadata)


def init_app(app: Flask) -> None:
    # Alembic takes a single % for the start of a placeholder.
    migrations = str(Path(app.root_path, "migrations")).replace("%", "%%")
    app.config.setdefault("ALEMBIC", {})["script_location"] = migrations
    app.config.setdefault("ALEMBIC_CONTEXT", {})["render_item"] = render_item
    db.init_app(app)
    alembic.init_app(app)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            event.listen(db.engine, "connect", configure_sqlite)


def render_item(kind: str, item: object, context: object) -> str | bool:
    """Write plain types into migrations, which must not change when the application does."""
    return "sa.DateTime()" if isinstance(item, UtcDateTime) else False


def configure_sqlite(connection: Any, record: object) -> None:
    """Readers and one writer at a time, and foreign keys that mean something."""
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
