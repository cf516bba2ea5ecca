"""Clauses about all answers together: no error shows the inside of the service, and nothing broke it."""

import re

from scaffold.verify.clause import Clause
from scaffold.verify.exchange import Exchange
from scaffold.verify.visit import Undecided, Unmet, Visit, expect_status

# What the languages and frameworks of the catalogue write when they show an error to its author.
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
_TRACE = re.compile("|".join(TRACES), re.IGNORECASE)


def no_trace(visit: Visit) -> None:
    """See that no error answer shows code, files or a stack."""
    for seen in _errors(visit):
        if seen.answer is None:
            continue
        found = _TRACE.search(seen.answer.text)
        if found:
            _show(visit, seen)
            raise Unmet(f"`{found[0].strip()[:100]}` in the answer with {seen.answer.status}")


def no_secret(visit: Visit) -> None:
    """See that no answer gives a secret away, in its headers or its body."""
    if not visit.secrets:
        raise Undecided("the secrets of the service are not known")
    for seen in visit.seen:
        answer = seen.answer
        if answer is None:
            continue
        shown = "\n".join((answer.text, *answer.headers.values()))
        if any(secret in shown for secret in visit.secrets):
            _show(visit, seen)
            raise Unmet(f"a secret in the answer with {answer.status}")


def no_failure(visit: Visit) -> None:
    """See that the service blamed itself for nothing that was sent to it."""
    for seen in visit.seen:
        if seen.answer is not None and seen.answer.status >= 500:  # noqa: PLR2004
            _show(visit, seen)
            raise Unmet(f"{seen.answer.status} {seen.answer.reason}".strip())


def still_alive(visit: Visit) -> None:
    """See that the service survived all of it."""
    expect_status(visit.get("/healthz"), 200)


def _errors(visit: Visit) -> list[Exchange]:
    return [seen for seen in visit.seen if seen.answer is not None and seen.answer.status >= 400]  # noqa: PLR2004


def _show(visit: Visit, seen: Exchange) -> None:
    """Make an earlier exchange the last one, which is the one that is shown."""
    visit.seen.append(seen)


CLAUSES = (
    Clause(
        id="no-trace",
        level="must",
        sentence="No error shows code, files or a stack trace",
        expected="errors that say what is wrong, and nothing of the inside",
        probe=no_trace,
    ),
    Clause(
        id="no-secret",
        level="must",
        sentence="No answer holds a secret",
        expected="answers without any value of a secret",
        probe=no_secret,
    ),
    Clause(
        id="no-failure",
        level="should",
        sentence="No request made the service fail",
        expected="no answer of 500 or above",
        probe=no_failure,
    ),
    Clause(
        id="still-alive",
        level="must",
        sentence="The service still runs after all requests",
        expected="200 from GET /healthz",
        probe=still_alive,
    ),
)
