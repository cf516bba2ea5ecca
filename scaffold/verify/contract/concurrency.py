"""Checks of what two clients do at once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from scaffold.verify.client import Client, Unmet, expect_fields, expect_json, task_path
from scaffold.verify.contract.check import ContractCheck

PAIRS = 50
CHANGES: tuple[dict[str, Any], ...] = ({"title": "Buy bread"}, {"done": True})


def both_last(client: Client) -> None:
    """See that of two changes of different fields at once neither undoes the other."""
    paths = [task_path(client.task()["id"]) for _ in range(PAIRS)]
    together = Barrier(len(CHANGES), timeout=30)

    def change(path: str, fields: dict[str, Any]) -> int:
        together.wait()
        return client.send("PATCH", path, fields).status

    with ThreadPoolExecutor(len(CHANGES)) as pool:
        for path in paths:
            answers = [pool.submit(change, path, fields) for fields in CHANGES]
            statuses = [answer.result() for answer in answers]
            if statuses != [200, 200]:
                raise Unmet(f"{statuses[0]} and {statuses[1]} for two changes at once")
    lost = [path for path in paths if _lacks(client, path)]
    if lost:
        raise Unmet(f"a change was lost in {len(lost)} of {PAIRS} pairs")


def _lacks(client: Client, path: str) -> bool:
    task = expect_fields(expect_json(client.get(path), 200), "title", "done")
    return any(task[name] != value for change in CHANGES for name, value in change.items())


CHECKS = (
    ContractCheck(
        id="both-last",
        level="must",
        sentence="Two changes of different fields at once both last",
        expected=f"both in each of {PAIRS} pairs",
        probe=both_last,
    ),
)
