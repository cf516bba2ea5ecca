"""Scores as votes: every answer brings its own votes, and their sum decides.

The score of a framework is 10 × votes / points. All frameworks share the same
points, so who is first is decided by comparing integers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scaffold.model.answers import Question, Value
from scaffold.recommend.constraints import RULES, Rule
from scaffold.recommend.field import Field, pack, unpack, value
from scaffold.recommend.points import Awards, awards, base_awards, chosen

Answers = Mapping[str, Value]
Places = tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A question with those that follow it: together they are one thing to answer."""

    question: Question
    keys: tuple[str, ...]

    @property
    def id(self) -> str:
        """The id of its question."""
        return self.question.id

    def is_answered(self, answers: Answers) -> bool:
        """Return whether its question was answered; a follow-up alone does not count."""
        return bool(chosen(answers.get(self.id)))

    def part(self, answers: Answers) -> dict[str, Value]:
        """Return the answers to this slot alone."""
        return {key: answers[key] for key in self.keys if chosen(answers.get(key))}


def make_slots(questions: Sequence[Question]) -> tuple[Slot, ...]:
    """Return each question with the ones that follow it."""
    return tuple(
        Slot(
            question=question,
            keys=(question.id, *(other.id for other in questions if other.follows == question.id)),
        )
        for question in questions
        if not question.follows
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Ballot:
    """The points that some answers give, and the votes they make of them, packed by framework."""

    points: int
    votes: int

    def __add__(self, other: "Ballot") -> "Ballot":
        return Ballot(points=self.points + other.points, votes=self.votes + other.votes)


class Tally:
    """Counts the votes of any answers for one field, and remembers what it has counted."""

    def __init__(self, field: Field, slots: tuple[Slot, ...]) -> None:
        self.field = field
        self.slots = slots
        self._ballots: dict[object, Ballot] = {}
        self._passing: dict[object, int] = {}
        self._base = self._count(base_awards(), {})

    def total(self, answers: Answers) -> Ballot:
        """Return the ballot of all answers and of the base points."""
        return sum((self.ballot(slot, answers) for slot in self.slots), self._base)

    def ballot(self, slot: Slot, answers: Answers) -> Ballot:
        """Return the ballot of the answers to one slot."""
        part = slot.part(answers)
        key = (slot.id, *part.items())
        if key not in self._ballots:
            self._ballots[key] = self._count(awards(part, slot.keys), part)
        return self._ballots[key]

    def eligible(self, answers: Answers) -> Places:
        """Return the places of the frameworks that meet every requirement."""
        passing = -1
        for rule in RULES:
            passing &= self._pass(rule, answers)
        return tuple(place for place in range(len(self.field)) if passing >> place & 1)

    def first(self, answers: Answers) -> int | None:
        """Return the place of the framework that is first, None when none is eligible."""
        return self._most(self.total(answers).votes, answers)

    def first_if(self, total: Ballot, answers: Answers, changed: Answers) -> int | None:
        """Return who is first when some of the answers that made ``total`` change."""
        votes = total.votes
        for slot in self.slots:
            if any(key in changed for key in slot.keys):
                other = {**answers, **changed}
                votes += self.ballot(slot, other).votes - self.ballot(slot, answers).votes
        return self._most(votes, {**answers, **changed})

    def _most(self, votes: int, answers: Answers) -> int | None:
        column = unpack(votes, len(self.field))
        return max(self.eligible(answers), key=lambda place: (column[place], -place), default=None)

    def _count(self, given: Awards, answers: Answers) -> Ballot:
        ballot = Ballot(points=0, votes=0)
        for criterion, reasons in given.items():
            points = sum(reason.points for reason in reasons)
            values = pack([value(entry, criterion, answers) for entry in self.field])
            ballot += Ballot(points=points, votes=points * values)
        return ballot

    def _pass(self, rule: Rule, answers: Answers) -> int:
        """Return the frameworks that pass a rule, one bit each."""
        key = (rule.make, *(answers.get(question) for question in rule.reads))
        if key not in self._passing:
            self._passing[key] = self._judge(rule, answers)
        return self._passing[key]

    def _judge(self, rule: Rule, answers: Answers) -> int:
        requirement = rule.make(answers)
        if requirement is None:
            return -1
        findings = [requirement.judge(entry) for entry in self.field]
        return sum(1 << place for place, finding in enumerate(findings) if not (finding and finding.violated))
