"""Running the command line tool as a user does: a process of its own, in a folder of its own."""

import os
import shutil
import subprocess
import sys

import pytest

GIVE_RIGHTS_UP = (shutil.which("setpriv"), "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all")


def runner(folder, prefix=()):
    def run(*arguments, stdin="", environment=None, cwd=folder):
        kept = {name: value for name, value in os.environ.items() if not name.startswith("SCAFFOLD_")}
        given = {**kept, "HOME": str(folder / "home"), "XDG_CONFIG_HOME": "", **(environment or {})}
        return subprocess.run(
            [*prefix, sys.executable, "-m", "scaffold", *map(str, arguments)],
            cwd=cwd,
            env={name: value for name, value in given.items() if value is not None},
            input=stdin,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )

    return run


@pytest.fixture
def scaffold(tmp_path):
    """Run ``scaffold ARGUMENTS`` in ``tmp_path``; returns the completed process with texts.

    A variable of ``environment`` that is None is unset.
    """
    return runner(tmp_path)


@pytest.fixture
def unprivileged(tmp_path):
    """Run it so that permissions count, which root is above."""
    if os.name == "nt":
        pytest.skip("permissions of POSIX")
    if os.geteuid() != 0:
        return runner(tmp_path)
    if GIVE_RIGHTS_UP[0] is None:
        pytest.skip("needs setpriv, to give root's rights up")
    return runner(tmp_path, GIVE_RIGHTS_UP)
