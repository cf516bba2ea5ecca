"""What a server must not do: run in production without a secret, or call itself ready without a database."""

import os
import re
import socket
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

from scaffold.errors import EnvironmentProblem
from scaffold.model.framework import Command, Starter
from scaffold.model.verification import Check
from scaffold.verify.boot import Server, serving
from scaffold.verify.command import Workspace, expanded, last_lines, repeat_command
from scaffold.verify.environment import settings_text
from scaffold.verify.exchange import Response
from scaffold.verify.results import result

ANSWER_SECONDS = 20.0
"""For a server to end by itself, or to answer."""
SILENT_SECONDS = 8.0
"""For a server to say that it is not ready when its database says nothing: it may wait 5 s for that."""
NOT_READY = 503


def negative_checks(starter: Starter, project: Workspace, command: Command) -> Iterator[Check]:
    """Start the server wrongly configured, in each way that has to be noticed."""
    if starter.secrets:
        cases = tuple(_without_secret(starter, project.directory))
        yield _refusal_check(
            starter,
            project,
            command,
            "refuses-no-secret",
            "The server refuses to start without its secret, or with the one of the example",
            cases,
        )
    if "hosts" in starter.variables:
        yield _refusal_check(
            starter,
            project,
            command,
            "refuses-no-host",
            "The server refuses to start without the host names it is to answer to",
            (("no host name", {starter.variables["hosts"]: ""}),),
        )
    if "DATABASE_URL=" in settings_text(project.directory / ".env.example"):  # even where it is commented out
        yield _check_database(project, command)
        yield _check_silent_database(project, command)


def port_taken_check(project: Workspace, command: Command, port: int) -> Check:
    """Start a second server on the port of the first."""
    begin = time.monotonic()
    found, tail = _second(project, command, port)
    return result(
        "port-taken",
        "boot",
        "A server whose port is taken ends and names it",
        found,
        expected="an exit status that is not 0, and the port in the output",
        detail=last_lines(tail),
        repeat=repeat_command(project.directory, expanded(command)[0], {"PORT": "8000"}),
        seconds=time.monotonic() - begin,
    )


def _second(project: Workspace, command: Command, port: int) -> tuple[str, str]:
    with serving(project, command, {"PORT": str(port)}, taken=True) as server:
        if not server.process.wait(ANSWER_SECONDS):
            return f"still running after {ANSWER_SECONDS:.0f} s", server.process.tail
        tail = server.process.tail
    if server.process.code == 0:
        return "exit status 0", tail
    return ("" if str(port) in tail else "the port is not in the output"), tail


def _refusal_check(  # noqa: PLR0913, PLR0917 - what is known of one check
    starter: Starter,
    project: Workspace,
    command: Command,
    id: str,
    sentence: str,
    cases: tuple[tuple[str, Mapping[str, str]], ...],
) -> Check:
    begin = time.monotonic()
    found, tail = "", ""
    wrong: Mapping[str, str] = {}
    for name, wrong in cases:
        response, tail = _try(project, command, wrong, "/")
        if response is not None and response.status < 500:  # noqa: PLR2004
            found = f"{response.status} {response.reason} from GET / with {name}"
            break
    return result(
        id,
        "boot",
        sentence,
        found,
        expected="the server ends, and says which variable is missing",
        detail=last_lines(tail),
        repeat=_repeat(project, command, {**starter.environment, **wrong}),
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
        repeat=_repeat(project, command, {"DATABASE_URL": url}),
        seconds=time.monotonic() - begin,
    )


def _check_silent_database(project: Workspace, command: Command) -> Check:
    begin = time.monotonic()
    with _silent_listener() as port:
        url = f"postgresql://verify:verify@127.0.0.1:{port}/verify"
        ready, tail = _try(project, command, {"DATABASE_URL": url}, "/readyz", seconds=SILENT_SECONDS)
    return result(
        "not-ready",
        "boot",
        "The server is not ready when its database accepts and stays silent",
        f"200 {ready.reason} from GET /readyz" if ready is not None and ready.status == 200 else "",  # noqa: PLR2004
        expected="no 200 from GET /readyz",
        detail=last_lines(tail),
        repeat=_repeat(project, command, {"DATABASE_URL": url}),
        seconds=time.monotonic() - begin,
    )


@contextmanager
def _silent_listener() -> Iterator[int]:
    """Accept every connection and say nothing; yield the port."""
    with socket.create_server(("127.0.0.1", 0), backlog=64) as listener:
        listener.settimeout(0.1)
        accepted: list[socket.socket] = []
        ended: list[bool] = []

        def accept() -> None:
            while not ended:
                try:
                    accepted.append(listener.accept()[0])
                except TimeoutError:
                    continue
                except OSError:
                    return

        thread = Thread(target=accept, daemon=True)
        thread.start()
        try:
            yield listener.getsockname()[1]
        finally:
            ended.append(True)
            thread.join()
            for connection in accepted:
                connection.close()


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


def _repeat(project: Workspace, command: Command, variables: Mapping[str, str]) -> str:
    words, assigned = expanded(command)
    return repeat_command(project.directory, words, {**variables, **assigned})


def _try(
    project: Workspace,
    command: Command,
    variables: Mapping[str, str],
    path: str,
    *,
    seconds: float = ANSWER_SECONDS,
) -> tuple[Response | None, str]:
    """Return the first answer and the output of a server with other settings; no answer when it ended."""
    try:
        with serving(project, command, variables) as server:
            return _first_answer(server, path, seconds), server.process.tail
    except EnvironmentProblem as problem:
        return None, problem.message


def _first_answer(server: Server, path: str, seconds: float) -> Response | None:
    deadline = time.monotonic() + seconds
    while (left := deadline - time.monotonic()) > 0:
        response = server.get(path, min(left, 5.0))
        if response is not None or server.process.wait(0.1):
            return response
    return None
