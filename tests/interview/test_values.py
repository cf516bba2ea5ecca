import pytest

from scaffold.errors import InvalidInput
from scaffold.interview.values import parse_value
from scaffold.model.answers import Choice, Question

CHOICES = (
    Choice(value="api", label="API"),
    Choice(value="site", label="Site"),
    Choice(value="tiny", label="Tiny"),
)


def question(kind, limit=1):
    return Question(id="what", text="What?", why="Because.", kind=kind, choices=CHOICES, limit=limit)


@pytest.mark.parametrize(
    ("kind", "raw", "value"),
    [
        ("single", "api", "api"),
        ("multiple", ["api", "site"], ("api", "site")),
        ("multiple", "api, site", ("api", "site")),
        ("multiple", "api", ("api",)),
        ("ranked", ["site", "api"], ("site", "api")),
        ("text", "any text, really", "any text, really"),
        ("text", "", ""),
        ("switch", True, True),
        ("switch", "no", False),
        ("switch", "ON", True),
        ("single", None, ()),
        ("multiple", [], ()),
        ("single", "", ()),
    ],
)
def test_a_raw_answer_becomes_the_value_its_question_asks_for(kind, raw, value):
    assert parse_value(question(kind, limit=2), raw, "here") == value


@pytest.mark.parametrize(
    ("kind", "raw", "message"),
    [
        ("single", "apo", "a.yaml:3: `what` cannot be `apo`"),
        ("single", ["api"], "takes one text, not a list"),
        ("single", 3, "takes one text, not a number"),
        ("single", True, "takes one text, not true or false"),
        ("multiple", {"a": "b"}, "takes a list of texts, not a table"),
        ("multiple", ["api", 3], "takes a list of texts"),
        ("multiple", ["api", "api"], "names a choice twice"),
        ("multiple", ["api", "site", "tiny"], "takes at most 2 choices, not 3"),
        ("switch", "maybe", "takes true or false, not `maybe`"),
        ("switch", 1, "takes true or false, not a number"),
        ("switch", [[]], "takes true or false, not a list"),
    ],
)
def test_what_does_not_fit_is_refused_with_place_and_key(kind, raw, message):
    with pytest.raises(InvalidInput, match=message.replace("[", r"\[")) as caught:
        parse_value(question(kind, limit=2), raw, "a.yaml:3")
    assert caught.value.message.startswith("a.yaml:3: `what`")


def test_a_misspelt_choice_gets_the_nearest_right_one():
    with pytest.raises(InvalidInput) as caught:
        parse_value(question("single"), "sight", "here")
    assert caught.value.hint.startswith("Did you mean `site`? Choices: api, site, tiny")
