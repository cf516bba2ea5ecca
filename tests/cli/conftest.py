"""Running the command line tool as a user does: a process of its own, in a folder of its own."""

import os
import subprocess
import sys

import pytest


@pytest.fixture
def scaffold(tmp_path):
    """Run ``scaffold ARGUMENTS`` in ``tmp_path``; returns the completed process with texts."""

    def run(*arguments, stdin="", environment=None, cwd=tmp_path):
        kept = {name: value for name, value in os.environ.items() if not name.startswith("SCAFFOLD_")}
        return subprocess.run(
            [sys.executable, "-m", "scaffold", *map(str, arguments)],
            cwd=cwd,
            env={**kept, "HOME": str(tmp_path / "home"), "XDG_CONFIG_HOME": "", **(environment or {})},
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
        )

    return run
