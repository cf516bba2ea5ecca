"""Text, Markdown and HTML: the same data, short, narrow, and harmless whatever the names are."""

import re
import unicodedata
from collections import Counter
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from worlds import ANSWERS, CATALOG

import scaffold
from scaffold.catalog import load_frameworks
from scaffold.report.blocks import Code, Document, Fields, Items, Table
from scaffold.report.markdown import escape, to_markdown
from scaffold.report.page import element
from scaffold.report.text import COLUMNS, LINES, to_text, width, wrap

PROFILES = ("ok", "tie", "infeasible", "insufficient", "sole", "unmet")
CSS = (Path(scaffold.__file__).parent / "report" / "page.css").read_text(encoding="utf-8")
anything = st.text(max_size=90)


@pytest.mark.parametrize("format", ["text", "markdown", "html"])
@pytest.mark.parametrize("profile", PROFILES)
def test_every_format_has_every_framework_and_bill(every, reporter, profile, format):
    report = reporter(format).report(every[profile], "full")
    if format == "html":
        report = unescape(re.sub(r"<[^>]+>", "", report.split("<body>")[1]))
    for candidate in every[profile].ranking:
        assert all(word in report.replace("\\", "") for word in candidate.name.split())
        assert f"{candidate.bill / 10}" in report


@pytest.mark.parametrize(
    ("explain", "columns"),
    [("brief", 60), ("brief", 80), ("brief", 100), ("table", 80), ("full", 80), ("full", 100)],
)
@pytest.mark.parametrize("profile", PROFILES)
def test_no_line_is_wider_than_asked_but_for_a_command(every, reporter, profile, explain, columns):
    rows = reporter(columns=columns, given="--answers a.yaml").report(every[profile], explain).split("\n")
    assert max(width(row) for row in rows) <= columns


@settings(max_examples=400, deadline=None, derandomize=True, phases=[Phase.generate])
@given(answers=ANSWERS)
def test_the_short_report_fits_a_screen_whatever_is_answered(reporter, answers):
    report = reporter().report(CATALOG.recommend(answers))
    assert report.count("\n") <= LINES, answers


@pytest.mark.parametrize("profile", ["ok", "tie", "infeasible", "insufficient", "unmet"])
def test_the_short_report_is_as_read_by_a_person(every, reporter, golden, profile):
    golden(f"{profile}.txt", reporter().report(every[profile]))


def test_the_record_is_as_read_by_a_person(every, reporter, golden):
    golden("record.md", reporter().decision_record(every["ok"], "django"))


def test_nothing_hidden_or_reordering_reaches_the_terminal(every, reporter):
    name = "Dj\x1b[31mango\u202e\u2066\u200b\ud800\x00\r\n\u2028x"
    first, *others = every["ok"].ranking
    found = replace(every["ok"], notes=(name,), ranking=(replace(first, name=name), *others))
    report = reporter(frameworks={}).report(found, "full")
    assert not {unicodedata.category(char) for char in report if char != "\n"} & {
        "Cc",
        "Cf",
        "Cs",
        "Zl",
        "Zp",
    }


@settings(max_examples=150, deadline=None, derandomize=True)
@given(texts=st.lists(anything, max_size=12), head=anything, foot=anything)
def test_any_short_document_keeps_its_width(texts, head, foot):
    rows = tuple((f"Row {place}", (text,)) for place, text in enumerate(texts))
    document = Document(title=head * 3, blocks=(Fields(rows=rows, spare=()),), footer=(foot,))
    assert max(width(row) for row in to_text(document).split("\n")) <= COLUMNS


@settings(max_examples=100, deadline=None, derandomize=True)
@given(cells=st.lists(st.tuples(anything, anything, anything, anything), min_size=1, max_size=5))
def test_any_table_keeps_its_width(cells):
    rows = tuple(tuple((text,) for text in row) for row in cells)
    table = Table(caption="", head=("One", "Two", "Three", "Four"), rows=rows)
    report = to_text(Document(title="A table", blocks=(table,), footer=()))
    assert max(width(row) for row in report.split("\n")) <= COLUMNS


@settings(max_examples=150, deadline=None, derandomize=True)
@given(text=anything, columns=st.integers(min_value=2, max_value=60))
def test_wrapping_loses_no_visible_character(text, columns):
    rows = wrap((text,), columns)
    kept = "".join(rows).replace(" ", "")
    assert len(kept) == len([char for char in text if not char.isspace()])
    assert all(width(row) <= columns for row in rows)


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
def test_active_characters_of_markdown_show_as_themselves(text, escaped):
    assert escape(text) == escaped


def in_markdown(*blocks):
    return to_markdown(Document(title="Title", blocks=blocks, footer=("Foot",)))


@pytest.mark.parametrize(
    ("text", "opening"),
    [("- no list", r"\- no list"), ("1. no list", r"1\. no list"), ("2) no", r"2\) no"), ("=", r"\=")],
)
def test_text_at_the_start_of_a_line_opens_no_block(text, opening):
    end = "\n\n---\n\nFoot\n"
    assert in_markdown(Items(lines=((text,),), mark="none")) == f"# Title\n\n{opening}{end}"
    assert in_markdown(Items(lines=((text,),))) == f"# Title\n\n- {opening}{end}"


