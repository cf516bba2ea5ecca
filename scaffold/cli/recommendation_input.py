"""From answers to a recommendation, for the commands that need one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scaffold.cli.options import AnswerValues
from scaffold.errors import InvalidInput
from scaffold.model.answers import Answers, Question
from scaffold.model.framework import Framework
from scaffold.model.knowledge import Knowledge
from scaffold.model.recommendation import Recommendation


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalog:
    """What a recommendation is made from, read once a command."""

    questions: tuple[Question, ...]
    frameworks: Mapping[str, Framework]
    knowledge: Mapping[str, Knowledge]

    def recommend(self, values: AnswerValues) -> Recommendation:
        """Recommend for the values of the interview."""
        from scaffold.recommend import recommend

        return recommend(
            values, frameworks=self.frameworks, knowledge=self.knowledge, questions=self.questions
        )


def read_catalog() -> Catalog:
    """Read the questions, the frameworks and what is known of them."""
    from scaffold.catalog import load_frameworks, load_knowledge
    from scaffold.interview.questions import QUESTIONS

    return Catalog(questions=QUESTIONS, frameworks=load_frameworks(), knowledge=load_knowledge())


def ask_what_is_open(questions: Sequence[Question], answers: Answers) -> Answers:
    """Hold the interview for what ``answers`` leave open and let the person review all of it.

    Without a terminal, InvalidInput names every missing answer and its flag.
    """
    from scaffold.interview.conversation import hold_interview, review
    from scaffold.interview.terminal import Terminal, is_terminal

    missing = [question.id for question in questions if question.id not in answers and not question.follows]
    if not missing:
        return answers
    if not is_terminal():
        raise refuse_to_ask(missing)
    terminal = Terminal()
    return review(questions, hold_interview(questions, answers, terminal), terminal)


def refuse_to_ask(missing: Sequence[str]) -> InvalidInput:
    """Return the error for questions that nobody is there to answer."""
    return InvalidInput(
        f"There is no terminal to ask on, and no answer for: {', '.join(missing)}",
        hint=f"Give --answers FILE, --set {missing[0]}=… for each, or --yes to skip what is open",
    )
