"""The interview on a real pseudo-terminal: keys, help, back, and an interrupt at every question."""

import json
import os
import random
import re
import select
import signal
import subprocess
import sys
import time
from contextlib import suppress

import pytest

from scaffold.catalog import load_framework
from scaffold.interview.questions import QUESTIONS
from scaffold.interview.terminal import _terminal_kept
from scaffold.interview.variables import project_questions

pty = pytest.importorskip("pty", reason="needs a pseudo-terminal")
tty = pytest.importorskip("tty", reason="needs a pseudo-terminal")
termios = pytest.importorskip("termios", reason="needs a pseudo-terminal")

ENTER, LEFT, UP, DOWN, CTRL_C = "\r", "\x1b[D", "\x1b[A", "\x1b[B", "\x03"
PATIENCE = 30
LEADERS = [question for question in QUESTIONS if not question.follows]
ALL = len(LEADERS)


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
        signal.signal(signal.SIGQUIT, signal.SIG_DFL)

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
        for end in (self.master, self.slave):
            if end is not None:
                os.close(end)


@pytest.fixture
def session(tmp_path):
    sessions = []

    def begin(*arguments):
        sessions.append(Session(arguments, tmp_path))
        return sessions[-1]

    yield begin
    for each in sessions:
        each.close()


ANSWERS = {
    question.id: [question.choices[0].value]
    if question.kind in {"multiple", "ranked"}
    else question.choices[0].value
    for question in QUESTIONS
} | {
    "project_name": "Shop",
    "project_slug": "shop",
    "description": "",
    "author": "Ada",
    "license": "MIT",
    "database": "sqlite",
    "example": True,
    "accounts": True,
    "container": True,
    "ci": "github",
}
FLASK = ("-t", "flask")
ABOUT_PROJECT = project_questions([load_framework("flask").starter])
# Every place where a person is asked: the arguments, the one question left open, and the words on the screen.
PLACES = {
    "directory": ((*FLASK,), "", "In which folder?"),
    **{question.id: (("shop", "--all"), question.id, question.text) for question in QUESTIONS},
    "review": (("shop",), "team", "Pick one to change"),
    "framework": (("shop", "--set", "priorities="), "", "Which one shall it be?"),
    **{question.id: (("shop", *FLASK), question.id, question.text) for question in ABOUT_PROJECT},
    "confirm": (("shop", *FLASK), "", "Create "),
}


@pytest.fixture
def asked(session, tmp_path):
    """Start ``new`` so that it asks at one of ``PLACES``; returns the session once it does."""

    def begin(place):
        arguments, left_open, words = PLACES[place]
        answers = {key: value for key, value in ANSWERS.items() if key != left_open}
        if place == "language_policy":
            del answers["languages"]
        (tmp_path / "answers.json").write_text(json.dumps(answers))
        run = session("new", *arguments, "--answers", "answers.json")
        if place == "language_policy":
            seen = run.until("— first")
            run.type(ENTER)
            run.until("— second", seen)
            run.type(ENTER)
        if place == "review":
            run.until("at most 0 more")
            run.type(ENTER)
        run.until(words)
        return run

    return begin


def check_nothing_happened(run, tmp_path, number):
    assert run.end() == -number
    assert "Traceback" not in run.screen
    assert termios.tcgetattr(run.slave) == run.modes
    assert [path.name for path in tmp_path.iterdir()] == ["answers.json"]


@pytest.mark.parametrize("by", ["key", "kill"])
@pytest.mark.parametrize("place", PLACES)
def test_an_interrupt_at_any_question_leaves_no_file_and_the_terminal_as_it_was(asked, tmp_path, place, by):
    run = asked(place)
    if by == "key":
        run.type(CTRL_C)
    else:
        run.process.send_signal(signal.SIGINT)
    check_nothing_happened(run, tmp_path, signal.SIGINT)


@pytest.mark.parametrize(
    "number", [signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT], ids=lambda number: number.name
)
@pytest.mark.parametrize("place", ["what", "description", "confirm"])
def test_every_ending_signal_does_so_too(asked, tmp_path, place, number):
    run = asked(place)
    run.process.send_signal(number)
    check_nothing_happened(run, tmp_path, number)


