"""A person picks the framework: all are listed in their order, and what has no starter says what to do."""

from types import SimpleNamespace

import pytest

import scaffold
from scaffold.catalog import load_framework
from scaffold.cli import framework_choice
from scaffold.console import Console

ANSWERS = {"what": ("api",), "languages": ("python",), "hosting": "container"}


def labels(recommendation):
    return [choice.label for choice in framework_choice._choices(recommendation)]


def test_all_are_listed_in_order_with_their_points():
    found = scaffold.recommend(ANSWERS)
    listed = framework_choice._choices(found)
    assert len(listed) == 12
    assert [choice.value for choice in listed] == [candidate.id for candidate in found.ranking]
    for choice, candidate in zip(listed, found.ranking, strict=True):
        assert choice.label.startswith(f"{candidate.name}  {candidate.bill / 10:.1f} points")
        assert ("no starter yet" in choice.label) != candidate.has_starter


def test_the_first_is_recommended_and_its_equals_are_named():
    found = scaffold.recommend(ANSWERS)
    assert found.status == "tie"
    equals = sum(candidate.equal for candidate in found.ranking)
    first, *others = labels(found)
    assert first.endswith("  recommended")
    assert ["equal to the first" in label for label in others] == [True] * (equals - 1) + [False] * (
        12 - equals
    )


def test_what_breaks_a_limit_says_which_and_is_never_recommended():
    found = scaffold.recommend({**ANSWERS, "language_policy": "only", "hosting": "shared"})
    assert found.status == "infeasible"
    assert "not with `hosting: shared`" in labels(found)[0]
    assert not [label for label in labels(found) if "recommended" in label or "equal" in label]


@pytest.fixture
def pick(monkeypatch, capsys):
    """Let a person pick these, one after the other; returns the one that is taken, and what was said."""

    def pick(*ids):
        replies = iter(ids)
        person = SimpleNamespace(choose=lambda *_: next(replies))
        monkeypatch.setattr("scaffold.interview.terminal.Terminal", lambda: person)
        taken = framework_choice._pick(Console({}), scaffold.recommend(ANSWERS))
        return taken, capsys.readouterr().err

    return pick


def test_what_has_no_starter_says_what_to_do_instead_and_asks_again(pick):
    taken, said = pick("rails", "django")
    assert taken == "django"
    assert "Ruby on Rails has no starter yet" in said
    assert load_framework("rails").homepage in said
    assert "-t flask" in said
    assert pick("flask") == ("flask", "")


def test_a_person_may_stop_there(pick):
    with pytest.raises(KeyboardInterrupt):
        pick("rails", framework_choice._STOP)
