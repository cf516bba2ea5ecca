import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from scaffold.errors import EnvironmentProblem
from scaffold.toolchain.run import TAIL_LINES, clean_environment, run, start

posix = pytest.mark.skipif(sys.platform == "win32", reason="process groups are a POSIX thing")

PACKAGE = str(Path(__file__).parent.parent.parent)
# A program that starts one of its own in the same group, and writes both ids.
PARENT = """
import subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
print(child.pid, flush=True)
"""
DEAF = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN);"


def python(code, folder, *, timeout=30, on_line=None, environment=os.environ):
    command = (sys.executable, "-c", code)
    return run(command, cwd=folder, environment=environment, timeout=timeout, on_line=on_line)


def is_alive(pid):
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state not in "ZX"


def wait_for(condition):
    for _ in range(500):
        if condition():
            return True
        time.sleep(0.01)
    return False


def test_output_and_error_output_are_one_tail_in_order(tmp_path):
    code = "import sys; print('out', flush=True); print('err', file=sys.stderr, flush=True); sys.exit(3)"
    completed = python(code, tmp_path)
    assert (completed.code, completed.tail, completed.timed_out) == (3, "out\nerr", False)


def test_tail_is_bounded_however_much_is_written(tmp_path):
    completed = python(f"for n in range({TAIL_LINES + 500}): print(n)", tmp_path)
    lines = completed.tail.splitlines()
    assert (len(lines), lines[-1]) == (TAIL_LINES, str(TAIL_LINES + 499))


def test_each_line_is_passed_on_while_the_program_runs(tmp_path):
    lines = []
    python("print('a'); print('b')", tmp_path, on_line=lines.append)
    assert lines == ["a", "b"]


def test_bytes_that_are_no_text_do_not_stop_the_reading(tmp_path):
    completed = python(r"import sys; sys.stdout.buffer.write(b'\xff\xfe ok\n')", tmp_path)
    assert completed.tail.endswith("ok")


def test_nothing_is_read_from_our_own_input(tmp_path):
    assert python("import sys; print(repr(sys.stdin.read()))", tmp_path).tail == "''"


def test_no_shell_reads_the_arguments(tmp_path):
    command = (sys.executable, "-c", "import sys; print(sys.argv[1])", "$(echo no) ; `echo no` * ~")
    assert run(command, cwd=tmp_path, environment=os.environ, timeout=30).tail == "$(echo no) ; `echo no` * ~"


@posix
@pytest.mark.parametrize("ignores", ["", DEAF], ids=["obeys TERM", "ignores TERM"])
def test_a_timeout_ends_the_program_and_its_children(tmp_path, ignores, monkeypatch):
    monkeypatch.setattr("scaffold.toolchain.run.GRACE", 0.2)
    lines = []
    completed = python(ignores + PARENT + "time.sleep(600)", tmp_path, timeout=1.5, on_line=lines.append)
    assert completed.timed_out
    assert completed.code != 0
    assert wait_for(lambda: not is_alive(int(lines[0])))


@posix
def test_children_do_not_outlive_a_program_that_ended(tmp_path):
    completed = python(PARENT, tmp_path)
    assert completed.code == 0
    assert wait_for(lambda: not is_alive(int(completed.tail)))


@posix
@pytest.mark.parametrize("error", [KeyboardInterrupt, RuntimeError, SystemExit])
def test_leaving_the_block_with_any_error_ends_the_whole_group(tmp_path, error):
    lines = []
    command = (sys.executable, "-c", PARENT + "time.sleep(600)")
    with (
        suppress(error),
        start(command, cwd=tmp_path, environment=os.environ, on_line=lines.append) as process,
    ):
        assert wait_for(lambda: lines)
        assert process.has_others()
        raise error
    assert wait_for(lambda: not is_alive(int(lines[0])))
    assert process.code == -signal.SIGTERM


@posix
def test_a_second_interrupt_during_the_grace_still_kills(tmp_path, monkeypatch):
    command = (sys.executable, "-c", DEAF + "import time; print('ready', flush=True); time.sleep(600)")
    lines = []
    with (
        suppress(KeyboardInterrupt),
        start(command, cwd=tmp_path, environment=os.environ, on_line=lines.append) as process,
    ):
        assert wait_for(lambda: lines)
        monkeypatch.setattr(process, "_running", interrupted_once(process._running))
    assert process.code == -signal.SIGKILL


def interrupted_once(ordinary):
    calls = []

    def wait(*arguments):
        calls.append(arguments)
        if len(calls) == 1:
            raise KeyboardInterrupt
        return ordinary(*arguments)

    return wait


@posix
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_to_us_leaves_no_process(tmp_path, number):
    ours = f"""
import os, signal, sys
from pathlib import Path
from scaffold.toolchain.run import run
for number in (signal.SIGINT, signal.SIGTERM):
    signal.signal(number, lambda *_: sys.exit(9))
theirs = (sys.executable, "-c", {PARENT + "time.sleep(600)"!r})
run(theirs, cwd=Path.cwd(), environment=os.environ, timeout=600, on_line=lambda line: print(line, flush=True))
"""
    with subprocess.Popen(
        (sys.executable, "-c", ours),
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": PACKAGE},
    ) as process:
        child = int(process.stdout.readline())
        process.send_signal(number)
    assert process.returncode == 9
    assert wait_for(lambda: not is_alive(child))


