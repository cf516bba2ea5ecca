"""Checks of tokens: nobody is served who is not known, and nobody may do more than the token's rights say."""

from scaffold.verify.browser import Browser
from scaffold.verify.client import (
    ME,
    TASKS,
    Client,
    Undecided,
    Unmet,
    as_json,
    expect_fields,
    expect_json,
    expect_status,
    task_path,
)
from scaffold.verify.client import basic as authorization
from scaffold.verify.contract.check import ContractCheck
from scaffold.verify.exchange import Response, Token

SHORTEST = 22
"""Characters of a token: 128 random bits, written as densely as a header takes them."""
REVOCATIONS = 10
"""Requests with a token that was revoked: each process of the service is to refuse it."""
UNKNOWN = ("x" * 43, "", "a b", "x" * 1000, "eyJhbGciOiJub25lIn0.e30.")


def missing(client: Client) -> None:
    """See that who shows no token is asked for one."""
    expect_refused(client.get(ME, token=None))


def basic(client: Client) -> None:
    """See that the API takes no password, not even one that is a token."""
    known = client.token.value if client.token else ""
    for password in ("secret", known):
        expect_refused(client.get(ME, token=None, headers={"Authorization": authorization(password)}))


def unknown(client: Client) -> None:
    """See that what is no token, or nearly one, is none."""
    near = client.token.value if client.token else ""
    for value in (*UNKNOWN, f"{near}x", near[:-1]):
        expect_refused(client.get(ME, token=Token(value, "UNKNOWN_TOKEN")))


def in_query(client: Client) -> None:
    """See that no token is taken from an address, which logs and browsers keep."""
    value = client.token.value if client.token else ""
    for name in ("token", "access_token", "api_key"):
        expect_refused(client.get(f"{ME}?{name}={value}", token=None))


def me(client: Client) -> None:
    """See that a token is told its name and its rights."""
    for token, rights in ((client.token, ["read", "write"]), (client.reader, ["read"])):
        if token is not None:
            found = expect_fields(expect_json(client.get(ME, token=token), 200), "name", "rights")
            if not isinstance(found["rights"], list) or sorted(map(str, found["rights"])) != rights:
                raise Unmet(f"rights is {as_json(found['rights'])}, not {as_json(rights)}")


def rights(client: Client) -> None:
    """See that a token that may read changes nothing."""
    path = task_path(client.task()["id"])
    expect_status(client.get(path, token=client.reader), 200)
    for method, target in (("POST", TASKS), ("PATCH", path), ("DELETE", path)):
        body = None if method == "DELETE" else {"title": "Buy bread"}
        expect_status(client.send(method, target, body, token=client.reader), 403)
    task = expect_fields(expect_json(client.get(path), 200), "title")
    if task["title"] != "Buy milk":
        raise Unmet(f"title is {as_json(task['title'])} after a refused change")


def rights_without_example(client: Client) -> None:
    """See the same where nothing can be written."""
    expect_status(client.send("POST", ME, {}, token=client.reader), 403, 405)


def unknown_path(client: Client) -> None:
    """See that a stranger learns no more of the API than that it is closed."""
    expect_status(client.get("/api/no-such-path", token=None), 401, 404)
    expect_status(client.send("DELETE", ME, token=None), 401, 404, 405)


def same(client: Client) -> None:
    """See that a stranger cannot tell which tasks there are."""
    answers = [
        expect_refused(client.send(method, path, {"done": True} if method == "PATCH" else None, token=None))
        for path in (task_path(client.task()["id"]), task_path("999999999"))
        for method in ("GET", "PATCH", "DELETE")
    ]
    if any(_words(known) != _words(other) for known, other in zip(answers[:3], answers[3:], strict=True)):
        raise Unmet("another 401 for a task that is there than for one that is not")


def _words(response: Response) -> tuple[object, ...]:
    """Return what a problem says, without what belongs to one request."""
    try:
        problem = response.json()
    except ValueError:
        return (response.text,)
    return (
        tuple(problem.get(name) for name in ("type", "title", "detail")) if isinstance(problem, dict) else ()
    )


def cookie(client: Client) -> None:
    """See that being logged in opens the pages alone: another site's page could send the cookie."""
    browser = Browser(client)
    browser.log_in()
    # Asked for as a program asks: some services first say that they have no such thing as a page of it.
    expect_refused(client.get(ME, token=None, headers={**browser.headers(), "Accept": "*/*"}))


