"""What is not answered yet, asked for before a recommendation."""

from collections.abc import Sequence

from scaffold.errors import InvalidInput
from scaffold.model.answers import Answers, Question


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
