"""From answers to a recommendation, for the commands that need one."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from scaffold.cli.options import AnswerValues, interview_values
from scaffold.errors import InvalidInput
from scaffold.model.answers import Answers, Question
from scaffold.model.framework import Framework, Language
from scaffold.model.knowledge import Knowledge
from scaffold.model.recommendation import Recommendation

if TYPE_CHECKING:
    from scaffold.report import Format, Reporter

ALWAYS = frozenset({"what", "languages", "language_policy", "house", "style", "hosting", "team"})
"""The questions that everybody is asked; whether the others are depends on the answers."""
_SETTLED = "Go on: no further answer is likely to change the first"


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalog:
    """What a recommendation is made from, read once a command, and the day of it."""

    questions: tuple[Question, ...]
    frameworks: Mapping[str, Framework]
    knowledge: Mapping[str, Knowledge]
    languages: Mapping[str, Language]
    today: date

    def recommend(self, values: AnswerValues, only: Collection[str] = ()) -> Recommendation:
        """Recommend for the values of the interview; of ``only`` some frameworks when these are named."""
        from scaffold.recommend import recommend

        return recommend(
            values,
            frameworks=self.frameworks,
            knowledge={id: known for id, known in self.knowledge.items() if not only or id in only},
            languages=self.languages,
            questions=self.questions,
            today=self.today,
        )

    def reporter(self, format: "Format" = "text", given: str = "") -> "Reporter":
        """Return what writes the reports; ``given`` are the options by which the answers were given."""
        from scaffold.report import Reporter

        return Reporter(
            questions=self.questions,
            frameworks=self.frameworks,
            knowledge=self.knowledge,
            format=format,
            given=given,
        )


def read_catalog() -> Catalog:
    """Read the questions, the frameworks and what is known of them."""
    from scaffold.catalog import load_frameworks, load_knowledge, load_languages
    from scaffold.clock import today
    from scaffold.interview.questions import QUESTIONS

    return Catalog(
        questions=QUESTIONS,
        frameworks=load_frameworks(),
        knowledge=load_knowledge(),
        languages=load_languages(),
        today=today(),
    )


def ask_what_is_open(catalog: Catalog, answers: Answers, *, every: bool = False) -> Answers:
    """Hold the interview for what ``answers`` leave open and let the person review all of it.

    Asked are the questions of ``ALWAYS``, then what is likeliest to change the first, as long as that is
    likely; with ``every`` all of them. Without a terminal, InvalidInput names what is missing and its flag.
    """
    from scaffold.interview.conversation import first_of, hold_interview, open_questions, review
    from scaffold.interview.terminal import Terminal, is_terminal

    choose = first_of if every else partial(_most_telling, catalog)
    still_open = open_questions(catalog.questions, answers)
    following = choose(still_open, answers)
    if following is None:
        return answers
    if not is_terminal():
        missing = [question.id for question in still_open if every or question.id in ALWAYS]
        raise refuse_to_ask(missing or [following.id])
    terminal = Terminal()
    told = hold_interview(catalog.questions, answers, terminal, choose=choose)
    return review(catalog.questions, told, terminal, "Go on" if every else _SETTLED)


def _most_telling(catalog: Catalog, still_open: Sequence[Question], answers: Answers) -> Question | None:
    """Return the next of ``ALWAYS``; after these the one whose answer is worth most, or none that is."""
    from scaffold.recommend.hypotheticals import WORTH_ASKING

    by_id = {question.id: question for question in still_open}
    always = next((id for id in by_id if id in ALWAYS), None)
    if always or not by_id:
        return by_id.get(always or "")
    worth = catalog.recommend(interview_values(answers, catalog.questions)).ask_next
    return next(
        (by_id[ask.question] for ask in worth if ask.question in by_id and ask.value >= WORTH_ASKING), None
    )


def refuse_to_ask(missing: Sequence[str]) -> InvalidInput:
    """Return the error for questions that nobody is there to answer."""
    return InvalidInput(
        f"There is no terminal to ask on, and no answer for: {', '.join(missing)}",
        hint=f"Give --answers FILE, --set {missing[0]}=… for each, or --yes to skip what is open",
    )
