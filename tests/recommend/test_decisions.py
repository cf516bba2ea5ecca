"""Decisions that teams face: the frameworks an expert would sign, and every framework somewhere first."""

import tomllib
from pathlib import Path

import pytest

DECISIONS = tomllib.loads(Path(__file__).with_name("decisions.toml").read_text(encoding="utf-8"))["decision"]


def as_answers(table):
    return {key: tuple(value) if isinstance(value, list) else value for key, value in table.items()}


def first_of(ask, **answers):
    several = ("what", "languages", "priorities")
    given = {key: tuple(value.split()) if key in several else value for key, value in answers.items()}
    return ask(given).ranking[0]


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda decision: decision["story"])
def test_an_expert_would_sign_every_member_of_the_top_group(ask, decision):
    found = ask(as_answers(decision["answers"]), draws=2000)
    top = {candidate.id for candidate in found.ranking if candidate.in_top_group}
    assert top <= {*decision["accept"], *decision.get("missed", ())}
    assert bool(top) == bool(decision["accept"])
    assert (found.status == "infeasible") == (decision.get("status") == "infeasible")


@pytest.mark.parametrize(
    ("framework", "answers"),
    [
        ("aspnetcore", {"what": "saas", "languages": "csharp", "team": "large", "sensitivity": "sensitive"}),
        ("cakephp", {"what": "tiny", "languages": "php", "team": "alone", "hosting": "shared"}),
        ("django", {"what": "back-office", "languages": "python", "team": "small", "admin": "must"}),
        ("express", {"what": "api", "languages": "javascript", "team": "small", "screens": "client"}),
        ("flask", {"what": "tiny", "languages": "python", "team": "alone", "experience": "first"}),
        ("go", {"what": "gateway", "languages": "go", "traffic": "high", "screens": "none"}),
        ("laravel", {"what": "saas", "languages": "php", "team": "small", "background": "needed"}),
        ("meteor", {"what": "realtime", "languages": "javascript", "live": "must", "data": "mongodb",
                    "team": "alone", "deadline": "days"}),
        ("nodejs", {"what": "gateway tiny", "languages": "javascript", "priorities": "small freedom"}),
        ("python", {"what": "tiny", "languages": "python", "team": "alone", "priorities": "small"}),
        ("rails", {"what": "saas", "languages": "ruby", "team": "small", "deadline": "months"}),
        ("sinatra", {"what": "tiny", "languages": "ruby", "team": "alone", "screens": "none"}),
    ],
)  # fmt: skip
def test_every_framework_is_first_for_somebody_who_knows_its_language(ask, framework, answers):
    assert first_of(ask, **answers).id == framework


@pytest.mark.parametrize(
    ("framework", "answers"),
    [
        ("aspnetcore", {"what": "realtime", "live": "must", "traffic": "high", "screens": "client"}),
        ("cakephp", {"what": "tiny", "hosting": "shared", "team": "alone"}),
        ("django", {"what": "back-office", "admin": "must", "team": "small", "deadline": "months"}),
        ("express", {"what": "tiny realtime", "live": "nice", "experience": "first", "team": "alone",
                     "priorities": "easy-to-learn freedom"}),
        ("flask", {"what": "ml", "screens": "none", "team": "alone", "priorities": "small easy-to-learn"}),
        ("go", {"what": "gateway", "traffic": "high", "screens": "none", "priorities": "raw-speed"}),
        ("laravel", {"what": "site", "hosting": "shared", "background": "needed", "team": "small"}),
        ("nodejs", {"what": "tiny", "live": "nice", "team": "alone", "priorities": "easy-hiring small"}),
        ("python", {"what": "tiny ml", "screens": "none", "priorities": "small"}),
        ("rails", {"what": "saas", "screens": "server", "deadline": "days", "background": "needed",
                   "priorities": "fast-to-build"}),
    ],
)  # fmt: skip
def test_most_frameworks_are_first_for_some_project_of_which_no_language_is_said(ask, framework, answers):
    assert first_of(ask, **answers).id == framework


def test_sinatra_gains_nothing_over_flask_but_speed_and_two_steps_of_scope(catalogue):
    """Why no answers without a language put Sinatra first: it is the facts, not the points."""
    better = better_on(catalogue, "sinatra", "flask")
    assert better <= {"throughput", "scope"}


def test_meteor_gains_nothing_over_aspnetcore_but_easy_learning_and_less_scope(catalogue):
    """Why no answers without a language put Meteor first: it is the facts, not the points."""
    assert better_on(catalogue, "meteor", "aspnetcore") <= {"learn"}


def better_on(catalogue, one, other):
    levels = {id: catalogue.knowledge[id].levels for id in (one, other)}
    return {id for id in levels[one] if levels[one][id].level > levels[other][id].level}
