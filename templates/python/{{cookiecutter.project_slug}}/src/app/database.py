"""SQLite or PostgreSQL behind four methods; the SQL is the same for both."""

import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

from .config import ConfigError

type Row = dict[str, Any]


class DatabaseError(Exception):
    """The database cannot be reached or refuses a statement."""


class Connection:
    """A transaction. Parameters are named: `WHERE id = :id`."""

    def __init__(self, connection: Any, *, named: str) -> None:
        self._connection = connection
        self._named = named

    def query(self, sql: str, parameters: Mapping[str, object] | None = None) -> list[Row]:
        sql = re.sub(r":(\w+)", self._named, sql)
        with closing(self._connection.cursor()) as cursor:
            cursor.execute(sql, parameters or {})
            if cursor.description is None:
                return []
            names = [column[0] for column in cursor.description]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def script(self, sql: str) -> None:
        if isinstance(self._connection, sqlite3.Connection):
            self._connection.executescript(sql)
        else:
            self._connection.execute(sql)


class Database:
    def __init__(self, url: str) -> None:
        self.url = url
        self.kind = urlsplit(url).scheme
        if self.kind not in ("sqlite", "postgresql"):
            raise ConfigError("DATABASE_URL must begin with sqlite:/// or postgresql://.")

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """Open a connection that commits at the end, or rolls back: threads share none."""
        errors: tuple[type[Exception], ...]
        if self.kind == "sqlite":
            connect, errors, named = self._sqlite, (sqlite3.Error,), r":\1"
        else:
            try:
                import psycopg
            except ModuleNotFoundError:
                raise ConfigError("PostgreSQL needs `uv sync --extra postgresql`.") from None
            connect, errors, named = self._postgresql, (psycopg.Error,), r"%(\1)s"
        try:
            with closing(connect()) as connection:
                yield Connection(connection, named=named)
                connection.commit()
        except errors as error:
            raise DatabaseError(str(error)) from error

    def _sqlite(self) -> Any:
        path = self.url.removeprefix("sqlite:///")
        connection = sqlite3.connect(path, timeout=5, autocommit=True)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.autocommit = False
        return connection

    def _postgresql(self) -> Any:
        import psycopg

        return psycopg.connect(self.url, connect_timeout=5)

    def migrate(self) -> list[str]:
        """Apply the migrations that are missing, in the order of their names."""
        applied = []
        with self.transaction() as connection:
            connection.query("CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY)")
            known = {row["name"] for row in connection.query("SELECT name FROM migrations")}
            folder = files("app") / "migrations" / self.kind
            found = folder.iterdir() if folder.is_dir() else ()
            for file in sorted(found, key=lambda file: file.name):
                if file.name.endswith(".sql") and file.name not in known:
                    connection.script(file.read_text(encoding="utf-8"))
                    connection.query("INSERT INTO migrations VALUES (:name)", {"name": file.name})
                    applied.append(file.name)
        return applied
