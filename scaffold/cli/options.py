"""Options that several commands share, and the answers they lead to."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from scaffold.model.answers import Answers, Question, Value
    from scaffold.model.framework import Framework, Starter

Decorated = Callable[..., Any]
AnswerValues = Mapping[str, "Value"]


def answers_options(function: Decorated) -> Decorated:
    """Add ``--answers`` and ``--set``."""
    function = click.option(
        "--set", "settings", multiple=True, metavar="KEY=VALUE", help="Answer one question; repeatable."
    )(function)
    return click.option(
        "--answers",
        "answers_file",
        metavar="FILE",
        help="Answers in YAML, TOML or JSON; - reads standard input.",
    )(function)


def json_option(function: Decorated) -> Decorated:
    """Add ``--json``."""
    return click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")(function)


def command_lines(starter: "Starter") -> Iterator[str]:
    """Yield the commands of a starter, each with its step."""
    for step, commands in starter.commands.items():
        for number, command in enumerate(commands):
            yield f"  {step if number == 0 else '':<9}{' '.join(command)}"


def given_answers(
    answers_file: str | None, settings: Sequence[str], template: str | None = None
) -> "Answers":
    """Return everything that was answered before a person is asked; ``template`` is the one of ``-t``.

    When that is named, no other template is read unless a key is not one of its own.
    """
    from scaffold.catalog import load_framework
    from scaffold.interview.gather import gather_answers, read_answers_file
    from scaffold.interview.questions import QUESTIONS
    from scaffold.interview.variables import TEMPLATE_QUESTION, project_questions

    starters = _starters([load_framework(template)]) if template else _all_starters()

    def elsewhere() -> set[str]:
        every = (*starters, *_all_starters())
        return {id for starter in every for id in (*starter.options, *starter.not_offered)}

    return gather_answers(
        (TEMPLATE_QUESTION, *QUESTIONS, *project_questions(starters)),
        settings=settings,
        environment=os.environ,
        answers_file=read_answers_file(answers_file, sys.stdin) if answers_file else None,
        defaults_file=_defaults_file(),
        elsewhere=elsewhere,
    )


def all_project_questions() -> tuple["Question", ...]:
    """Return the questions about a project that any template may ask."""
    from scaffold.interview.variables import project_questions

    return project_questions(_all_starters())


def _all_starters() -> list["Starter"]:
    from scaffold.catalog import load_frameworks

    return _starters(load_frameworks().values())


def _starters(frameworks: Iterable["Framework"]) -> list["Starter"]:
    return [framework.starter for framework in frameworks if framework.starter]


def interview_values(answers: "Answers", questions: Sequence["Question"]) -> AnswerValues:
    """Return the values of the interview's questions that were answered, in the order of the questions."""
    given = {id: answers[id].value for id in (question.id for question in questions) if id in answers}
    return {id: value for id, value in given.items() if value != ()}


def _defaults_file() -> tuple[str, bytes] | None:
    """Return the user's defaults: ``SCAFFOLD_DEFAULTS`` or ``defaults.toml`` in the configuration folder."""
    from scaffold.interview.gather import read_answers_file

    named = os.environ.get("SCAFFOLD_DEFAULTS")
    if named:
        return read_answers_file(named, None)
    from pathlib import Path

    usual = Path(click.get_app_dir("scaffold")) / "defaults.toml"
    return read_answers_file(str(usual), None) if usual.is_file() else None
