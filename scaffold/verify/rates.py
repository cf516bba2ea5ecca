"""A second boot, with low rates and a quiet log: who asks too often, or guesses passwords, is held up."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from scaffold.errors import EnvironmentProblem
from scaffold.model.framework import Command
from scaffold.model.verification import Check
from scaffold.verify.boot import Server, await_answer, serving
from scaffold.verify.browser import OTHER_PERSON, PERSON, Browser
from scaffold.verify.client import ME, Client, Undecided, Unmet, expect_problem, expect_status
from scaffold.verify.contract.check import ContractCheck, run_check
from scaffold.verify.contract.request_id import HEADER
from scaffold.verify.subject import Subject

API_RATE = 20
LOGIN_RATE = 5
PROCESSES = 2
SLACK = 20
CLIENTS = 8
SHARED_SLACK = 5
"""Requests that a limit shared by all processes may let through beyond it: its minute goes on meanwhile."""
QUIET_SECONDS = 0.5


def rate_checks(subject: Subject, command: Command, client: Client) -> Iterator[Check]:
    """Boot a second time, as a service in which limits are soon reached, and reach them."""
    starter = subject.starter
    if not any(_checks(subject)):
        return
    rates = {"api": str(API_RATE), "login": str(LOGIN_RATE), "workers": str(PROCESSES)}
    names = {starter.variables[role]: value for role, value in rates.items() if role in starter.variables}
    try:
        with serving(subject.production, command, {"LOG_LEVEL": "warning", **names}) as server:
            problem = await_answer(server)
            limited = _limited(subject, client, server, problem)
            try:
                yield from (run_check(check, limited, limited.base) for check in _checks(subject))
            finally:
                limited.leave()
    except EnvironmentProblem as error:
        limited = Client(client.base, lacks={"boot": error.message})
        yield from (run_check(check, limited, client.base) for check in _checks(subject))


def _limited(subject: Subject, client: Client, server: Server, problem: str) -> Client:
    lacks = dict(client.lacks)
    if problem:
        lacks["boot"] = problem
    if "api" not in subject.starter.variables:
        lacks["api"] = "the starter leaves the limit to the proxy"
    served = client.served and replace(client.served, output=server.output)
    return client.elsewhere(server.base, lacks=lacks, served=served)


def quiet(client: Client) -> None:
    """See that who wants warnings alone gets no line for a request that went well."""
    if client.served is None:
        raise Undecided("the log of a service that runs elsewhere is not known")
    expect_status(client.get("/", headers={HEADER: "quiet"}), 200)
    expect_status(client.get(ME, headers={HEADER: "quiet"}), 200)
    time.sleep(QUIET_SECONDS)
    if "quiet" in client.served.text():
        raise Unmet("a line for GET / or GET /api/me")


def api_rate(client: Client) -> None:
    """See that a token that asks too often is told to wait, and another is not."""
    for _ in range(API_RATE * PROCESSES + SLACK):
        response = client.get(ME)
        if response.status == 429:  # noqa: PLR2004
            expect_problem(response, 429)
            if not response.headers.get("retry-after", "").isdigit():
                raise Unmet(f"429 with Retry-After: {response.headers.get('retry-after') or '(none)'}")
            expect_status(client.get(ME, token=client.reader), 200)
            return
    raise Unmet(f"no 429 to {API_RATE * PROCESSES + SLACK} requests with the same token")


def shared_rate(client: Client) -> None:
    """See that all processes count together; the other token is the one that was not used yet."""
    with ThreadPoolExecutor(CLIENTS) as pool:
        asked = [
            pool.submit(client.get, ME, token=client.reader) for _ in range(API_RATE * PROCESSES + SLACK)
        ]
        answered = sum(answer.result().status == 200 for answer in asked)  # noqa: PLR2004
    if not API_RATE // 2 <= answered <= API_RATE + SHARED_SLACK:
        raise Unmet(f"{answered} of {len(asked)} requests were answered at {API_RATE} a minute")


def login_rate(client: Client) -> None:
    """See that nobody can guess a password, not even one who says to be somebody else each time."""
    served = client.served
    login = served.starter.login if served else None
    if served is None or login is None:
        raise Undecided("nobody can log in here")
    if not Browser(client).try_login(login, PERSON, served.password):
        raise Undecided("the right password does not log in")
    for number in range(LOGIN_RATE):
        if Browser(client).try_login(login, OTHER_PERSON, "wrong", forwarded=f"203.0.113.{number + 1}"):
            raise Unmet("a wrong password logs in")
    for forwarded in ("", "203.0.113.99"):
        if Browser(client).try_login(login, OTHER_PERSON, served.password, forwarded=forwarded):
            as_whom = f"from {forwarded}, as X-Forwarded-For says" if forwarded else "after all"
            raise Unmet(f"the right password logs in {as_whom}")


def _checks(subject: Subject) -> Iterator[ContractCheck]:
    shared = (SHARED_RATES,) if "shared-rates" in subject.starter.strengths else ()
    return (check for check in (LOG_LEVEL, RATE_LOGIN, RATE_API, *shared) if check.step in subject.steps)


LOG_LEVEL = ContractCheck(
    id="log-level",
    level="must",
    sentence="LOG_LEVEL=warning silences the lines of requests",
    expected="no line",
    probe=quiet,
    needs=("boot", "token"),
)
RATE_LOGIN = ContractCheck(
    id="rate-login",
    level="must",
    sentence=f"After {LOGIN_RATE} wrong passwords the right one does not log in for a while",
    expected="429, or the form again, for all processes and from any address",
    probe=login_rate,
    needs=("boot", "login"),
)
RATE_API = ContractCheck(
    id="rate-api",
    level="must",
    sentence=f"With {API_RATE} requests a minute a token is soon told to wait, and no other is",
    expected=f"429 with Retry-After within {API_RATE} requests for each process and {SLACK} more",
    probe=api_rate,
    needs=("boot", "token", "api"),
)
SHARED_RATES = ContractCheck(
    id="shared-rates",
    level="must",
    sentence="The limit of a token holds for all processes together",
    expected=f"at most {API_RATE + SHARED_SLACK} answers at {API_RATE} a minute from {PROCESSES} processes",
    probe=shared_rate,
    needs=("boot", "token", "reader", "api"),
    step="strengths",
)
