"""Answers files of earlier versions are read as what they say today, and the person is told."""

import jsonschema
import pytest

from scaffold.errors import InvalidInput
from scaffold.interview.gather import check_answers, gather_answers
from scaffold.interview.questions import QUESTIONS
from scaffold.interview.schema import answers_schema

FIRST_VERSION = """
what: [site, back-office]
languages: python
language_policy: only
experience: some
team: lasting
deadline: months
screens: server
live: unneeded
admin: must
traffic: ordinary
data: sql
hosting: container
sensitivity: sensitive
background: unneeded
priorities: [small, freedom]
"""


@pytest.fixture
def told():
    return []


@pytest.fixture
def gather(told):
    def gather(*settings, file="", environment=None, defaults=""):
        found = gather_answers(
            QUESTIONS,
            settings=settings,
            environment=environment or {},
            answers_file=("old.yaml", file.encode()),
            defaults_file=("defaults.toml", defaults.encode()),
            tell=told.append,
        )
        return {key: answer.value for key, answer in found.items()}

    return gather


def test_every_key_of_the_first_version_is_read(gather, told):
    found = gather(file=FIRST_VERSION)
    assert len(found) == 16
    assert (found["team"], found["lifetime"]) == ("small", "long")
    assert found["priorities"] == ("small", "freedom")
    assert told == ["old.yaml:6: `team: lasting` is read as `team: small` and `lifetime: long`"]


@pytest.mark.parametrize(
    "given",
    [
        {"file": "lifetime: short\nteam: lasting"},
        {"file": "team: lasting\nlifetime: short"},
        {"file": "team: lasting", "defaults": 'lifetime = "short"'},
        {"file": "team: lasting", "environment": {"SCAFFOLD_LIFETIME": "short"}},
    ],
)
def test_an_answer_on_the_lifetime_wins_wherever_it_stands(gather, told, given):
    assert gather(**given) == {"team": "small", "lifetime": "short"}
    assert told[0].endswith(": `team: lasting` is read as `team: small`")


def test_an_old_answer_that_another_overrules_says_nothing(gather, told):
    assert gather("team=large", file="team: lasting") == {"team": "large"}
    assert told == []


@pytest.mark.parametrize(
    "given",
    [
        {"file": "languages: [go, none, python, ruby, php, java]"},
        {"environment": {"SCAFFOLD_LANGUAGES": "go, none,python,ruby,php, java"}},
    ],
)
def test_of_more_than_four_languages_the_first_four_count(gather, told, given):
    assert gather(**given) == {"languages": ("go", "none", "python", "ruby")}
    assert told[0].endswith(": of 6 languages the first 4 count: go, none, python, ruby")


def test_four_languages_are_nothing_to_talk_about(gather, told):
    assert gather("languages=go,python,ruby,other")["languages"] == ("go", "python", "ruby", "other")
    assert told == []


def test_a_program_may_give_old_answers_too():
    many = ("go", "python", "ruby", "php", "java")
    found = check_answers(QUESTIONS, {"languages": many, "team": "lasting"})
    assert found == {"languages": many[:4], "team": "small", "lifetime": "long"}


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("what", "api"),
        ("what", "api, site"),
        ("what", ["api"]),
        ("what", []),
        ("team", "lasting"),
        ("team", "small"),
        ("team", None),
        ("languages", ["go", "python", "ruby", "php", "java"]),
        ("languages", "go,none"),
        ("house", ["django", "none"]),
        ("style", ""),
    ],
)
def test_the_schema_accepts_what_is_read(key, value):
    assert check_answers(QUESTIONS, {key: value}) is not None
    jsonschema.validate({key: value}, answers_schema(QUESTIONS, ()))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("what", "apo"),
        ("what", "api site"),
        ("what", ["api", "site", "ml"]),
        ("languages", ["go", "go"]),
        ("team", "everybody"),
        ("team", ["small"]),
        ("wat", "api"),
    ],
)
def test_the_schema_refuses_what_is_refused(key, value):
    with pytest.raises(InvalidInput):
        check_answers(QUESTIONS, {key: value})
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({key: value}, answers_schema(QUESTIONS, ()))
