import pytest

from scaffold.errors import InvalidInput
from scaffold.interview.gather import gather_answers, read_answers_file
from scaffold.interview.questions import QUESTIONS
from scaffold.interview.variables import PROJECT_QUESTIONS
from scaffold.model.answers import Source

ALL = (*QUESTIONS, *PROJECT_QUESTIONS)


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
        ({}, ("--set team", Source.OPTION, "alone")),
        ({"settings": ()}, ("SCAFFOLD_TEAM", Source.ENVIRONMENT, "large")),
        ({"settings": (), "environment": {}}, ("shop.yaml:1", Source.ANSWERS_FILE, "small")),
        (
            {"settings": (), "environment": {}, "file": None},
            ("defaults.toml:1", Source.DEFAULTS_FILE, "alone"),
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
        (
            {"environment": {"SCAFFOLD_LANGAUGES": "php"}},
            "SCAFFOLD_LANGAUGES is not known",
            "SCAFFOLD_LANGUAGES?",
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
        read_answers_file(str(tmp_path / "none.yaml"), ())


def test_a_folder_is_no_answers_file(tmp_path):
    with pytest.raises(InvalidInput, match="cannot be read: is a directory"):
        read_answers_file(str(tmp_path), ())