def stored(client: Client) -> None:
    """See that a token can be read neither in the database nor in what the service wrote."""
    served = client.served
    if served is None or client.token is None:
        raise Undecided("no token is known")
    files = [served.output / name for name in ("stdout", "stderr")]
    if served.database is not None:
        files += served.database.parent.glob(f"{served.database.name}*")
    for file in files:
        if file.is_file() and client.token.value.encode() in file.read_bytes():
            raise Unmet(f"the token stands in {file.name}")


def length(client: Client) -> None:
    """See that nobody can guess a token."""
    for token in filter(None, (client.token, client.reader)):
        if len(token.value) < SHORTEST:
            raise Unmet(f"{len(token.value)} characters")


def revoked(client: Client) -> None:
    """See that a token that was revoked is refused at once."""
    if client.served is None:
        raise Undecided("no token can be revoked from here")
    token = Token(client.served.make_token(REVOKED, "read"), "REVOKED_TOKEN")
    expect_status(client.get(ME, token=token), 200)
    problem = client.served.run("revoke", {"name": REVOKED})
    if problem:
        raise Unmet(f"the command `revoke` failed: {problem}")
    for _ in range(REVOCATIONS):
        expect_refused(client.get(ME, token=token))


def expect_refused(response: Response) -> Response:
    """Return the answer when it asks for a token, or raise Unmet."""
    expect_status(response, 401)
    asked = response.headers.get("www-authenticate", "")
    if not any(line.strip().lower().startswith("bearer") for line in asked.splitlines()):
        raise Unmet(f"401 with WWW-Authenticate: {asked or '(none)'}")
    return response


WRITER = "scaffold-verify"
READER = "scaffold-verify-reader"
REVOKED = "scaffold-verify-revoked"

_REFUSED = "401 with WWW-Authenticate: Bearer"
CHECKS = (
    ContractCheck(
        id="token-missing",
        level="must",
        sentence="GET /api/me without a token is refused",
        expected=_REFUSED,
        probe=missing,
    ),
    ContractCheck(
        id="token-length",
        level="must",
        sentence="A token has at least 128 random bits",
        expected=f"{SHORTEST} characters or more",
        probe=length,
        needs=("process",),
    ),
    ContractCheck(
        id="token-basic",
        level="must",
        sentence="GET /api/me with HTTP Basic is refused, whatever the password",
        expected=_REFUSED,
        probe=basic,
    ),
    ContractCheck(
        id="token-unknown",
        level="must",
        sentence="GET /api/me with an unknown or a malformed token is refused",
        expected=_REFUSED,
        probe=unknown,
    ),
    ContractCheck(
        id="token-query",
        level="must",
        sentence="GET /api/me with the token in the address is refused",
        expected=_REFUSED,
        probe=in_query,
        needs=("token",),
    ),
    ContractCheck(
        id="token-me",
        level="must",
        sentence="GET /api/me names the token and its rights",
        expected='200 {"name": "…", "rights": ["read", "write"]}',
        probe=me,
        needs=("token",),
    ),
    ContractCheck(
        id="token-rights",
        level="must",
        sentence="A token with the right to read cannot create, change or delete a task",
        expected="200 for GET, 403 for POST, PATCH and DELETE, and the task as it was",
        probe=rights,
        needs=("example", "reader"),
    ),
    ContractCheck(
        id="token-rights-plain",
        level="must",
        sentence="A token with the right to read cannot POST",
        expected="403, or 405 where nothing can be posted",
        probe=rights_without_example,
        needs=("reader",),
    ),
    ContractCheck(
        id="token-unknown-path",
        level="must",
        sentence="Without a token no path and no method of the API answers",
        expected="401, 404, or 405 for the method",
        probe=unknown_path,
    ),
    ContractCheck(
        id="token-same",
        level="must",
        sentence="Without a token a task that is there and one that is not look the same",
        expected="the same 401 for both",
        probe=same,
        needs=("example",),
    ),
    ContractCheck(
        id="token-cookie",
        level="must",
        sentence="The cookie of a person who is logged in opens no API",
        expected=_REFUSED,
        probe=cookie,
        needs=("process", "login"),
    ),
)
AFTERWARDS = (
    ContractCheck(
        id="token-stored",
        level="must",
        sentence="No token can be read in the database or in the output",
        expected="a hash of it at most",
        probe=stored,
        needs=("process",),
    ),
    ContractCheck(
        id="token-revoked",
        level="must",
        sentence="A token that was revoked is refused on the next request",
        expected=_REFUSED,
        probe=revoked,
        needs=("process",),
    ),
)
"""When everything else was asked: they look at its traces."""
