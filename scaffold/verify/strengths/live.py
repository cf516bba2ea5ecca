"""The strength `live`: an open stream hears of changes."""

import http.client
import time
from contextlib import suppress
from threading import Thread

from scaffold.verify.browser import Browser
from scaffold.verify.client import Client, Undecided, Unmet
from scaffold.verify.contract.check import ContractCheck

SETTLE_SECONDS = 0.5
EVENT_SECONDS = 5.0


def live(client: Client) -> None:
    """See that a task that is made reaches who watches, and that nobody watches unknown."""
    stream = client.served.starter.live if client.served else None
    if stream is None:
        raise Undecided("the template names no stream")
    if stream.kind != "sse":
        raise Undecided(f"{stream.kind} is proved by the project's own test")
    if client.get(stream.path, token=None, headers={"Accept": "text/event-stream"}).status == 200:  # noqa: PLR2004
        raise Unmet("200 for a stranger")
    browser = Browser(client)
    browser.sign_in(client.token)
    connection = client.connection(EVENT_SECONDS + 2 * SETTLE_SECONDS)
    events: list[str] = []
    try:
        connection.request("GET", stream.path, headers={**browser.headers(), "Accept": "text/event-stream"})
        response = connection.getresponse()
        kind = response.headers.get_content_type()
        if response.status != 200 or kind != "text/event-stream":  # noqa: PLR2004
            raise Unmet(f"{response.status} with content type {kind}")
        Thread(target=_listen, args=(response, events), daemon=True).start()
        time.sleep(SETTLE_SECONDS)
        before = len(events)
        client.task(title="A task that is heard of")
        if not _heard(events, before):
            raise Unmet(f"nothing came within {EVENT_SECONDS:.0f} s of a new task")
    finally:
        connection.close()


def _listen(response: http.client.HTTPResponse, events: list[str]) -> None:
    with suppress(OSError, ValueError, http.client.HTTPException, AttributeError):
        while line := response.readline():
            if line.startswith(b"data:"):
                events.append(line.decode("utf-8", "replace"))


def _heard(events: list[str], before: int) -> bool:
    deadline = time.monotonic() + EVENT_SECONDS
    while time.monotonic() < deadline:
        if len(events) > before:
            return True
        time.sleep(0.05)
    return False


CHECKS = (
    ContractCheck(
        id="live",
        level="must",
        sentence="Who watches the tasks hears of a new one",
        expected="an event, behind the same log-in as the pages",
        probe=live,
        needs=("process", "token", "example"),
        step="strengths",
    ),
)
