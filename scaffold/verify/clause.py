"""What a clause of the contract is, and what becomes of it on a visit."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from scaffold.model.verification import Check, Outcome
from scaffold.verify.exchange import curl, transcript
from scaffold.verify.visit import Undecided, Unmet, Visit


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """One thing the contract asks; ``probe`` raises Unmet with what was found instead.

    A service *must* keep it (otherwise the check failed) or *should* (warned).
    """

    id: str
    level: Literal["must", "should"]
    sentence: str
    expected: str
    probe: Callable[[Visit], None]


def check_clause(clause: Clause, visit: Visit, shown_base: str) -> Check:
    """Probe one clause; commands to repeat it go to ``shown_base``."""
    begin = time.monotonic()
    first = len(visit.seen)
    outcome, found = _outcome(clause, visit)
    shown = visit.seen[-1] if outcome in {"failed", "warned"} and len(visit.seen) > first else None
    return Check(
        id=clause.id,
        step="contract",
        sentence=clause.sentence,
        outcome=outcome,
        seconds=time.monotonic() - begin,
        expected=clause.expected if outcome in {"failed", "warned"} else "",
        found=found,
        detail=transcript(shown) if shown else "",
        repeat=curl(shown_base, shown.request) if shown else "",
    )


def _outcome(clause: Clause, visit: Visit) -> tuple[Outcome, str]:
    try:
        clause.probe(visit)
    except Unmet as unmet:
        return ("failed" if clause.level == "must" else "warned"), str(unmet)
    except Undecided as undecided:
        return "skipped", str(undecided)
    return "passed", ""
