"""The views: why this one, why not that one, what if."""

import json
from dataclasses import replace

import pytest

from scaffold.errors import InvalidInput
from scaffold.interview.questions import QUESTIONS
from scaffold.report import FORMATS, what_if, why, why_not


def test_why_traces_every_point_to_an_answer(ok):
    report = " ".join(why(ok, "django", questions=QUESTIONS).split())
    assert report.startswith("Django comes first with 90.2 of 100 points")
    assert "3 always; 12 from What would be lost" in report
    assert "All together 41 90.2" in report


def test_why_says_the_place_of_one_that_is_not_first(ok):
    report = why(ok, "go", questions=QUESTIONS)
    assert report.startswith("Go is number 3 with 39.8 of 100 points, 50.5 behind Django\n")
    assert "What you get" not in report


def test_why_of_one_of_several_equals_claims_no_first_place(tie):
    assert why(tie, "django").startswith("Django is in the top group with 90.2 of 100 points\n")


def test_why_of_one_left_out_says_why_not(ok):
    assert why(ok, "meteor", questions=QUESTIONS) == why_not(ok, "meteor", questions=QUESTIONS)


def test_why_not_shows_both_sides_and_what_would_help(ok):
    report = why_not(ok, "go", questions=QUESTIONS)
    assert "Ready-made admin (22.0 points behind Django)" in report
    assert "Raw speed: it answers several times as many requests" in report
    assert "If “raw speed” mattered 6.1 times as much → Go draws level" in report


def test_why_not_says_each_weakness_once(ok):
    report = why_not(ok, "go", questions=QUESTIONS)
    assert report.count("Raw speed") == 2
    weak = replace(ok.ranking[2].watchouts[0], criterion="admin", text="there is none")
    go = replace(ok.ranking[2], watchouts=(*ok.ranking[2].watchouts, weak))
    again = why_not(replace(ok, ranking=(*ok.ranking[:2], go)), "go", questions=QUESTIONS)
    assert again == report


def test_why_not_says_when_no_weights_can_help(ok):
    assert "Django is as good or better in everything" in why_not(ok, "laravel")


def test_why_not_needs_no_prepared_contrast(ok):
    gaps = json.loads(why_not(replace(ok, contrasts=()), "go", "json"))["contrast"]
    assert [gap["criterion"] for gap in gaps["cons"]] == ["admin", "security", "pages"]
    assert [gap["criterion"] for gap in gaps["pros"]] == ["throughput"]


def test_why_not_the_first_says_what_speaks_against_it(ok):
    report = why_not(ok, "django", questions=QUESTIONS)
    assert "What speaks against it" in report
    assert "Where it is worse" not in report


def test_why_not_of_one_left_out_names_requirement_fact_and_answer(ok):
    report = " ".join(why_not(ok, "meteor", questions=QUESTIONS).split())
    assert "An SQL database: Meteor works with MongoDB only. You said: Where will the data be kept?" in report


def test_why_not_of_one_left_out_says_what_would_let_it_in(infeasible):
    report = " ".join(why_not(infeasible, "meteor", questions=QUESTIONS).split())
    assert "Give up staying with Ruby and an SQL database" in report


@pytest.mark.parametrize("view", [why, why_not])
def test_an_unknown_framework_is_refused_with_the_nearest_one(ok, view):
    with pytest.raises(InvalidInput, match="no framework `metoer`") as caught:
        view(ok, "metoer")
    assert caught.value.hint == "Did you mean `meteor`?"


@pytest.mark.parametrize("view", [why, why_not])
def test_without_a_near_name_the_choices_are_listed(ok, view):
    with pytest.raises(InvalidInput) as caught:
        view(ok, "zzz")
    assert caught.value.hint == "It has django, go, laravel and meteor"


def test_what_if_says_who_is_first_now(ok):
    swapped = (
        replace(ok.ranking[2], rank=1, in_top_group=True),
        replace(ok.ranking[0], rank=2, in_top_group=False),
    )
    after = replace(ok, answers={**ok.answers, "traffic": "high"}, ranking=swapped)
    report = what_if(ok, after, questions=QUESTIONS)
    assert report.startswith("Go comes first instead of Django\n")
    assert "instead of “Busy: hundreds a second”" in " ".join(report.split())
    assert "Laravel    2. (76.6)  not ranked" in report


def test_what_if_says_when_nothing_changes_at_the_top(ok):
    after = replace(ok, answers={**ok.answers, "team": "alone"})
    assert what_if(ok, after, questions=QUESTIONS).startswith("Django still comes first\n")


def test_what_if_says_when_nothing_fits_any_more(ok, infeasible):
    report = what_if(ok, infeasible, questions=QUESTIONS)
    assert report.startswith("Nothing in the catalogue meets all your requirements\n")
    assert "Django     1. (90.2)  left out" in report


def test_what_if_lists_exactly_the_changed_answers(ok, infeasible):
    changes = json.loads(what_if(ok, infeasible, "json"))["changes"]
    assert [change["question"] for change in changes] == [
        "what",
        "admin",
        "traffic",
        "sensitivity",
        "priorities",
        "languages",
        "language_policy",
    ]
    assert changes[0] == {"question": "what", "given": ["site"], "imagined": []}


@pytest.mark.parametrize("format", FORMATS)
def test_every_view_comes_in_every_format(ok, tie, format):
    reports = {why(ok, "go", format), why_not(ok, "go", format), what_if(ok, tie, format)}
    assert len(reports) == 3
    assert all("Go" in report for report in reports)
