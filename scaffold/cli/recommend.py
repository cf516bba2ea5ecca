"""``scaffold recommend``: the report alone."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from scaffold.cli.options import answers_options
from scaffold.console import Console
from scaffold.model.answers import Value

FORMATS = ("text", "markdown", "html", "json")
LENGTHS = ("brief", "table", "full")


@click.command()
@answers_options
@click.option("--format", "format_", type=click.Choice(FORMATS), default="text", show_default=True)
@click.option("--output", metavar="FILE", help="Write the report there instead of to the terminal.")
@click.option("--explain", type=click.Choice(LENGTHS), default="brief", show_default=True, help="How much to show.")
@click.option("--why", metavar="ID", help="Only: what speaks for and against this framework.")
@click.option("--why-not", metavar="ID", help="Only: what keeps this framework from being first.")
@click.option("--what-if", multiple=True, metavar="KEY=VALUE", help="Only: what another answer would change.")
@click.pass_obj
def recommend(  # noqa: PLR0913 - one argument for each option
    console: Console,
    *,
    answers_file: str | None,
    settings: tuple[str, ...],
    format_: str,
    output: str | None,
    explain: str,
    why: str | None,
    why_not: str | None,
    what_if: tuple[str, ...],
) -> None:
    """Recommend a framework and say why; nothing is created.

    Without any answers the interview is held first, on a terminal.
    """
    from scaffold import report
    from scaffold.cli.advice import read_catalogue

    catalogue = read_catalogue()
    values = _values(answers_file, settings)
    recommendation = catalogue.recommend(values)
    known = {"questions": catalogue.questions, "frameworks": catalogue.frameworks}
    if what_if:
        imagined = catalogue.recommend({**values, **_imagined(what_if)})
        text = report.what_if(recommendation, imagined, format=format_, **known)
    elif why or why_not:
        view, id = (report.why, why) if why else (report.why_not, why_not)
        text = view(recommendation, _known(id or "", catalogue.frameworks), format=format_, **known)
    else:
        text = report.render(
            recommendation, format_, knowledge=catalogue.knowledge, explain=explain, **known
        )
    _deliver(console, text, output)


def _values(answers_file: str | None, settings: Sequence[str]) -> Mapping[str, Value]:
    from scaffold.cli.advice import ask_what_is_open
    from scaffold.cli.options import given_answers, interview_values
    from scaffold.interview.questions import QUESTIONS
    from scaffold.interview.variables import PROJECT_QUESTIONS, TEMPLATE_QUESTION

    answers = given_answers((*QUESTIONS, *PROJECT_QUESTIONS, TEMPLATE_QUESTION), answers_file, settings)
    if answers_file or interview_values(answers, QUESTIONS):
        return interview_values(answers, QUESTIONS)
    return interview_values(ask_what_is_open(QUESTIONS, answers), QUESTIONS)


def _imagined(what_if: Sequence[str]) -> Mapping[str, Value]:
    from scaffold.interview.gather import gather_answers
    from scaffold.interview.questions import QUESTIONS

    return interview_of(gather_answers(QUESTIONS, settings=what_if, environment={}))


def _known(id: str, frameworks: Mapping[str, object]) -> str:
    from scaffold.catalog import template_folder

    return id if id in frameworks else template_folder(id).name


def _deliver(console: Console, text: str, output: str | None) -> None:
    if output is None:
        console.data(text.rstrip("\n"))
        return
    from scaffold.project.place import write_atomically

    write_atomically(Path(output), text)
    console.say(f"The report is in {output}")
