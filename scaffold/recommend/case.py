"""One interview against one field: everything the parts of the engine share."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from scaffold.model.answers import Question, Value
from scaffold.recommend.field import Field
from scaffold.recommend.imagination import is_moot
from scaffold.recommend.points import Awards, awards, base_awards, chosen
from scaffold.recommend.tally import Slot, Tally, make_slots

Answers = Mapping[str, Value]

ENGINE_VERSION = "1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Answers in one order, the points they give, and the questions still open."""

    questions: Mapping[str, Question]
    answers: Answers
    awards: Awards
    tally: Tally
    open_slots: tuple[Slot, ...]
    version: str
    seed: str

    @property
    def field(self) -> Field:
        """The frameworks that are compared."""
        return self.tally.field

    @property
    def points(self) -> Mapping[str, int]:
        """The points of each criterion that has any."""
        return {id: sum(reason.points for reason in reasons) for id, reasons in self.awards.items()}

    @property
    def skipped(self) -> tuple[str, ...]:
        """The questions without an answer, whether they mean anything here or not."""
        return tuple(slot.id for slot in self.tally.slots if not slot.is_answered(self.answers))

    @property
    def answered(self) -> int:
        """How many questions were answered."""
        return len(self.tally.slots) - len(self.skipped)

    @property
    def applicable(self) -> int:
        """How many questions were answered or could be."""
        return self.answered + len(self.open_slots)


def make_case(given: Answers, field: Field, questions: Sequence[Question]) -> Case:
    """Return the case of some answers; a key that is no question is left out."""
    answers = _canonical(given, questions)
    slots = make_slots(questions)
    version = _version(field)
    return Case(
        questions={question.id: question for question in questions},
        answers=answers,
        awards=_all_awards(answers, questions),
        tally=Tally(field, slots),
        open_slots=tuple(
            slot for slot in slots if not slot.is_answered(answers) and not is_moot(slot.id, answers)
        ),
        version=version,
        seed=_seed(answers, version),
    )


def _canonical(answers: Answers, questions: Sequence[Question]) -> Answers:
    """Return the answers in the order of the questions, and choices without a rank in theirs."""
    return {
        question.id: _ordered(question, answers[question.id])
        for question in questions
        if chosen(answers.get(question.id))
    }


def _ordered(question: Question, value: Value) -> Value:
    if question.kind != "multiple":
        return value
    given = chosen(value)
    return tuple(choice.value for choice in question.choices if choice.value in given)


def _all_awards(answers: Answers, questions: Sequence[Question]) -> Awards:
    base, given = base_awards(), awards(answers, [question.id for question in questions])
    return {id: (*base.get(id, ()), *given.get(id, ())) for id in {**base, **given}}


def _version(field: Field) -> str:
    """Return a short name for everything known that the ranking rests on."""
    digest = sha256()
    for entry in field:
        levels = sorted(
            (level.criterion, level.level, level.grade) for level in entry.knowledge.levels.values()
        )
        facts = sorted((fact.id, fact.value) for fact in entry.knowledge.facts.values())
        about = (entry.framework.id, entry.framework.language, entry.framework.kind)
        digest.update(repr((about, levels, facts)).encode())
    return digest.hexdigest()[:12]


def _seed(answers: Answers, version: str) -> str:
    given = sorted((key, chosen(value)) for key, value in answers.items())
    return sha256(repr((given, version, ENGINE_VERSION)).encode()).hexdigest()[:16]
