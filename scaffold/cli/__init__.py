"""The command line: one file a command, and one boundary where errors become exit statuses."""

import click

from scaffold import __version__
from scaffold.cli import boundary
from scaffold.cli.doctor import doctor
from scaffold.cli.list import list_templates
from scaffold.cli.new import new
from scaffold.cli.questions import questions
from scaffold.cli.recommend import recommend
from scaffold.cli.show import show
from scaffold.cli.verify import verify

EPILOG = """\b
Examples:
  scaffold new shop                      ask, recommend, create shop/
  scaffold new shop -t django -y         no questions, a Django project
  scaffold recommend --answers shop.yaml --format html --output report.html
  scaffold verify shop                   install, lint, test and boot it
"""


@click.group(epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="scaffold")
@click.option("--debug", is_flag=True, help="Show the traceback of an unexpected error.")
def commands(*, debug: bool) -> None:
    """Recommend a back-end framework, render its starter project, prove that it runs."""


for command in (new, list_templates, show, recommend, questions, verify, doctor):
    commands.add_command(command)


def run() -> int:
    """Run the command line tool on the process's arguments and return the exit status."""
    return boundary.run(commands)
