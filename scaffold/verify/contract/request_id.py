"""Checks of the request id: one for each answer, and never one that could forge a line of the log."""

from collections.abc import Iterator

from scaffold.verify.client import ME, TASKS, Client, Unmet
from scaffold.verify.contract.check import ContractCheck
from scaffold.verify.exchange import Response

HEADER = "X-Request-ID"
VALID = "a-Request_7"
INVALID = ("two words", 'a"quote', "a<b>", "größe", "a;b=c", "x" * 300)


def taken(client: Client) -> None:
    """See that a caller can follow a request by an id of its own."""
    for number, (place, response) in enumerate(_answers(client, f"{VALID}-{{}}")):
        found = response.headers.get(HEADER.lower(), "")
        if found != f"{VALID}-{number}":
            raise Unmet(f"{HEADER}: {found or '(none)'} from {place}")


def made(client: Client) -> None:
    """See that every answer has an id, also when nobody gave one."""
    for place, response in _answers(client, ""):
        if not response.headers.get(HEADER.lower()):
            raise Unmet(f"no {HEADER} from {place}")


def cleaned(client: Client) -> None:
    """See that an id with anything else in it is not passed on as it came."""
    for sent in INVALID:
        response = client.get("/", headers={HEADER: sent.encode().decode("latin-1")})
        found = response.headers.get(HEADER.lower(), "")
        # What a server decodes as UTF-8 and sends back as it came is the same id too.
        if not found or found in {sent, sent.encode().decode("latin-1")}:
            raise Unmet(f"{HEADER}: {found[:40] or '(none)'} for {sent[:40]}")


def _answers(client: Client, id: str) -> Iterator[tuple[str, Response]]:
    """Ask for a page, a page and a path that are not there, a method and a body that are refused."""
    requests = [("GET", "/", None), ("GET", "/no-such-page", None), ("GET", "/api/no-such-path", None)]
    requests.append(("DELETE", ME, None))
    body = None if "example" in client.lacks else {"title": ""}
    for number, (method, path, value) in enumerate([*requests, *([("POST", TASKS, body)] if body else [])]):
        headers = {HEADER: id.format(number)} if id else None
        response = client.send(method, path, value, headers=headers)
        yield f"{method} {path} ({response.status})", response


CHECKS = (
    ContractCheck(
        id="id-taken",
        level="must",
        sentence=f"{HEADER} comes back on every answer, whatever its status",
        expected="the id that was sent",
        probe=taken,
    ),
    ContractCheck(
        id="id-made",
        level="must",
        sentence=f"An answer to a request without {HEADER} has one",
        expected=f"{HEADER} with an id",
        probe=made,
    ),
    ContractCheck(
        id="id-cleaned",
        level="must",
        sentence=f"{HEADER} with other characters or 300 of them does not come back as it was sent",
        expected="an id of the service's own, or without those characters",
        probe=cleaned,
    ),
)
