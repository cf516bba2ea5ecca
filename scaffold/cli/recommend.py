"""``scaffold recommend``: the report alone."""

from collections.abc import Sequence
from typing import Literal

import click

from scaffold.cli.command import StrictCommand
from scaffold.cli.options import AnswerValues, all_option, answers_options, complete_id, json_option
from scaffold.console import Console
from scaffold.errors import InvalidInput

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
@click.option(
    "--compare",
    nargs=2,
    metavar="A B",
    shell_complete=complete_id,
    help="Only: what these two cost, line by line, and what would tip it.",
)
@click.option("--what-if", multiple=True, metavar="KEY=VALUE", help="Only: what another answer would change.")
@all_option
@json_option
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
    as_json: bool,
) -> None:
    """Recommend a framework and say why; nothing is created.

    Without any answers the interview is held first, on a terminal.
    """
    from scaffold import api
    from scaffold.cli.report_file import check_report_path

    if sum(map(bool, (why, why_not, compare, what_if))) > 1:
        raise InvalidInput(
            "--why, --why-not, --compare and --what-if are views of their own",
            hint="Give one of them at a time",
        )
    format_ = _one_format(format_, as_json=as_json)
    if output not in {None, "-"}:
        check_report_path(str(output), answers_file)
    values = _values(console, answers_file, settings, every=every)
    recommendation = api.recommend_among(values, _both(compare))
    reporter = api.reporter(format_, _options(answers_file, settings), console.columns)
    if what_if:
        after = api.recommend(_imagined(console, values, what_if))
        text = reporter.what_if(recommendation, after)
    elif compare:
        text = reporter.compare(recommendation)
    elif framework := why or why_not:
        text = reporter.why(recommendation, framework)
    else:
        text = reporter.report(recommendation, explain)
    _deliver(console, text.rstrip("\n"), output, format_)


def _one_format(format_: Format, *, as_json: bool) -> Format:
    """Return the format that was asked for; ``--json`` is short for ``--format json``."""
    if as_json and format_ in {"markdown", "html"}:
        raise InvalidInput(f"--json and --format {format_} exclude each other", hint="Give one of them")
    return "json" if as_json else format_


def _both(compare: tuple[str, ...] | None) -> tuple[str, ...]:
    """Return the ids to compare, if any; raises InvalidInput for what is not ranked."""
    from scaffold.catalog import load_knowledge
    from scaffold.text import did_you_mean, printable

    ranked = load_knowledge() if compare else {}
    for id in compare or ():
        if id not in ranked:
            raise InvalidInput(
                f"There is no framework `{printable(id)}` in the ranking",
                hint=f"{did_you_mean(id, ranked)}Ranked are {', '.join(ranked)}",
            )
    if compare and len(set(compare)) == 1:
        raise InvalidInput(f"--compare names {compare[0]} twice", hint="Name two frameworks")
    return compare or ()


def _options(answers_file: str | None, settings: Sequence[str]) -> str:
    """Return the options that give a file of answers again, and what was set beside it."""
    import shlex

    if answers_file in {None, "-"}:
        return ""
    return shlex.join(
        ["--answers", str(answers_file), *(word for each in settings for word in ("--set", each))]
    )


def _imagined(console: Console, values: AnswerValues, what_if: Sequence[str]) -> AnswerValues:
    from scaffold.interview.gather import gather_answers
    from scaffold.interview.questions import QUESTIONS

    imagined = gather_answers(
        QUESTIONS, settings=what_if, environment={}, tell=console.warn, option="--what-if"
    )
    said = {each.partition("=")[0] for each in what_if}
    # What an old answer says beside its own question yields to what was answered.
    return {
        **values,
        **{key: each.value for key, each in imagined.items() if key in said or key not in values},
    }


def _values(
    console: Console, answers_file: str | None, settings: Sequence[str], *, every: bool
) -> AnswerValues:
    from scaffold.cli.options import given_answers, interview_values
    from scaffold.cli.recommendation_input import ask_what_is_open
    from scaffold.interview.questions import QUESTIONS

    answers = given_answers(console, answers_file, settings)
    values = interview_values(answers, QUESTIONS)
    if (answers_file or values) and not every:
        return values
    return interview_values(ask_what_is_open(answers, every=every), QUESTIONS)


def _deliver(console: Console, text: str, output: str | None, format_: Format) -> None:
    if output not in {None, "-"}:
        from scaffold.cli.report_file import write_report

        write_report(str(output), f"{text}\n")
        console.say(f"The report is in {output}")
    elif format_ == "json" and not console.takes_unicode:
        import json

        console.document(json.loads(text))
    else:
        console.data(text)
