"""The questions about the project itself: its identity, and the options of the templates."""

from collections.abc import Iterable, Mapping

from scaffold.errors import InvalidInput
from scaffold.interview.questions import QUESTIONS
from scaffold.model.answers import Answers, AnswerSource, Question, Value
from scaffold.model.framework import Framework, Option, Starter
from scaffold.text import printable

IDENTITY_QUESTIONS: tuple[Question, ...] = (
    Question(
        id="project_name",
        text="What is the project called?",
        why="The title of its README and pages; any text on one line.",
        kind="text",
    ),
    Question(
        id="project_slug",
        text="Which name should packages and services have?",
        why="Lower-case letters, digits and hyphens; it follows from the folder's name.",
        kind="text",
    ),
    Question(
        id="description",
        text="What does it do, in one sentence?",
        why="The second line of the README and the package's summary.",
        kind="text",
    ),
    Question(
        id="author",
        text="Who writes it?",
        why="The licence and the package name its author; may stay empty.",
        kind="text",
    ),
)

TEMPLATE_QUESTION = Question(
    id="template",
    text="Which framework?",
    why="With a template there is no interview about what you build; `scaffold list` shows the ids.",
    kind="text",
)

FOR_ALL_PROJECTS = frozenset({AnswerSource.DEFAULTS_FILE, AnswerSource.ENVIRONMENT})
"""Where an answer may stand that a template has no use for."""

_ELSEWHERE = frozenset({TEMPLATE_QUESTION.id, *(question.id for question in QUESTIONS)})


def project_questions(starters: Iterable[Starter]) -> tuple[Question, ...]:
    """Return the questions about a project that may be made from any of ``starters``.

    An option that several have is asked in the words of the first, with the choices of all.
    """
    asked: dict[str, Question] = {}
    for option in (option for starter in starters for option in starter.options.values()):
        known = asked.setdefault(option.id, _question(option))
        more = (choice for choice in option.choices if choice.value not in {c.value for c in known.choices})
        asked[option.id] = known._replace(choices=(*known.choices, *more))
    return (*IDENTITY_QUESTIONS, *asked.values())


def given_variables(framework: Framework, starter: Starter, answers: Answers) -> Mapping[str, Value]:
    """Return the answers that are about the project.

    Raises InvalidInput for an option that the starter does not have, unless it
    stands where it may be meant for other projects.
    """
    about = {key: answer for key, answer in answers.items() if key not in _ELSEWHERE}
    known = {*(question.id for question in IDENTITY_QUESTIONS), *starter.options}
    for key, answer in about.items():
        if key not in known and answer.source not in FOR_ALL_PROJECTS:
            raise no_such_option(framework.name, starter, key, answer.where)
    return {key: answer.value for key, answer in about.items() if key in known and answer.value != ()}


def no_such_option(name: str, starter: Starter, key: str, where: str) -> InvalidInput:
    """Return the error for an option that a starter does not have, with the reason or with those it has."""
    why = starter.not_offered.get(key) or f"Its options are {', '.join(starter.options)}"
    return InvalidInput(f"{where}: {name} has no option `{printable(key)}`", hint=why)


def _question(option: Option) -> Question:
    is_switch = isinstance(option.default, bool)
    return Question(
        id=option.id,
        text=option.label,
        why=option.help,
        kind="switch" if is_switch else "single" if option.choices else "text",
        choices=option.choices,
    )
