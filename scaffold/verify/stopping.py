"""Stop a server as a platform would: what has begun is answered, and nothing is left."""

import http.client
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress

from scaffold.model.framework import Command
from scaffold.model.verification import Check
from scaffold.toolchain.run import Process
from scaffold.verify.boot import Server
from scaffold.verify.client import TASKS, Client, Unmet, expect_status
from scaffold.verify.command import Workspace, last_lines, repeat_command
from scaffold.verify.exchange import connect, response_of, split_base
from scaffold.verify.results import result, skipped

STOP_SECONDS = 10.0
"""Between TERM and the end; what container engines grant by default."""
BODY = b'{"title": "Begun before the end"}'
_ENDS = (0, -15, 143)
"""Exit statuses of a server that was told to stop: none, or by the signal."""


def stop_checks(server: Server, project: Workspace, command: Command, client: Client) -> Iterator[Check]:
    """Send TERM while one client is idle and another in the middle of a request, and look at both."""
    begin = time.monotonic()
    if server.process.code is not None:
        found, finished = f"the server had ended by itself, with status {server.process.code}", ""
    else:
        found, finished = _stop(server, client)
    yield result(
        "stop",
        "stop",
        f"TERM ends the server within {STOP_SECONDS:.0f} s, though a client keeps a connection",
        found,
        expected=f"no process left {STOP_SECONDS:.0f} s after TERM, and exit status 0 or that of the signal",
        detail=last_lines(server.process.tail),
        repeat=repeat_command(project.directory, ("timeout", "-s", "TERM", "20", *command)),
        seconds=time.monotonic() - begin,
    )
    sentence = "A POST whose body is half sent at TERM gets its answer"
    lacking = next((client.lacks[need] for need in ("token", "example") if need in client.lacks), "")
    if lacking:
        yield skipped("finish", "stop", sentence, lacking)
    else:
        yield result("finish", "stop", sentence, finished or found, expected="201")


def _stop(server: Server, client: Client) -> tuple[str, str]:
    """Return what was wrong with the end, and with the request that had begun."""
    finished = ""
    with ExitStack() as clients:
        clients.enter_context(_idle_connection(server.base))
        begun = clients.enter_context(_begun(client)) if "example" not in client.lacks else None
        server.process.terminate()
        if begun is not None:
            time.sleep(0.3)
            finished = _finish(begun)
        if not server.process.wait(STOP_SECONDS):
            return f"still running {STOP_SECONDS:.0f} s after TERM", finished
    if _lingers(server.process):
        return "the server ended, and processes that it started still run", finished
    code = server.process.code
    if code not in _ENDS:
        return f"exit status {code}", finished
    return "", finished


@contextmanager
def _begun(client: Client) -> Iterator[http.client.HTTPConnection]:
    """Send a request and half its body."""
    connection = client.connection(STOP_SECONDS)
    try:
        with suppress(OSError):
            connection.putrequest("POST", TASKS)
            connection.putheader("Authorization", f"Bearer {client.token.value if client.token else ''}")
            connection.putheader("Content-Type", "application/json")
            connection.putheader("Content-Length", str(len(BODY)))
            connection.endheaders(BODY[:10])
            time.sleep(0.3)  # the server is to have read that
        yield connection
    finally:
        connection.close()


def _finish(connection: http.client.HTTPConnection) -> str:
    try:
        connection.send(BODY[10:])
        expect_status(response_of(connection.getresponse()), 201)
    except Unmet as unmet:
        return str(unmet)
    except (OSError, http.client.HTTPException) as error:
        return f"no answer: {str(error) or type(error).__name__}"
    return ""


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
