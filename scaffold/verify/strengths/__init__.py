"""What a starter claims beyond the contract: a claim that does not hold fails the run."""

from collections.abc import Iterator

from scaffold.model.framework import Command
from scaffold.model.verification import Check
from scaffold.verify.client import Client
from scaffold.verify.contract.check import run_check
from scaffold.verify.results import skipped
from scaffold.verify.strengths import answers, drain, live, slow_clients
from scaffold.verify.subject import Subject

CHECKS = {check.id: check for check in (*answers.CHECKS, *live.CHECKS, *slow_clients.CHECKS)}


def strength_checks(subject: Subject, command: Command, client: Client) -> Iterator[Check]:
    """Prove each strength that the starter claims; `shared-rates` has its place among the rates."""
    claimed = subject.starter.strengths
    if not claimed:
        yield skipped(
            "strengths", "strengths", "The strengths that the starter claims hold", "it claims none"
        )
    try:
        for name in claimed:
            if name in CHECKS:
                yield run_check(CHECKS[name], client, client.base)
    finally:
        client.leave()
    if "drain" in claimed:
        yield from drain.drain_checks(subject, command, client)
