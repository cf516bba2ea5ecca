"""Where a word changes: each number is tried on both of its sides."""

import pytest
from worlds import one, said

from scaffold.interview.questions import QUESTIONS
from scaffold.recommend.confidence import is_enough, judge
from scaffold.recommend.conflicts import conflicts
from scaffold.recommend.explanation import against, decided_by
from scaffold.recommend.hypotheticals import price_flips, values_of_asking


def shortages(world, **answers):
    found = world.conflicts(said(**answers))
    return [conflict for conflict in found if conflict.kind == "shortage"]


def doubts(world, **answers):
    ranking = world.rank(said(**answers))
    return judge(ranking, conflicts(ranking)).doubts


@pytest.mark.parametrize(
    ("chance", "equal", "answers"),
    [(0.706, False, {"live": "must"}), (0.696, True, {"live": "must", "sensitivity": "accounts"})],
)
def test_equal_is_a_lead_that_is_real_in_less_than_70_of_100_cases(chance, equal, answers):
    """A lead of 12 tenths; all prices together are 6, 3, 3, 12 and 6, or the second of them 6."""
    ranking = (one("a") | one("b", {"live": 9})).rank(said(**answers))
    assert ranking.chance("b") == pytest.approx(chance, abs=0.0005)
    assert ("b" in ranking.equals) == equal


def test_a_price_may_be_40_per_cent_off_so_that_no_lead_is_certain():
    ranking = (one("a") | one("b", dict.fromkeys(["live", "speed"], 0))).rank(
        said(live="must", traffic="high")
    )
    assert ranking.chance("b") == pytest.approx(0.99852, abs=0.0002)


def test_judgement_makes_a_lead_less_sure():
    firm, judged = (
        (one("a", grade=grade) | one("b", {"live": 7}, grade=grade)).rank(said(live="must"))
        for grade in ("A", "C")
    )
    assert firm.chance("b") > judged.chance("b") > 0.5


@pytest.mark.parametrize(("level", "found"), [(4, 1), (5, 0)])
def test_unmet_begins_at_six_tenths_of_the_price(level, found):
    world = one("a", {"admin": level}) | one("b", language="ruby")
    assert len(shortages(world, languages="python", admin="must")) == found


@pytest.mark.parametrize(("level", "found"), [(6, 1), (5, 0)])
def test_met_ends_at_four_tenths_for_who_would_meet_it(level, found):
    world = one("a", {"admin": 0}) | one("b", {"admin": level}, language="ruby")
    assert len(shortages(world, languages="python", admin="must")) == found


@pytest.mark.parametrize(("first", "other", "found"), [(10, 4, 1), (10, 5, 0), (6, 2, 1), (5, 1, 0)])
def test_what_rules_out_is_met_by_the_first_and_unmet_by_the_others(first, other, found):
    world = one("a", {"admin": 0, "speed": first}) | one("b", {"speed": other})
    assert world.rank(said(admin="must", traffic="high")).first == "a"
    assert len(shortages(world, admin="must", traffic="high")) == found


@pytest.mark.parametrize(
    ("lacking", "found"), [(("speed", "live", "light"), 1), (("speed", "live", "light", "security"), 0)]
)
def test_at_most_three_answers_together_are_named_as_ruling_something_out(lacking, found):
    world = one("a", {"admin": 0})
    for id, criterion in zip("bcde", lacking, strict=False):
        world |= one(id, {criterion: 0})
    named = shortages(
        world, admin="must", traffic="high", live="must", hosting="serverless", sensitivity="sensitive"
    )
    assert [(conflict.want.question, len(conflict.against)) for conflict in named] == [("admin", 3)] * found


@pytest.mark.parametrize(("price", "found"), [("nice", 1), ("unneeded", 0)])
def test_a_missing_part_can_be_unmet_and_a_must_is_firm(price, found):
    world = one("a", {"admin": 0}) | one("b", language="ruby")
    assert [conflict.firm for conflict in shortages(world, languages="python", admin=price)] == [
        False
    ] * found
    assert [conflict.firm for conflict in shortages(world, languages="python", admin="must")] == [True]


@pytest.mark.parametrize(("speed", "structure", "saves"), [(5, 5, [20]), (7, 6, [])])
def test_a_way_out_saves_at_least_two_points(speed, structure, saves):
    """Without the second of 15, 7, 2 the first is 18: 7 × 5 − 3 × 5, and 7 × 4 − 3 × 3."""
    world = one("a", {"speed": speed, "structure": structure})
    found = world.conflicts(said(team="alone", priorities="raw-speed structure small"))
    assert [way.saves for conflict in found for way in conflict.ways if way.answers] == saves


