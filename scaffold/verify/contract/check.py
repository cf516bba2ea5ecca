"""What a check of the contract is, and what becomes of it on a client."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from scaffold.model.verification import Check, Outcome
from scaffold.verify.client import Client, Undecided, Unmet
from scaffold.verify.environment import masked
from scaffold.verify.exchange import curl, transcript


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractCheck:
    """One thing the contract asks; ``probe`` raises Unmet with what was found instead.

    A service *must* keep it (otherwise the check failed) or *should* (warned). What it
    ``needs`` and the client lacks is why it is skipped. ``step`` is where it belongs.
    """

    id: str
    level: Literal["must", "should"]
    sentence: str
    expected: str
    probe: Callable[[Client], None]
    needs: tuple[str, ...] = ()
    step: str = "contract"


def run_check(check: ContractCheck, client: Client, shown_base: str) -> Check:
    """Probe one check; commands to repeat it go to ``shown_base``."""
    begin = time.monotonic()
    first = len(client.seen)
    outcome, found = _outcome(check, client)
    shown = client.seen[-1] if outcome in {"failed", "warned"} and len(client.seen) > first else None
    hidden = client.hidden()
    return Check(
        id=check.id,
        step=check.step,
        sentence=check.sentence,
        outcome=outcome,
        seconds=time.monotonic() - begin,
        expected=check.expected if outcome in {"failed", "warned"} else "",
        found=masked(found, hidden),
        detail=masked(transcript(shown), hidden) if shown else "",
        repeat=masked(curl(shown_base, shown.request), hidden) if shown else "",
    )


def _outcome(check: ContractCheck, client: Client) -> tuple[Outcome, str]:
    lacking = next((client.lacks[need] for need in check.needs if need in client.lacks), "")
    if lacking:
        return "skipped", lacking
    try:
        check.probe(client)
    except Unmet as unmet:
        return ("failed" if check.level == "must" else "warned"), str(unmet)
    except Undecided as undecided:
        return "skipped", str(undecided)
    return "passed", ""
