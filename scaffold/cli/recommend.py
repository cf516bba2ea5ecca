"""``scaffold recommend``: the report alone."""

from collections.abc import Sequence
from typing import Literal

import click

from scaffold.cli.command import StrictCommand
from scaffold.cli.options import AnswerValues, answers_options, complete_id
from scaffold.console import Console
from scaffold.errors import InvalidInput

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
    from scaffold import api
    from scaffold.cli.report_file import check_report_path

    if sum(map(bool, (why, why_not, what_if))) > 1:
        raise InvalidInput(
            "--why, --why-not and --what-if are views of their own", hint="Give one of them at a time"
        )
    if output not in {None, "-"}:
        check_report_path(str(output), answers_file)
    values = _values(console, answers_file, settings)
    if what_if:
        text = _imagine(values, what_if, format_)
    elif why or why_not:
        text = _explain_one(values, why, why_not, format_)
    else:
        text = api.report(api.recommend(values), format_, explain=explain)
    _deliver(console, text.rstrip("\n"), output, format_)


def _explain_one(values: AnswerValues, why: str | None, why_not: str | None, format_: Format) -> str:
    from scaffold import api
    from scaffold.catalog import load_frameworks
    from scaffold.report import why as why_first
    from scaffold.report import why_not as why_not_first

    view, id = (why_first, why) if why else (why_not_first, why_not)
    recommendation = api.recommend(values)
    return view(recommendation, str(id), format_, questions=api.questions(), frameworks=load_frameworks())


def _imagine(values: AnswerValues, what_if: Sequence[str], format_: Format) -> str:
    from scaffold import api
    from scaffold.catalog import load_frameworks
    from scaffold.interview.gather import gather_answers
    from scaffold.report import what_if as compare

    imagined = gather_answers(api.questions(), settings=what_if, environment={})
    changed = {**values, **{key: answer.value for key, answer in imagined.items()}}
    return compare(
        api.recommend(values),
        api.recommend({key: value for key, value in changed.items() if value != ()}),
        format_,
        questions=api.questions(),
        frameworks=load_frameworks(),
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
