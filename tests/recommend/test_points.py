"""The tables that turn answers into importance."""

from pathlib import Path

import pytest

from scaffold.catalog.knowledge import CRITERIA as LEVELLED
from scaffold.interview.questions import QUESTIONS
from scaffold.recommend.criteria import CRITERIA
from scaffold.recommend.points import BASE, POINTS, POOL, PRIORITIES, TARGETS, awards, target

KNOWN = {criterion.id for criterion in CRITERIA}
CHOICES = {question.id: {choice.value for choice in question.choices} for question in QUESTIONS}
# These spend no points by table: languages and priorities have rules of their own, data only requires.
OTHERWISE = {"languages", "language_policy", "priorities", "data"}


def points_of(answers):
    given = awards(answers, list(answers))
    return {criterion: sum(because.points for because in reasons) for criterion, reasons in given.items()}


def test_the_criteria_are_those_of_the_knowledge_base_and_the_language():
    assert {*LEVELLED, "language"} == KNOWN


def test_every_point_goes_to_a_criterion_and_every_choice_exists():
    assert BASE.keys() <= KNOWN
    assert set(PRIORITIES.values()) <= KNOWN
    for question, table in POINTS.items():
        assert table.keys() <= CHOICES[question]
        for points in table.values():
            assert points.keys() <= KNOWN


def test_every_question_gives_points_or_has_a_rule():
    assert POINTS.keys() | OTHERWISE == CHOICES.keys()
    assert CHOICES["what"] == TARGETS.keys()
    assert CHOICES["priorities"] == PRIORITIES.keys()


@pytest.mark.parametrize("question", POINTS)
def test_a_choice_spends_its_points_on_four_criteria_at_most(question):
    assert max(map(len, POINTS[question].values())) <= 4


def test_no_base_point_favours_frameworks_that_bring_more():
    assert not BASE.keys() & {"scope", "mvp", "pages", "jobs", "structure", "admin"}


@pytest.mark.parametrize(("count", "pool"), POOL.items())
def test_priorities_share_one_pool_by_rank_order_centroid(count, pool):
    centroid = [sum(36 / rank for rank in range(place, count + 1)) / count for place in range(1, count + 1)]
    assert list(pool) == [pytest.approx(share) for share in centroid]


def test_two_products_that_both_need_something_count_it_once():
    both = points_of({"what": ("api", "ml")})
    assert both["api"] == POINTS["what"]["api"]["api"]
    assert both["ml"] == POINTS["what"]["ml"]["ml"]


def test_of_two_products_the_larger_says_how_much_framework_is_right():
    assert target({"what": ("api", "saas")}) == TARGETS["saas"]


def test_something_tiny_halves_the_way_down():
    assert TARGETS["tiny"] < target({"what": ("tiny", "saas")}) < TARGETS["saas"]


def test_the_points_for_languages_follow_the_policy():
    given = {"languages": ("python",)}
    assert points_of(given) == points_of({**given, "language_policy": "prefer"}) == {"language": 30}
    assert points_of({**given, "language_policy": "any"}) == {"language": 6}
    assert points_of({**given, "language_policy": "only"}) == {}


def test_a_team_without_a_language_gets_points_for_easy_learning_instead():
    assert points_of({"languages": ("none",)}).keys() == {"learn"}


def test_an_unknown_language_alone_gives_no_points():
    assert points_of({"languages": ("other",)}) == {}


def test_the_documentation_has_the_points_of_the_code():
    text = (Path(__file__).parents[2] / "docs" / "points.md").read_text(encoding="utf-8")
    rows = [[cell.strip() for cell in line.split("|")[1:4]] for line in text.splitlines()]
    written = {(row[0], row[1]): row[2] for row in rows if len(row) == 3 and row[0] in POINTS}
    assert written == {
        (question, answer): ", ".join(f"{criterion} {count}" for criterion, count in points.items())
        for question, table in POINTS.items()
        for answer, points in table.items()
    }
    assert (
        "security {security}, longevity {longevity}, ecosystem {ecosystem}, hiring {hiring}".format(**BASE)
        in text
    )
