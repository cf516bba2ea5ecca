"""Asking a person: forward, back, skip, and a summary in which every answer can be changed."""

from collections.abc import Callable, Mapping, Sequence
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


Chooser = Callable[[Sequence[Question], Answers], Question | None]
"""Says which of the open questions comes next, or that none does."""


def hold_interview(
    questions: Sequence[Question],
    known: Answers,
    prompter: Prompter,
    *,
    defaults: Mapping[str, Value] | None = None,
    choose: Chooser | None = None,
) -> Answers:
    """Ask the questions that ``known`` does not answer; return known and new answers.

    ``choose`` says which comes next, and when it is enough; without it all are asked in their order.
    Back goes to the question before; what was answered is its default then.
    """
    answers = dict(known)
    given: dict[str, Value] = dict(defaults or {})
    asked: list[str] = []
    while still_open := open_questions(questions, answers):
        question = choose(still_open, answers) if choose else still_open[0]
        if question is None:
            break
        progress = _progress(question, questions, answers, every=choose is None)
        reply = prompter.ask(question, given.get(question.id, SKIPPED), progress)
        if reply is Move.BACK:
            if asked:
                del answers[asked.pop()]
            continue
        given[question.id] = value = SKIPPED if isinstance(reply, Move) else reply
        answers[question.id] = Answer(
            key=question.id, value=value, source=AnswerSource.PROMPT, where="your answer"
        )
        asked.append(question.id)
    return answers


def open_questions(questions: Sequence[Question], answers: Answers) -> list[Question]:
    """Return the questions that have no answer and are due."""
    return [question for question in questions if question.id not in answers and _is_due(question, answers)]


def review(
    questions: Sequence[Question], answers: Answers, prompter: Prompter, go_on: str = "Go on"
) -> Answers:
    """Show all answers and let the person change any of them until they go on."""
    asked = {question.id: question for question in questions}
    while True:
        due = [question for question in questions if _is_due(question, answers)]
        choices = [Choice(value="", label=go_on), *(_summary_line(q, answers) for q in due)]
        picked = prompter.choose("Your answers. Pick one to change it", choices)
        if not picked:
            return answers
        before = answers[picked].value if picked in answers else SKIPPED
        remaining = {key: answer for key, answer in answers.items() if key != picked}
        answers = hold_interview([asked[picked]], remaining, prompter, defaults={picked: before})


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


def _progress(question: Question, questions: Sequence[Question], answers: Answers, *, every: bool) -> str:
    """Return how far we are; how many are still asked is known only where all of them are."""
    leaders = [item.id for item in questions if not item.follows]
    place = question.follows or question.id
    if place not in leaders:
        return ""
    if every:
        return f"{leaders.index(place) + 1} of {len(leaders)}"
    answered = sum(id in answers for id in leaders if id != place)
    return f"{answered + 1}, at most {len(leaders) - answered - 1} more"


def _summary_line(question: Question, answers: Answers) -> Choice:
    value = answers[question.id].value if question.id in answers else SKIPPED
    return Choice(value=question.id, label=f"{question.text}  {describe_value(question, value)}")
