"""Checks of the service as a whole: pages, health, unknown paths and methods."""

from scaffold.verify.client import TASKS, Client, Unmet, expect_problem, expect_status
from scaffold.verify.contract.check import ContractCheck
from scaffold.verify.exchange import Request, Response

JSON = {"Content-Type": "application/json"}
TOO_LARGE = 8 * 1024 * 1024
"""Bytes of a body that no API of short titles has a use for."""
DECLARED = 1_000_000_000
DECLARED_SECONDS = 2.0


def home(client: Client) -> None:
    """See that the front page is there."""
    response = expect_status(client.get("/"), 200)
    if not response.body.strip():
        raise Unmet("200 with an empty body")


def health(client: Client) -> None:
    """See that the service says it is alive."""
    expect_status(client.get("/healthz"), 200)


def ready(client: Client) -> None:
    """See that the database answers."""
    expect_status(client.get("/readyz"), 200)


def unknown_page(client: Client) -> None:
    """See that a page that is not there is said not to be there."""
    expect_status(client.get("/no-such-page"), 404)


def unknown_path(client: Client) -> None:
    """See that an unknown path of the API is a problem."""
    expect_problem(client.get("/api/no-such-path"), 404)


def wrong_method(client: Client) -> None:
    """See that the methods which are allowed are said."""
    allow = _allow(client.send("DELETE", TASKS))
    if not {"GET", "POST"} <= allow:
        raise Unmet(f"405 with Allow: {', '.join(sorted(allow)) or '(none)'}")


def too_large(client: Client) -> None:
    """See that a body that is far too large is refused for its size, and that the service lives on."""
    body = b'{"title":"Buy milk","note":"' + b" " * TOO_LARGE + b'"}'
    request = Request(method="POST", path=TASKS, headers=JSON, body=body, token=client.token)
    expect_status(client.send_slowly(request), 413)
    expect_status(client.get("/healthz"), 200)


def declared_too_large(client: Client) -> None:
    """See that nobody has to send a body that is too large before it is refused."""
    headers = {**JSON, "Content-Length": str(DECLARED)}
    request = Request(method="POST", path=TASKS, headers=headers, token=client.token)
    client.send_head(request, DECLARED_SECONDS)
    expect_status(client.get("/healthz"), 200)


def _allow(response: Response) -> set[str]:
    expect_status(response, 405)
    return {
        method.strip().upper() for method in response.headers.get("allow", "").split(",") if method.strip()
    }


OPEN = (
    ContractCheck(
        id="home",
        level="must",
        sentence="GET / shows something to a person",
        expected="200 with a body",
        probe=home,
    ),
    ContractCheck(
        id="health",
        level="must",
        sentence="GET /healthz says that the service is alive",
        expected="200",
        probe=health,
    ),
    ContractCheck(
        id="ready",
        level="must",
        sentence="GET /readyz says that the database answers",
        expected="200",
        probe=ready,
    ),
    ContractCheck(
        id="unknown-page",
        level="must",
        sentence="GET of a page that does not exist says so",
        expected="404",
        probe=unknown_page,
    ),
    ContractCheck(
        id="unknown-path",
        level="must",
        sentence="GET of an unknown path under /api is a problem",
        expected="404 application/problem+json with type, title, status",
        probe=unknown_path,
        needs=("token",),
    ),
)
EXAMPLE = (
    ContractCheck(
        id="wrong-method",
        level="should",
        sentence="DELETE /api/tasks is refused, naming the methods that are allowed",
        expected="405 with Allow: GET, POST",
        probe=wrong_method,
    ),
    ContractCheck(
        id="too-large",
        level="must",
        sentence=f"POST /api/tasks refuses a body of {TOO_LARGE >> 20} MiB",
        expected="413",
        probe=too_large,
    ),
    ContractCheck(
        id="size-declared",
        level="must",
        sentence="POST /api/tasks with a body of 1 GB is refused before it is sent",
        expected=f"an answer, or a closed connection, within {DECLARED_SECONDS:.0f} s",
        probe=declared_too_large,
    ),
)
