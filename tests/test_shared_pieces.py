"""What all starters share is the same in all of them, and the table has them as they are."""

import subprocess
import sys
from pathlib import Path

TOOLS = Path(__file__).parent.parent / "tools"


def test_shared_files_and_pinned_actions_are_in_step():
    assert check("share.py") == (0, ""), "run `python tools/share.py`"


def test_the_table_of_starters_is_what_was_verified():
    assert check("starters.py") == (0, ""), "run `python tools/starters.py`"


def check(tool):
    command = [sys.executable, TOOLS / tool, "--check"]
    outcome = subprocess.run(command, capture_output=True, text=True, check=False)
    return outcome.returncode, outcome.stdout
