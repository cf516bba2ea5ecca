"""One set of handlers: the first signal unwinds, deferring sections end first, and nothing is lost."""

import signal
import subprocess
import sys
import threading
from contextlib import suppress

import pytest

from scaffold.signals import signals_deferred, unwinding

ENDING = [
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT") if hasattr(signal, name)
]


@pytest.fixture
def received():
    """What the handlers get that were there before."""
    numbers = []
    before = {
        number: signal.signal(number, lambda number, _frame: numbers.append(number)) for number in ENDING
    }
    yield numbers
    for number, handler in before.items():
        signal.signal(number, handler)


def unwind(work):
    with pytest.raises(KeyboardInterrupt), unwinding():
        work()


@pytest.mark.parametrize("number", ENDING)
def test_the_first_signal_unwinds_and_a_second_does_not_disturb_the_clean_up(received, number):
    done = []

    def work():
        try:
            signal.raise_signal(number)
            done.append("worked on")
        finally:
            signal.raise_signal(number)
            done.append("cleaned up")

    unwind(work)
    assert (done, received) == (["cleaned up"], [number])


def test_a_signal_takes_effect_after_a_whole_section(received):
    done = []

    def work():
        with signals_deferred():
            with signals_deferred():
                signal.raise_signal(signal.SIGTERM)
            done.append("whole")
        done.append("after")

    unwind(work)
    assert (done, received) == (["whole"], [signal.SIGTERM])


def test_a_whole_section_of_another_thread_delays_nothing(received):
    inside, leave = threading.Event(), threading.Event()
    done = []

    def hold():
        with signals_deferred():
            inside.set()
            leave.wait(10)

    def work():
        signal.raise_signal(signal.SIGINT)
        done.append("delayed")

    thread = threading.Thread(target=hold)
    thread.start()
    assert inside.wait(10)
    unwind(work)
    leave.set()
    thread.join()
    assert (done, received) == ([], [signal.SIGINT])


def test_of_two_blocks_the_outer_one_passes_the_signal_on(received):
    def work():
        unwind(lambda: signal.raise_signal(signal.SIGINT))
        assert received == []

    unwind(work)
    assert received == [signal.SIGINT]


def test_what_was_swallowed_on_the_way_still_ends_the_program(received):
    def work():
        with suppress(BaseException):
            signal.raise_signal(signal.SIGINT)

    unwind(work)
    assert received == [signal.SIGINT]


class Garbage:
    def __del__(self):
        signal.raise_signal(signal.SIGTERM)


def test_a_signal_in_a_finalizer_takes_effect_after_the_next_whole_section(received):
    done = []

    def work():
        Garbage()
        with signals_deferred():
            done.append("whole")
        done.append("after")

    unwind(work)
    assert (done, received) == (["whole"], [signal.SIGTERM])


def test_a_signal_in_a_finalizer_ends_the_program_at_the_latest_when_the_work_is_done(received):
    unwind(Garbage)
    assert received == [signal.SIGTERM]


def test_a_failing_finalizer_is_reported_as_before(monkeypatch):
    reported = []
    monkeypatch.setattr(sys, "unraisablehook", reported.append)

    class Broken:
        def __del__(self):
            raise ValueError

    with unwinding():
        Broken()
    Broken()
    assert len(reported) == 2


def test_an_ignored_signal_stays_ignored(received):
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    with unwinding():
        signal.raise_signal(signal.SIGTERM)
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_IGN
    assert received == []


LOCKED = """
import os, signal, sys
from pathlib import Path
from scaffold.signals import unwinding
from scaffold.toolchain.run import start

class Lock:
    def __init__(self, lock): self.lock = lock
    def __enter__(self): return self.acquire()
    def __exit__(self, *_): self.release()
    def release(self): self.lock.release()
    def acquire(self, *arguments):
        taken = self.lock.acquire(*arguments)
        signal.raise_signal(signal.SIGINT)
        return taken

command = (sys.executable, "-c", "import time; time.sleep(60)")
with unwinding():
    with start(command, cwd=Path(), environment=os.environ) as process:
        process._popen._waitpid_lock = Lock(process._popen._waitpid_lock)
        process.wait(30)
"""


def test_an_interrupt_while_python_holds_a_process_lock_does_not_hang(tmp_path):
    """Here it comes between taking the lock of ``subprocess.Popen`` and the block that gives it back."""
    ended = subprocess.run(
        [sys.executable, "-c", LOCKED], cwd=tmp_path, capture_output=True, timeout=20, check=False, text=True
    )
    assert ended.returncode == -signal.SIGINT, ended.stderr
