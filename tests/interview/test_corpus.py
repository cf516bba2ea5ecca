"""Every input that the fuzzer kept, and what fills a file, keeps the fuzzer's promises."""

import runpy
import subprocess
import sys
from pathlib import Path

import pytest

from scaffold.interview.files import MAX_BYTES

SCRIPT = Path(__file__).parents[2] / "tools" / "fuzz.py"
FUZZ = runpy.run_path(str(SCRIPT))
CORPUS = sorted(FUZZ["CORPUS"].iterdir())
PARTS = (
    *("[", "{", "[a,", "{a: ", '{"a":', "- ", "? ", "a: ", "a:\n", "a.", "a=["),
    *('"', "'", '"""', "!!", "*a ", "#", "\n", " ", "1", "\\"),
)


@pytest.mark.parametrize("name", FUZZ["NAMES"])
def test_each_kept_input_becomes_answers_or_one_plain_line(name):
    for path in CORPUS:
        FUZZ["check"](name, path.read_bytes())


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("name", FUZZ["NAMES"])
def test_a_file_full_of_one_thing_becomes_answers_or_one_plain_line(name, part):
    FUZZ["check"](name, (part * MAX_BYTES)[:MAX_BYTES].encode())


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("answers.yaml", "k{}: 1\n"),
        ("answers.yaml", "k{}: [a, b]\n"),
        ("answers.yaml", "[a,"),
        ("answers.toml", "k{} = 1\n"),
        ("answers.toml", "[k{}]\n"),
        ("answers.toml", "a."),
        ("answers.json", '"k{}": 1,\n'),
    ],
)
def test_a_full_file_takes_less_than_a_second_of_processor_time_and_200_mib(name, part):
    pytest.importorskip("resource", reason="the system does not tell how much memory a process had")
    parts = "".join(part.format(number) for number in range(MAX_BYTES))[: MAX_BYTES - 2]
    whole = parts[: parts.rindex("\n")] if part.endswith("\n") else parts
    content = f"{{{whole.rstrip(',')}}}" if name.endswith(".json") else whole
    plain = (sys.executable, SCRIPT, "--plain", name)
    outcome = subprocess.run(plain, input=content.encode(), capture_output=True, check=False)
    assert outcome.returncode == 0, outcome.stderr.decode()


def test_the_corpus_is_there_and_small():
    assert len(CORPUS) > 100
    assert sum(path.stat().st_size for path in CORPUS) < 100 * 1024


def test_the_check_can_fail():
    with pytest.raises(FUZZ["BrokenPromise"], match="no file name"):
        FUZZ["check"]("answers\u202e.yaml", b"team: x")
