"""What cannot be had together, how it is named, and what each way out gives."""

import pytest
from worlds import CATALOG, one, said

from scaffold.interview.questions import QUESTIONS
from scaffold.model.recommendation import Demand
from scaffold.recommend.conflicts import COVER, _table, tensions

CHOICES = {question.id: {choice.value for choice in question.choices} for question in QUESTIONS}


def found(world=CATALOG, **answers):
    return world.conflicts(said(**answers))


def test_a_part_that_only_others_have_is_named_with_what_rules_these_out():
    [shortage] = found(languages="javascript", language_policy="only", admin="must")
    assert (shortage.kind, shortage.want, shortage.firm) == ("shortage", Demand("admin", "must"), True)
    assert shortage.against == (Demand("language_policy", "only"),)
    assert {"django", "laravel", "rails"} <= set(shortage.givers)


def test_the_ways_out_are_weaker_answers_that_save_something_and_paying():
    world = one("a", {"admin": 0, "live": 0}, language="javascript") | one("b", language="ruby")
    answers = {"languages": "javascript", "language_policy": "only", "admin": "must", "live": "must"}
    [ways] = [each.ways for each in found(world, **answers) if each.want.question == "admin"]
    assert [(way.text, way.first, way.saves) for way in ways] == [
        ("do without ready-made screens", "a", 120),
        ("be ready to learn another language", "b", 240 - 216),
        ("pay for it", "a", -120),
    ]
    assert ways[0].answers["admin"] == "unneeded"
    assert ways[1].answers["language_policy"] == "any"


def test_without_a_usual_part_the_way_of_paying_names_none():
    world = one("a", {"admin": 0}) | one("b", language="ruby")
    with_part = one("a", {"admin": 0}, addon="a kit") | one("b", language="ruby")
    texts = [
        each[0].ways[-1].text
        for each in (found(w, languages="python", admin="must") for w in (world, with_part))
    ]
    assert texts == ["pay for it", "add a kit"]


@pytest.mark.parametrize(
    ("kind", "text", "answers"),
    [
        ("outside", "nothing in the catalog is written in it", {"languages": "java python"}),
        ("limit", "nothing that is written in it runs there", {"languages": "python", "hosting": "shared"}),
        ("limit", "nothing that is written in it runs there", {"languages": "ruby", "hosting": "windows"}),
    ],
)
def test_a_strongest_language_of_which_nothing_can_be_taken_is_said_firmly(kind, text, answers):
    first = found(**answers)[0]
    assert (first.kind, first.text, first.firm) == (kind, text, True)
    assert first.want == Demand("languages", answers["languages"].split()[0])


def test_a_language_that_is_merely_ruled_out_by_the_policy_is_no_stranger():
    assert not [
        each
        for each in found(languages="python ruby", hosting="shared", language_policy="only")
        if each.kind == "outside"
    ]


def test_a_place_where_nothing_runs_is_said():
    [limit] = found(one("a"), hosting="shared")
    assert (limit.kind, limit.want, limit.firm) == ("limit", Demand("hosting", "shared"), True)
    assert [(way.text, way.first) for way in limit.ways] == [
        ("rent a small server instead of shared hosting", "a")
    ]


def test_only_these_languages_where_none_is_left_is_said_with_them():
    [limit] = [each for each in found(languages="java rust", language_policy="only") if each.kind == "limit"]
    assert limit.against == (Demand("languages", "java > rust"),)


def test_a_way_out_that_lifts_a_limit_is_kept_whatever_it_saves():
    [shared] = found(one("a"), hosting="shared")
    assert [(way.first, way.saves) for way in shared.ways] == [("a", 0)]


def test_where_no_language_is_left_another_may_be_learned():
    given = {"languages": "java", "language_policy": "only"}
    [limit] = [each for each in found(one("a"), **given) if each.kind == "limit"]
    assert [(way.text, way.first, way.saves) for way in limit.ways] == [
        ("be ready to learn another language", "a", (36 - 24) * 8),
    ]


@pytest.mark.parametrize("given", [{"languages": "java"}, {"house": "b", "languages": "python"}])
def test_saying_nothing_of_a_language_or_a_house_saves_nothing_for_the_same_framework(given):
    world = one("a") | one("b", {"api": 0, "pages": 0, "sql": 0}, language="ruby")
    conflicts = found(world, what="back-office", screens="both", sensitivity="sensitive", **given)
    assert not [way for each in conflicts for way in each.ways if way.first == "a" and way.saves > 0]


