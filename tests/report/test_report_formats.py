"""The same data in all four formats: what JSON says, the other three say at full detail."""

import json
import re
from fractions import Fraction
from html import unescape

import pytest

from scaffold.interview.questions import QUESTIONS
from scaffold.report import FORMATS, render
from scaffold.report.wording import decimal, exact, grade, joined, percent

STATUSES = ("ok", "tie", "infeasible", "insufficient")
LABELS = {(question.id, choice.value): choice.label for question in QUESTIONS for choice in question.choices}


@pytest.fixture(params=[format for format in FORMATS if format != "json"])
def readable(request, written):
    """Give the visible words of a report, whatever its format."""

    def read(status):
        report = written(status, request.param, "full")
        if request.param == "html":
            report = unescape(re.sub(r"<[^>]+>", " ", report.split("<body>")[1]))
        if request.param == "markdown":
            report = re.sub(r"\\(?=[^\w\s])|\*\*", "", report)
        return re.sub(r"\s+", "", report)

    return read


def squeezed(text):
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize("status", STATUSES)
def test_every_candidate_and_score_is_in_every_format(written, readable, status):
    report = readable(status)
    for candidate in json.loads(written(status, "json"))["ranking"]:
        assert squeezed(f"{candidate['rank']}. {candidate['name']}") in report
        assert decimal(Fraction(candidate["score_exact"])) in report
        assert squeezed(percent(candidate["first_share"])) in report
        for term in candidate["contributions"]:
            assert decimal(Fraction(term["contribution_exact"]), 2) in report


@pytest.mark.parametrize("status", STATUSES)
def test_every_exclusion_and_relaxation_is_in_every_format(written, readable, status):
    report, document = readable(status), json.loads(written(status, "json"))
    for elimination in document["eliminated"]:
        assert elimination["name"] in report
    # A table in text may break a fact into rows that other columns stand between.
    words = {
        word
        for elimination in document["eliminated"]
        for violation in elimination["violations"]
        for word in violation["fact"].split()
    }
    assert all(word in report for word in words)
    for option in document["relaxations"]:
        assert squeezed(f"Give up {joined(option['drop'])} → ") in report.replace("**", "")
        assert decimal(Fraction(option["score_exact"])) in report


@pytest.mark.parametrize("status", STATUSES)
def test_every_flip_is_in_every_format(written, readable, names, status):
    report, document = readable(status), json.loads(written(status, "json"))
    for flip in document["answer_flips"]:
        last = flip["changes"][-1]
        answer = LABELS.get((last["question"], last["imagined"] or ""), "no answer")
        winner = names.get(flip["winner"], "nothing fits")
        assert squeezed(f"“{answer}” → {winner}") in report
    for flip in document["weight_flips"]:
        assert squeezed(f"→ {names[flip['winner']]} draws level") in report


@pytest.mark.parametrize("status", STATUSES)
def test_where_it_comes_from_is_in_every_format(written, readable, status):
    report, document = readable(status), json.loads(written(status, "json"))
    for key in ("knowledge_as_of", "knowledge_version", "engine_version", "seed"):
        assert document[key] in report


@pytest.mark.parametrize("status", STATUSES)
def test_every_format_gives_the_same_bytes_twice(every, frameworks, knowledge, status):
    for format in FORMATS:
        once, again = (
            render(every[status], format, questions=QUESTIONS, frameworks=frameworks, knowledge=knowledge)
            for _ in range(2)
        )
        assert once == again


@pytest.mark.parametrize(
    ("number", "places", "text"),
    [
        (Fraction(165, 2), 1, "82.5"),
        (Fraction(1, 20), 1, "0.0"),
        (Fraction(3, 20), 1, "0.2"),
        (Fraction(-7, 3), 1, "−2.3"),
        (Fraction(5), 0, "5"),
        (Fraction(1, 3), 2, "0.33"),
    ],
)
def test_decimals_round_half_to_even(number, places, text):
    assert decimal(number, places) == text


@pytest.mark.parametrize(
    ("number", "text"), [(Fraction(4), "4"), (Fraction(27, 2), "13.5"), (Fraction(1, 3), "1/3")]
)
def test_exact_numbers_lose_nothing(number, text):
    assert exact(number) == text


@pytest.mark.parametrize(
    ("share", "text"), [(0, "0%"), (0.001, "< 1%"), (0.5, "50%"), (0.9999, "> 99%"), (1, "100%")]
)
def test_only_certainty_is_shown_as_certain(share, text):
    assert percent(share) == text


def test_levels_in_words_cover_the_scale():
    words = [grade(Fraction(level, 10)) for level in range(11)]
    assert words == ["poor"] * 3 + ["weak"] * 2 + ["fair"] * 2 + ["good"] * 2 + ["excellent"] * 2
