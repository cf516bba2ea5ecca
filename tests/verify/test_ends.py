"""However `scaffold verify` ends, what it started ends with it, and what it made is removed."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import nullcontext, suppress
from pathlib import Path

import pytest

from scaffold.errors import EnvironmentProblem
from scaffold.project.lock import made_and_locked
from scaffold.verify import temporary as temporary_module
from scaffold.verify.temporary import temporary_folder

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals and groups are a POSIX thing")

HERE = Path(__file__).parent
# `scaffold verify`, but with the framework of these tests, made with the commands in the last argument.
SCAFFOLD = f"""
import json, signal, sys
sys.path[:0] = [{str(HERE)!r}, {str(HERE.parent.parent)!r}]
for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGHUP, signal.SIGTERM):
    signal.signal(number, signal.SIG_DFL)
signal.signal(signal.SIGINT, signal.default_int_handler)
from conftest import make_framework
import scaffold.project
from scaffold.__main__ import main
framework = make_framework(**json.loads(sys.argv.pop()))
scaffold.project.framework_of = lambda directory, template: framework
main()
"""
PARENT = """
import os, signal, sys
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
os.execv(sys.argv[1], sys.argv[1:])
"""
# A server with a child in its group; both note their id and wait, and neither needs to obey TERM.
SERVER = """
import os, signal, subprocess, sys, time
if sys.argv[2] == "deaf":
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
if len(sys.argv) == 3:
    subprocess.Popen([sys.executable, *sys.orig_argv[1:], "child"])
with open(sys.argv[1], "a") as pids:
    print(os.getpid(), file=pids, flush=True)
time.sleep(600)
"""
ENDS = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT]


def command(code, *arguments):
    return [sys.executable, "-c", code, *arguments]


def arguments(project, step, commands):
    return [sys.executable, "-c", SCAFFOLD, "verify", str(project), "--only", step, json.dumps(commands)]


def is_alive(pid):
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    return False


def wait_for(condition, seconds):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.02)
    return condition()


@pytest.fixture
def temporary(tmp_path, monkeypatch):
    """Return a temporary folder of this test alone."""
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def ended(project, tmp_path):
    """End a verification while a command of a step and its child run, see both end; return its status."""

    def end(number, step, obeys):
        pids = tmp_path / "pids"
        pids.touch()
        commands = {"serve" if step == "boot" else step: [command(SERVER, str(pids), obeys)]}
        with subprocess.Popen(arguments(project, step, commands), stderr=subprocess.DEVNULL) as process:
            assert wait_for(lambda: len(pids.read_text().split()) == 2, 20)
            process.send_signal(number)
            assert wait_for(lambda: not any(map(is_alive, pids.read_text().split())), 5.0)
        return process.returncode

    return end


@pytest.mark.parametrize("obeys", ["obedient", "deaf"])
@pytest.mark.parametrize("step", ["install", "boot"])
@pytest.mark.parametrize("number", [*ENDS, signal.SIGKILL], ids=lambda number: number.name)
def test_no_process_of_the_group_lives_five_seconds_after_a_signal(ended, temporary, number, step, obeys):
    assert ended(number, step, obeys) == -number
    assert list(temporary.iterdir()) == [] or number == signal.SIGKILL


def test_the_next_run_removes_the_folder_of_one_that_was_killed(ended, temporary):
    ended(signal.SIGKILL, "boot", "obedient")
    (left,) = temporary.iterdir()
    with temporary_folder() as folder:
        assert list(temporary.iterdir()) == [folder]
    assert not left.exists()


def test_the_folder_of_a_living_run_is_left_alone(temporary):
    with temporary_folder() as living, temporary_folder() as other:
        assert sorted(temporary.iterdir()) == sorted((living, other))


@pytest.fixture
def dead(temporary):
    """Return a folder as a killed run leaves it, with a file in it."""
    ours = temporary / "scaffold-verify-abcd_123"
    with temporary_folder() as folder:
        shutil.copytree(folder, ours)
    (ours / "precious").touch()
    return ours


def collect():
    with temporary_folder():
        pass


@pytest.mark.parametrize("lock", ["nothing", "a run of scaffold verify", None])
def test_a_folder_without_our_lock_is_left_alone(dead, lock):
    (dead / "lock").unlink()
    if lock is not None:
        (dead / "lock").write_text(lock)
    collect()
    assert (dead / "precious").exists()


def test_a_folder_that_is_called_otherwise_is_left_alone(dead):
    other = dead.rename(dead.with_name("scaffold-verify-mine"))
    collect()
    assert (other / "precious").exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make a folder of somebody else")
def test_a_folder_of_another_user_is_left_alone(dead):
    os.chown(dead, 1000, 1000)
    collect()
    assert (dead / "precious").exists()


def test_a_link_to_a_folder_is_not_followed(dead, tmp_path):
    elsewhere = dead.rename(tmp_path / "elsewhere")
    dead.symlink_to(elsewhere)
    collect()
    assert (elsewhere / "precious").exists()


@pytest.mark.parametrize("left", ["all", "nothing"])
def test_what_a_killed_run_left_is_removed(dead, left):
    if left == "nothing":
        shutil.rmtree(dead)
        dead.mkdir()
    collect()
    assert not dead.exists()


def test_a_kill_while_a_folder_is_removed_leaves_its_lock_to_the_end(dead, monkeypatch):
    (dead / "part").mkdir()
    monkeypatch.setattr(shutil, "rmtree", killed)
    with pytest.raises(SystemExit, match="part"):
        collect()
    assert (dead / "lock").exists()


def killed(path, **_):
    if path.is_dir():
        sys.exit(path.name)


@pytest.mark.parametrize("how", ["removed", "taken"])
def test_a_new_folder_that_another_run_took_for_dead_is_not_used(temporary, monkeypatch, how):
    seen = []

    def late(file, content):
        seen.append(file.parent)
        if len(seen) > 1:
            return made_and_locked(file, content)
        if how == "removed":
            file.parent.rmdir()
            return made_and_locked(file, content)
        return nullcontext(enter_result=False)

    monkeypatch.setattr(temporary_module, "made_and_locked", late)
    with temporary_folder() as folder:
        assert folder == seen[1]
    assert list(temporary.iterdir()) == []


def test_a_temporary_folder_that_cannot_be_made_is_a_problem_of_the_machine(temporary, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(temporary / "missing"))
    with pytest.raises(EnvironmentProblem, match="no temporary folder can be made: No such file"):
        collect()


@pytest.mark.usefixtures("temporary")
def test_a_failed_install_is_failed_though_the_parent_ignores_its_children(project):
    outcome = subprocess.run(
        command(PARENT, *arguments(project, "install", {"install": [command("exit(7)")]})),
        capture_output=True,
        text=True,
        check=False,
    )
    assert outcome.returncode == 1
    assert "exit status 7" in outcome.stderr
