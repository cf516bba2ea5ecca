"""The HTTP contract of all starters, and how a running service is held against it."""

from collections.abc import Callable, Collection, Generator
from contextlib import closing

from scaffold.model.verification import Check, Verification
from scaffold.verify.client import Client
from scaffold.verify.contract import information_disclosure, input, service, tasks
from scaffold.verify.contract.check import ContractCheck, run_check
from scaffold.verify.exchange import split_base, why_unreachable
from scaffold.verify.results import result, skipped_steps

CHECKS: tuple[ContractCheck, ...] = (
    *service.CHECKS,
    *tasks.CHECKS,
    *input.CHECKS,
    *information_disclosure.CHECKS,
)
"""In the order in which they are checked; the last look at the answers to all others."""


def check_contract(
    base: str, *, shown_base: str = "", secrets: Collection[str] = (), timeout: float = 10.0
) -> Generator[Check, None, None]:
    """Hold the service at ``base`` against every check, and remove the tasks that were created.

    Commands to repeat a request go to ``shown_base``; no answer may hold one of the
    ``secrets``; ``timeout`` in seconds is for each request.
    """
    client = Client(base, secrets=secrets, timeout=timeout)
    try:
        for check in CHECKS:
            yield run_check(check, client, shown_base or base)
    finally:
        client.leave()


def verify_url(
    url: str,
    *,
    on_check: Callable[[Check], None] | None = None,
    timeout: float = 10.0,
) -> Verification:
    """Hold any running service against the contract; it creates tasks and deletes them again."""
    base = url if "://" in url else f"http://{url}"
    checks: list[Check] = []
    with closing(_check_service(base, timeout)) as running:
        for check in running:
            checks.append(check)
            if on_check is not None:
                on_check(check)
    return Verification(subject=base, template="", tools=(), checks=tuple(checks))


def _check_service(base: str, timeout: float) -> Generator[Check, None, None]:
    """Check the contract, or where no connection can be made that alone."""
    problem = why_unreachable(split_base(base), timeout)
    if problem:
        sentence = f"A service listens at {base}"
        yield result("listens", "contract", sentence, problem, expected="a connection")
        yield from skipped_steps(("contract",), ("contract",), problem)
        return
    yield from check_contract(base, timeout=timeout)