@pytest.mark.parametrize(
    ("levels", "bill"), [({"speed": 2, "live": 9}, 300), ({"speed": 3, "live": 9, "hiring": 5}, 299)]
)
def test_nothing_fits_well_from_thirty_points_on(levels, bill):
    answers = {"traffic": "high", "live": "must", "priorities": "fast-to-build easy-hiring small"}
    world = one("a", levels)
    assert world.rank(said(**answers)).bills["a"] == bill
    assert any("dear" in doubt for doubt in doubts(world, **answers)) == (bill == 300)


def test_five_answers_are_not_few():
    four = {"what": "api", "team": "small", "lifetime": "years", "deadline": "months"}
    assert "few questions are answered" in doubts(one("a"), **four)
    assert "few questions are answered" not in doubts(one("a"), **four, data="none")


@pytest.mark.parametrize(
    ("enough", "answers"),
    [
        (True, {"what": "api", "team": "small", "lifetime": "years"}),
        (True, {"languages": "python", "team": "small", "lifetime": "years"}),
        (False, {"what": "api", "team": "small"}),
        (False, {"languages": "none", "team": "small", "lifetime": "years"}),
        (False, {"deadline": "days", "team": "small", "lifetime": "years"}),
    ],
)
def test_three_answers_are_enough_if_they_say_what_or_in_which_language(enough, answers):
    ranking = one("a").rank(said(**answers))
    assert is_enough(ranking.case) == enough
    assert (judge(ranking, ()).label == "none") != enough


@pytest.mark.parametrize(("levels", "tenths"), [({"structure": 5}, [10]), ({"hiring": 7}, [])])
def test_a_lead_of_one_point_is_worth_a_line(levels, tenths):
    """The third of three priorities costs 2, hiring for a long time 3."""
    answers = said(priorities="raw-speed security structure", lifetime="long", what="tiny")
    ahead = (one("a") | one("b", levels)).rank(answers)
    assert [lead.tenths for lead in decided_by(ahead)] == tenths
    behind = (one("a", levels) | one("b", {"speed": 0})).rank(answers)
    assert behind.first == "a"
    assert [lead.tenths for lead in against(behind)] == [-each for each in tenths]


MANY = {"live": "must", "admin": "must", "background": "needed", "data": "sql", "traffic": "busy"}


def test_three_answers_decide_over_the_field_and_two_over_the_runner_up_and_two_speak_against():
    world = (
        one("a") | one("b", {"jobs": 1, "sql": 0, "speed": 7}) | one("c", {"live": 0, "admin": 0, "sql": 4})
    )
    decided = decided_by(world.rank(said(**MANY)))
    assert [(lead.versus, lead.question) for lead in decided] == [
        ("field", "live"), ("field", "admin"), ("field", "data"), ("b", "background"),
    ]  # fmt: skip
    behind = one("a", {"jobs": 0, "sql": 0, "speed": 7}) | one("b", {"live": 0, "admin": 0})
    assert len(against(behind.rank(said(**MANY)))) == 2


def test_the_three_dearest_lines_are_asked_how_far_they_can_move():
    world = one("a", {"live": 9, "admin": 7, "jobs": 5, "sql": 3})
    assert [flip.criterion for flip in price_flips(world.rank(said(**MANY)))] == ["sql", "admin", "jobs"]


def test_a_question_that_could_cut_the_first_is_worth_twenty_points_for_that_answer():
    """Of seven places two cut the first and leave the other."""
    world = one("a", windows=False) | one("b", {"ecosystem": 0}, language="php")
    asked = {ask.question: ask.value for ask in values_of_asking(world.rank({}), QUESTIONS)}
    assert asked["hosting"] == pytest.approx(2 * 20 / 7)


def test_another_question_is_worth_the_mean_of_what_the_first_would_lose():
    """Must, nice, unneeded: 12, 6 or 0 points, less the 3 that the other pays anyway."""
    world = one("a", {"live": 0}) | one("b", {"ecosystem": 5})
    asked = {ask.question: ask.value for ask in values_of_asking(world.rank({}), QUESTIONS)}
    assert asked["live"] == pytest.approx((9 + 3 + 0) / 3)
    assert asked["admin"] == 0
    assert "team" not in {ask.question for ask in values_of_asking(world.rank(said(team="alone")), QUESTIONS)}
