"""The frameworks that are compared, as columns of levels.

Sums over all frameworks at once are the inner loop of everything here, so a
column can be packed into one integer, a lane of bits for each framework:
adding two packed columns adds every framework's number.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scaffold.model.answers import Value
from scaffold.model.framework import Framework
from scaffold.model.knowledge import Knowledge
from scaffold.recommend.criteria import TOP, UNKNOWN
from scaffold.recommend.points import affinity, target

LANE = 4  # bytes
LANE_BITS = 8 * LANE
LANE_MASK = (1 << LANE_BITS) - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A framework and what is known of it."""

    framework: Framework
    knowledge: Knowledge

    @property
    def name(self) -> str:
        """What people call it."""
        return self.framework.name

    def level(self, criterion: str) -> int | None:
        """Return its level on a criterion, None when nobody knows."""
        known = self.knowledge.levels.get(criterion)
        return known.level if known else None

    def fact(self, id: str) -> str:
        """Return the value of a fact, empty when nobody knows."""
        known = self.knowledge.facts.get(id)
        return known.value if known else ""

    def note(self, id: str) -> str:
        """Return what is said beside a fact, empty when nothing is."""
        known = self.knowledge.facts.get(id)
        return known.note.rstrip(".") if known else ""


Field = tuple[Entry, ...]


def make_field(frameworks: Mapping[str, Framework], knowledge: Mapping[str, Knowledge]) -> Field:
    """Return the frameworks of which something is known, in the order of their ids."""
    return tuple(
        Entry(framework=frameworks[id], knowledge=knowledge[id])
        for id in sorted(frameworks.keys() & knowledge.keys())
    )


def level(entry: Entry, criterion: str, answers: Mapping[str, Value]) -> int:
    """Return the level that is shown: an unknown one is the middle of the scale."""
    if criterion == "language":
        return affinity(answers, entry.framework.language)
    known = entry.level(criterion)
    return UNKNOWN if known is None else known


def value(entry: Entry, criterion: str, answers: Mapping[str, Value]) -> int:
    """Return what the level is worth for these answers, 0 to 10."""
    found = level(entry, criterion, answers)
    return fit(found, target(answers)) if criterion == "scope" else found


def fit(scope: int, wanted: int | None) -> int:
    """Return how near an amount of framework is to the wanted one, 0 to 10."""
    return TOP if wanted is None else TOP - abs(scope - wanted)


def spread(entry: Entry, criterion: str) -> int:
    """Return by how much a level may be wrong: 1, 2 when it is a judgement, all of the scale when unknown."""
    known = entry.knowledge.levels.get(criterion)
    if known is None:
        return UNKNOWN
    return 2 if known.grade == "C" else 1


def pack(column: Sequence[int]) -> int:
    """Return a column as one integer."""
    return sum(number << (place * LANE_BITS) for place, number in enumerate(column))


def unpack(packed: int, lanes: int) -> list[int]:
    """Return the column that was packed."""
    return [(packed >> (place * LANE_BITS)) & LANE_MASK for place in range(lanes)]
