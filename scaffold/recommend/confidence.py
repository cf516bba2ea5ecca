"""How sure the first is: a label that counts doubts, and how often that label was right on fresh cases."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, Literal

from scaffold.catalog.packaged import read_own_table
from scaffold.model.recommendation import Confidence, Conflict
from scaffold.recommend.conflicts import demands, is_firm, unmet
from scaffold.recommend.ranking import Ranking
from scaffold.recommend.scoring import Case

DEAR = 300
"""Tenths of a point from which on even the first is dear."""
THOROUGH, ENOUGH = 5, 3
"""Answers below which few, or too few, questions are answered."""
Label = Literal["high", "medium", "low", "none"]


_NOTHING = "nothing of the team's strongest language can be taken"
_CONFLICTS = {"outside": _NOTHING, "limit": _NOTHING, "tension": "two answers pull apart"}


def judge(ranking: Ranking, conflicts: Sequence[Conflict]) -> Confidence:
    """Return how sure the first is."""
    doubts = tuple(_doubts(ranking, conflicts))
    label = _label(ranking, len(doubts))
    measured = calibration()["fresh"]
    right, of = measured["high" if label == "high" else "other"]
    return Confidence(label=label, doubts=doubts, right=right, of=of, measured_on=measured["date"])


def is_enough(case: Case) -> bool:
    """Return whether three questions are answered, what is built or the languages among them."""
    return len(case.given) >= ENOUGH and bool(case.chosen("what") or case.languages)


@cache
def calibration() -> dict[str, Any]:
    """Return how often each label was right: ``calibration.toml`` says on which cases."""
    return read_own_table("recommend/calibration.toml")


def _label(ranking: Ranking, doubts: int) -> Label:
    if not is_enough(ranking.case):
        return "none"
    if not ranking.able:
        return "low"
    return ("high", "medium", "low")[min(doubts, 2)]


def _doubts(ranking: Ranking, conflicts: Sequence[Conflict]) -> Iterator[str]:
    """Yield the reasons to be less sure, in words."""
    case, entries = ranking.case, ranking.case.field.entries
    first = entries[ranking.first]
    if ranking.able[1:] and ranking.able[1] in ranking.equals:
        yield f"{entries[ranking.able[1]].name} is as good within the accuracy of the comparison"
    if len(ranking.able) == 1:
        yield f"{first.name} is the only one left"
    if case.languages and case.distance(first.language):
        yield f"{first.name} is not in the team's strongest language"
    missed = [demand for demand in unmet(ranking, demands(ranking)) if demand.question != "languages"]
    if any(is_firm(ranking, demand) for demand in missed):
        yield "an answer that was meant firmly stays unmet"
    yield from ("another answer stays unmet" for _ in missed[1:])
    yield from (_CONFLICTS[conflict.kind] for conflict in conflicts if conflict.kind in _CONFLICTS)
    if ranking.bills[ranking.first] >= DEAR:
        yield f"nothing fits well: even {first.name} is dear"
    if len(case.given) < THOROUGH:
        yield "few questions are answered"
