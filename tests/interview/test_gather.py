import io
import os

import pytest

from scaffold.cli.options import all_project_questions
from scaffold.errors import InvalidInput
from scaffold.interview.files import MAX_BYTES, read_answers_file
from scaffold.interview.gather import gather_answers, misspelt_variables
from scaffold.interview.questions import QUESTIONS
from scaffold.model.answers import AnswerSource

ALL = (*QUESTIONS, *all_project_questions())


def gather(*settings, environment=None, file=None, defaults=None):
    return gather_answers(
        ALL,
        settings=settings,
        environment=environment or {},
        answers_file=("shop.yaml", file.encode()) if file else None,
        defaults_file=("defaults.toml", defaults.encode()) if defaults else None,
    )


def test_option_wins_over_environment_over_file_over_defaults():
    sources = {"defaults": 'team = "alone"', "file": "team: small", "environment": {"SCAFFOLD_TEAM": "large"}}
    expected = [
        ({}, ("--set team", AnswerSource.OPTION, "alone")),
        ({"settings": ()}, ("SCAFFOLD_TEAM", AnswerSource.ENVIRONMENT, "large")),
        ({"settings": (), "environment": {}}, ("shop.yaml:1", AnswerSource.ANSWERS_FILE, "small")),
        (
            {"settings": (), "environment": {}, "file": None},
            ("defaults.toml:1", AnswerSource.DEFAULTS_FILE, "alone"),
        ),
    ]
    for changes, (where, source, value) in expected:
        given = {"settings": ("team=alone",), **sources, **changes}
        answer = gather(*given.pop("settings"), **given)["team"]
        assert (answer.where, answer.source, answer.value) == (where, source, value)


def test_interview_answers_and_project_variables_share_one_file():
    answers = gather(file="what: api\nlicense: Apache-2.0\ncontainer: no")
    assert {key: answer.value for key, answer in answers.items()} == {
        "what": ("api",),
        "license": "Apache-2.0",
        "container": False,
    }


@pytest.mark.parametrize(
    ("given", "message", "hint"),
    [
        ({"file": "wat: api"}, "shop.yaml:1: there is no question `wat`", "Did you mean `what`?"),
        (
            {"file": "team: small\nteams: x"},
            "shop.yaml:2: there is no question `teams`",
            "Did you mean `team`?",
        ),
        ({"environment": {"SCAFFOLD_TEAM": "smal"}}, "SCAFFOLD_TEAM: `team` cannot be `smal`", "`small`"),
        ({"settings": ["team"]}, "--set team has no value", "KEY=VALUE"),
        ({"settings": ["team=small", "team=large"]}, "--set team stands twice", "once"),
        ({"settings": ["tem=small"]}, "--set tem: there is no question `tem`", "Did you mean `team`?"),
        ({"defaults": "team = 3"}, "defaults.toml:1: `team` takes one text, not a number", "Choices"),
    ],
)
def test_what_cannot_be_used_is_refused_with_place_key_and_a_better_word(given, message, hint):
    with pytest.raises(InvalidInput) as caught:
        gather(*given.pop("settings", ()), **given)
    assert message in caught.value.message
    assert hint in caught.value.hint


def test_somebody_elses_variable_is_left_alone():
    assert gather(environment={"SCAFFOLD_TOOLCHAINS": "elsewhere", "SCAFFOLD_DEFAULTS": "x"}) == {}


def test_a_value_may_hold_an_equals_sign():
    assert gather("description=a=b")["description"].value == "a=b"


def test_a_missing_answers_file_is_one_clear_line(tmp_path):
    with pytest.raises(InvalidInput, match="cannot be read: no such file"):
        read_answers_file(str(tmp_path / "none.yaml"), None)


def test_a_folder_is_no_answers_file(tmp_path):
    with pytest.raises(InvalidInput, match="cannot be read: is a directory"):
        read_answers_file(str(tmp_path), None)


def test_a_large_file_is_refused(tmp_path):
    large = tmp_path / "a.yaml"
    large.touch()
    os.truncate(large, MAX_BYTES + 1)
    with pytest.raises(InvalidInput, match="cannot be read: it is larger than 32 KiB"):
        read_answers_file(str(large), None)


def test_of_an_endless_standard_input_little_is_read():
    class Endless(io.RawIOBase):
        def readable(self):
            return True

        def readinto(self, buffer):
            return len(buffer)

    endless = io.TextIOWrapper(io.BufferedReader(Endless()))
    assert len(read_answers_file("-", endless)[1]) == MAX_BYTES + 1


def test_a_closed_standard_input_is_one_clear_line():
    with pytest.raises(InvalidInput, match="standard input cannot be read: it is not open"):
        read_answers_file("-", None)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_a_pipe_that_nobody_writes_is_refused_and_not_waited_for(tmp_path):
    pipe = tmp_path / "a.yaml"
    os.mkfifo(pipe)
    with pytest.raises(InvalidInput, match="is a pipe or a device, not a file"):
        read_answers_file(str(pipe), None)


@pytest.mark.parametrize("name", ["a\nb\x1b[31m.yaml", "\u202ea.yaml", "a\udcff.yaml", "a\0.yaml", "\ud800"])
def test_a_file_name_cannot_write_to_the_terminal(name):
    with pytest.raises(InvalidInput) as caught:
        read_answers_file(name, None)
    assert caught.value.message.isprintable()
    with pytest.raises(InvalidInput) as caught:
        gather_answers(ALL, environment={}, answers_file=(name, b"team: x"))
    assert caught.value.message.isprintable()


@pytest.mark.parametrize(
    "given",
    [
        {"settings": ["te\x1bam=x"]},
        {"settings": ["te\nam"]},
        {"settings": ["\udcff=1", "\udcff=2"]},
        {"settings": ["team=\u202e\udcff"]},
        {"settings": ["=small"]},
        {"settings": ["team" * 50_000 + "=x"]},
        {"environment": {"SCAFFOLD_TEAM": "\udcff\x07"}},
        {"environment": {"SCAFFOLD_CONTAINER": "\udcff"}},
        {"defaults": "container = 0x" + "f" * 6000},
        {"file": '"\\u202e\\n": x'},
        {"file": '"a\\nb": 1\n"a\\nb": 2'},
    ],
)
def test_a_key_or_value_is_shown_on_one_short_plain_line(given):
    with pytest.raises(InvalidInput) as caught:
        gather(*given.pop("settings", ()), **given)
    assert caught.value.message.isprintable()
    assert len(caught.value.message) < 200


@pytest.mark.parametrize(
    ("name", "near"),
    [("SCAFFOLD_LANGAUGES", "SCAFFOLD_LANGUAGES"), ("SCAFFOLD_DEFAULT", "SCAFFOLD_DEFAULTS")],
)
def test_a_variable_that_is_nearly_ours_is_a_warning(name, near):
    (warning,) = misspelt_variables(ALL, {name: "php", "SCAFFOLD_TEAM": "small"})
    assert warning == f"The environment variable {name} is not known. Did you mean `{near}`?"


@pytest.mark.parametrize("name", ["SCAFFOLD_PATH", "SCAFFOLD_TOOLCHAINS", "SCAFFOLD_", "SCAFOLD_TEAM"])
def test_a_variable_of_somebody_else_is_nobodys_concern(name):
    assert list(misspelt_variables(ALL, {name: "x"})) == []
    assert gather(environment={name: "x"}) == {}


def test_the_name_of_a_variable_steers_no_terminal():
    (warning,) = misspelt_variables(ALL, {"SCAFFOLD_LANGAUGES\x1b": "x"})
    assert warning.isprintable()
