"""Fuzz answers files: ``python tools/fuzz.py [LIBFUZZER-OPTION...]``, ten minutes unless told otherwise.

Needs ``pip install atheris``. Every input is read as YAML, TOML, JSON and
standard input, against the questions that the commands ask. An input that
breaks a promise is left in build/fuzz/, and the problem told on standard
error. ``python tools/fuzz.py --keep`` then adds those inputs that reach new
code to tests/interview/corpus/.
"""

import random
import shlex
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
CORPUS = ROOT / "tests" / "interview" / "corpus"
WORK = ROOT / "build" / "fuzz"
NAMES = ("answers.yaml", "answers.toml", "answers.json", "-")
ORDINARY = 2000  # bytes; longer inputs find nothing but slow code
SECONDS = 1.0
KIBIBYTES = 200 * 1024
FUZZ = ("-max_total_time=600", "-max_len=32769")
KEEP = ("-merge=1", "-use_counters=0", "-max_len=400")
SYNTAX = (
    *("{", "}", "[", "]", ":", ",", "=", "#", "-", "?", "|", ">", "~", "&a", "*a", "!!", "<<", "[[", "]]"),
    *('"', "'", '"""', "'''", "\\", "\\u", "\\U", "\\ud800", "\t", "\n", "\r\n", "---", "...", "%YAML"),
    *("\ufeff", "\u2028", "\u202e", "null", "true", "nan", "1e999", "0x", "2026-11-22", "12:00:00Z"),
)


class BrokenPromise(Exception):
    """What an input did that no input may do."""


def check(name: str, content: bytes) -> None:
    """Raise BrokenPromise unless the content becomes answers, or one plain line that names the file."""
    from scaffold.cli.options import all_project_questions
    from scaffold.errors import ScaffoldError
    from scaffold.interview.gather import gather_answers
    from scaffold.interview.questions import QUESTIONS
    from scaffold.interview.variables import TEMPLATE_QUESTION

    questions = (TEMPLATE_QUESTION, *QUESTIONS, *all_project_questions())
    label = "standard input" if name == "-" else name
    try:
        answers = gather_answers(questions, environment={}, answers_file=(name, content))
    except ScaffoldError as error:
        if not error.message.startswith(label):
            raise BrokenPromise(f"no file name: {error.message!a}") from error
        if not (error.message + error.hint).isprintable():
            raise BrokenPromise(f"unprintable: {error.message!a}, {error.hint!a}") from error
        if len(error.message) > len(label) + 300:
            raise BrokenPromise(f"too long: {error.message!a}") from error
    else:
        if not all(answer.where.startswith(f"{label}:") for answer in answers.values()):
            raise BrokenPromise(f"no line: {answers!a}")


def check_all(content: bytes) -> None:
    """Check the content in every format; what takes long in instrumented code is measured in plain code."""
    for name in NAMES:
        start, before = time.process_time(), peak()
        check(name, content)
        if time.process_time() - start > SECONDS or peak() - before > KIBIBYTES / 4:
            plain = (sys.executable, __file__, "--plain", name)
            outcome = subprocess.run(plain, input=content, capture_output=True, check=False)
            if outcome.returncode:
                raise BrokenPromise(f"{name}: {outcome.stderr.decode()}")


def check_cost(name: str, content: bytes) -> None:
    """Check the content, and the processor time and the memory that it takes."""
    start, before = time.process_time(), peak()
    check(name, content)
    seconds, memory = time.process_time() - start, peak() - before
    if seconds > SECONDS or memory > KIBIBYTES:
        raise BrokenPromise(f"{seconds:.2f} s, {memory} KiB")


def peak() -> int:
    """Return the most memory that this process has had, in KiB."""
    import resource  # which Windows lacks

    unit = 1024 if sys.platform == "darwin" else 1
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // unit


def mutate(content: bytes, size: int, seed: int) -> bytes:
    """Change a little; now and then repeat a part until the file is full, which finds slow code."""
    import atheris

    chance = random.Random(seed)  # noqa: S311 - a seed gives the same input again
    if content and chance.random() < 1 / 3000:
        start = chance.randrange(len(content))
        part = content[start : start + chance.randint(1, 12)]
        return (content[:start] + part * size)[:size]
    return bytes(atheris.Mutate(content[:ORDINARY], min(size, ORDINARY)))


def write_words(path: Path) -> None:
    """Write the words worth inserting as a libFuzzer dictionary: syntax, keys and values."""
    from scaffold.cli.options import all_project_questions
    from scaffold.interview.questions import QUESTIONS

    questions = (*QUESTIONS, *all_project_questions())
    choices = (choice.value for question in questions for choice in question.choices)
    words = dict.fromkeys([*SYNTAX, *(question.id for question in questions), *choices])
    escaped = ("".join(f"\\x{byte:02x}" for byte in word.encode()) for word in words)
    path.write_text("".join(f'"{word}"\n' for word in escaped), encoding="ascii")


def fuzz(options: list[str]) -> None:
    """Hand over to libFuzzer, which ends the process."""
    import atheris

    with atheris.instrument_imports():
        import json.decoder  # noqa: F401
        import tomllib  # noqa: F401

        import yaml  # noqa: F401

        import scaffold.interview.gather  # noqa: F401
    inputs = WORK / "inputs"
    inputs.mkdir(parents=True, exist_ok=True)
    write_words(WORK / "words")
    keep = "--keep" in options
    task, folders = (KEEP, (CORPUS, inputs)) if keep else (FUZZ, (inputs, CORPUS))
    own = (f"-artifact_prefix={WORK}/", f"-dict={WORK / 'words'}", "-seed=6", "-timeout=20")
    given = [option for option in options if option != "--keep"]
    again = shlex.join((sys.executable, __file__))  # how libFuzzer starts itself for --keep
    atheris.Setup([again, *task, *own, *given, *map(str, folders)], check_all, custom_mutator=mutate)
    atheris.Fuzz()


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    if sys.argv[1:2] == ["--plain"]:
        check_cost(sys.argv[2], sys.stdin.buffer.read())
    else:
        fuzz(sys.argv[1:])
