"""Why: gaps, contrasts, dominance, watch-outs, consequences and notes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

BUILD = {"what": ("api",), "languages": ("python",), "language_policy": "only", "team": "small"}


@pytest.fixture(scope="module")
def two(one):
    better = {"api": 9, "security": 8, "learn": 2}
    return one("a", better).joined(one("b", {"api": 5, "security": 3, "learn": 6}))


@settings(max_examples=30)
@given(data=st.data())
def test_gaps_are_differences_of_contributions(drawn, data):
    found = data.draw(drawn.worlds).recommend(data.draw(drawn.open_answers))
    terms = {
        one.id: {term.criterion: term.contribution for term in one.contributions} for one in found.ranking
    }
    first = next(iter(terms), "")
    for gap in (*found.decided_by, *found.against):
        others = [id for id in terms if id != first] if gap.versus == "field" else [gap.versus]
        mean = sum(terms[id][gap.criterion] for id in others) / len(others)
        assert gap.gap == terms[first][gap.criterion] - mean
    assert all(gap.gap > 0 for gap in found.decided_by)
    assert all(gap.gap < 0 for gap in found.against)


@settings(max_examples=30)
@given(data=st.data())
def test_a_contrast_names_what_is_better_and_worse_than_the_first(drawn, data):
    found = data.draw(drawn.worlds).recommend(data.draw(drawn.open_answers))
    terms = {one.id: {term.criterion: term.value for term in one.contributions} for one in found.ranking}
    assert [contrast.id for contrast in found.contrasts] == list(terms)[1:]
    for contrast in found.contrasts:
        mine, first = terms[contrast.id], terms[found.ranking[0].id]
        assert all(mine[gap.criterion] > first[gap.criterion] for gap in contrast.pros)
        assert all(mine[gap.criterion] < first[gap.criterion] for gap in contrast.cons)
        if contrast.dominated_by:
            better = terms[contrast.dominated_by]
            assert all(better[criterion] >= value for criterion, value in mine.items())
            assert better != mine


def test_the_largest_gaps_decided_and_say_what_they_mean(two):
    decided = two.recommend(BUILD).decided_by
    assert [gap.criterion for gap in decided if gap.versus == "b"] == ["api", "security"]
    assert decided[0].text == "most of what an API needs is in the box, level 9 against 5"


def test_where_the_runner_up_is_better_is_said(two):
    against = two.recommend({**BUILD, "experience": "first"}).against
    assert [(gap.criterion, gap.text) for gap in against] == [
        ("learn", "there is much to learn before the first page, level 2 against 6")
    ]


def test_who_is_worse_everywhere_is_dominated(one):
    world = one("a", {"api": 9}).joined(one("b", {"api": 8, "ml": 10}))
    assert world.recommend(BUILD).contrasts[0].dominated_by == "a"


def test_a_weak_market_is_watched_whatever_the_answers_weigh(one):
    world = one("a", {"hiring": 1, "ecosystem": 3, "longevity": 4, "ml": 0})
    assert [watch.criterion for watch in world.recommend(BUILD).ranking[0].watchouts] == [
        "ecosystem",
        "hiring",
    ]


def test_a_weak_level_on_what_weighs_much_is_watched(one):
    watched = one("a", {"api": 3}).recommend(BUILD).ranking[0].watchouts
    assert [(watch.criterion, watch.level) for watch in watched] == [("api", 3)]


def test_the_wrong_amount_of_framework_is_watched_by_its_distance(one):
    watched = one("a", {"scope": 10}).recommend({**BUILD, "what": ("tiny",)}).ranking[0].watchouts
    assert [(watch.criterion, watch.level) for watch in watched] == [("scope", 3)]


def test_the_consequences_sort_what_is_wanted_by_how_it_is_done(one):
    facts = {"validation": "included", "openapi": "first-party", "tests": "third-party", "mail": "none"}
    consequences = one("a", facts=facts).recommend({**BUILD, "screens": "client"}).consequences
    assert consequences == (
        "On day one you get validation of input",
        "From the makers of A, as a separate step: API documentation made from the code",
        "You will add, with packages by others: a test client",
    )


def test_what_nobody_asked_for_is_no_consequence(one):
    answers = {"what": ("gateway",), "languages": ("python",), "traffic": "high"}
    assert one("a", facts={"mail": "included", "auth": "none"}).recommend(answers).consequences == ()


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"languages": ("java",), "language_policy": "prefer"}, "Spring Boot"),
        ({"languages": ("python", "rust")}, "Axum"),
        ({"languages": ("cpp",)}, "not in this catalogue"),
        ({"languages": ("other",)}, "not in this catalogue"),
        ({}, "FastAPI"),
        ({"what": ("tiny", "saas")}, "different amounts"),
        ({"deadline": "days", "team": "large"}, "large team"),
        ({"team": "alone", "priorities": ("long-support",)}, "others take over"),
        ({"hosting": "shared", "live": "nice"}, "push service"),
        ({"hosting": "shared", "priorities": ("raw-speed",)}, "out of reach"),
        ({"screens": "none", "live": "must"}, "Nobody draws screens"),
    ],
)
def test_the_user_is_told_of_tensions_and_of_what_the_catalogue_lacks(ask, answers, words):
    assert any(words in note for note in ask({**BUILD, **answers}).notes)


def test_answers_that_agree_are_not_commented(ask):
    answers = {
        "what": ("site",),
        "languages": ("python",),
        "team": "small",
        "screens": "server",
        "hosting": "paas",
    }
    assert ask(answers).notes == ()


def test_a_language_and_a_framework_that_were_added_are_not_called_missing(one, ask):
    world = one("Spring Boot", language="java").joined(one("Fastapi"))
    named = {**BUILD, "languages": ("java", "python")}
    assert not any("Java" in note for note in world.recommend(named).notes)
    assert any("Java" in note for note in ask(named).notes)
