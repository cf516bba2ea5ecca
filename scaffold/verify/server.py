"""Boot a project's production server, hold it against the contract, and stop it as a platform would."""

import http.client
import re
import shlex
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from scaffold.errors import EnvironmentProblem
from scaffold.model.framework import Command, Starter
from scaffold.model.verification import Check
from scaffold.toolchain.run import Process, start
from scaffold.verify.command import Workspace, last_lines, repeat_command, run_commands
from scaffold.verify.contract import check_contract
from scaffold.verify.environment import is_free, secret_values
from scaffold.verify.exchange import Request, connect, exchange, split_base
from scaffold.verify.negative_checks import negative_checks
from scaffold.verify.results import result, skipped_steps

BOOT_SECONDS = 90.0
WARM_UP_SECONDS = 5.0
"""How long a server that answers may say that it is not ready yet."""
STOP_SECONDS = 10.0
"""Between TERM and the end; what container engines grant by default."""

_TAKEN = re.compile(
    r"(?i)(address|port\b.*|connection) (is )?(already )?(in use|taken)|EADDRINUSE|one usage of each socket"
)
_PORT = re.compile(r"(?:port |[:,] ?)(\d{3,5})\b")

_NEED_SERVER = ("contract", "stop")
_HEALTH = Request(method="GET", path="/healthz")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Server:
    """A server that was started, and where it should answer."""

    process: Process
    base: str


def check_served(starter: Starter, project: Workspace, steps: Collection[str]) -> Iterator[Check]:
    """Build, prepare and serve the project; of boot, contract and stop those that are in ``steps``."""
    *first, command = starter.commands["serve"]
    for name, commands in (
        ("build", starter.commands.get("build", ())),
        ("prepare", starter.commands.get("prepare", ())),
        ("serve", first),
    ):
        for check in run_commands("boot", name, commands, project):
            yield check
            if check.outcome == "failed":
                yield from skipped_steps(_NEED_SERVER, steps, f"`{name}` failed")
                return
    yield from negative_checks(starter, project, command)
    yield from _check_server(starter, project, steps, command)


def _check_server(
    starter: Starter, project: Workspace, steps: Collection[str], command: Command
) -> Iterator[Check]:
    begin = time.monotonic()
    port = project.environment["PORT"]
    base = f"http://127.0.0.1:{port}"
    try:
        _expect_free(port)
        with start(command, cwd=project.directory, environment=project.environment) as process:
            server = _Server(process=process, base=base)
            problem = _await_answer(server)
            problem = (problem and _taken_port(process.tail, port)) or problem
            yield _boot_check(starter, project, command, problem, process.tail, time.monotonic() - begin)
            if problem:
                yield from skipped_steps(_NEED_SERVER, steps, "the server did not start")
                return
            yield _host_check(server)
            secrets = secret_values(starter, project.environment)
            if "contract" in steps:
                yield from check_contract(base, shown_base=_shown_base(starter), secrets=secrets)
            if "stop" in steps:
                yield _stop_check(server, project, command)
                yield _output_check(server, secrets)
    except EnvironmentProblem as error:
        yield _boot_check(starter, project, command, error.message, "", time.monotonic() - begin)
        yield from skipped_steps(_NEED_SERVER, steps, "the server did not start")


def _await_answer(server: _Server) -> str:
    """Return why requests cannot be sent to the server; to one that answers at all they can."""
    deadline = time.monotonic() + BOOT_SECONDS
    answered = False
    while time.monotonic() < deadline:
        response = exchange(split_base(server.base), _HEALTH, 5.0).response
        if response is not None and response.status < 500:  # noqa: PLR2004
            return ""
        if response is not None and not answered:
            answered, deadline = True, time.monotonic() + WARM_UP_SECONDS
        if server.process.wait(0.1):
            return f"the server ended with status {server.process.code} before it answered"
    return "" if answered else f"nothing answered at {server.base} within {BOOT_SECONDS:.0f} s"


def _expect_free(port: str) -> None:
    """Raise EnvironmentProblem when the port was taken meanwhile: another would answer for the server."""
    if not is_free(int(port)):
        raise EnvironmentProblem(f"port {port} is taken by another program")


def _taken_port(output: str, port: str) -> str:
    """Return which port is taken when the server says that one is: it may name it, or means its own."""
    said = next(filter(_TAKEN.search, output.splitlines()), "")
    return f"port {(_PORT.findall(said) or [port])[-1]} is taken" if said else ""


def _boot_check(  # noqa: PLR0913, PLR0917 - what is known of one boot
    starter: Starter, project: Workspace, command: Command, problem: str, tail: str, seconds: float
) -> Check:
    variables = {**starter.environment, "HOST": "127.0.0.1", "PORT": "8000"}
    return result(
        "boot",
        "boot",
        f"`{shlex.join(command)}` answers at HOST and PORT",
        problem,
        expected="an answer to GET /healthz at the HOST and PORT that were set",
        detail=last_lines(tail),
        repeat=repeat_command(project.directory, command, variables),
        seconds=seconds,
    )


def _host_check(server: _Server) -> Check:
    """Try another address of this machine; systems that have only one pass."""
    elsewhere = split_base(server.base.replace("127.0.0.1", "127.0.0.2"))
    response = exchange(elsewhere, _HEALTH, 2.0).response
    return result(
        "host",
        "boot",
        "The server listens at HOST alone",
        f"{response.status} {response.reason} from 127.0.0.2" if response else "",
        expected="no answer at 127.0.0.2 when HOST is 127.0.0.1",
    )


def _stop_check(server: _Server, project: Workspace, command: Command) -> Check:
    begin = time.monotonic()
    return result(
        "stop",
        "stop",
        f"TERM ends the server within {STOP_SECONDS:.0f} s, though a client keeps a connection",
        _stop(server),
        expected=f"no process left {STOP_SECONDS:.0f} s after TERM",
        detail=last_lines(server.process.tail),
        repeat=repeat_command(project.directory, ("timeout", "-s", "TERM", "20", *command)),
        seconds=time.monotonic() - begin,
    )


def _stop(server: _Server) -> str:
    if server.process.code is not None:
        return f"the server had ended by itself, with status {server.process.code}"
    with _idle_connection(server.base):
        server.process.terminate()
        if not server.process.wait(STOP_SECONDS):
            return f"still running {STOP_SECONDS:.0f} s after TERM"
    return "the server ended, and processes that it started still run" if _lingers(server.process) else ""


def _output_check(server: _Server, secrets: Collection[str]) -> Check:
    lines = server.process.tail.splitlines()
    said = next((line for line in lines if any(secret in line for secret in secrets)), "")
    return result(
        "no-secret-said",
        "stop",
        "The server's output holds no secret",
        "a line with a secret" if said else "",
        expected="no value of a secret in the logs",
        detail=said,
    )


@contextmanager
def _idle_connection(base: str) -> Iterator[None]:
    connection = connect(split_base(base), 5.0)
    try:
        with suppress(OSError, http.client.HTTPException):
            connection.request("GET", "/healthz")
            connection.getresponse().read()
        yield
    finally:
        connection.close()


def _lingers(process: Process) -> bool:
    """Give helpers that end by themselves a second to do so."""
    for _ in range(10):
        if not process.has_others():
            return False
        time.sleep(0.1)
    return True


def _shown_base(starter: Starter) -> str:
    parts = split_base(starter.url)
    return f"{parts.scheme}://{parts.netloc}"
