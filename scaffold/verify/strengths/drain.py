"""The strength `drain`: a server that is told to stop first tells the balancer, and loses no request.

The clients here behave like a balancer: they look at `/readyz`, and open no new connection
once it says 503. Whoever goes on connecting until the listener closes may find it closing.
"""

import http.client
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Event

from scaffold.errors import EnvironmentProblem
from scaffold.model.framework import Command
from scaffold.model.verification import Check
from scaffold.verify.boot import Server, await_answer, serving
from scaffold.verify.client import ME, Client
from scaffold.verify.command import last_lines
from scaffold.verify.exchange import connect, split_base
from scaffold.verify.results import result
from scaffold.verify.stopping import STOP_SECONDS
from scaffold.verify.subject import Subject

DRAIN_SECONDS = 2.0
NOTICE_SECONDS = 0.5
"""From TERM to the first 503 of /readyz."""
KEEP_ALIVE = 16
SLOW = 4
RUN_UP_SECONDS = 1.0
_LOOK = 0.05


class _Watch:
    """What the clients see: when /readyz first said 503, what was lost, and who kept a connection."""

    def __init__(self) -> None:
        self.draining = Event()
        self.first = 0.0
        self.lost: list[str] = []
        self.kept = 0
        self.answered = 0


def drain_checks(subject: Subject, command: Command, client: Client) -> Iterator[Check]:
    """Boot with a time to drain, send TERM under load, and count what was lost."""
    begin = time.monotonic()
    name = subject.starter.variables.get("drain")
    token = client.token.value if client.token else ""
    found, tail, remark = "the template names no variable for it", "", ""
    if name:
        try:
            with serving(subject.production, command, {name: f"{DRAIN_SECONDS:.0f}"}) as server:
                found = await_answer(server)
                if not found:
                    found, remark = _drained(server, token)
                tail = server.process.tail
        except EnvironmentProblem as error:
            found = error.message
    yield result(
        "drain",
        "strengths",
        "A server that is told to stop says so to the balancer and loses no request",
        found,
        expected=f"503 from /readyz within {NOTICE_SECONDS} s, Connection: close from then on, "
        f"a listener until {DRAIN_SECONDS:.0f} s after TERM, and every request answered",
        detail=last_lines(tail),
        seconds=time.monotonic() - begin,
        remark=remark,
    )


def _drained(server: Server, token: str) -> tuple[str, str]:
    watch = _Watch()
    with ThreadPoolExecutor(KEEP_ALIVE + SLOW) as pool:
        for number in range(KEEP_ALIVE + SLOW):
            pool.submit(_client, server, token, watch, slow=number < SLOW)
        time.sleep(RUN_UP_SECONDS)
        told = time.monotonic()
        server.process.terminate()
        closed = _look_until_closed(server, watch, told)
        watch.draining.set()
    ended = server.process.wait(max(0.1, told + STOP_SECONDS - time.monotonic()))
    return _judged(watch, told, closed, ended=ended), f"{watch.answered} requests, none lost"


def _judged(watch: _Watch, told: float, closed: float, *, ended: bool) -> str:
    if not watch.first:
        return "/readyz never said 503"
    if watch.first - told > NOTICE_SECONDS:
        return f"/readyz said 503 after {watch.first - told:.1f} s"
    if watch.kept:
        return f"{watch.kept} answers after the first 503 without Connection: close"
    if watch.lost:
        return f"{len(watch.lost)} of {watch.answered + len(watch.lost)} requests lost: {watch.lost[0]}"
    if closed - told < DRAIN_SECONDS - NOTICE_SECONDS:
        return f"the listener closed {closed - told:.1f} s after TERM"
    return "" if ended else f"still running {STOP_SECONDS:.0f} s after TERM"


def _look_until_closed(server: Server, watch: _Watch, told: float) -> float:
    """Ask /readyz, each time on a connection of its own, until none is accepted; return when that was."""
    while time.monotonic() < told + STOP_SECONDS:
        connection = connect(split_base(server.base), STOP_SECONDS)
        try:
            connection.connect()
            connection.request("GET", "/readyz")
            status = connection.getresponse().status
        except ConnectionRefusedError:
            break
        except (OSError, http.client.HTTPException):
            status = 0  # opened while the listener closed, which no balancer does
        finally:
            connection.close()
        if status == 503 and not watch.first:  # noqa: PLR2004
            watch.first = time.monotonic()
            watch.draining.set()
        time.sleep(_LOOK)
    return time.monotonic()


def _client(server: Server, token: str, watch: _Watch, *, slow: bool) -> None:
    connection = connect(split_base(server.base), STOP_SECONDS)
    is_open = False
    try:
        while is_open or not watch.draining.is_set():
            connection.connect() if not is_open else None
            sent = time.monotonic()
            is_open = _ask(connection, token, slow=slow)
            watch.answered += 1
            watch.kept += is_open and watch.draining.is_set() and sent > watch.first
            if not is_open:
                connection.close()
            time.sleep(0.005)
    except (OSError, http.client.HTTPException) as error:
        watch.lost.append(str(error) or type(error).__name__)
    finally:
        connection.close()


def _ask(connection: http.client.HTTPConnection, token: str, *, slow: bool) -> bool:
    """Send a request, a slow one in two parts, and say whether the connection stays open."""
    connection.putrequest("GET", ME)
    connection.putheader("Authorization", f"Bearer {token}")
    if slow:
        connection.putheader("Content-Length", "2")
    connection.endheaders(b"{" if slow else None)
    if slow:
        time.sleep(0.2)
        with suppress(ConnectionError):  # who needs no body may have answered and closed
            connection.send(b"}")
    response = connection.getresponse()
    response.read()
    if response.status != 200:  # noqa: PLR2004
        raise http.client.HTTPException(f"{response.status} {response.reason}")
    return not response.will_close
