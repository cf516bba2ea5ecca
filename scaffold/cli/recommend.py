"""``scaffold recommend``: the report alone."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

import click

from scaffold.cli.options import Values, answers_options
from scaffold.console import Console
from scaffold.errors import InvalidInput

if TYPE_CHECKING:
    from scaffold.cli.advice import Catalogue

Format = Literal["text", "markdown", "html", "json"]
Explain = Literal["brief", "table", "full"]


EXAMPLES = """\b
Examples:
  scaffold recommend
  scaffold recommend --set what=api --set languages=go,python --set team=small
  scaffold recommend --answers shop.yaml --format html --output report.html
  scaffold recommend --answers shop.yaml --why-not rails
"""


@click.command(epilog=EXAMPLES)
@answers_options
@click.option(
    "--format",
    "format_",
    type=click.Choice(("text", "markdown", "html", "json")),
    default="text",
    show_default=True,
)
@click.option("--output", metavar="FILE", help="Write the report there instead of to the terminal.")
@click.option(
    "--explain",
    type=click.Choice(("brief", "table", "full")),
    help="How much to show; text is brief, Markdown a table, HTML and JSON full, unless you say.",
)
@click.option("--why", metavar="ID", help="Only: how this framework came to its place.")
@click.option("--why-not", metavar="ID", help="Only: what keeps this framework from being first.")
@click.option("--what-if", multiple=True, metavar="KEY=VALUE", help="Only: what another answer would change.")
@click.pass_obj
def recommend(  # noqa: PLR0913 - one argument for each option
    console: Console,
    *,
    answers_file: str | None,
    settings: tuple[str, ...],
    format_: Format,
    output: str | None,
    explain: Explain | None,
    why: str | None,
    why_not: str | None,
    what_if: tuple[str, ...],
) -> None:
    """Recommend a framework and say why; nothing is created.

    Without any answers the interview is held first, on a terminal.
    """
    from scaffold.cli.advice import read_catalogue

    if sum(map(bool, (why, why_not, what_if))) > 1:
        raise InvalidInput(
            "--why, --why-not and --what-if are views of their own", hint="Give one of them at a time"
        )
    values = _values(answers_file, settings)
    catalogue = read_catalogue()
    if what_if:
        text = _imagine(catalogue, values, what_if, format_)
    elif why or why_not:
        text = _explain_one(catalogue, values, why, why_not, format_)
    else:
        text = _report(catalogue, values, format_, explain)
    _deliver(console, text.rstrip("\n"), output)


def _report(catalogue: "Catalogue", values: Values, format_: Format, explain: Explain | None) -> str:
    from scaffold.report import render

    return render(
        catalogue.recommend(values),
        format_,
        questions=catalogue.questions,
        frameworks=catalogue.frameworks,
        knowledge=catalogue.knowledge,
        explain=explain,
    )


def _explain_one(
    catalogue: "Catalogue", values: Values, why: str | None, why_not: str | None, format_: Format
) -> str:
    from scaffold import report

    view, id = (report.why, why) if why else (report.why_not, why_not)
    return view(
        catalogue.recommend(values),
        str(id),
        format_,
        questions=catalogue.questions,
        frameworks=catalogue.frameworks,
    )


def _imagine(catalogue: "Catalogue", values: Values, what_if: Sequence[str], format_: Format) -> str:
    from scaffold import report
    from scaffold.interview.gather import gather_answers

    imagined = gather_answers(catalogue.questions, settings=what_if, environment={})
    changed = {**values, **{key: answer.value for key, answer in imagined.items()}}
    return report.what_if(
        catalogue.recommend(values),
        catalogue.recommend({key: value for key, value in changed.items() if value != ()}),
        format_,
        questions=catalogue.questions,
        frameworks=catalogue.frameworks,
    )


def _values(answers_file: str | None, settings: Sequence[str]) -> Values:
    from scaffold.cli.advice import ask_what_is_open
    from scaffold.cli.options import given_answers, interview_values
    from scaffold.interview.questions import QUESTIONS

    answers = given_answers(answers_file, settings)
    if answers_file or interview_values(answers, QUESTIONS):
        return interview_values(answers, QUESTIONS)
    return interview_values(ask_what_is_open(QUESTIONS, answers), QUESTIONS)


def _deliver(console: Console, text: str, output: str | None) -> None:
    if output is None:
        console.data(text)
        return
    from pathlib import Path

    try:
        Path(output).write_text(text + "\n", encoding="utf-8")
    except OSError as error:
        raise InvalidInput(
            f"{output} cannot be written: {(error.strerror or str(error)).lower()}",
            hint="Give --output a file in a folder that exists",
        ) from error
    console.say(f"The report is in {output}")
