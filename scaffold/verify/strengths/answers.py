"""Strengths that single answers and lines of the log show: etag, trace, route, docs."""

import re
import secrets
from concurrent.futures import ThreadPoolExecutor
from html.parser import HTMLParser
from threading import Barrier
from urllib.parse import urljoin, urlsplit

from scaffold.verify.client import (
    ME,
    Client,
    Undecided,
    Unmet,
    as_json,
    expect_fields,
    expect_json,
    expect_status,
    task_path,
)
from scaffold.verify.contract.check import ContractCheck
from scaffold.verify.contract.request_id import HEADER
from scaffold.verify.served import Served, value_at, values_in

ROUNDS = 5
"""Of two changes with one tag at once."""


def etag(client: Client) -> None:
    """See that nobody overwrites what she has not seen, and nobody reads twice what has not changed."""
    path = task_path(client.task()["id"])
    first = _tag(client, path)
    expect_status(client.get(path, headers={"If-None-Match": first}), 304)
    expect_status(client.send("PATCH", path, {"title": "Buy bread"}, headers={"If-Match": first}), 200)
    if _tag(client, path) == first:
        raise Unmet("the same ETag after a change")
    expect_status(client.send("PATCH", path, {"title": "Buy tea"}, headers={"If-Match": first}), 412)
    task = expect_fields(expect_json(client.get(path), 200), "title")
    if task["title"] != "Buy bread":
        raise Unmet(f"title is {as_json(task['title'])} after a change that was refused")
    for _ in range(ROUNDS):
        statuses = _both_with(client, path, _tag(client, path))
        if statuses != [200, 412]:
            raise Unmet(f"{statuses[0]} and {statuses[1]} for two changes with one tag at once")


def _tag(client: Client, path: str) -> str:
    tag = expect_status(client.get(path), 200).headers.get("etag", "")
    if not re.fullmatch(r'"[^"]*"', tag):
        raise Unmet(f"ETag: {tag or '(none)'}")
    return tag


def _both_with(client: Client, path: str, tag: str) -> list[int]:
    together = Barrier(2, timeout=30)

    def change(title: str) -> int:
        together.wait()
        return client.send("PATCH", path, {"title": title}, headers={"If-Match": tag}).status

    with ThreadPoolExecutor(2) as pool:
        return sorted(pool.map(change, ("Buy tea", "Buy salt")))


def trace(client: Client) -> None:
    """See that a request can be followed from the service that called to the line of the log."""
    id = secrets.token_hex(16)
    headers = {"traceparent": f"00-{id}-{secrets.token_hex(8)}-01", HEADER: f"trace-{id}"}
    client.get(ME, headers=headers)
    lines = _served(client).lines_of(f"trace-{id}")
    if not any(id in str(value) for line in lines for value in values_in(line) if value != f"trace-{id}"):
        raise Unmet("the trace id is not in the line of the request")


def route(client: Client) -> None:
    """See that the log can be counted by route: one pattern for all tasks."""
    requests = [(ME, "api/me", "")]
    if "example" not in client.lacks:
        id = str(client.task()["id"])
        requests.append((task_path(id), "api/tasks/", id))
    for path, start, id in requests:
        client.get(path, headers={HEADER: f"route-{len(start)}"})
        served = _served(client)
        lines = served.lines_of(f"route-{len(start)}")
        name = served.starter.log.route if served.starter.log else ""
        found = next((str(value) for line in lines if (value := value_at(line, name)) is not None), "")
        if start not in found or (id and found.rpartition("/")[2] == id):
            raise Unmet(f"the route of GET {path} is {as_json(found)}")


def docs(client: Client) -> None:
    """See that the page of the API needs nothing from elsewhere, and nothing that its own policy forbids."""
    page = expect_status(client.get("/docs", headers={"Accept": "text/html"}), 200)
    if page.media_type != "text/html":
        raise Unmet(f"200 with content type {page.media_type or '(none)'}")
    parser = _Assets()
    parser.feed(page.text)
    policy = _policy(page.headers.get("content-security-policy", ""))
    for kind, address in parser.assets:
        _expect_own(client, kind, address, policy)
    for kind in parser.inline:
        if not _allows(policy, kind, ("'unsafe-inline'", "'nonce-", "'sha256-", "'sha384-", "'sha512-")):
            raise Unmet(f"an inline {kind.removesuffix('-src')} that the Content-Security-Policy forbids")


def _expect_own(client: Client, kind: str, address: str, policy: dict[str, str]) -> None:
    target = urlsplit(urljoin(f"{client.base}/docs", address))
    if target.scheme == "data":
        if not _allows(policy, kind, ("data:",)):
            raise Unmet(f"a {kind.removesuffix('-src')} as data: that the Content-Security-Policy forbids")
        return
    if target.netloc != urlsplit(client.base).netloc:
        raise Unmet(f"{address} lies elsewhere")
    path = target.path + (f"?{target.query}" if target.query else "")
    expect_status(client.get(path, headers={"Accept": "*/*"}), 200)
    if not _allows(policy, kind, ("'self'", "*", "'nonce-")):
        raise Unmet(f"{address} is forbidden by the Content-Security-Policy")


def _policy(header: str) -> dict[str, str]:
    directives = (directive.strip().partition(" ") for directive in header.split(";"))
    return {name.lower(): sources for name, _, sources in directives if name}


def _allows(policy: dict[str, str], kind: str, sources: tuple[str, ...]) -> bool:
    """Say whether a policy has one of the sources for a kind of thing; no policy forbids nothing."""
    given = policy.get(kind, policy.get("default-src"))
    return given is None or any(source in given for source in sources)


class _Assets(HTMLParser):
    """Collects what a page loads, and what scripts and styles stand in it."""

    def __init__(self) -> None:
        super().__init__()
        self.assets: list[tuple[str, str]] = []
        self.inline: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        kind = {"script": "script-src", "img": "img-src", "iframe": "frame-src"}.get(tag, "")
        if kind and given.get("src"):
            self.assets.append((kind, given["src"]))
        elif tag == "script" and given.get("type", "") in {"", "module", "text/javascript"}:
            self.inline.append("script-src")
        elif tag == "style":
            self.inline.append("style-src")
        elif tag == "link" and given.get("href"):
            kind = "style-src" if "stylesheet" in given.get("rel", "") else "img-src"
            self.assets.append((kind, given["href"]))


def _served(client: Client) -> Served:
    if client.served is None:
        raise Undecided("the log of a service that runs elsewhere is not known")
    return client.served


CHECKS = (
    ContractCheck(
        id="etag",
        level="must",
        sentence="Of two changes of the same state only one is taken",
        expected="a strong ETag; 412 for If-Match with an older one; 304 for If-None-Match",
        probe=etag,
        needs=("token", "example"),
        step="strengths",
    ),
    ContractCheck(
        id="trace",
        level="must",
        sentence="The trace id of a traceparent stands in the line of the request",
        expected="its 32 digits",
        probe=trace,
        needs=("process", "token"),
        step="strengths",
    ),
    ContractCheck(
        id="route",
        level="must",
        sentence="The line of a request names the pattern of its route",
        expected="one name for all tasks, and no id in it",
        probe=route,
        needs=("process", "token"),
        step="strengths",
    ),
    ContractCheck(
        id="docs",
        level="must",
        sentence="/docs shows the API without anything from elsewhere",
        expected="200, and every asset the project's own and allowed by its Content-Security-Policy",
        probe=docs,
        step="strengths",
    ),
)