@pytest.mark.parametrize("seed", range(10))
def test_an_interrupt_between_two_questions_is_not_swallowed(session, tmp_path, seed):
    moments = random.Random(seed)  # noqa: S311 - a repeatable sweep
    (tmp_path / "answers.json").write_text(json.dumps({"what": "api"}))
    run = session("new", "shop", "--all", "--answers", "answers.json")
    seen = 0
    for place in range(2, 2 + moments.randrange(1, 6)):
        seen = run.until(f"{place} of {ALL}", seen)
        run.type("s")
    time.sleep(moments.uniform(0, 0.03))
    run.process.send_signal(signal.SIGINT)
    check_nothing_happened(run, tmp_path, signal.SIGINT)


STRIKE = """
import os, signal, questionary

class Garbage:
    def __del__(self):
        os.kill(os.getpid(), signal.{name})

def select(text, *arguments, plain=questionary.select, **options):
    if "2, at most" in text:
        Garbage()
    return plain(text, *arguments, **options)

questionary.select = select
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT])
def test_a_signal_in_a_finalizer_between_two_questions_is_not_swallowed(
    session, tmp_path, tmp_path_factory, monkeypatch, number
):
    """Building a question sets off the garbage collector, and Python drops what is raised in a finalizer."""
    folder = tmp_path_factory.mktemp("startup")
    (folder / "sitecustomize.py").write_text(STRIKE.format(name=number.name))
    monkeypatch.setenv("PYTHONPATH", str(folder))
    (tmp_path / "answers.json").write_text("{}")
    run = session("new", "shop", "--answers", "answers.json")
    run.until("1, at most")
    run.type(" " + ENTER)
    check_nothing_happened(run, tmp_path, number)


def test_the_modes_of_the_terminal_come_back_whatever_ends_a_question(monkeypatch):
    master, slave = pty.openpty()
    before = termios.tcgetattr(slave)
    with os.fdopen(slave) as stdin, monkeypatch.context() as patched:
        patched.setattr(sys, "stdin", stdin)
        with suppress(KeyboardInterrupt), _terminal_kept():
            tty.setraw(slave)
            raise KeyboardInterrupt
        assert termios.tcgetattr(slave) == before
    os.close(master)


def test_a_terminal_that_goes_away_ends_the_interview(session, tmp_path):
    run = session("new", "shop")
    run.until("1, at most")
    os.close(run.slave)
    os.close(run.master)
    run.master = run.slave = None
    assert run.process.wait(PATIENCE) == -signal.SIGHUP
    assert list(tmp_path.iterdir()) == []


def test_question_mark_tells_why_and_left_goes_back_to_the_answer_given(session):
    run = session("recommend")
    run.until("1, at most")
    run.type(" " + ENTER)
    seen = run.until("2, at most")
    run.type("?")
    seen = run.until(LEADERS[1].why.split(":")[0], seen)
    run.type(LEFT)
    run.until("●", run.until("1, at most", seen))


@pytest.fixture
def languages(session):
    """The interview at its question on languages, all others that everybody is asked being answered."""
    answers = (
        "what=site",
        "language_policy=only",
        "house=none",
        "style=either",
        "hosting=paas",
        "team=small",
    )
    run = session("new", "shop", *(word for answer in answers for word in ("--set", answer)))
    run.until("— first")
    return run


def test_languages_are_picked_in_order_and_enter_ends_it(languages):
    languages.type(DOWN + ENTER)
    seen = languages.until("— second")
    languages.type(DOWN + ENTER)
    seen = languages.until("— third", seen)
    languages.type(ENTER)
    languages.until("Python, JavaScript", seen)


def test_who_knows_no_language_is_not_asked_for_a_second_one(languages):
    languages.type(UP + ENTER)
    languages.until("None yet", languages.until("best?  "))
    assert "— second" not in languages.screen


def test_an_interview_by_hand_and_the_same_answers_in_a_file_make_the_same_project(session, tmp_path):
    by_hand, by_file = tmp_path / "hand" / "shop", tmp_path / "file" / "shop"
    run = session(
        *("new", "hand/shop", "--no-git", "--all"),
        *("--set", "languages=python", "--set", "language_policy=only"),
    )
    seen = run.until(f"1 of {ALL}")
    run.type(" " + ENTER)
    for place in range(3, ALL + 1):
        seen = run.until(f"{place} of {ALL}", seen)
        run.type("s")
    seen = run.until("Pick one to change", seen)
    run.type(ENTER)
    seen = run.until("Which one shall it be?", seen)
    run.type(ENTER)
    count = len(ABOUT_PROJECT)
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
