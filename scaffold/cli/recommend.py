"""``scaffold recommend``: the report alone."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

import click

from scaffold.cli.command import Command
from scaffold.cli.options import AnswerValues, all_option, answers_options, complete_id
from scaffold.console import Console
from scaffold.errors import InvalidInput

if TYPE_CHECKING:
    from scaffold.cli.recommendation_input import Catalog
    from scaffold.model.recommendation import Recommendation
    from scaffold.report import Reporter

Format = Literal["text", "markdown", "html", "json"]
Explain = Literal["brief", "table", "full"]


EXAMPLES = """\b
Examples:
  scaffold recommend
  scaffold recommend --set what=api --set languages=go,python --set team=small
  scaffold recommend --answers shop.yaml --format html --output report.html
  scaffold recommend --answers shop.yaml --compare django rails
"""


@click.command(
    cls=Command, epilog=EXAMPLES, short_help="Recommend a framework and say why; nothing is created."
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
@click.option(
    "--compare",
    nargs=2,
    metavar="A B",
    shell_complete=complete_id,
    help="Only: what these two cost, line by line, and what would tip it.",
)
@click.option("--what-if", multiple=True, metavar="KEY=VALUE", help="Only: what another answer would change.")
@all_option
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
    compare: tuple[str, str] | None,
    what_if: tuple[str, ...],
    every: bool,
) -> None:
    """Recommend a framework and say why; nothing is created.

    Without any answers the interview is held first, on a terminal.
    """
    from scaffold.cli.recommendation_input import read_catalog
    from scaffold.cli.report_file import check_report_path

    if sum(map(bool, (why, why_not, compare, what_if))) > 1:
        raise InvalidInput(
            "--why, --why-not, --compare and --what-if are views of their own",
            hint="Give one of them at a time",
        )
    if output not in {None, "-"}:
        check_report_path(str(output), answers_file)
    catalog = read_catalog()
    values = _values(console, catalog, answers_file, settings, every=every)
    recommendation, reporter = catalog.recommend(values), catalog.reporter(format_)
    if what_if:
        after = catalog.recommend(_imagined(console, catalog, values, what_if))
        text = reporter.what_if(recommendation, after)
    elif why or why_not or compare:
        first = recommendation.ranking[0].id
        pair = compare or ((first, why_not) if why_not else (str(why), str(why)))
        text = _compare(reporter, recommendation, pair)
    else:
        text = reporter.report(recommendation, explain)
    _deliver(console, text.rstrip("\n"), output, format_)


def _compare(reporter: "Reporter", recommendation: "Recommendation", pair: tuple[str, str]) -> str:
    """Return the view on one framework beside another; on one alone where both are the same."""
    for id in pair:
        _check_ranked(recommendation, id)
    if pair[0] == pair[1]:
        return reporter.why(recommendation, pair[0])
    return reporter.compare(recommendation, *pair)


def _check_ranked(recommendation: "Recommendation", id: str) -> None:
    from scaffold.text import did_you_mean, printable

    ranked = [candidate.id for candidate in recommendation.ranking]
    if id not in ranked:
        raise InvalidInput(
            f"There is no framework `{printable(id)}` in the ranking",
            hint=f"{did_you_mean(id, ranked)}Ranked are {', '.join(ranked)}",
        )


def _imagined(
    console: Console, catalog: "Catalog", values: AnswerValues, what_if: Sequence[str]
) -> AnswerValues:
    from scaffold.interview.gather import gather_answers

    imagined = gather_answers(catalog.questions, settings=what_if, environment={}, tell=console.warn)
    changed = {**values, **{key: answer.value for key, answer in imagined.items()}}
    return {key: value for key, value in changed.items() if value != ()}


def _values(
    console: Console, catalog: "Catalog", answers_file: str | None, settings: Sequence[str], *, every: bool
) -> AnswerValues:
    from scaffold.cli.options import given_answers, interview_values
    from scaffold.cli.recommendation_input import ask_what_is_open

    answers = given_answers(console, answers_file, settings)
    values = interview_values(answers, catalog.questions)
    if (answers_file or values) and not every:
        return values
    return interview_values(ask_what_is_open(catalog, answers, every=every), catalog.questions)


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
