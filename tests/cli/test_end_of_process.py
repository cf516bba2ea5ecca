"""The process ends at once, and nothing that was promised before is lost."""

import subprocess
import sys

PROGRAM = "import atexit; atexit.register(print, 'ran'); from scaffold.cli import main; main()"


def test_what_is_registered_for_the_end_still_runs_and_its_output_is_whole():
    outcome = subprocess.run(
        [sys.executable, "-c", PROGRAM, "--version"], capture_output=True, text=True, check=True
    )
    assert outcome.stdout.splitlines()[-1] == "ran"
    assert outcome.stdout.startswith("scaffold")


def test_the_status_is_the_one_of_the_outcome():
    outcome = subprocess.run(
        [sys.executable, "-c", PROGRAM, "show", "nothing"], capture_output=True, text=True, check=False
    )
    assert outcome.returncode == 2
    assert outcome.stdout == "ran\n"
