"""``scaffold questions``: the interview as data."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from scaffold.cli.command import StrictCommand
from scaffold.cli.options import all_project_questions, json_option
from scaffold.console import Console

if TYPE_CHECKING:
    from scaffold.model.answers import Question

_TAKES = {
    "single": "one of",
    "multiple": "up to {limit} of",
    "ranked": "up to {limit} of, in order: the first counts most",
    "text": "any text on one line",
    "switch": "true or false",
}


EXAMPLES = """\b
Examples:
  scaffold questions
  scaffold questions --json > answers.schema.json
"""


@click.command(
    cls=StrictCommand, epilog=EXAMPLES, short_help="Print every question, its key and its choices."
)
@json_option
@click.pass_obj
def questions(console: Console, *, as_json: bool) -> None:
    """Print every question, its key and its choices; --json prints the JSON Schema of an answers file."""
    from scaffold.interview.questions import QUESTIONS

    about_project = all_project_questions()
    if as_json:
        console.document(_schema((*QUESTIONS, *about_project)))
        return
    lines = ["About what you build", "", *_describe_all(QUESTIONS)]
    lines += ["About the project", "", *_describe_all(about_project)]
    console.data("\n".join(lines).rstrip())


def _schema(asked: tuple["Question", ...]) -> dict[str, Any]:
    from scaffold.catalog import load_frameworks
    from scaffold.interview.schema import answers_schema

    return answers_schema(asked, tuple(load_frameworks()))


def _describe_all(asked: tuple["Question", ...]) -> Iterator[str]:
    for question in asked:
        yield f"{question.id}: {question.text}"
        if question.why:
            yield f"    {question.why}"
        yield f"    Takes {_TAKES[question.kind].format(limit=question.limit)}"
        width = max((len(choice.value) for choice in question.choices), default=0)
        for choice in question.choices:
            yield f"      {choice.value.ljust(width)}  {choice.label}"
        yield ""
