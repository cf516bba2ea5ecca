"""The databases of a run: fresh SQLite files, or databases of its own on a PostgreSQL server."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit, urlunsplit

from scaffold.errors import EnvironmentProblem, InvalidInput

if TYPE_CHECKING:
    import psycopg

CONNECT_SECONDS = 10


class Databases(NamedTuple):
    """URLs of one that the project's tests may use, one to serve, and one for the copy of the project."""

    tested: str
    served: str
    copied: str


@contextmanager
def fresh_databases(folder: Path, server: str | None) -> Iterator[Databases]:
    """Yield databases that nobody has used: files in ``folder``, or on the PostgreSQL ``server``.

    Those of a server are dropped after the block. Raises InvalidInput when ``server`` is no URL of
    one, and EnvironmentProblem when they cannot be made.
    """
    if server is None:
        yield Databases(*(f"sqlite:///{(folder / name).as_posix()}.sqlite3" for name in Databases._fields))
        return
    address = server.replace("postgres://", "postgresql://", 1)
    if not address.startswith("postgresql://"):
        raise InvalidInput(
            "--database-url does not name a PostgreSQL server",
            hint="Write postgresql://USER:PASSWORD@HOST:PORT/DATABASE of somebody who may create databases",
        )
    prefix = f"scaffold_verify_{secrets.token_hex(4)}"
    names = [f"{prefix}_{name}" for name in Databases._fields]
    try:
        _execute(address, [f'CREATE DATABASE "{name}"' for name in names])
        yield Databases(*(urlunsplit(urlsplit(address)._replace(path=f"/{name}")) for name in names))
    finally:
        _execute(address, [f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)' for name in names])


def server_version(server: str) -> str:
    """Return the version of a PostgreSQL server, such as 15.14; raises as :func:`fresh_databases` does."""
    with _connection(server) as connection:
        ((version,),) = connection.execute("SHOW server_version").fetchall()
    return str(version).partition(" ")[0]


def _execute(address: str, statements: list[str]) -> None:
    with _connection(address) as connection:
        for statement in statements:
            connection.execute(statement.encode())  # the names in it are ours


@contextmanager
def _connection(address: str) -> Iterator["psycopg.Connection[tuple[object, ...]]"]:
    try:
        import psycopg
    except ImportError as error:
        raise EnvironmentProblem(
            "--database-url needs the driver of PostgreSQL", hint="Install scaffold-backend[verify]"
        ) from error
    try:
        with psycopg.connect(address, autocommit=True, connect_timeout=CONNECT_SECONDS) as connection:
            yield connection
    except psycopg.Error as error:
        raise EnvironmentProblem(
            f"no database of verify's own can be made: {error}",
            hint="Check that the server of --database-url runs and that its user may create databases",
        ) from error
