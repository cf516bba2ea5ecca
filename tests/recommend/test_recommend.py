"""The recommendation as a whole: its status, its doubts, what is old, and what lies outside."""

from datetime import date

import pytest
from worlds import CATALOG, DAY, one, said

from scaffold.recommend.confidence import calibration, judge
from scaffold.recommend.conflicts import conflicts

ENOUGH = said(what="api", languages="python", team="small", lifetime="years", deadline="relaxed")


def confidence(world, answers, today=DAY):
    ranking = world.rank(answers, today)
    return judge(ranking, conflicts(ranking))


@pytest.mark.parametrize(
    ("status", "label", "answers"),
    [
        ("insufficient", "none", said(what="api", team="small")),
        ("infeasible", "none", said(languages="ruby", language_policy="only")),
        ("infeasible", "low", {**ENOUGH, **said(languages="ruby", language_policy="only")}),
        ("ok", "high", ENOUGH),
    ],
)
def test_the_status_says_whether_something_can_be_recommended(status, label, answers):
    found = (one("a") | one("b", {"api": 2, "ecosystem": 0})).recommend(answers)
    assert (found.status, found.confidence.label) == (status, label)
    assert [each.rank for each in found.ranking] == [1, 2]


def test_twins_are_a_tie_and_never_sure():
    found = (one("a") | one("b")).recommend(ENOUGH)
    assert (found.status, found.confidence.label) == ("tie", "medium")
    assert [each.equal for each in found.ranking] == [True, True]
    assert found.confidence.doubts == ("B is as good within the accuracy of the comparison",)


def test_the_only_one_left_is_never_sure():
    world = one("a") | one("b", language="ruby")
    assert confidence(world, {**ENOUGH, "language_policy": "prefer"}).label == "high"
    alone = confidence(world, {**ENOUGH, "language_policy": "only"})
    assert (alone.label, alone.doubts) == ("medium", ("A is the only one left",))


@pytest.mark.parametrize(
    ("doubts", "levels", "answers"),
    [
        (["strongest language"], {}, {"languages": "javascript python"}),
        (["meant firmly"], {"admin": 0}, {"admin": "must"}),
        (["meant firmly"], {"admin": 4}, {"admin": "must"}),
        ([], {"admin": 5}, {"admin": "must"}),
        ([], {"admin": 4}, {"admin": "nice"}),
        (["another answer"], {"admin": 4, "jobs": 4}, {"admin": "nice", "background": "needed"}),
        (["meant firmly", "another answer"], {"admin": 4, "jobs": 4},
         {"admin": "must", "background": "needed"}),
        (["strongest language", "nothing of the team's"], {}, {"languages": "java"}),
        (["pull apart"], {}, {"lifetime": "short", "priorities": "long-support"}),
        (["meant firmly", "dear"], {"speed": 1}, {"traffic": "high"}),
    ],
)  # fmt: skip
def test_each_doubt_has_its_reason(doubts, levels, answers):
    poor = dict.fromkeys(["api", "ecosystem", "admin", "jobs", "speed"], 0)
    world = one("a", levels) | one("b", poor) | one("c", poor, language="javascript")
    found = confidence(world, {**ENOUGH, **said(**answers)}).doubts
    assert len(found) == len(doubts)
    assert all(words in doubt for words, doubt in zip(doubts, found, strict=True))


def test_the_label_counts_the_doubts_and_quotes_the_fresh_cases():
    world = one("a") | one("b", {"api": 0, "ecosystem": 0})
    few = dict(list(ENOUGH.items())[:3])
    several = {**few, **said(languages="javascript python")}
    labels = [confidence(world, answers) for answers in (ENOUGH, few, several)]
    assert [each.label for each in labels] == ["high", "medium", "low"]
    fresh = calibration()["fresh"]
    assert [(each.right, each.of) for each in labels] == [
        tuple(fresh[key]) for key in ("high", "other", "other")
    ]
    assert labels[0].measured_on == fresh["date"]


def test_the_counts_of_fresh_cases_change_only_on_purpose():
    fresh = calibration()["fresh"]
    assert fresh == {"date": date(2026, 11, 27), "high": [83, 85], "other": [86, 106]}


def test_what_was_looked_at_long_ago_counts_as_judgement_and_is_said():
    world = one("a") | one("b", {"api": 7})
    later = date(2028, 5, 27)
    entry = world.rank(ENOUGH, later).case.field.entries["a"]
    assert (entry.doubt["api"], world.rank(ENOUGH).case.field.entries["a"].doubt["api"]) == (2, 1)
    assert world.rank(ENOUGH, later).chance("b") < world.rank(ENOUGH).chance("b")
    overdue = {each.what: each.checked_on for each in world.recommend(ENOUGH, later).overdue}
    assert overdue["api"] == overdue["release"] == DAY
    assert "speed" not in overdue
    assert world.recommend(ENOUGH).overdue == ()


@pytest.mark.parametrize(
    ("what", "months"),
    [("release", 9), ("longevity", 12), ("hiring", 18), ("ecosystem", 18), ("api", 18), ("speed", 24)],
)
def test_each_kind_of_fact_may_be_relied_on_for_its_own_time(what, months):
    year, month = divmod(DAY.month - 1 + months, 12)
    until = date(DAY.year + year, month + 1, DAY.day)
    for day, old in ((until, True), (until.replace(day=DAY.day - 1), False)):
        assert (what in {each.what for each in one("a").recommend(ENOUGH, day).overdue}) == old


def test_past_the_end_of_its_support_the_first_is_not_named_without_saying_so():
    world = one("a", until=DAY)
    assert world.recommend(ENOUGH, DAY).notes == ()
    [note] = world.recommend(ENOUGH, date(2026, 11, 28)).notes
    assert note == "The support of A 1.0 ended on 2026-11-27; look for its next release before you begin"


@pytest.mark.parametrize(
    ("names", "answers"),
    [
        (("Spring Boot", "Quarkus", "Ktor"), {"what": "saas", "languages": "java"}),
        (("FastAPI",), {"what": "api ml", "languages": "python"}),
        ((), {"what": "site", "languages": "python"}),
        ((), {"what": "api", "languages": "csharp python"}),
        ((), {"what": "api", "languages": "other"}),
        ((), {"what": "api"}),
    ],
)
def test_what_many_would_take_outside_the_catalog_is_named(names, answers):
    assert CATALOG.recommend(said(**answers)).outside == names


def test_open_answers_are_left_out_and_the_assumed_ones_are_said():
    found = one("a").recommend({**ENOUGH, "what": ("site",), "house": (), "admin": ()})
    assert not {"house", "admin"} & found.answers.keys()
    assert (found.assumed, found.amount) == ({"screens": "server"}, 7)


def test_the_version_of_what_is_known_follows_the_levels():
    version = one("a").recommend(ENOUGH).knowledge_version
    assert one("a", {"api": 9}).recommend(ENOUGH).knowledge_version != version
    assert one("a").recommend(said(what="site")).knowledge_version == version
