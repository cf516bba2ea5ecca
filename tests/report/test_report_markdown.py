"""Markdown reports and the decision record: names stay data, tables stay tables."""

import re
from dataclasses import replace
from datetime import date

import pytest

from scaffold.errors import InvalidInput
from scaffold.interview.questions import QUESTIONS
from scaffold.report import decision_record
from scaffold.report.blocks import Code, Document, Items, Paragraph, Table
from scaffold.report.markdown import escape, to_markdown


def document(*blocks):
    return Document(title="Title", lead=(), blocks=blocks, footer=())


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("a|b", r"a\|b"),
        ("[x](y)", r"\[x\](y)"),
        ("`code` *bold* _it_", r"\`code\` \*bold\* \_it\_"),
        ("<b>&lt;", r"\<b\>\&lt;"),
        ("C# and ASP.NET & co", "C# and ASP.NET & co"),
        ("x #", r"x \#"),
        ("a\\b", r"a\\b"),
    ],
)
def test_active_characters_show_as_themselves(text, escaped):
    assert escape(text) == escaped


@pytest.mark.parametrize(
    ("text", "opening"),
    [("- no list", r"\- no list"), ("1. no list", r"1\. no list"), ("2) no", r"2\) no"), ("=", r"\=")],
)
def test_text_at_the_start_of_a_line_opens_no_block(text, opening):
    assert to_markdown(document(Paragraph(line=(text,)))) == f"# Title\n\n{opening}\n"
    assert to_markdown(document(Items(lines=((text,),)))) == f"# Title\n\n- {opening}\n"


def test_a_newline_in_data_ends_no_line():
    assert to_markdown(document(Items(lines=(("a\n# b",),)))) == "# Title\n\n- a \\# b\n"


def test_a_code_span_holds_backticks():
    assert "`` a`b ``" in to_markdown(document(Paragraph(line=(Code(text="a`b"),))))


def test_every_row_of_a_table_has_as_many_cells_as_its_head():
    table = Table(caption="", head=("A", "B"), rows=((("x|y",), ("a\nb",)),))
    rows = to_markdown(document(table)).split("\n")[2:5]
    assert [len(re.findall(r"(?<!\\)\|", row)) for row in rows] == [3, 3, 3]


@pytest.mark.parametrize("status", ["ok", "tie", "infeasible", "insufficient"])
def test_markdown_is_as_reviewed(written, golden, status):
    golden(f"{status}.md", written(status, "markdown"))


@pytest.mark.parametrize("status", ["ok", "tie"])
def test_the_decision_record_is_as_reviewed(every, frameworks, golden, status):
    record = decision_record(every[status], "django", questions=QUESTIONS, frameworks=frameworks)
    golden(f"{status}-record.md", record)


def test_the_record_has_a_date_only_when_one_is_given(ok, frameworks):
    dated = decision_record(
        ok, "django", questions=QUESTIONS, frameworks=frameworks, decided_on=date(2026, 12, 1)
    )
    undated = decision_record(ok, "django", questions=QUESTIONS, frameworks=frameworks)
    assert dated == undated.replace("Accepted.", "Accepted on 2026-12-01.")


def test_the_record_says_when_the_choice_is_not_the_recommendation(ok, frameworks):
    record = decision_record(ok, "go", questions=QUESTIONS, frameworks=frameworks)
    assert "It was chosen although Django comes first: it is number 3 with 39.8" in record
    assert "- **Ready-made admin** (22.0 points behind Django)" in record
    assert "logins, an admin and migrations" not in record


def test_the_record_says_which_requirement_the_choice_breaks(ok, frameworks):
    record = decision_record(ok, "meteor", questions=QUESTIONS, frameworks=frameworks)
    assert "This goes against the recommendation: Meteor works with MongoDB only." in record


def test_the_record_of_equals_names_them(tie, frameworks):
    record = decision_record(tie, "laravel", questions=QUESTIONS, frameworks=frameworks)
    assert "is as good for this project as Django (medium confidence)" in record


def test_the_record_of_an_unknown_framework_is_refused(ok, frameworks):
    with pytest.raises(InvalidInput) as caught:
        decision_record(ok, "djnago", questions=QUESTIONS, frameworks=frameworks)
    assert caught.value.hint == "Did you mean `django`?"


def test_a_hostile_name_stays_text_in_the_record(ok, frameworks):
    first = replace(ok.ranking[0], name="<img src=x onerror=alert(1)> | [a](javascript:b)")
    known = {**frameworks, "django": replace(frameworks["django"], name=first.name)}
    record = decision_record(
        replace(ok, ranking=(first, *ok.ranking[1:])), "laravel", questions=QUESTIONS, frameworks=known
    )
    assert "<img" not in record.replace(r"\<img", "")
    assert "](" not in record.replace(r"\](", "")
