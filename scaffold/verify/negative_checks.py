"""What a server must not do: run in production without a secret, or call itself ready without a database."""

import os
import re
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from scaffold.errors import EnvironmentProblem
from scaffold.model.framework import Command, Starter
from scaffold.model.verification import Check
from scaffold.toolchain.run import Process, start
from scaffold.verify.command import Workspace, last_lines, repeat_command
from scaffold.verify.environment import free_port, settings_text
from scaffold.verify.exchange import Request, Response, exchange, split_base
from scaffold.verify.results import result

ANSWER_SECONDS = 20.0
"""For a server to end by itself, or to answer."""
NOT_READY = 503


def negative_checks(starter: Starter, project: Workspace, command: Command) -> Iterator[Check]:
    """Start the server wrongly configured, in each way that has to be noticed."""
    if starter.secrets:
        yield _check_secret(starter, project, command)
    if _settings_example(project.directory, "DATABASE_URL"):
        yield _check_database(project, command)


def _check_secret(starter: Starter, project: Workspace, command: Command) -> Check:
    begin = time.monotonic()
    found, tail = "", ""
    wrong: Mapping[str, str] = {}
    for name, wrong in _without_secret(starter, project.directory):
        response, tail = _try(project, command, wrong, "/")
        if response is not None and response.status < 500:  # noqa: PLR2004
            found = f"{response.status} {response.reason} from GET / with {name}"
            break
    return result(
        "refuses-no-secret",
        "boot",
        "The server refuses to start without its secret, or with the one of the example",
        found,
        expected="the server ends, and says which variable is missing",
        detail=last_lines(tail),
        repeat=repeat_command(project.directory, command, {**starter.environment, **wrong}),
        seconds=time.monotonic() - begin,
    )


def _check_database(project: Workspace, command: Command) -> Check:
    begin = time.monotonic()
    # Nothing can be made below what is no folder.
    url = f"sqlite:///{os.devnull}/none.sqlite3"
    ready, tail = _try(project, command, {"DATABASE_URL": url}, "/readyz")
    found = (
        ""
        if ready is None or ready.status == NOT_READY
        else f"{ready.status} {ready.reason} from GET /readyz"
    )
    return result(
        "ready-no-database",
        "boot",
        "The server is not ready when its database cannot be reached",
        found,
        expected="503 from GET /readyz, or a server that ends",
        detail=last_lines(tail),
        repeat=repeat_command(project.directory, command, {"DATABASE_URL": url}),
        seconds=time.monotonic() - begin,
    )


def _without_secret(starter: Starter, directory: Path) -> Iterator[tuple[str, Mapping[str, str]]]:
    yield "no secret", {secret.variable: "" for secret in starter.secrets}
    for secret in starter.secrets:
        example = _settings_example(directory, secret.variable, secret.example)
        if example:
            yield f"the {secret.variable} of {secret.example}", {secret.variable: example}


def _settings_example(directory: Path, variable: str, file: str = ".env.example") -> str:
    """Return the value that the example of the settings gives a variable; empty when it gives none."""
    found = re.search(rf"^{re.escape(variable)}=(.*)$", settings_text(directory / file), re.MULTILINE)
    return found[1].strip().strip("'\"") if found else ""


def _try(
    project: Workspace, command: Command, variables: Mapping[str, str], path: str
) -> tuple[Response | None, str]:
    """Return the first answer and the output of a server with other settings; no answer when it ended."""
    environment = {**project.environment, **variables, "PORT": str(free_port())}
    try:
        with start(command, cwd=project.directory, environment=environment) as process:
            response = _first_answer(process, f"http://127.0.0.1:{environment['PORT']}", path)
            return response, process.tail
    except EnvironmentProblem as problem:
        return None, problem.message


def _first_answer(process: Process, base: str, path: str) -> Response | None:
    deadline = time.monotonic() + ANSWER_SECONDS
    while time.monotonic() < deadline:
        response = exchange(split_base(base), Request(method="GET", path=path), 5.0).response
        if response is not None or process.wait(0.1):
            return response
    return None
