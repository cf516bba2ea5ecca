"""What is not answered yet, asked for before a recommendation."""

from collections.abc import Sequence

from scaffold.cli.options import interview_values
from scaffold.errors import InvalidInput
from scaffold.interview.questions import QUESTIONS
from scaffold.model.answers import Answers, Question

ALWAYS = frozenset({"what", "languages", "language_policy", "house", "style", "hosting", "team"})
"""The questions that everybody is asked; whether the others are depends on the answers."""
_SETTLED = "Go on: no further answer is likely to change the first"


def ask_what_is_open(answers: Answers, *, every: bool = False) -> Answers:
    """Hold the interview for what ``answers`` leave open and let the person review all of it.

    Asked are the questions of ``ALWAYS``, then what is likeliest to change the first, as long as that is
    likely; with ``every`` all of them. Without a terminal, InvalidInput names what is missing and its flag.
    """
    from scaffold.interview.conversation import hold_interview, open_questions, review
    from scaffold.interview.terminal import Terminal, is_terminal

    if not is_terminal():
        still_open = open_questions(QUESTIONS, answers)
        missing = [question.id for question in still_open if every or question.id in ALWAYS]
        if still_open and not missing and (telling := _most_telling(still_open, answers)):
            missing = [telling.id]
        if missing:
            raise refuse_to_ask(missing)
        return answers
    terminal = Terminal()
    told = hold_interview(QUESTIONS, answers, terminal, choose=None if every else _most_telling)
    return answers if told == answers else review(QUESTIONS, told, terminal, "Go on" if every else _SETTLED)


def _most_telling(still_open: Sequence[Question], answers: Answers) -> Question | None:
    """Return the next of ``ALWAYS``; after these the one whose answer is worth most, or none that is."""
    from scaffold.api import recommend
    from scaffold.recommend.hypotheticals import WORTH_ASKING

    always = next((question for question in still_open if question.id in ALWAYS), None)
    if always:
        return always
    by_id = {question.id: question for question in still_open}
    worth = recommend(interview_values(answers, QUESTIONS)).ask_next
    return next(
        (by_id[ask.question] for ask in worth if ask.question in by_id and ask.value >= WORTH_ASKING), None
    )


def refuse_to_ask(missing: Sequence[str]) -> InvalidInput:
    """Return the error for questions that nobody is there to answer."""
    return InvalidInput(
        f"There is no terminal to ask on, and no answer for: {', '.join(missing)}",
        hint=f"Give --answers FILE, --set {missing[0]}=… for each, or --yes to skip what is open",
    )
