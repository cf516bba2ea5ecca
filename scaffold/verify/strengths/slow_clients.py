"""The strength `slow-clients`: who sends a byte now and then keeps nobody waiting, and is cut."""

import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from urllib.parse import urlsplit

from scaffold.verify.client import ME, TASKS, Client, Unmet
from scaffold.verify.contract.check import ContractCheck

CLIENTS = 20
"""Of each kind: a header that never ends, and a body."""
CUT_SECONDS = 30.0
HEALTH_SECONDS = 1.0
TRICKLE_SECONDS = 0.5


def slow_clients(client: Client) -> None:
    """See that others are served throughout, and that each slow one is cut."""
    with ExitStack() as stack:
        open_ones = [stack.enter_context(connection) for connection in _begin(client)]
        deadline = time.monotonic() + CUT_SECONDS
        while open_ones and time.monotonic() < deadline:
            begin = time.monotonic()
            healthy = client.get("/healthz").status == 200  # noqa: PLR2004
            seconds = time.monotonic() - begin
            if not healthy or seconds > HEALTH_SECONDS:
                raise Unmet(f"/healthz took {seconds:.1f} s" if healthy else "/healthz failed")
            open_ones = [connection for connection in open_ones if _trickle(connection)]
            time.sleep(TRICKLE_SECONDS)
    if open_ones:
        raise Unmet(f"{len(open_ones)} of {2 * CLIENTS} were not cut within {CUT_SECONDS:.0f} s")


def _begin(client: Client) -> Iterator[socket.socket]:
    parts = urlsplit(client.base)
    path = TASKS if "example" not in client.lacks else ME
    token = client.token.value if client.token else ""
    start = f"POST {path} HTTP/1.1\r\nHost: {parts.netloc}\r\n"
    headers = ("Content-Type: application/json", "Content-Length: 900", f"Authorization: Bearer {token}")
    whole = "\r\n".join((f"{start}{headers[0]}", *headers[1:], "", ""))
    for text in (f"{start}X-Slow: ", whole):
        for _ in range(CLIENTS):
            connection = socket.create_connection((parts.hostname or "", parts.port or 80), timeout=5)
            connection.sendall(text.encode())
            connection.setblocking(False)  # noqa: FBT003 - the name is the standard library's
            yield connection


def _trickle(connection: socket.socket) -> bool:
    """Send a byte and say whether the server goes on listening; an answer is the end of it too."""
    with suppress(BlockingIOError):
        with suppress(ConnectionError):
            connection.recv(1)
        return False
    with suppress(OSError):
        connection.send(b" ")
        return True
    return False


CHECKS = (
    ContractCheck(
        id="slow-clients",
        level="must",
        sentence=f"{2 * CLIENTS} clients that send a byte now and then keep nobody waiting, and are cut",
        expected=f"/healthz within {HEALTH_SECONDS:.0f} s, and each cut within {CUT_SECONDS:.0f} s",
        probe=slow_clients,
        needs=("process", "token"),
        step="strengths",
    ),
)
