"""The interview on a real pseudo-terminal: keys, help, back, skip, and Ctrl-C at every prompt."""

import os
import re
import select
import signal
import subprocess
import sys
import time

import pytest

from scaffold.catalog import load_framework
from scaffold.interview.questions import QUESTIONS
from scaffold.interview.variables import project_questions

pty = pytest.importorskip("pty", reason="needs a pseudo-terminal")
termios = pytest.importorskip("termios", reason="needs a pseudo-terminal")

ENTER, LEFT, DOWN, CTRL_C = "\r", "\x1b[D", "\x1b[B", "\x03"
PATIENCE = 30
LEADERS = [question for question in QUESTIONS if not question.follows]
PROMPTS = [*(f"{place} of {len(LEADERS)}" for place in range(1, len(LEADERS) + 1)), "Pick one to change"]


class Session:
    """A program on a terminal of its own; ``screen`` is all it wrote, without control sequences."""

    def __init__(self, arguments, cwd):
        self.master, self.slave = pty.openpty()
        self.modes = termios.tcgetattr(self.slave)
        self.written = ""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "scaffold", *arguments],
            cwd=cwd,
            env={**os.environ, "TERM": "xterm", "COLUMNS": "100", "LINES": "40", "HOME": str(cwd)},
            stdin=self.slave,
            stdout=self.slave,
            stderr=self.slave,
            start_new_session=True,
            preexec_fn=self._own_terminal,  # noqa: PLW1509 - the test has one thread
        )

    def _own_terminal(self):
        import fcntl

        fcntl.ioctl(0, termios.TIOCSCTTY, 0)
        signal.signal(signal.SIGINT, signal.default_int_handler)

    @property
    def screen(self):
        return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[=>]", "", self.written)

    def until(self, text, start=0):
        deadline = time.monotonic() + PATIENCE
        while text not in self.screen[start:]:
            assert time.monotonic() < deadline, f"{text!r} never came:\n{self.screen[start:]}"
            if select.select([self.master], [], [], 0.2)[0]:
                piece = os.read(self.master, 65536).decode(errors="replace")
                self.written += piece
                if "\x1b[6n" in piece:
                    os.write(self.master, b"\x1b[1;1R")
        return self.screen.index(text, start) + len(text)

    def type(self, keys):
        os.write(self.master, keys.encode())

    def end(self):
        deadline = time.monotonic() + PATIENCE
        while self.process.poll() is None and time.monotonic() < deadline:
            if select.select([self.master], [], [], 0.1)[0]:
                self.written += os.read(self.master, 65536).decode(errors="replace")
        return self.process.wait(1)

    def close(self):
        self.process.kill()
        self.process.wait()
        os.close(self.master)
        os.close(self.slave)


@pytest.fixture
def session(tmp_path):
    sessions = []

    def begin(*arguments):
        sessions.append(Session(arguments, tmp_path))
        return sessions[-1]

    yield begin
    for each in sessions:
        each.close()


def answer_until(session, prompt, *, keys=ENTER):
    """Answer each prompt with ``keys`` until ``prompt`` is on the screen."""
    seen = 0
    for text in PROMPTS:
        seen = session.until(text, seen)
        if text == prompt:
            return seen
        session.type(keys)
    return seen


@pytest.mark.parametrize("prompt", PROMPTS)
def test_ctrl_c_at_any_prompt_writes_nothing_and_leaves_the_terminal_as_it_was(session, tmp_path, prompt):
    before = set(tmp_path.iterdir())
    run = session("new", "shop")
    answer_until(run, prompt, keys="s")
    run.type(CTRL_C)
    assert run.end() == -signal.SIGINT
    assert termios.tcgetattr(run.slave) == run.modes
    assert set(tmp_path.iterdir()) == before


def test_question_mark_tells_why_and_left_goes_back_to_the_answer_given(session):
    run = session("recommend")
    run.until("1 of 14")
    run.type(" " + ENTER)
    seen = run.until("2 of 14")
    run.type("?")
    seen = run.until(LEADERS[1].why.split(":")[0], seen)
    run.type(LEFT)
    run.until("●", run.until("1 of 14", seen))


def test_an_interview_by_hand_and_the_same_answers_in_a_file_make_the_same_project(session, tmp_path):
    by_hand, by_file = tmp_path / "hand" / "shop", tmp_path / "file" / "shop"
    run = session(
        "new", "hand/shop", "--no-git", "--set", "languages=python", "--set", "language_policy=only"
    )
    seen = run.until("1 of 14")
    run.type(" " + ENTER)
    for place in range(3, 15):
        seen = run.until(f"{place} of 14", seen)
        run.type("s")
    seen = run.until("Pick one to change", seen)
    run.type(ENTER)
    seen = run.until("Which one shall it be?", seen)
    run.type(ENTER)
    count = len(project_questions([load_framework("flask").starter]))
    for place in range(1, count + 1):
        seen = run.until(f"{place} of {count}", seen)
        run.type(ENTER)
    seen = run.until("Create ", seen)
    run.type(ENTER)
    run.until("Then open", seen)
    assert run.end() == 0

    chosen = re.search(r'"?id"? = "(\w+)"', (by_hand / ".scaffold.toml").read_text())[1]
    what = LEADERS[0].choices[0].value
    settings = (f"what={what}", "languages=python", "language_policy=only", f"template={chosen}")
    arguments = [word for setting in settings for word in ("--set", setting)]
    subprocess.run(
        [sys.executable, "-m", "scaffold", "new", "file/shop", "--no-git", "-y", *arguments],
        cwd=tmp_path,
        check=True,
        capture_output=True,
    )
    assert contents(by_hand) == contents(by_file)


def contents(root):
    return {
        path.relative_to(root): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and path.name != ".env"
    }
