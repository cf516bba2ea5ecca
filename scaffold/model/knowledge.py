"""What is known of a framework: facts, levels and claims, and the evidence for them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from scaffold.model.age import is_overdue


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Where a fact was read: a source, a place in it, and its date."""

    source: str
    locator: str
    as_of: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One thing known of a framework, for example how it does migrations."""

    id: str
    value: str
    note: str
    evidence: tuple[Evidence, ...]
    checked_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """How a framework does on one criterion in practice, 0 to 10, with the usual parts.

    ``why`` says in one sentence why the number is that, ``addon`` names the part that is usually added.
    ``grade`` is A (measured or counted), B (read) or C (judgement); ``facts`` are ids of what it rests on.
    """

    criterion: str
    level: int
    grade: Literal["A", "B", "C"]
    why: str
    addon: str
    facts: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    checked_on: date

    def is_overdue(self, today: date) -> bool:
        """Return whether it was looked at so long ago that it counts as judgement."""
        return is_overdue(self.checked_on, self.criterion, today)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A claim of the source article and what became of it when it was checked."""

    id: str
    text: str
    criterion: str
    verdict: Literal["holds", "dated", "wrong", "unverifiable"]
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    """All that is known about one framework; without levels it is not ranked."""

    id: str
    facts: Mapping[str, Fact]
    levels: Mapping[str, Level]
    claims: tuple[Claim, ...]
