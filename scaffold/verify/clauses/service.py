"""Clauses about the service as a whole: pages, health, unknown paths and methods."""

from scaffold.verify.clause import Clause
from scaffold.verify.exchange import Answer
from scaffold.verify.visit import TASKS, Unmet, Visit, expect_problem, expect_status

TOO_LARGE = 8 * 1024 * 1024
"""Bytes of a body that no API of short titles has a use for."""


def home(visit: Visit) -> None:
    """See that the front page is there."""
    answer = expect_status(visit.get("/"), 200)
    if not answer.body.strip():
        raise Unmet("200 with an empty body")


def health(visit: Visit) -> None:
    """See that the service says it is alive."""
    expect_status(visit.get("/healthz"), 200)


def ready(visit: Visit) -> None:
    """See that the database answers."""
    expect_status(visit.get("/readyz"), 200)


def unknown_page(visit: Visit) -> None:
    """See that a page that is not there is said not to be there."""
    expect_status(visit.get("/no-such-page"), 404)


def unknown_path(visit: Visit) -> None:
    """See that an unknown path of the API is a problem."""
    expect_problem(visit.get("/api/no-such-path"), 404)


def wrong_method(visit: Visit) -> None:
    """See that the methods which are allowed are said."""
    allow = _allow(visit.send("DELETE", TASKS))
    if not {"GET", "POST"} <= allow:
        raise Unmet(f"405 with Allow: {', '.join(sorted(allow)) or '(none)'}")


def too_large(visit: Visit) -> None:
    """See that a body that is far too large is refused for its size."""
    expect_status(visit.post(body=b'{"title":"Buy milk","note":"' + b" " * TOO_LARGE + b'"}'), 413)


def _allow(answer: Answer) -> set[str]:
    expect_status(answer, 405)
    return {method.strip().upper() for method in answer.headers.get("allow", "").split(",") if method.strip()}


CLAUSES = (
    Clause(
        id="home",
        level="must",
        sentence="GET / shows something to a person",
        expected="200 with a body",
        probe=home,
    ),
    Clause(
        id="health",
        level="must",
        sentence="GET /healthz says that the service is alive",
        expected="200",
        probe=health,
    ),
    Clause(
        id="ready",
        level="must",
        sentence="GET /readyz says that the database answers",
        expected="200",
        probe=ready,
    ),
    Clause(
        id="unknown-page",
        level="must",
        sentence="GET of a page that does not exist says so",
        expected="404",
        probe=unknown_page,
    ),
    Clause(
        id="unknown-path",
        level="must",
        sentence="GET of an unknown path under /api is a problem",
        expected="404 application/problem+json with type, title, status",
        probe=unknown_path,
    ),
    Clause(
        id="wrong-method",
        level="should",
        sentence="DELETE /api/tasks is refused, naming the methods that are allowed",
        expected="405 with Allow: GET, POST",
        probe=wrong_method,
    ),
    Clause(
        id="too-large",
        level="should",
        sentence=f"POST /api/tasks refuses a body of {TOO_LARGE >> 20} MiB",
        expected="413",
        probe=too_large,
    ),
)
