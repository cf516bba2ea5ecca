"""How sure a place is."""

from itertools import pairwise

import pytest

from scaffold.recommend.robustness import CLAMPED, STEP, Chance, _distances, _offsets, _powers

BUILD = {"what": ("api",), "languages": ("python",), "language_policy": "only", "team": "small"}


def pair(one, first, second, **more):
    return one("a", first, **more).joined(one("b", second, **more))


@pytest.mark.parametrize("doubt", [1, 2])
def test_importance_varies_evenly_on_a_log_scale_between_its_bounds(doubt):
    powers = _powers(doubt)
    assert len(powers) == 256
    assert powers[0] == 256 >> doubt
    assert powers[128] == 256
    for step, power in enumerate(powers):
        assert power == round(256 * 2 ** (doubt * (step - 128) / 128))


def moved(level, spread):
    return bytes(range(256)).translate(_offsets(spread)).translate(CLAMPED[level * STEP : level * STEP + 256])


def test_a_level_moves_by_its_spread_and_stays_on_its_scale():
    middle, top, unknown = moved(5, 1), moved(10, 2), moved(5, 5)
    assert (min(middle), max(middle)) == (4 * STEP, 6 * STEP)
    assert (min(top), max(top)) == (8 * STEP, 10 * STEP)
    assert (min(unknown), max(unknown)) == (0, 10 * STEP)
    assert sum(middle) == pytest.approx(256 * 5 * STEP, abs=256)
    assert all(low <= high for low, high in pairwise(middle))


def test_the_worth_of_an_amount_falls_on_both_sides_of_the_wanted_one():
    worth = _distances(4)
    assert worth[4 * STEP] == 10 * STEP
    assert worth[2 * STEP] == worth[6 * STEP] == 8 * STEP


def test_streams_depend_on_seed_and_name_only():
    one, other = Chance(seed="1", draws=64), Chance(seed="2", draws=64)
    assert one.stream("level", "a") == Chance(seed="1", draws=64).stream("level", "a")
    assert len({one.stream("level", "a"), one.stream("level", "b"), other.stream("level", "a")}) == 3


def test_the_shares_of_the_first_place_sum_to_one(ask):
    ranking = ask({"what": ("site",), "team": "small", "screens": "server"}, draws=300).ranking
    assert len(ranking) > 3
    assert sum(candidate.first_share for candidate in ranking) == pytest.approx(1)


def test_one_that_is_far_better_on_all_that_counts_is_always_first(one):
    ranking = (
        pair(one, {"api": 10, "security": 10}, {"api": 4, "security": 4}).recommend(BUILD, draws=500).ranking
    )
    assert (ranking[0].id, ranking[0].beats_first_share) == ("a", 0)
    assert ranking[1].beats_first_share < 0.05


def test_twins_are_a_tie_and_never_said_with_high_confidence(one):
    found = pair(one, {}, {}).recommend(BUILD, draws=500)
    assert found.status == "tie"
    assert found.ranking[1].beats_first_share == pytest.approx(0.5, abs=0.1)
    assert found.confidence.label != "high"


def test_judgement_makes_a_small_lead_less_sure_than_measurement(one):
    lead = {"api": 7}, {"api": 5}
    measured = pair(one, *lead, grade="A").recommend(BUILD, draws=1000).ranking
    judged = pair(one, *lead, grade="C").recommend(BUILD, draws=1000).ranking
    assert judged[1].beats_first_share > measured[1].beats_first_share


def test_an_unknown_level_may_be_anything(one):
    known = pair(one, {"api": 7}, {"api": 5}).recommend(BUILD, draws=1000).ranking
    unknown = pair(one, {"api": 7}, {"api": None}).recommend(BUILD, draws=1000).ranking
    assert unknown[1].score == known[1].score
    assert unknown[1].beats_first_share > known[1].beats_first_share


def test_a_question_that_is_open_costs_certainty_but_makes_nobody_equal(one):
    world = pair(one, {"api": 9}, {"api": 5, "realtime": 10, "throughput": 10})
    answered = {**BUILD, "live": "unneeded", "traffic": "ordinary"}
    sure, unsure = world.recommend(answered, draws=1000), world.recommend(BUILD, draws=1000)
    assert unsure.confidence.first_share < sure.confidence.first_share
    assert [one.in_top_group for one in unsure.ranking] == [one.in_top_group for one in sure.ranking]


def test_a_question_that_means_nothing_here_is_not_open(ask):
    tiny = ask({"what": ("tiny",), "languages": ("python",), "screens": "none"})
    assert "admin" in tiny.skipped
    assert "admin" not in {asked.question for asked in tiny.ask_next}
    assert tiny.confidence.applicable == 14 - len({"admin", "live", "background"})


def test_high_confidence_needs_most_questions_answered(one):
    world = pair(one, {"api": 10, "security": 10}, {"api": 2, "security": 2})
    assert world.recommend(BUILD, draws=500).confidence.label == "medium"
    closed = {"live": "unneeded", "admin": "unneeded", "data": "sql", "traffic": "ordinary"}
    more = {**closed, "experience": "some", "deadline": "relaxed"}
    assert world.recommend({**BUILD, **more}, draws=500).confidence.label == "high"


def test_it_is_said_when_open_questions_would_put_another_first_more_often(ask):
    answers = {
        "what": ("api",),
        "languages": ("python",),
        "language_policy": "only",
        "team": "small",
        "experience": "experienced",
        "screens": "client",
        "priorities": ("small", "freedom"),
        "data": "sql",
    }
    found = ask(answers)
    leader, *others = found.ranking
    rival = max(others, key=lambda candidate: candidate.first_share)
    assert rival.first_share > leader.first_share
    assert any(note.startswith(f"{leader.name} leads on what you answered") for note in found.notes)


def test_nothing_of_the_kind_is_said_of_a_leader_that_is_first_most_often(ask):
    found = ask(
        {
            "what": ("site",),
            "languages": ("python",),
            "language_policy": "only",
            "team": "small",
            "screens": "server",
        }
    )
    assert found.ranking[0].first_share == max(candidate.first_share for candidate in found.ranking)
    assert not any("leads on what you answered" in note for note in found.notes)
