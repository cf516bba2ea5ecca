"""The HTTP contract of all starters, and how a running service is held against it."""

from collections.abc import Callable, Collection, Generator
from contextlib import closing

from scaffold.model.verification import Check, Verification
from scaffold.verify.clause import Clause, check_clause
from scaffold.verify.clauses import discretion, input, service, tasks
from scaffold.verify.visit import Visit

CLAUSES: tuple[Clause, ...] = (
    *service.CLAUSES,
    *tasks.CLAUSES,
    *input.CLAUSES,
    *discretion.CLAUSES,
)
"""In the order in which they are checked; the last look at the answers to all others."""


def check_contract(
    base: str, *, shown_base: str = "", secrets: Collection[str] = (), timeout: float = 10.0
) -> Generator[Check, None, None]:
    """Hold the service at ``base`` against every clause, and remove the tasks that were created.

    Commands to repeat a request go to ``shown_base``; no answer may hold one of the
    ``secrets``; ``timeout`` in seconds is for each request.
    """
    visit = Visit(base, secrets=secrets, timeout=timeout)
    try:
        for clause in CLAUSES:
            yield check_clause(clause, visit, shown_base or base)
    finally:
        visit.leave()


def verify_url(
    url: str,
    *,
    on_check: Callable[[Check], None] | None = None,
    timeout: float = 10.0,
) -> Verification:
    """Hold any running service against the contract; it creates tasks and deletes them again."""
    base = url if "://" in url else f"http://{url}"
    checks: list[Check] = []
    with closing(check_contract(base, timeout=timeout)) as running:
        for check in running:
            checks.append(check)
            if on_check is not None:
                on_check(check)
    return Verification(subject=base, template="", tools=(), checks=tuple(checks))
