from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flask import Flask
from flask_alembic import Alembic
from flask_sqlalchemy_lite import SQLAlchemy
from sqlalchemy import DateTime, Dialect, MetaData, event
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator


class Base(DeclarativeBase):
    # A constraint that has a name can be changed by a later migration.
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class UtcDateTime(TypeDecorator[datetime]):
    """Aware datetimes, stored as UTC, also where the database knows no time zones."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value and value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value and value.replace(tzinfo=UTC)


def now() -> datetime:
    return datetime.now(UTC)


class Migrations(Alembic):
    def run_migrations(self, fn: Callable[..., Any], **kwargs: object) -> None:
        if connection := self.migration_context.connection:
            # SQLite copies a table to change it: references outlive the old one. It may take long.
            sqlite = connection.dialect.name == "sqlite"
            setting = "PRAGMA foreign_keys = OFF" if sqlite else "SET statement_timeout = 0"
            connection.connection.cursor().execute(setting)
        super().run_migrations(fn, **kwargs)


# Parameters, which may be secrets, stay out of error messages and so out of the log.
db = SQLAlchemy(
    engine_options={"hide_parameters": True}, session_options={"expire_on_commit": False}
)
alembic = Migrations(metadatas=Base.metadata)


def init_app(app: Flask) -> None:
    # Alembic takes a single % for the start of a placeholder.
    migrations = str(Path(app.root_path, "migrations")).replace("%", "%%")
    app.config["ALEMBIC"] = {"script_location": migrations}
    context = {"render_as_batch": True, "render_item": render_item, "transactional_ddl": True}
    app.config["ALEMBIC_CONTEXT"] = context
    db.init_app(app)
    # Would start an event loop after every request, to close asynchronous sessions: there are none.
    app.teardown_appcontext_funcs.pop()
    alembic.init_app(app)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            event.listen(db.engine, "connect", configure_sqlite)
            # Waits for the lock at the start: what reads and then writes cannot wait later.
            event.listen(db.engine, "begin", lambda c: c.exec_driver_sql("BEGIN IMMEDIATE"))


def render_item(kind: str, item: object, context: object) -> str | bool:
    """Write plain types into migrations, which must not change when the application does."""
    return "sa.DateTime()" if isinstance(item, UtcDateTime) else False


def configure_sqlite(connection: Any, record: object) -> None:
    """Readers beside one writer, foreign keys that mean something, transactions by `begin`."""
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
