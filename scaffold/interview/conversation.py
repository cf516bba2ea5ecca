"""Asking a person: forward, back, skip, and a summary in which every answer can be changed."""

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Protocol

from scaffold.interview.values import SKIPPED
from scaffold.model.answers import Answer, Answers, AnswerSource, Choice, Question, Value


class Move(Enum):
    """What a person did instead of answering."""

    BACK = "back"
    SKIP = "skip"


class Prompter(Protocol):
    """Puts one question on the terminal; ``progress`` says where we are, as ``3 of 14``."""

    def ask(self, question: Question, default: Value, progress: str) -> Value | Move:
        """Return the answer or the move."""

    def choose(self, text: str, choices: Sequence[Choice]) -> str:
        """Return the value of the choice that was picked."""

    def confirm(self, text: str) -> bool:
        """Return whether the person agrees."""


def hold_interview(
    questions: Sequence[Question],
    known: Answers,
    prompter: Prompter,
    *,
    defaults: Mapping[str, Value] | None = None,
) -> Answers:
    """Ask every question that ``known`` does not answer; return known and new answers.

    Back goes to the question before; what was answered is its default then.
    """
    open_questions = [question for question in questions if question.id not in known]
    answers = dict(known)
    given: dict[str, Value] = dict(defaults or {})
    index = 0
    while index < len(open_questions):
        question = open_questions[index]
        if not _is_due(question, answers):
            answers.pop(question.id, None)
            index += 1
            continue
        reply = prompter.ask(question, given.get(question.id, SKIPPED), _progress(question, questions))
        if reply is Move.BACK:
            index = _before(index, open_questions, answers)
            continue
        given[question.id] = value = SKIPPED if isinstance(reply, Move) else reply
        answers[question.id] = Answer(
            key=question.id, value=value, source=AnswerSource.PROMPT, where="your answer"
        )
        index += 1
    return answers


def review(questions: Sequence[Question], answers: Answers, prompter: Prompter) -> Answers:
    """Show all answers and let the person change any of them until they go on."""
    asked = {question.id: question for question in questions}
    while True:
        due = [question for question in questions if _is_due(question, answers)]
        choices = [Choice(value="", label="Go on"), *(_summary_line(q, answers) for q in due)]
        picked = prompter.choose("Your answers. Pick one to change it", choices)
        if not picked:
            return answers
        before = answers[picked].value if picked in answers else SKIPPED
        remaining = {key: answer for key, answer in answers.items() if key != picked}
        changed = hold_interview([asked[picked]], remaining, prompter, defaults={picked: before})
        answers = {question.id: changed[question.id] for question in questions if question.id in changed}


def describe_value(question: Question, value: Value) -> str:
    """Return an answer in the words of its question."""
    if value == SKIPPED:
        return "no answer"
    if isinstance(value, bool):
        return "yes" if value else "no"
    labels = {choice.value: choice.label for choice in question.choices}
    values = (value,) if isinstance(value, str) else value
    return ", ".join(labels.get(item, item) for item in values)


def _is_due(question: Question, answers: Answers) -> bool:
    """Return whether the question is to be asked: a follow-up needs an answer to follow."""
    if not question.follows:
        return True
    leader = answers.get(question.follows)
    return leader is not None and leader.value not in (SKIPPED, ("none",))


def _before(index: int, questions: Sequence[Question], answers: Answers) -> int:
    earlier = (i for i in range(index - 1, -1, -1) if _is_due(questions[i], answers))
    return next(earlier, index)


def _progress(question: Question, questions: Sequence[Question]) -> str:
    leaders = [item.id for item in questions if not item.follows]
    place = question.follows or question.id
    return f"{leaders.index(place) + 1} of {len(leaders)}" if place in leaders else ""


def _summary_line(question: Question, answers: Answers) -> Choice:
    value = answers[question.id].value if question.id in answers else SKIPPED
    return Choice(value=question.id, label=f"{question.text}  {describe_value(question, value)}")
