{% if cookiecutter.database == "sqlite" %}
"""SQLite, by the standard library's own module."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from .config import Config, ConfigError

type Row = dict[str, Any]

Error = sqlite3.Error


class Database:
    def __init__(self, config: Config) -> None:
        if not config.database_url.startswith("sqlite:///"):
            raise ConfigError("DATABASE_URL must begin with sqlite:///.")
        self.path = config.database_url.removeprefix("sqlite:///")

    def query(self, sql: str, **parameters: object) -> list[Row]:
        """Run one statement, a transaction of its own. Parameters are named: `WHERE id = :id`."""
        with self.connect() as connection:
            return [dict(row) for row in connection.execute(sql, parameters)]

    @contextmanager
    def connect(self) -> Iterator[sqlite3.Connection]:
        """Open the file, which is cheap: threads share no connection."""
        with closing(sqlite3.connect(self.path, timeout=5, autocommit=True)) as connection:
            connection.row_factory = sqlite3.Row
            connection.executescript("PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON")
            yield connection

    def migrate(self) -> list[str]:
        """Apply the migrations that are missing, in the order of their names: all or none."""
        with self.connect() as connection:
            connection.execute("PRAGMA journal_mode = WAL")  # The file keeps it.
            connection.execute("PRAGMA foreign_keys = OFF")  # Or no table could be built anew.
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY)")
            applied = {row["name"] for row in connection.execute("SELECT name FROM migrations")}
            missing = [(name, sql) for name, sql in migrations() if name not in applied]
            for name, sql in missing:
                connection.executescript(sql)
                connection.execute("INSERT INTO migrations VALUES (?)", (name,))
            if connection.execute("PRAGMA foreign_key_check").fetchone():
                raise sqlite3.IntegrityError("A migration leaves foreign keys without a row.")
            connection.execute("COMMIT")  # After an error, closing rolls back.
        return [name for name, sql in missing]
{% else %}
"""PostgreSQL, by psycopg and its pool."""

import atexit
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, LiteralString

import psycopg
from psycopg.rows import DictRow, dict_row
from psycopg_pool import ConnectionPool

from .config import Config, ConfigError

type Row = dict[str, Any]

Error = psycopg.Error


class Database:
    def __init__(self, config: Config) -> None:
        if not config.database_url.startswith(("postgresql://", "postgres://")):
            raise ConfigError("DATABASE_URL must begin with postgresql://.")
        self.url = config.database_url
        options = f"-c statement_timeout={config.statement_timeout}s -c timezone=UTC"
        self.pool: ConnectionPool[psycopg.Connection[DictRow]] = ConnectionPool(
            self.url,
            kwargs={"row_factory": dict_row, "connect_timeout": 2, "options": options},
            check=ConnectionPool.check_connection,
            min_size=1,
            max_size=8,
            timeout=5,
            reconnect_timeout=5,  # Then the next request tries anew.
            open=False,
        )
        atexit.register(self.pool.close)  # Or its threads would delay the end.

    def query(self, sql: LiteralString, **parameters: object) -> list[Row]:
        """Run one statement, a transaction of its own. Parameters: `WHERE id = %(id)s`."""
        with self.transaction() as connection:
            cursor = connection.execute(sql, parameters or None)
            return cursor.fetchall() if cursor.description else []

    @contextmanager
    def transaction(self) -> Iterator[psycopg.Connection[DictRow]]:
        """Run several statements, all or none."""
        self.pool.open()  # On first use: in the process that serves, after it was forked.
        with self.pool.connection() as connection:
            yield connection

    def migrate(self) -> list[str]:
        """Apply the migrations that are missing, in the order of their names: all or none."""
        with psycopg.connect(self.url, connect_timeout=5) as connection:
            connection.execute("SELECT pg_advisory_xact_lock(1)")  # One at a time.
            connection.execute("CREATE TABLE IF NOT EXISTS migrations (name text PRIMARY KEY)")
            applied = {name for (name,) in connection.execute("SELECT name FROM migrations")}
            missing = [(name, sql) for name, sql in migrations() if name not in applied]
            for name, sql in missing:
                connection.execute(sql.encode())
                connection.execute("INSERT INTO migrations VALUES (%s)", (name,))
        return [name for name, sql in missing]
{% endif %}


def migrations() -> list[tuple[str, str]]:
    """Return the names of the migrations and their SQL."""
    files = Path(__file__).parent.glob("migrations/*.sql")
    return sorted((file.name, file.read_text("utf-8")) for file in files)


def now(later: timedelta = timedelta()) -> str:
    return (datetime.now(UTC) + later).isoformat(timespec="microseconds")
