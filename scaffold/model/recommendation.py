"""The recommendation: every report is a view of these values, nothing is added beside them.

Scores, values and contributions are exact fractions; shares are between 0 and 1.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from scaffold.model.answers import Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Because:
    """Points that one answer gave to a criterion; ``question`` is ``base`` for the always-on ones."""

    question: str
    answer: str
    points: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """One term of a score: ``contribution`` = 100 × points/total × value, so the terms sum to it."""

    criterion: str
    points: int
    weight: Fraction
    level: int
    value: Fraction
    contribution: Fraction
    because: tuple[Because, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Watchout:
    """A weakness the user should know before choosing."""

    criterion: str
    level: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A framework that fits, with its score and how sure its place is.

    ``first_share`` counts all plausible readings, open questions answered at random;
    ``beats_first_share`` only those of the answers given: an open question makes nobody equal.
    """

    id: str
    name: str
    rank: int
    score: Fraction
    in_top_group: bool
    first_share: float
    beats_first_share: float
    has_starter: bool
    addons: tuple[str, ...]
    watchouts: tuple[Watchout, ...]
    contributions: tuple[Contribution, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """A requirement that a framework does not meet, who asked for it, and the fact against it."""

    constraint: str
    question: str
    answer: str
    fact: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Elimination:
    """A framework that does not fit, and why."""

    id: str
    name: str
    violations: tuple[Violation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A lead in points of score on one criterion, negative when behind.

    ``versus`` is an id, or ``field`` for the mean of all others.
    """

    criterion: str
    gap: Fraction
    versus: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Contrast:
    """Why not this one: where it is better and worse than the first."""

    id: str
    pros: tuple[Gap, ...]
    cons: tuple[Gap, ...]
    dominated_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Confidence:
    """How sure the answer is, and what that rests on."""

    label: Literal["high", "medium", "low", "none"]
    first_share: float
    answered: int
    applicable: int
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One answer, given and imagined; an empty tuple stands for a skipped question."""

    question: str
    given: Value
    imagined: Value


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerFlip:
    """Changed answers under which another framework comes first; no winner means nothing fits."""

    changes: tuple[Change, ...]
    winner: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightFlip:
    """The importance at which ``winner`` draws level with the first."""

    criterion: str
    points: int
    needed: Fraction
    winner: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskNext:
    """A skipped question, and the share of its answers that would change the first."""

    question: str
    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Regret:
    """The most points the first can be behind the best, whatever the skipped answers were."""

    points: Fraction
    worst_case: tuple[Change, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Relaxation:
    """A smallest set of requirements to give up, and what it would open."""

    drop: tuple[str, ...]
    opens: tuple[str, ...]
    best: str
    score: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Archetype:
    """A kind of framework to look at when there is too little to recommend one."""

    name: str
    text: str
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation:
    """The outcome of one interview.

    ``status`` is ``ok``, ``tie`` (the top group has several members),
    ``infeasible`` (nothing fits; see ``relaxations``) or ``insufficient``
    (too little was answered; see ``archetypes`` and ``ask_next``).
    """

    status: Literal["ok", "tie", "infeasible", "insufficient"]
    answers: Mapping[str, Value]
    skipped: tuple[str, ...]
    ranking: tuple[Candidate, ...]
    eliminated: tuple[Elimination, ...]
    decided_by: tuple[Gap, ...]
    against: tuple[Gap, ...]
    consequences: tuple[str, ...]
    contrasts: tuple[Contrast, ...]
    confidence: Confidence
    answer_flips: tuple[AnswerFlip, ...]
    weight_flips: tuple[WeightFlip, ...]
    ask_next: tuple[AskNext, ...]
    regret: Regret | None
    relaxations: tuple[Relaxation, ...]
    archetypes: tuple[Archetype, ...]
    notes: tuple[str, ...]
    knowledge_as_of: date
    knowledge_version: str
    engine_version: str
    seed: str