@posix
def test_terminate_signals_the_program_alone(tmp_path):
    lines = []
    command = (sys.executable, "-c", PARENT + "time.sleep(600)")
    with start(command, cwd=tmp_path, environment=os.environ, on_line=lines.append) as process:
        assert wait_for(lambda: lines)
        process.terminate()
        assert process.wait(10)
        assert process.has_others()


def test_an_error_of_the_line_callback_reaches_the_caller(tmp_path):
    def refuse(line):
        raise ValueError(line)

    with pytest.raises(ValueError, match="boom"):
        python("print('boom', flush=True); import time; time.sleep(600)", tmp_path, on_line=refuse)


def test_a_program_is_looked_up_on_the_path_it_is_given(tmp_path):
    tool = tmp_path / "only-here"
    tool.write_text("#!/bin/sh\necho found\n")
    tool.chmod(0o755)
    environment = {"PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}"}
    assert run(["only-here"], cwd=tmp_path, environment=environment, timeout=30).tail == "found"


def test_a_program_with_a_folder_is_looked_up_in_the_working_folder(tmp_path):
    tool = tmp_path / "bin" / "dev"
    tool.parent.mkdir()
    tool.write_text("#!/bin/sh\necho here\n")
    tool.chmod(0o755)
    assert run(["bin/dev"], cwd=tmp_path, environment=os.environ, timeout=30).tail == "here"


@pytest.mark.parametrize("name", ["no-such-tool", "./no-such-tool", "text"])
def test_what_cannot_be_started_is_a_problem_of_the_machine(tmp_path, name):
    (tmp_path / "text").write_text("not a program")
    with pytest.raises(EnvironmentProblem, match=name):
        run([name], cwd=tmp_path, environment={"PATH": str(tmp_path)}, timeout=30)


def test_variables_of_our_own_process_do_not_reach_the_child():
    kept = {
        "PATH": "/bin",
        "PYTHONUTF8": "1",
        "GIT_SSH_COMMAND": "ssh",
        "GIT_AUTHOR_NAME": "A",
        "PYTHON": "p",
    }
    left = dict.fromkeys(("GIT_DIR", "GIT_INDEX_FILE", "GIT_CONFIG_KEY_0", "PYTHONPATH", "VIRTUAL_ENV"), "x")
    assert clean_environment(kept | left) == kept


def test_the_child_gets_a_clean_environment(tmp_path):
    environment = {**os.environ, "GIT_DIR": "/elsewhere", "PYTHONPATH": "/elsewhere"}
    code = "import os; print(os.environ.get('GIT_DIR'), os.environ.get('PYTHONPATH'))"
    assert python(code, tmp_path, environment=environment).tail == "None None"


@posix
@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
@pytest.mark.parametrize("locale", [{}, {"LC_CTYPE": "C"}], ids=["no locale", "C"])
def test_the_watcher_changes_nothing_for_the_program(tmp_path, locale):
    look = "cat -v /proc/self/environ; grep SigIgn /proc/self/status; ls /proc/self/fd"
    environment = {"PATH": os.environ["PATH"], "a-name:that.no-shell-takes": "knows", **locale}
    watched, unwatched = (
        run(("/bin/sh", "-c", look), cwd=tmp_path, environment=environment, timeout=30, watched=watched).tail
        for watched in (True, False)
    )
    assert watched == unwatched


@posix
def test_the_watcher_is_no_child_of_the_program(tmp_path):
    code = "import os\ntry: os.wait()\nexcept ChildProcessError: print('none')"
    assert python(code, tmp_path).tail == "none"


@posix
def test_no_watcher_is_left_when_the_program_ended(tmp_path):
    watchers = tmp_path / "watchers"
    code = f"import os; os.system('pgrep -f watch[.]py.*{tmp_path.name} > {watchers}')  # {tmp_path.name}"
    python(code, tmp_path)
    pids = watchers.read_text().split()
    assert pids
    assert wait_for(lambda: not any(map(is_alive, pids)))


@posix
def test_what_the_system_cannot_execute_fails_and_says_so(tmp_path):
    (tmp_path / "text").write_bytes(b"\x7fELF no program")
    (tmp_path / "text").chmod(0o755)
    completed = run(["./text"], cwd=tmp_path, environment=os.environ, timeout=30)
    assert (completed.code, completed.tail.partition(": ")[2]) == (1, "Exec format error")


@posix
def test_the_watcher_is_told_that_the_group_ended_and_kills_no_other_of_its_number(tmp_path, monkeypatch):
    told, write = [], os.write
    monkeypatch.setattr(os, "write", lambda pipe, word: told.append(word) or write(pipe, word))
    python("", tmp_path)
    assert told == [b"."]
