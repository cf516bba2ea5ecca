"""``scaffold verify``: doctor, lock, install, lint, test, boot, contract, strengths, stop."""

import os
from typing import TYPE_CHECKING

import click

from scaffold.cli.command import StrictCommand
from scaffold.cli.options import json_option
from scaffold.console import Console
from scaffold.errors import ExitStatus, InvalidInput
from scaffold.verify.steps import STEPS

if TYPE_CHECKING:
    from pathlib import Path

    from scaffold.model.framework import Framework
    from scaffold.model.verification import Verification

EXAMPLES = """\b
Examples:
  scaffold verify shop
  scaffold verify --only lint --only test
  scaffold verify --url http://127.0.0.1:8000 --token "$TOKEN"
"""


@click.command(
    cls=StrictCommand,
    epilog=EXAMPLES,
    short_help="Prove that a project installs, passes its tests and answers HTTP.",
)
@click.argument("directory", default=".")
@click.option(
    "--url", help="Hold a running service against the HTTP contract instead; it creates and deletes tasks."
)
@click.option(
    "--token",
    metavar="TOKEN",
    help="With --url: a token of the service with the rights to read and to write.",
)
@click.option(
    "--only",
    type=click.Choice(STEPS),
    multiple=True,
    metavar="STEP",
    help=f"One of {', '.join(STEPS)}; repeatable.",
)
@click.option(
    "--database-url",
    metavar="URL",
    help="A PostgreSQL server on which databases are made and dropped, instead of fresh SQLite files.",
)
@click.option(
    "-t", "--template", metavar="PATH", help="The folder of the template, when it is not one of scaffold's."
)
@click.option("-y", "--yes", is_flag=True, help="Run the commands of somebody else's template unasked.")
@json_option
@click.pass_obj
def verify(  # noqa: PLR0913 - one argument for each option
    console: Console,
    *,
    directory: str,
    url: str | None,
    token: str | None,
    only: tuple[str, ...],
    database_url: str | None,
    template: str | None,
    yes: bool,
    as_json: bool,
) -> ExitStatus:
    """Prove that a project made by scaffold installs, passes its tests and answers HTTP.

    The project is left as it was, but for lock files that its tools may leave. No database is touched
    but fresh ones.
    """
    from pathlib import Path

    from scaffold.cli.verification_output import exit_status, summary

    if url and (only or database_url or template or directory != "."):
        raise InvalidInput(
            "--url checks a running service, not a project", hint="Give --url alone, or with --token"
        )
    if token and not url:
        raise InvalidInput("--token is for a running service", hint="Name it with --url")
    if url:
        verification = _verify_service(console, url, token or "")
    else:
        framework = _framework(console, Path(directory), template, yes=yes)
        verification = _verify_project(console, Path(directory), framework, only, database_url)
    if as_json:
        from scaffold.documents import as_document

        console.document(as_document(verification))
    else:
        console.data(summary(verification))
    return exit_status(verification)


def _verify_service(console: Console, url: str, token: str) -> "Verification":
    from scaffold.cli.verification_output import LiveOutput
    from scaffold.verify import verify_url

    return verify_url(url, token=token, on_check=LiveOutput(console).check)


def _verify_project(
    console: Console,
    directory: "Path",
    framework: "Framework",
    only: tuple[str, ...],
    database_url: str | None,
) -> "Verification":
    from scaffold.cli.verification_output import LiveOutput
    from scaffold.verify import verify_project

    watch = LiveOutput(console)
    return verify_project(
        directory,
        framework=framework,
        environment=os.environ,
        only=only or None,
        database_url=database_url,
        on_check=watch.check,
        on_line=watch.line,
    )


def _framework(console: Console, directory: "Path", template: str | None, *, yes: bool) -> "Framework":
    """Return the framework of a project; what a template of somebody else runs is shown, and agreed to."""
    from scaffold.catalog import template_folder
    from scaffold.project import framework_of

    framework = framework_of(directory, template)
    if template:
        from scaffold.cli.framework_choice import agree_to_run, who_can_be_asked

        agree_to_run(console, framework, template_folder(template), who_can_be_asked(yes=yes))
    return framework