def test_a_newline_in_data_ends_no_line_of_markdown():
    assert "- a \\# b\n" in in_markdown(Items(lines=(("a\n# b",),)))


def test_a_code_span_holds_backticks():
    assert "`` a`b ``" in in_markdown(Items(lines=((Code("a`b"),),)))


def test_every_row_of_a_table_has_as_many_cells_as_its_head():
    table = Table(caption="", head=("A", "B"), rows=((("x|y",), ("a\nb",)),))
    rows = in_markdown(table).split("\n")[2:5]
    assert [len(re.findall(r"(?<!\\)\|", row)) for row in rows] == [3, 3, 3]


def test_a_hostile_name_stays_text_in_the_record(every, reporter):
    name = "<img src=x onerror=alert(1)> | [a](javascript:b)"
    first, *others = every["ok"].ranking
    known = load_frameworks()
    hostile = reporter(frameworks={**known, "django": known["django"]._replace(name=name, summary=name)})
    record = hostile.decision_record(
        replace(every["ok"], ranking=(replace(first, name=name), *others)), "django"
    )
    assert "<img" not in record.replace(r"\<img", "")
    assert "](" not in record.replace(r"\](", "")


class Page(HTMLParser):
    """A page as a list of elements and the text in each tag; refuses tags that do not match."""

    def __init__(self, html):
        super().__init__()
        self.elements, self.open, self.texts = [], [], []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        assert len(dict(attrs)) == len(attrs)
        self.elements.append((tag, dict(attrs), tuple(self.open)))
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if data.strip():
            self.texts.append((self.open[-1] if self.open else "", data))

    def all(self, tag):
        return [attrs for name, attrs, _ in self.elements if name == tag]


@pytest.fixture(params=PROFILES)
def page(request, every, reporter):
    return Page(reporter("html").report(every[request.param]))


def test_a_page_has_a_language_a_title_and_one_main_heading(page):
    titles, headings = ([text for tag, text in page.texts if tag == name] for name in ("title", "h1"))
    assert page.all("html") == [{"lang": "en"}]
    assert titles == headings
    assert len(page.all("main")) == len(page.all("h1")) == len(page.all("title")) == 1


def test_headings_skip_no_level(page):
    levels = [int(tag[1]) for tag, _, _ in page.elements if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_every_table_has_a_caption_and_every_heading_a_scope(page):
    assert len(page.all("caption")) == len(page.all("table"))
    assert all(attrs.get("scope") in {"row", "col"} for attrs in page.all("th"))


def test_no_script_runs_and_nothing_is_fetched(page):
    tags = {tag for tag, _, _ in page.elements}
    assert not tags & {"script", "link", "img", "iframe", "object", "embed", "form", "base", "a"}
    names = {name for _, attrs, _ in page.elements for name in attrs}
    assert not {name for name in names if name.startswith("on")} | names & {"src", "href", "style"}
    assert not re.search(r"url\(|@import|@font-face|https?:", CSS)


def test_ids_are_unique(page):
    ids = Counter(attrs["id"] for _, attrs, _ in page.elements if "id" in attrs)
    assert [name for name, times in ids.items() if times > 1] == []


def test_scrolling_boxes_can_be_reached_and_are_named(page):
    boxes = [attrs for attrs in page.all("div") if attrs.get("class") == "scroll"]
    assert boxes
    assert all(box["tabindex"] == "0" and box["role"] == "region" and box["aria-label"] for box in boxes)


def test_a_bar_is_as_long_as_its_bill(every, reporter):
    drawn = [attrs["value"] for attrs in Page(reporter("html").report(every["ok"])).all("meter")]
    assert drawn == [f"{min(each.bill, 1000) / 1000:.3f}" for each in every["ok"].ranking]


def test_hostile_names_are_text_on_the_page(every, reporter):
    name = "<script>alert('x')</script>\"&amp;"
    first, *others = every["ok"].ranking
    found = replace(every["ok"], ranking=(replace(first, name=name), *others), notes=(name,))
    page = Page(reporter("html").report(found))
    assert page.all("script") == []
    assert any(name in text for _, text in page.texts)


def test_an_attribute_cannot_be_left():
    assert element("p", "x", aria_label='"><b>') == '<p aria-label="&quot;&gt;&lt;b&gt;">x</p>'


def test_markup_is_not_escaped_twice():
    assert element("p", element("b", "a & b")) == "<p><b>a &amp; b</b></p>"


def luminance(colour):
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("paper", ["paper", "card", "lead-wash"])
@pytest.mark.parametrize("ink", ["ink", "soft", "lead", "for", "against"])
def test_text_has_the_contrast_that_wcag_aa_asks_for(scheme, paper, ink):
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", CSS.split(":root {")[1 + scheme]))
    dark, light = sorted((luminance(colours[ink]), luminance(colours[paper])))
    assert (light + 0.05) / (dark + 0.05) >= 4.5
