"""Starting is cheap: `scaffold --help` imports Click, this package's thin commands and little else."""

import subprocess
import sys

PROGRAM = """
import sys
import click
click.Group("bare", commands={"a": click.Command("a")}).main(["--help"], standalone_mode=False)
before = set(sys.modules)
from scaffold.cli import commands
commands.main(["--help"], prog_name="scaffold", standalone_mode=False)
print(*sorted(set(sys.modules) - before), file=sys.stderr)
"""
ALLOWED = {"atexit", "gc", "scaffold", "scaffold.console", "scaffold.errors", "signal"}


def test_help_imports_only_what_is_on_the_list():
    outcome = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    imported = {name for name in outcome.stderr.split() if not name.startswith("scaffold.cli")}
    assert imported <= ALLOWED
