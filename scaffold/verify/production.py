"""A copy of the project without its settings: what a fresh clone can do, and what production obeys."""

import secrets
import shutil
import sqlite3
import time
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from scaffold.errors import EnvironmentProblem
from scaffold.model.framework import Command, Starter
from scaffold.model.verification import Check
from scaffold.verify.boot import Server, await_answer, serving
from scaffold.verify.client import ME, Client, Unmet, expect_problem, expect_status
from scaffold.verify.command import (
    Workspace,
    completed_command,
    expanded,
    failure_of,
    last_lines,
    repeat_command,
)
from scaffold.verify.contract.check import ContractCheck, run_check
from scaffold.verify.contract.information_disclosure import TRACE
from scaffold.verify.contract.log import host
from scaffold.verify.contract.request_id import HEADER
from scaffold.verify.credentials import make_token, run_for, runner, token_maker
from scaffold.verify.results import result, skipped
from scaffold.verify.served import Served, value_at
from scaffold.verify.subject import Subject

HOSTILE_DATABASE = "not-in-production"
HOSTILE = {
    **dict.fromkeys(("DEBUG", "APP_DEBUG", "FLASK_DEBUG", "DJANGO_DEBUG"), "true"),
    **dict.fromkeys(("NODE_ENV", "APP_ENV", "RAILS_ENV", "RACK_ENV", "FLASK_ENV"), "development"),
    "ASPNETCORE_ENVIRONMENT": "Development",
    "DATABASE_URL": f"sqlite:///{HOSTILE_DATABASE}.sqlite3",
}
"""A developer's settings, which production must not take."""
STEPS = ("install", "build", "prepare", "token", "test")
_PLAIN = "A plain checkout installs, builds, prepares, makes a token and passes its tests"
_PRODUCTION = "`serve` is production, whatever a developer's `.env` says"


def production_checks(subject: Subject, files: Iterable[str], command: Command) -> Iterator[Check]:
    """Copy the project's ``files``, work on the copy as on a fresh clone, and serve it in production."""
    _copy(files, subject.work.directory, subject.copy.directory)
    begin = time.monotonic()
    problem, tail, step = _plain_checkout(subject.starter, subject.copy)
    yield result(
        "plain-checkout",
        "boot",
        _PLAIN,
        problem,
        expected="every command succeeds in a copy with an empty environment",
        detail=last_lines(tail),
        repeat=_repeat(subject, step) if step else "",
        seconds=time.monotonic() - begin,
    )
    if step in {"install", "build", "prepare"}:
        yield skipped("production", "boot", _PRODUCTION, f"`{step}` failed")
        yield skipped("failure", "boot", FAILURE.sentence, f"`{step}` failed")
        return
    (subject.copy.directory / ".env").write_text("".join(f"{k}={v}\n" for k, v in HOSTILE.items()), "utf-8")
    yield from _production(subject, command)


def _copy(files: Iterable[str], source: Path, target: Path) -> None:
    for name in files:
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(source / name, target / name, follow_symlinks=False)


def _plain_checkout(starter: Starter, copy: Workspace) -> tuple[str, str, str]:
    """Return what went wrong, what was said, and in which step."""
    for step in STEPS:
        for command in starter.commands.get(step, ()):
            values = {"name": "plain-checkout", "rights": "read"}
            completed = completed_command(command, copy, values)
            if completed.code:
                tail = completed.tail if step != "token" else ""  # it may hold the token
                return f"`{step}`: {failure_of(completed)}", tail, step
    return "", "", ""


def _repeat(subject: Subject, step: str) -> str:
    words, assigned = expanded(subject.starter.commands[step][-1])
    return repeat_command(subject.work.directory, words, assigned)


