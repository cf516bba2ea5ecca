"""``scaffold recommend``: the report alone."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

import click

from scaffold.cli.command import StrictCommand
from scaffold.cli.options import AnswerValues, answers_options, complete_id
from scaffold.console import Console
from scaffold.errors import InvalidInput

if TYPE_CHECKING:
    from scaffold.cli.recommendation_input import Catalog

Format = Literal["text", "markdown", "html", "json"]
Explain = Literal["brief", "table", "full"]


EXAMPLES = """\b
Examples:
  scaffold recommend
  scaffold recommend --set what=api --set languages=go,python --set team=small
  scaffold recommend --answers shop.yaml --format html --output report.html
  scaffold recommend --answers shop.yaml --why-not rails
"""


@click.command(
    cls=StrictCommand, epilog=EXAMPLES, short_help="Recommend a framework and say why; nothing is created."
)
@answers_options
@click.option(
    "--format",
    "format_",
    type=click.Choice(("text", "markdown", "html", "json")),
    default="text",
    show_default=True,
    help="How to write the report.",
)
@click.option("--output", metavar="FILE", help="Write the report there; - is standard output.")
@click.option(
    "--explain",
    type=click.Choice(("brief", "table", "full")),
    help="How much to show; text is brief, Markdown a table, HTML and JSON full, unless you say.",
)
@click.option(
    "--why", metavar="ID", shell_complete=complete_id, help="Only: how this framework came to its place."
)
@click.option(
    "--why-not",
    metavar="ID",
    shell_complete=complete_id,
    help="Only: what keeps this framework from being first.",
)
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
    from scaffold.cli.recommendation_input import read_catalog
    from scaffold.cli.report_file import check_report_path

    if sum(map(bool, (why, why_not, what_if))) > 1:
        raise InvalidInput(
            "--why, --why-not and --what-if are views of their own", hint="Give one of them at a time"
        )
    if output not in {None, "-"}:
        check_report_path(str(output), answers_file)
    values = _values(console, answers_file, settings)
    catalog = read_catalog()
    if what_if:
        text = _imagine(catalog, values, what_if, format_)
    elif why or why_not:
        text = _explain_one(catalog, values, why, why_not, format_)
    else:
        text = _report(catalog, values, format_, explain)
    _deliver(console, text.rstrip("\n"), output, format_)


def _report(catalog: "Catalog", values: AnswerValues, format_: Format, explain: Explain | None) -> str:
    from scaffold.report import render

    return render(
        catalog.recommend(values),
        format_,
        questions=catalog.questions,
        frameworks=catalog.frameworks,
        knowledge=catalog.knowledge,
        explain=explain,
    )


def _explain_one(
    catalog: "Catalog", values: AnswerValues, why: str | None, why_not: str | None, format_: Format
) -> str:
    from scaffold.report import why as why_first
    from scaffold.report import why_not as why_not_first

    view, id = (why_first, why) if why else (why_not_first, why_not)
    return view(
        catalog.recommend(values),
        str(id),
        format_,
        questions=catalog.questions,
        frameworks=catalog.frameworks,
    )


def _imagine(catalog: "Catalog", values: AnswerValues, what_if: Sequence[str], format_: Format) -> str:
    from scaffold.interview.gather import gather_answers
    from scaffold.report import what_if as compare

    imagined = gather_answers(catalog.questions, settings=what_if, environment={})
    changed = {**values, **{key: answer.value for key, answer in imagined.items()}}
    return compare(
        catalog.recommend(values),
        catalog.recommend({key: value for key, value in changed.items() if value != ()}),
        format_,
        questions=catalog.questions,
        frameworks=catalog.frameworks,
    )


def _values(console: Console, answers_file: str | None, settings: Sequence[str]) -> AnswerValues:
    from scaffold.cli.options import given_answers, interview_values
    from scaffold.cli.recommendation_input import ask_what_is_open
    from scaffold.interview.questions import QUESTIONS

    answers = given_answers(console, answers_file, settings)
    if answers_file or interview_values(answers, QUESTIONS):
        return interview_values(answers, QUESTIONS)
    return interview_values(ask_what_is_open(QUESTIONS, answers), QUESTIONS)


def _deliver(console: Console, text: str, output: str | None, format_: Format) -> None:
    if output not in {None, "-"}:
        from scaffold.cli.report_file import write_report

        write_report(str(output), f"{text}\n")
        console.say(f"The report is in {output}")
    elif format_ == "json":
        import json

        console.document(json.loads(text))
    else:
        console.data(text)
