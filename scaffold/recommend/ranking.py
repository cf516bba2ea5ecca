"""The order, and how sure the lead of the first is."""

from functools import cached_property
from math import erf, sqrt

from scaffold.model.recommendation import Demand, Term
from scaffold.recommend.field import Entry
from scaffold.recommend.limits import breaks
from scaffold.recommend.scoring import Case, score

EQUAL = 0.70
"""The chance of a real lead below which two cannot be told apart."""
PRICE_DOUBT = 0.4
"""A standard deviation: a price may be 40 % off. A level may be one step off, two where it is judgement."""
KNOWN = frozenset({"language", "house"})
"""Lines that are known, not judged."""


class Ranking:
    """Every framework with its bill and the limits it breaks, and the order of all."""

    def __init__(self, case: Case) -> None:
        self.case = case

    @cached_property
    def terms(self) -> dict[str, tuple[Term, ...]]:
        """The lines of each bill."""
        return {id: score(self.case, entry) for id, entry in self.case.field.entries.items()}

    @cached_property
    def bills(self) -> dict[str, int]:
        """What each costs, in tenths of a point."""
        return {id: sum(term.cost for term in terms) for id, terms in self.terms.items()}

    @cached_property
    def broken(self) -> dict[str, tuple[Demand, ...]]:
        """The limits that each breaks."""
        return {id: breaks(self.case, entry) for id, entry in self.case.field.entries.items()}

    @cached_property
    def order(self) -> tuple[str, ...]:
        """The ids: what breaks no limit first, then the smallest bill, then the id."""
        return tuple(sorted(self.bills, key=lambda id: (len(self.broken[id]), self.bills[id], id)))

    @property
    def first(self) -> str:
        """The id of the first."""
        return self.order[0]

    @cached_property
    def able(self) -> tuple[str, ...]:
        """The ids of those that break no limit, in order."""
        return tuple(id for id in self.order if not self.broken[id])

    @cached_property
    def equals(self) -> tuple[str, ...]:
        """The ids of those that are as good as the first, within the accuracy of the comparison."""
        return tuple(id for id in self.able[1:] if self.chance(id) < EQUAL)

    def chance(self, other: str) -> float:
        """Return how likely the lead of the first over another is real, from 0 to 1."""
        entries = self.case.field.entries
        mine, theirs = entries[self.first], entries[other]
        variance = 0.0
        for a, b in zip(self.terms[self.first], self.terms[other], strict=True):
            variance += (PRICE_DOUBT * (b.cost - a.cost)) ** 2
            if a.criterion not in KNOWN:
                variance += (_doubt(mine, a) + _doubt(theirs, a)) * a.price**2
        lead = self.bills[other] - self.bills[self.first]
        return 0.5 + 0.5 * erf(lead / (sqrt(variance) or 1.0) / sqrt(2))


def _doubt(entry: Entry, term: Term) -> int:
    """Return the variance of a level in steps; of what is no level of its own, that of one step."""
    return entry.doubt.get(term.criterion, 1) ** 2
