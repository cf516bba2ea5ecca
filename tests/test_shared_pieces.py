"""What all starters share is the same in all of them."""

import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).parent.parent / "tools" / "share.py"


def test_shared_files_and_pinned_actions_are_in_step():
    outcome = subprocess.run([sys.executable, SCRIPT, "--check"], capture_output=True, text=True, check=False)
    assert (outcome.returncode, outcome.stdout) == (0, ""), "run `python tools/share.py`"
