"""Options that several commands share, and the answers they lead to."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from scaffold.console import Console
from scaffold.errors import EnvironmentProblem, InvalidInput

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


def all_option(function: Decorated) -> Decorated:
    """Add ``--all``."""
    return click.option(
        "--all", "every", is_flag=True, help="Ask every question, also what will hardly change the first."
    )(function)


def command_lines(starter: "Starter") -> Iterator[str]:
    """Yield the commands of a starter, each with its step."""
    for step, commands in starter.commands.items():
        for number, command in enumerate(commands):
            yield f"  {step if number == 0 else '':<9}{' '.join(command)}"


def complete_id(_context: click.Context, _parameter: click.Parameter, typed: str) -> list[str]:
    """Return the ids of the frameworks that begin with what is typed."""
    from scaffold.catalog import load_frameworks

    return [id for id in load_frameworks() if id.startswith(typed)]


def given_answers(
    console: Console, answers_file: str | None, settings: Sequence[str], template: str | None = None
) -> "Answers":
    """Return everything that was answered before a person is asked; ``template`` is the one of ``-t``.

    When that is named, no other template is read unless a key is not one of its own.
    """
    from scaffold.catalog import load_framework
    from scaffold.interview.gather import gather_answers, misspelt_variables
    from scaffold.interview.questions import QUESTIONS
    from scaffold.interview.variables import TEMPLATE_QUESTION, project_questions

    starters = _starters([load_framework(template)]) if template else _all_starters()

    def elsewhere() -> set[str]:
        every = (*starters, *_all_starters())
        return {id for starter in every for id in (*starter.options, *starter.not_offered)}

    questions = (TEMPLATE_QUESTION, *QUESTIONS, *project_questions(starters))
    for warning in misspelt_variables(questions, os.environ, elsewhere):
        console.warn(warning)
    return gather_answers(
        questions,
        settings=settings,
        environment=os.environ,
        answers_file=_answers_file(answers_file) if answers_file else None,
        defaults_file=_defaults_file(),
        elsewhere=elsewhere,
        tell=console.warn,
    )


def _answers_file(name: str) -> tuple[str, bytes]:
    from scaffold.interview.files import read_answers_file

    return read_answers_file(name, sys.stdin)


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
    """Return the user's defaults: ``SCAFFOLD_DEFAULTS`` or ``defaults.toml`` in the configuration folder.

    Raises EnvironmentProblem when they are there and cannot be read.
    """
    path = defaults_path()
    if path is None:
        return None
    from scaffold.interview.files import read_answers_file

    try:
        return read_answers_file(path, None)
    except InvalidInput as error:
        raise EnvironmentProblem(
            error.message, hint="These are your defaults: mend the file, or name another by SCAFFOLD_DEFAULTS"
        ) from error


def defaults_path() -> str | None:
    """Return where the user's defaults are, or None when there are none."""
    named = os.environ.get("SCAFFOLD_DEFAULTS")
    if named:
        return named
    from pathlib import Path

    usual = Path(_configuration_folder(), "defaults.toml")
    return str(usual) if usual.is_absolute() and os.path.lexists(usual) else None


def _configuration_folder() -> str:
    """Return the folder that Click names, but not by a relative variable, which XDG says to ignore."""
    relative = not os.environ.get("XDG_CONFIG_HOME", "").startswith("/")
    if relative and sys.platform not in {"win32", "darwin"}:
        return os.path.expanduser("~/.config/scaffold")  # noqa: PTH111 - Path raises where there is no home
    return click.get_app_dir("scaffold")
