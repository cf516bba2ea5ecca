"""Checks of all answers together: no error shows the inside of the service, and nothing broke it."""

import re

from scaffold.verify.client import Client, Undecided, Unmet, expect_problem, expect_status
from scaffold.verify.contract.check import ContractCheck
from scaffold.verify.exchange import Exchange, Response

# What the languages and frameworks of the catalog write when they show an error to its author.
TRACES = (
    r"Traceback \(most recent call last\)",
    r"File (\"|&quot;).+?(\"|&quot;), line \d+",
    r"<title>[^<]*(Werkzeug|Debugger)",
    r"DEBUG = True",
    r"\bat [^\n]{1,200}?\.[cm]?[jt]s:\d+:\d+",
    r"node:internal/",
    r"goroutine \d+ \[",
    r"\.go:\d+ \+0x",
    r"#\d+ [^\n]{1,200}\.php\(\d+\)",
    r"[\w/.-]+\.php(:| on line )\d+",
    r"stack ?trace:",
    r"[\w/.-]+\.rb:\d+:in ",
    r" in [^\n]{1,200}\.cs:line \d+",
    r"(site-packages|node_modules|vendor/bundle|gems)/[\w@.-]+/",
    r"(no such table|relation \S+ does not exist|SQLSTATE|near \S+ syntax error)",
)
TRACE = re.compile("|".join(TRACES), re.IGNORECASE)


def no_trace(client: Client) -> None:
    """See that no error answer shows code, files or a stack."""
    for seen, response in _answered(client):
        found = TRACE.search(response.text) if response.status >= 400 else None  # noqa: PLR2004
        if found:
            _show(client, seen)
            raise Unmet(f"`{found[0].strip()[:100]}` in the answer with {response.status}")


def no_secret(client: Client) -> None:
    """See that no answer gives a secret away, in its headers or its body."""
    if not client.secrets:
        raise Undecided("the secrets of the service are not known")
    for seen, response in _answered(client):
        shown = "\n".join((response.text, *response.headers.values()))
        if any(secret in shown for secret in client.secrets):
            _show(client, seen)
            raise Unmet(f"a secret in the answer with {response.status}")


def no_failure(client: Client) -> None:
    """See that the service blamed itself for nothing that was sent to it."""
    for seen, response in _answered(client):
        if response.status >= 500:  # noqa: PLR2004
            _show(client, seen)
            raise Unmet(f"{response.status} {response.reason}".strip())


def problems(client: Client) -> None:
    """See that every error of the API, whatever caused it, is a problem that a program can read."""
    for seen, response in _answered(client):
        path = seen.request.path.partition("?")[0]
        # What is refused before the application is asked may be plain: sizes, foreign hosts.
        plain = response.status in {413, 431} or "Host" in seen.request.headers
        if path.startswith("/api/") and response.status >= 400 and not plain:  # noqa: PLR2004
            try:
                expect_problem(response, response.status)
            except Unmet:
                _show(client, seen)
                raise


def still_alive(client: Client) -> None:
    """See that the service survived all of it."""
    expect_status(client.get("/healthz"), 200)


def _answered(client: Client) -> list[tuple[Exchange, Response]]:
    """Return what was answered; Undecided when nothing was, because silence shows neither good nor bad."""
    found = [(seen, seen.response) for seen in client.seen if seen.response is not None]
    if not found:
        raise Undecided("nothing was answered")
    return found


def _show(client: Client, seen: Exchange) -> None:
    """Make an earlier exchange the last one, which is the one that is shown."""
    client.seen.append(seen)


PROBLEMS = (
    ContractCheck(
        id="problem",
        level="must",
        sentence="Every error of the API is a problem",
        expected="application/problem+json with type, title, status",
        probe=problems,
    ),
)
CHECKS = (
    ContractCheck(
        id="no-trace",
        level="must",
        sentence="No error shows code, files or a stack trace",
        expected="errors that say what is wrong, and nothing of the inside",
        probe=no_trace,
    ),
    ContractCheck(
        id="no-secret",
        level="must",
        sentence="No answer holds a secret",
        expected="answers without any value of a secret",
        probe=no_secret,
    ),
    ContractCheck(
        id="no-failure",
        level="should",
        sentence="No request made the service fail",
        expected="no answer of 500 or above",
        probe=no_failure,
    ),
    ContractCheck(
        id="still-alive",
        level="must",
        sentence="The service still runs after all requests",
        expected="200 from GET /healthz",
        probe=still_alive,
    ),
)
