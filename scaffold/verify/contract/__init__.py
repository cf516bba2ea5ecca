"""The HTTP contract of all starters, and how a running service is held against it."""

from collections.abc import Callable, Generator, Iterable
from contextlib import closing
from dataclasses import replace

from scaffold.model.verification import Check, Verification
from scaffold.verify.client import TASKS, Client, Undecided, Unmet
from scaffold.verify.contract import (
    api_document,
    concurrency,
    information_disclosure,
    input,
    log,
    pages,
    request_id,
    service,
    tasks,
    tokens,
)
from scaffold.verify.contract.check import ContractCheck, run_check
from scaffold.verify.exchange import split_base, why_unreachable
from scaffold.verify.results import result, skipped_steps


def _of_example(checks: Iterable[ContractCheck]) -> tuple[ContractCheck, ...]:
    return tuple(replace(check, needs=("token", "example", *check.needs)) for check in checks)


CHECKS: tuple[ContractCheck, ...] = (
    *service.OPEN,
    *tokens.CHECKS,
    *_of_example((*service.EXAMPLE, *tasks.CHECKS, *input.CHECKS, *concurrency.CHECKS)),
    *pages.CHECKS,
    *request_id.CHECKS,
    *log.CHECKS,
    *api_document.CHECKS,
    *information_disclosure.PROBLEMS,
    *information_disclosure.CHECKS,
    *tokens.AFTERWARDS,
)
"""In the order in which they are checked; the last look at the answers to all others."""


def check_contract(
    client: Client, *, shown_base: str = "", checks: Iterable[ContractCheck] = CHECKS
) -> Generator[Check, None, None]:
    """Hold a service against every check, and remove the tasks that were created.

    Commands to repeat a request go to ``shown_base``.
    """
    try:
        for check in checks:
            yield run_check(check, client, shown_base or client.base)
    finally:
        client.leave()


def verify_url(
    url: str,
    *,
    token: str = "",
    on_check: Callable[[Check], None] | None = None,
    timeout: float = 10.0,
) -> Verification:
    """Hold any running service against the contract; it creates tasks and deletes them again.

    ``token`` has the rights to read and to write.
    """
    base = url if "://" in url else f"http://{url}"
    checks: list[Check] = []
    with closing(_check_service(base, token, timeout)) as running:
        for check in running:
            checks.append(check)
            if on_check is not None:
                on_check(check)
    return Verification(subject=base, template="", tools=(), checks=tuple(checks))


def _check_service(base: str, token: str, timeout: float) -> Generator[Check, None, None]:
    """Check the contract, or where no connection can be made that alone."""
    problem = why_unreachable(split_base(base), timeout)
    if problem:
        sentence = f"A service listens at {base}"
        yield result("listens", "contract", sentence, problem, expected="a connection")
        yield from skipped_steps(("contract",), ("contract",), problem)
        return
    lacks = {
        "process": "only a server that scaffold starts itself shows this",
        "reader": "no token with the right to read alone is known",
    }
    if not token:
        lacks["token"] = "a token is needed: --token"  # noqa: S105 - says so
    client = Client(base, token=token, lacks=lacks, timeout=timeout)
    if token and _has_no_tasks(client):
        client.lacks["example"] = f"there is no {TASKS}"
    yield from check_contract(client)


def _has_no_tasks(client: Client) -> bool:
    try:
        return client.get(TASKS).status == 404  # noqa: PLR2004
    except (Unmet, Undecided):
        return False