def _production(subject: Subject, command: Command) -> Iterator[Check]:
    starter = subject.starter
    # The commands of the copy see no environment but this: that of a platform, without the user's settings.
    given = {
        **starter.environment,
        **{secret.variable: secrets.token_urlsafe(secret.bytes) for secret in starter.secrets},
        starter.variables.get("host", "HOST"): "127.0.0.1",
        "DATABASE_URL": subject.copy_database,
    }
    project = subject.copy.having(given)
    problem = run_for(starter, project, "prepare", {}) if starter.commands.get("prepare") else ""
    token, made = make_token(starter, project, "production", "read")
    problem = problem or (made.found if made.outcome == "failed" else "")
    try:
        with serving(project, command) as server:
            problem = problem or await_answer(server)
            if not problem:
                client = _client(subject, server, token)
                yield run_check(PRODUCTION, client, server.base)
                yield run_check(FAILURE, client, server.base)
                return
            tail = server.process.tail
    except EnvironmentProblem as error:
        problem, tail = error.message, ""
    yield result(
        "production", "boot", _PRODUCTION, problem, expected=PRODUCTION.expected, detail=last_lines(tail)
    )
    yield skipped("failure", "boot", FAILURE.sentence, "the server did not start")


def _client(subject: Subject, server: Server, token: str) -> Client:
    url = subject.copy_database
    file = Path(url.removeprefix("sqlite:///")) if url.startswith("sqlite:///") else None
    lacks = dict(subject.lacks)
    if file is None:
        lacks["sqlite"] = "the tables of a PostgreSQL server are left alone"
    served = Served(
        starter=subject.starter,
        directory=subject.copy.directory,
        output=server.output,
        database=file,
        run=runner(subject.starter, subject.copy),
        make_token=token_maker(subject.starter, subject.copy),
    )
    return Client(server.base, token=token, lacks=lacks, served=served)


def production(client: Client) -> None:
    """See that the server is in production: no other database, no foreign host, no word of its inside."""
    expect_status(client.get("/readyz"), 200)
    expect_status(client.get(ME), 200)
    host(client)
    response = client.get("/no-such-page", headers={HEADER: "production"})
    found = TRACE.search(response.text)
    if found:
        raise Unmet(f"`{found[0].strip()[:100]}` in the answer with {response.status}")
    if client.served and not client.served.lines_of("production"):
        raise Unmet("no line of JSON for a request")
    if client.served and (made := next(client.served.directory.rglob(f"{HOSTILE_DATABASE}*"), None)):
        raise Unmet(f"the database of `.env` was made: {made.name}")


def failure(client: Client) -> None:
    """See that an error of the service's own tells the log everything and the client nothing."""
    served = client.served
    if served is None or served.database is None:
        raise Unmet("no database")
    _drop_tables(served.database)
    response = client.get(ME, headers={HEADER: "failure"})
    expect_problem(response, 500)
    found = TRACE.search(response.text)
    if found:
        raise Unmet(f"`{found[0].strip()[:100]}` in the answer with 500")
    if response.headers.get(HEADER.lower()) != "failure":
        raise Unmet(f"{HEADER}: {response.headers.get(HEADER.lower()) or '(none)'}")
    _expect_error_line(served)
    expect_status(client.get("/readyz"), 200, 503)


def _expect_error_line(served: Served) -> None:
    log: Any = served.starter.log
    lines = served.lines_of("failure")
    errors = [line for line in lines if log and value_at(line, log.level) in log.error_values]
    if not errors:
        raise Unmet(f"{len(lines)} lines for the request, none of them an error" if lines else "no line")
    if "no such table" not in f"{lines}":
        raise Unmet("an error line without the exception")


def _drop_tables(file: Path) -> None:
    with closing(sqlite3.connect(file, timeout=10, isolation_level=None)) as database:
        database.execute("PRAGMA foreign_keys = OFF")
        names = database.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        )
        for (name,) in names.fetchall():
            database.execute(f'DROP TABLE IF EXISTS "{name}"')


PRODUCTION = ContractCheck(
    id="production",
    level="must",
    sentence=_PRODUCTION,
    expected="the database and the hosts of the environment, JSON lines, and nothing of the inside",
    probe=production,
    step="boot",
)
FAILURE = ContractCheck(
    id="failure",
    level="must",
    sentence="An error of the service's own is a bare 500, and an error line in the log",
    expected="500 application/problem+json with the request id, and the exception in the log",
    probe=failure,
    needs=("sqlite",),
    step="boot",
)
