"""Answers that were not given: those a skipped question could have, and those one change away."""

from collections.abc import Iterator, Mapping

from scaffold.model.answers import Question, Value
from scaffold.model.recommendation import Change
from scaffold.recommend.points import chosen
from scaffold.recommend.tally import Slot

Answers = Mapping[str, Value]
SKIPPED: Value = ()
# Questions that mean nothing once another was answered so.
MOOT: Mapping[str, Mapping[str, frozenset[str]]] = {
    "what": {
        "tiny": frozenset({"admin", "live", "background"}),
        "gateway": frozenset({"admin", "screens", "background"}),
    },
    "screens": {"none": frozenset({"admin", "live"})},
}


def is_moot(question: str, answers: Answers) -> bool:
    """Return whether a question means nothing, given the other answers."""
    return any(
        values and all(question in moot.get(value, ()) for value in values)
        for other, moot in MOOT.items()
        for values in [chosen(answers.get(other))]
    )


def possible(slot: Slot) -> tuple[Change, ...]:
    """Return what a skipped question could be answered, one choice each."""
    return tuple(Change(question=slot.id, given=SKIPPED, imagined=value) for value in _alone(slot.question))


def neighbours(slot: Slot, questions: Mapping[str, Question], answers: Answers) -> tuple[Change, ...]:
    """Return every change of one answer in a slot; a follow-up only where its question is answered."""
    keys = slot.keys if chosen(answers.get(slot.id)) else slot.keys[:1]
    return tuple(
        Change(question=key, given=answers.get(key, SKIPPED), imagined=value)
        for key in keys
        for value in dict.fromkeys(_near(questions[key], chosen(answers.get(key))))
        if chosen(value) != chosen(answers.get(key))
    )


def changed(answers: Answers, *changes: Change) -> Answers:
    """Return the answers with some of them changed."""
    return {**answers, **{change.question: change.imagined for change in changes}}


def _alone(question: Question) -> Iterator[Value]:
    for choice in question.choices:
        yield choice.value if question.kind == "single" else (choice.value,)


def _near(question: Question, given: tuple[str, ...]) -> Iterator[Value]:
    if question.kind == "ranked":
        for choice in question.choices:
            others = (value for value in given if value != choice.value)
            yield (choice.value, *others)[: question.limit]
        yield SKIPPED
    else:
        yield from _alone(question)
    if question.kind == "multiple":
        yield from _one_more_or_less(question, given)


def _one_more_or_less(question: Question, given: tuple[str, ...]) -> Iterator[Value]:
    if len(given) > 1:
        for value in given:
            yield tuple(other for other in given if other != value)
    if 0 < len(given) < question.limit:
        order = [choice.value for choice in question.choices]
        for value in order:
            if value not in given:
                yield tuple(sorted((*given, value), key=order.index))
