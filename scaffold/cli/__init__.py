"""The command line: one file a command, and one boundary where errors become exit statuses."""

from importlib import import_module

import click

from scaffold import __version__
from scaffold.cli import boundary

COMMANDS = {
    "doctor": "doctor",
    "list": "list_templates",
    "new": "new",
    "questions": "questions",
    "recommend": "recommend",
    "show": "show",
    "verify": "verify",
}
"""The function of each command, by the name of its module."""

EPILOG = """\b
Examples:
  scaffold new shop                      ask, recommend, create shop/
  scaffold new shop -t django -y         no questions, a Django project
  scaffold recommend --answers shop.yaml --format html --output report.html
  scaffold verify shop                   install, lint, test and boot it
"""


class _Commands(click.Group):
    """The commands; one is imported when it is asked for, since a run needs one of them."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - Click's signature
        return [*COMMANDS]  # `list` is a module of this package once that command was imported

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - as above
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"scaffold.cli.{cmd_name}"), COMMANDS[cmd_name])
        return command


@click.group(cls=_Commands, epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="scaffold")
@click.option("--debug", is_flag=True, help="Show the traceback of an unexpected error.")
def commands(*, debug: bool) -> None:
    """Recommend a back-end framework, render its starter project, prove that it runs."""


def run() -> int:
    """Run the command line tool on the process's arguments and return the exit status."""
    return boundary.run(commands)
