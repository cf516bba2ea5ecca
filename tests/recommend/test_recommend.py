"""The recommendation as a whole: its four outcomes, and that no answers break it."""

import os
import random
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from scaffold.interview.questions import QUESTIONS

ROOT = Path(__file__).parents[2]
PRINT_ONE = """
from scaffold.catalog import load_frameworks, load_knowledge
from scaffold.interview.questions import QUESTIONS
from scaffold.recommend import recommend
answers = {"what": ("site", "api"), "languages": ("php", "go"), "team": "small", "hosting": "paas"}
print(recommend(answers, frameworks=load_frameworks(), knowledge=load_knowledge(), questions=QUESTIONS))
"""
ENOUGH = {"what": ("site",), "languages": ("php",), "team": "small"}


def random_answers(chance):
    answers = {}
    for question in QUESTIONS:
        values = [choice.value for choice in question.choices]
        if chance.random() < 0.6:
            count = chance.randint(1, min(4, question.limit))
            answers[question.id] = (
                chance.choice(values) if question.kind == "single" else tuple(chance.sample(values, count))
            )
    return answers


@pytest.mark.parametrize("count", [150, pytest.param(10_000, marks=pytest.mark.slow)])
def test_no_random_answers_break_it(ask, catalogue, count):
    chance = random.Random(count)  # noqa: S311 - repeatable, not secret
    for _ in range(count):
        found = ask(random_answers(chance), draws=5)
        placed = len(found.ranking) + len(found.eliminated)
        assert placed == len(catalogue.frameworks) or found.status == "insufficient"


def test_another_process_with_other_hashes_prints_the_same():
    printed = {
        subprocess.run(
            (sys.executable, "-c", PRINT_ONE),
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(printed) == 1
    assert b"status='ok'" in printed.pop()


@pytest.mark.parametrize(
    "answers",
    [
        {},
        {"team": "small", "deadline": "days", "traffic": "high", "data": "sql"},
        {"what": ("site",), "team": "small"},
        {"languages": ("none",), "team": "small", "deadline": "days"},
        {"languages": ("php",), "language_policy": "only", "team": "small"},
    ],
)
def test_too_few_answers_give_kinds_of_frameworks_and_two_questions(ask, answers):
    found = ask(answers)
    assert (found.status, found.ranking, found.confidence.label) == ("insufficient", (), "none")
    assert [archetype.name for archetype in found.archetypes] == ["full-stack", "micro", "compiled"]
    assert len(found.ask_next) == 2


def test_what_is_built_and_in_which_language_is_asked_first(ask):
    assert {asked.question for asked in ask({}).ask_next} == {"what", "languages"}


def test_three_answers_with_what_or_a_language_are_enough(ask):
    assert ask(ENOUGH).status in {"ok", "tie"}
    assert ask({"languages": ("php",), "team": "small", "deadline": "days"}).status in {"ok", "tie"}


def test_an_infeasible_case_has_relaxations_and_no_ranking(ask, catalogue):
    found = ask({**ENOUGH, "languages": ("java",), "language_policy": "only"})
    assert (found.status, found.ranking, found.confidence.label) == ("infeasible", (), "none")
    assert len(found.eliminated) == len(catalogue.frameworks)
    assert [relaxation.drop for relaxation in found.relaxations] == [("staying with Java or Kotlin",)]


def test_the_outcome_names_what_it_rests_on(ask, catalogue):
    found = ask({**ENOUGH, "team": ()})
    assert "team" in found.skipped
    assert "language_policy" not in found.skipped
    assert found.knowledge_as_of == min(one.checked_on for one in catalogue.frameworks.values())
    assert found.knowledge_as_of > date(2026, 1, 1)
    assert int(found.seed, 16) >= 0


def test_other_answers_or_other_knowledge_give_another_seed(ask, catalogue):
    found = ask(ENOUGH)
    assert ask({**ENOUGH, "team": "large"}).seed != found.seed
    smaller = catalogue.without("sinatra").recommend(ENOUGH)
    assert smaller.seed != found.seed
    assert smaller.knowledge_version != found.knowledge_version


def test_candidates_without_a_starter_are_marked_and_ranked_alike(one):
    found = one("a").recommend(ENOUGH)
    assert [candidate.has_starter for candidate in found.ranking] == [False]


def test_frameworks_of_which_nothing_is_known_are_left_out(one):
    world = one("a")
    half = type(world)(world.frameworks | one("b").frameworks, world.knowledge)
    assert [candidate.id for candidate in half.recommend(ENOUGH).ranking] == ["a"]


def test_decisions_come_before_facts_among_the_changes(ask):
    flips = ask({"what": ("site",), "team": "small", "hosting": "shared"}).answer_flips
    asked = [flip.changes[0].question for flip in flips]
    assert "hosting" in asked
    assert asked.index("hosting") < asked.index("what")


def test_pairs_of_decisions_are_tried_where_no_single_one_changes_the_first(one):
    a = one("a", {"api": 9, "jobs": 0, "admin": 4})
    b = one("b", {"api": 4, "jobs": 10, "admin": 10, "learn": 1, "mvp": 3, "light": 1, "flex": 1})
    found = a.joined(b).recommend(
        {"what": ("api",), "languages": ("python",), "screens": "client", "team": "small"}
    )
    pairs = [flip for flip in found.answer_flips if len(flip.changes) == 2]
    assert {flip.winner for flip in pairs} == {"b"}
    assert {"admin", "background"} in [{change.question for change in flip.changes} for flip in pairs]
