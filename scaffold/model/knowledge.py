"""What is known of a framework: facts, levels and claims, and the evidence for them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """How a framework does on one criterion, 0 to 10, and what that rests on.

    ``grade`` is A (derived or measured), B (read) or C (judgement); ``inputs``
    name the facts the rule reads.
    """

    criterion: str
    level: int
    rule: str
    inputs: tuple[str, ...]
    grade: Literal["A", "B", "C"]
    evidence: tuple[Evidence, ...]
    expires_on: date


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
    """All that the recommender may use about one framework."""

    id: str
    facts: Mapping[str, Fact]
    levels: Mapping[str, Level]
    claims: tuple[Claim, ...]
