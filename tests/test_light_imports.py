"""Starting is cheap: `scaffold --help` imports Click, this package's thin commands and little else."""

import subprocess
import sys

from scaffold.cli import COMMANDS

PROGRAM = """
import sys
import click
click.Group("bare", commands={"a": click.Command("a")}).main(["--help"], standalone_mode=False)
before = set(sys.modules)
from scaffold.cli import commands
commands.main(["--help"], prog_name="scaffold", standalone_mode=False)
print(*sorted(set(sys.modules) - before), file=sys.stderr)
"""
ALLOWED = {"scaffold", "scaffold.console", "scaffold.errors", "scaffold.text", "signal"} | {
    "scaffold.verify",
    "scaffold.verify.steps",
}


WITHOUT = {
    "cookiecutter.generate",
    "questionary",
    "requests",
    "rich",
    "arrow",
    "slugify",
    "yaml",
    "subprocess",
}


def test_help_imports_only_what_is_on_the_list():
    outcome = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    imported = {name for name in outcome.stderr.split() if not name.startswith("scaffold.cli")}
    assert imported <= ALLOWED


def test_a_new_project_imports_no_other_command_and_no_more_of_cookiecutter_than_renders(tmp_path):
    program = (
        "import sys; from scaffold.cli import commands; commands.main(standalone_mode=False, obj=CONSOLE)"
    )
    program = program.replace("CONSOLE", "__import__('scaffold.console').console.Console({})")
    command = ["new", str(tmp_path / "shop"), "-t", "django", "-y", "--no-git"]
    outcome = subprocess.run(
        [sys.executable, "-c", f"{program}; print(*sys.modules)", *command],
        capture_output=True,
        text=True,
        check=True,
    )
    others = {f"scaffold.cli.{name}" for name in COMMANDS} - {"scaffold.cli.new"}
    assert (WITHOUT | others).isdisjoint(outcome.stdout.split())