@pytest.mark.parametrize(
    "tension", tensions(), ids=lambda each: f"{each.one[0]}-{each.other[0]}-{each.other[1][0]}"
)
def test_each_tension_is_found_by_each_of_its_answers(tension):
    (one_question, answers), (other_question, others) = tension.one, tension.other
    for answer in answers:
        for other in others:
            given = {one_question: answer, other_question: other}
            if one_question == other_question:
                given = {one_question: f"{answer} {other}"}
            texts = {each.text: each.firm for each in found(one("a"), **given) if each.kind == "tension"}
            assert texts.get(tension.text) is True, given


def test_every_tension_and_every_weaker_answer_names_questions_and_choices_that_exist():
    for tension in tensions():
        for question, answers in (tension.one, tension.other):
            assert set(answers) <= CHOICES[question], tension
    for question, rows in _table()["weaker"].items():
        assert set(rows) - {"*"} <= CHOICES[question]
        weaker = {row["answer"] for row in rows.values() if "answer" in row}
        assert weaker <= CHOICES["language_policy" if question == "languages" else question]


def test_a_tension_with_something_assumed_is_not_firm():
    [assumed] = [each for each in found(one("a"), what="saas", hosting="shared") if each.kind == "tension"]
    assert (assumed.against, assumed.firm) == ((Demand("background", "needed"),), False)


def test_the_firm_ones_come_first():
    firm = [
        each.firm
        for each in found(what="saas", hosting="shared", languages="python", style="bare", admin="must")
    ]
    assert firm == sorted(firm, reverse=True)
    assert len(set(firm)) == 2


def test_weaker_answers_leave_other_answers_as_they_are_and_drop_only_what_is_named():
    [tension] = [
        each
        for each in found(what="tiny saas", team="alone", background="unneeded")
        if each.kind == "tension"
    ]
    assert (tension.want, tension.against) == (Demand("what", "tiny"), (Demand("what", "saas"),))
    ranked = found(style="complete", priorities="freedom security", what="site")
    way = next(way for each in ranked for way in each.ways if way.text == "rank that priority lower")
    assert way.answers["priorities"] == ("security",)


def test_another_language_that_nobody_named_is_said_to_count_for_nothing():
    [conflict] = [each for each in found(one("a"), what="site", languages="other", team="small") if each.firm]
    assert conflict.kind == "outside"
    assert "counted for nothing" in conflict.text


def test_how_much_framework_it_is_does_not_stand_for_what_is_built():
    """`a` brings too much for something tiny, which is a price and no part that is missing."""
    world = one("a", {"carries": 10, "live": 9}) | one("b", {"carries": 0, "live": 0}, language="ruby")
    assert not [
        each for each in found(world, what="realtime", languages="python") if each.want.question == "what"
    ]


def test_what_cannot_run_is_said_before_what_pulls_apart():
    """With two languages the line of the bill names both, and the conflict the strongest alone."""
    answers = {
        "what": "api",
        "languages": "javascript python",
        "language_policy": "only",
        "hosting": "shared",
    }
    found_here = found(CATALOG, **answers, live="must", traffic="high", background="needed", team="large")
    assert [each.kind for each in found_here][:2] == ["limit", "tension"]


def test_at_most_three_answers_are_named_as_ruling_something_out():
    answers = {"languages": "go javascript", "language_policy": "only", "style": "lean", "admin": "must"}
    found_here = found(CATALOG, what="back-office", priorities="structure freedom small", **answers)
    assert found_here
    assert max(len(each.against) for each in found_here) <= COVER


def test_weaker_answers_together_are_a_way_out_only_if_they_save_more_than_one_of_them():
    for answers in ({"style": "lean", "traffic": "busy"}, {"style": "lean", "hosting": "shipped"}):
        more = {"languages": "go javascript", "language_policy": "only", "admin": "must", "what": "site"}
        for each in found(CATALOG, **answers, **more):
            saved = [way.saves for way in each.ways if way.answers is not None]
            firsts = [way.first for way in each.ways if way.answers is not None]
            for place, (first, saves) in enumerate(zip(firsts, saved, strict=True)):
                assert all(
                    saves > before
                    for other, before in zip(firsts[:place], saved, strict=False)
                    if other == first
                )


def test_staying_with_another_language_than_the_strongest_has_its_price_also_when_several_are_named():
    [outside] = [
        each for each in found(CATALOG, what="api", languages="java python") if each.kind == "outside"
    ]
    [pay] = [way for way in outside.ways if way.answers is None]
    assert pay.saves < 0
