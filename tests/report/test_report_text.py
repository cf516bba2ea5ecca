"""Text reports: short, narrow, and harmless whatever the names are."""

import unicodedata
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scaffold.interview.questions import QUESTIONS
from scaffold.report import render
from scaffold.report.blocks import Document, Fields, Table
from scaffold.report.text import COLUMNS, LINES, bar_of, plain, to_text, width, wrap

STATUSES = ("ok", "tie", "infeasible", "insufficient")
anything = st.text(max_size=90)


@pytest.mark.parametrize("explain", ["brief", "table", "full"])
@pytest.mark.parametrize("status", STATUSES)
def test_no_line_is_wider_than_60_columns(written, status, explain):
    report = written(status, "text", explain)
    assert max(width(row) for row in report.split("\n")) <= COLUMNS


@pytest.mark.parametrize("status", STATUSES)
def test_the_default_fits_into_25_lines(written, status):
    report = written(status, "text")
    assert report.count("\n") <= LINES


@pytest.mark.parametrize(
    ("status", "first"),
    [
        ("ok", "Django fits you best (high confidence)"),
        ("tie", "Django and Laravel are equal for you (medium confidence)"),
        ("infeasible", "Nothing in the catalogue meets all your requirements"),
        ("insufficient", "Too few answers for a recommendation"),
    ],
)
def test_the_first_line_is_the_answer_with_its_confidence(written, status, first):
    report = written(status, "text")
    assert report.split("\n")[0] == first


def test_the_footer_says_what_reproduces_the_answer(ok, frameworks):
    footer = render(ok, "text", questions=QUESTIONS, frameworks=frameworks).split("\n\n")[-1]
    assert footer == "Knowledge 2026-11-22 (1f0c9a2e) · 6 of 14 answered\nEngine 1 · seed 8a5f10b2c3d4e5f6\n"


def test_a_first_without_a_starter_is_not_offered_as_a_command(ok, frameworks):
    first = replace(ok.ranking[0], has_starter=False)
    report = render(
        replace(ok, ranking=(first, *ok.ranking[1:])), "text", questions=QUESTIONS, frameworks=frameworks
    )
    assert "scaffold new" not in report
    assert "There is no starter for Django here yet" in report


def test_a_weakness_that_also_costs_points_is_said_once(ok, frameworks):
    report = render(ok, "text", questions=QUESTIONS, frameworks=frameworks, explain="table")
    losses = report.split("What speaks against Django")[1].split("\n\n")[0]
    assert losses.count("Raw speed") == 1
    assert "7.3 points behind Go" in losses


def test_nothing_hidden_or_reordering_reaches_the_terminal(ok):
    name = "Dj\x1b[31mango\u202e\u2066\u200b\ud800\x00\r\n\u2028x"
    report = render(
        replace(ok, notes=(name,), ranking=(replace(ok.ranking[0], name=name),)),
        "text",
        questions=QUESTIONS,
        frameworks={},
        explain="full",
    )
    found = {unicodedata.category(char) for char in report if char != "\n"}
    assert not found & {"Cc", "Cf", "Cs", "Zl", "Zp"}


@settings(max_examples=150, deadline=None, derandomize=True)
@given(texts=st.lists(st.lists(anything, max_size=6), max_size=7), head=anything, foot=anything)
def test_any_brief_document_keeps_its_size(texts, head, foot):
    rows = tuple((f"Row {place}", tuple((text,) for text in row)) for place, row in enumerate(texts))
    report = to_text(
        Document(title=head * 9, lead=((head,),), blocks=(Fields(rows=rows),), footer=((foot,),), brief=True)
    )
    assert report.count("\n") <= LINES
    assert max(width(row) for row in report.split("\n")) <= COLUMNS


@settings(max_examples=100, deadline=None, derandomize=True)
@given(cells=st.lists(st.tuples(anything, anything, anything, anything), min_size=1, max_size=5))
def test_any_table_keeps_its_width(cells):
    rows = tuple(tuple((text,) for text in row) for row in cells)
    table = Table(caption="", head=("One", "Two", "Three", "Four"), rows=rows)
    report = to_text(Document(title="A table", lead=(), blocks=(table,), footer=()))
    assert max(width(row) for row in report.split("\n")) <= COLUMNS


@settings(max_examples=150, deadline=None, derandomize=True)
@given(text=anything, columns=st.integers(min_value=2, max_value=60))
def test_wrapping_loses_no_visible_character(text, columns):
    rows = wrap(text, columns)
    kept = "".join(rows).replace(" ", "")
    assert len(kept) == len([char for char in text if not char.isspace()])
    assert all(width(row) <= columns for row in rows)


@pytest.mark.parametrize(
    ("share", "bar"),
    [
        (Fraction(0), "░░░░"),
        (Fraction(1, 8), "▌░░░"),
        (Fraction(1, 2), "██░░"),
        (Fraction(1), "████"),
        (Fraction(3), "████"),
    ],
)
def test_bars_are_exact_to_half_a_character(share, bar):
    assert bar_of(share, 4) == bar


def test_plain_text_is_ascii_and_keeps_its_columns(ok, frameworks):
    report = render(ok, "text", questions=QUESTIONS, frameworks=frameworks, explain="full")
    lines, plain_lines = report.split("\n"), plain(report).split("\n")
    assert plain(report).isascii()
    assert [len(line) for line in plain_lines] == [len(line) for line in lines]


@pytest.mark.parametrize("explain", ["brief", "table", "full"])
@pytest.mark.parametrize("status", STATUSES)
def test_text_is_as_reviewed(written, golden, status, explain):
    golden(f"{status}-{explain}.txt", written(status, "text", explain))
