"""However `scaffold verify` ends, what it started ends with it, and what it made is removed."""

import json
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import pytest

from scaffold.project.lock import locked
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
from types import SimpleNamespace
from conftest import make_framework
import scaffold.catalog, scaffold.project
from scaffold.cli import main
framework = make_framework(**json.loads(sys.argv.pop()))
scaffold.catalog.load_framework = lambda id: framework
scaffold.project.read_origin = lambda directory: SimpleNamespace(template="tiny")
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
    """End a verification while a command of a step and its child run; return its status and their ids."""

    def end(number, step, obeys):
        pids = tmp_path / "pids"
        pids.touch()
        commands = {"serve" if step == "boot" else step: [command(SERVER, str(pids), obeys)]}
        with subprocess.Popen(arguments(project, step, commands), stderr=subprocess.DEVNULL) as process:
            assert wait_for(lambda: len(pids.read_text().split()) == 2, 20)
            process.send_signal(number)
        return process.returncode, pids.read_text().split()

    return end


@pytest.mark.parametrize("obeys", ["obedient", "deaf"])
@pytest.mark.parametrize("step", ["install", "boot"])
@pytest.mark.parametrize("number", [*ENDS, signal.SIGKILL], ids=lambda number: number.name)
def test_no_process_of_the_group_lives_after_a_signal(ended, temporary, number, step, obeys):
    status, pids = ended(number, step, obeys)
    assert status == -number
    assert wait_for(lambda: not any(map(is_alive, pids)), 5.0 if number == signal.SIGKILL else 0.5)
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


@pytest.mark.parametrize("left_out", ["nothing", "lock", "name", "privacy"])
def test_only_what_a_run_of_ours_left_is_removed(temporary, left_out):
    folder = temporary / ("scaffold-verify-mine" if left_out == "name" else "scaffold-verify-abcd_123")
    folder.mkdir(mode=0o755 if left_out == "privacy" else 0o700)
    (folder / "precious").write_text("kept")
    if left_out != "lock":
        (folder / ".scaffold-verify.lock").touch()
    with temporary_folder():
        pass
    assert folder.exists() == (left_out != "nothing")
    assert (folder / "precious").exists() == folder.exists()


def test_a_link_with_such_a_name_is_not_followed(temporary, tmp_path):
    (tmp_path / "elsewhere").mkdir(mode=0o700)
    (tmp_path / "elsewhere" / ".scaffold-verify.lock").touch()
    (temporary / "scaffold-verify-abcd_123").symlink_to(tmp_path / "elsewhere")
    with temporary_folder():
        pass
    assert (tmp_path / "elsewhere" / ".scaffold-verify.lock").exists()


def test_a_new_folder_whose_lock_another_run_took_is_not_used(temporary, monkeypatch):
    from scaffold.verify import temporary as module

    taken = []

    def taken_once(file):
        if not taken:
            taken.append(file.parent)
            module.shutil.rmtree(file.parent)
            file.parent.mkdir()
            file.touch()
            return nothing_had()
        return locked(file)

    monkeypatch.setattr(module, "locked", taken_once)
    with temporary_folder() as folder:
        assert folder != taken[0]
    assert list(temporary.iterdir()) == []


def nothing_had():
    from contextlib import nullcontext

    return nullcontext(False)  # noqa: FBT003 - whether the lock is had


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
