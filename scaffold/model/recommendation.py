"""The recommendation: every report is a view of these values, nothing is added beside them.

Prices are whole points; what is paid is counted in tenths of a point, so that every sum is exact.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from scaffold.model.answers import Value


class Term(NamedTuple):
    """One line of a bill: ``answer`` to ``question`` puts ``price`` on ``criterion``.

    ``shortfall`` tenths of it are paid, but for ``spared`` tenths of a point, which another line charges.
    ``question`` is ``base`` for what always counts.
    """

    criterion: str
    question: str
    answer: str
    price: int
    shortfall: int
    spared: int = 0

    @property
    def cost(self) -> int:
        """What is paid, in tenths of a point."""
        return self.price * self.shortfall - self.spared


class Demand(NamedTuple):
    """An answer to a question; for languages and the house all that were named stand in one text."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A framework and its bill, in tenths of a point; ``breaks`` are the limits that rule it out.

    ``chance`` is how likely the lead of the first over it is real, from 0.5; it is 1 for the first.
    ``equal`` is true for the first, and where that chance is too small to tell them apart.
    """

    id: str
    name: str
    rank: int
    bill: int
    terms: tuple[Term, ...]
    breaks: tuple[Demand, ...]
    chance: float
    equal: bool
    has_starter: bool

    @property
    def score(self) -> float:
        """What is left of 100 points, at least 0: JSON has it, for programs that draw bars."""
        return max(0, 1000 - self.bill) / 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """How much less the first pays for an answer, in tenths; ``versus`` is an id, or ``field`` for all."""

    question: str
    answer: str
    tenths: int
    versus: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WayOut:
    """Something to do about a conflict: who is first then, and the tenths of a point that it saves.

    Without ``answers`` it is the way of paying: ``first`` stays, and ``saves`` is what that costs, negative.
    """

    text: str
    first: str
    saves: int
    answers: Mapping[str, Value] | None


ConflictKind = Literal["shortage", "outside", "limit", "tension"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Answers that no framework meets together: ``want`` stays unmet, ``against`` rules out its ``givers``.

    ``together`` says that it takes all of these; otherwise each rules out all givers.
    ``kind`` is ``shortage``; ``outside`` or ``limit`` where nothing of the strongest language can be taken;
    or ``tension`` where the two contradict each other whatever the frameworks are. ``firm`` ones are said
    above the ranking.
    """

    kind: ConflictKind
    want: Demand
    against: tuple[Demand, ...]
    givers: tuple[str, ...]
    together: bool
    text: str
    firm: bool
    ways: tuple[WayOut, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Confidence:
    """How sure the first is: the label counts the doubts.

    Of ``of`` fresh cases with that label, or with any other than high, the first was right in ``right``.
    """

    label: Literal["high", "medium", "low", "none"]
    doubts: tuple[str, ...]
    right: int
    of: int
    measured_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One answer, given and imagined; an empty tuple stands for a question that is open."""

    question: str
    given: Value
    imagined: Value


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerFlip:
    """Changed answers under which another framework comes first, with its bill then, in tenths.

    ``criterion`` is the line that moves most in its favour, or empty where a limit decides.
    """

    changes: tuple[Change, ...]
    winner: str
    bill: int
    criterion: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceFlip:
    """A dear line of the first: what it costs, and from which cost on ``winner`` is first; in tenths.

    Where no price of this line alone brings another first, ``winner`` is empty.
    """

    criterion: str
    question: str
    cost: int
    needed: int
    winner: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskNext:
    """An open question, and the points that an answer to it is worth on average."""

    question: str
    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Overdue:
    """Something known that was looked at too long ago to be relied on."""

    framework: str
    what: str
    checked_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation:
    """The outcome of one interview; all frameworks are ranked, those that break a limit last.

    ``status`` is ``ok``; ``tie`` where others are equal to the first; ``infeasible`` where every framework
    breaks a limit; ``insufficient`` where too little was answered. ``assumed`` are the answers that the
    product implies, ``amount`` is how much framework it needs, 0 to 10; ``outside`` names what many would
    take for this and the catalog lacks.
    """

    status: Literal["ok", "tie", "infeasible", "insufficient"]
    answers: Mapping[str, Value]
    assumed: Mapping[str, str]
    amount: int | None
    ranking: tuple[Candidate, ...]
    decided_by: tuple[Lead, ...]
    against: tuple[Lead, ...]
    conflicts: tuple[Conflict, ...]
    confidence: Confidence
    answer_flips: tuple[AnswerFlip, ...]
    price_flips: tuple[PriceFlip, ...]
    ask_next: tuple[AskNext, ...]
    outside: tuple[str, ...]
    notes: tuple[str, ...]
    overdue: tuple[Overdue, ...]
    as_of: date
    knowledge_as_of: date
    knowledge_version: str
    engine_version: str
