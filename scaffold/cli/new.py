"""``scaffold new``: interview, recommendation, choice, options, project."""

from typing import TYPE_CHECKING

import click

from scaffold.cli.command import StrictCommand
from scaffold.cli.options import all_option, answers_options, complete_id, json_option
from scaffold.console import Console
from scaffold.errors import ExitStatus, InvalidInput

if TYPE_CHECKING:
    from scaffold.model.plan import OnConflict

EXAMPLES = """\b
Examples:
  scaffold new shop
  scaffold new shop -t django -y --install
  scaffold new shop --answers shop.yaml -y --verify
  scaffold new . -t flask --set database=postgresql
  scaffold new shop -t go -y --dry-run
"""


@click.command(
    cls=StrictCommand,
    epilog=EXAMPLES,
    short_help="Create a project with the recommended or a named framework.",
)
@click.argument("directory", required=False)
@click.option(
    "-t",
    "--template",
    metavar="ID|PATH",
    shell_complete=complete_id,
    help="Use this framework, or the template in this folder; no interview.",
)
@answers_options
@click.option(
    "-y", "--yes", is_flag=True, help="Ask nothing: take what is answered, skip or default the rest."
)
@all_option
@click.option("--dry-run", is_flag=True, help="Show every file and step; write nothing.")
@click.option("--no-git", is_flag=True, help="Make no repository and no first commit.")
@click.option("--no-lock", is_flag=True, help="Make no lock file; CI and the container image need one.")
@click.option("--install", is_flag=True, help="Install the dependencies afterwards.")
@click.option("--verify", is_flag=True, help="Install, lint, test and boot the project afterwards.")
@click.option(
    "--on-conflict",
    type=click.Choice(("refuse", "skip", "overwrite")),
    default="refuse",
    show_default=True,
    help="What to do with files that exist.",
)
@json_option
@click.pass_obj
def new(  # noqa: PLR0913 - one argument for each option
    console: Console,
    *,
    directory: str | None,
    template: str | None,
    answers_file: str | None,
    settings: tuple[str, ...],
    yes: bool,
    every: bool,
    dry_run: bool,
    no_git: bool,
    no_lock: bool,
    install: bool,
    verify: bool,
    on_conflict: "OnConflict",
    as_json: bool,
) -> ExitStatus:
    """Create a project in DIRECTORY, with the framework that is recommended or named.

    All or nothing: a run that fails or is interrupted leaves a whole project or none.
    """
    from pathlib import Path

    from scaffold.cli.create import check_tools, create, make_plan, show_filling
    from scaffold.cli.framework_choice import (
        agree,
        agree_to_commands,
        choose_directory,
        choose_framework,
        settle_variables,
        who_can_be_asked,
    )
    from scaffold.cli.options import given_answers
    from scaffold.cli.plan_output import show_plan
    from scaffold.project import check_target, render

    if every and (yes or template):
        raise InvalidInput("--all asks every question, and -y and -t ask none", hint="Give one of them")
    asking = who_can_be_asked(yes=yes)
    answers = given_answers(console, answers_file, settings, template)
    directory = directory or choose_directory(asking)
    target = check_target(Path(directory), on_conflict)
    chosen = choose_framework(console, template, answers, asking, every=every)
    variables = settle_variables(chosen, target.name, asking)
    plan = make_plan(
        chosen,
        variables,
        target,
        git=not no_git,
        lock=not no_lock,
        install=install,
        verify=verify,
        on_conflict=on_conflict,
    )
    check_tools(console, chosen, plan)
    if dry_run:
        rendered = tuple(render(plan))
        show_plan(console, plan, rendered, as_json=as_json)
        show_filling(console, plan, rendered)
        return ExitStatus.DONE
    agree(plan, asking)
    agree_to_commands(console, chosen, plan, asking)
    return create(console, plan, chosen, directory, as_json=as_json)
