"""The HTML report: one file, no script, no request, and readable by everyone."""

import re
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from scaffold.interview.questions import QUESTIONS
from scaffold.report import objects, render
from scaffold.report.page import element

STATUSES = ("ok", "tie", "infeasible", "insufficient")
VOID = {"meta"}
CSS = Path(objects.__file__).with_name("page.css").read_text(encoding="utf-8")


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
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if data.strip():
            self.texts.append((self.open[-1] if self.open else "", data))

    def all(self, tag):
        return [attrs for name, attrs, _ in self.elements if name == tag]


@pytest.fixture
def pages(written):
    return {status: written(status, "html") for status in STATUSES}


@pytest.mark.parametrize("status", STATUSES)
def test_a_page_has_a_language_a_title_and_one_main_heading(pages, status):
    page = Page(pages[status])
    assert page.all("html") == [{"lang": "en"}]
    assert [text for tag, text in page.texts if tag == "title"] == [
        text for tag, text in page.texts if tag == "h1"
    ]
    assert len(page.all("main")) == len(page.all("h1")) == len(page.all("title")) == 1


@pytest.mark.parametrize("status", STATUSES)
def test_headings_skip_no_level(pages, status):
    levels = [int(tag[1]) for tag, _, _ in Page(pages[status]).elements if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("status", STATUSES)
def test_every_table_has_a_caption_and_every_heading_a_scope(pages, status):
    page = Page(pages[status])
    assert len(page.all("caption")) == len(page.all("table"))
    assert all(attrs.get("scope") in {"row", "col"} for attrs in page.all("th"))
    assert "th" not in {tag for tag, text in page.texts if not text.strip()}


def test_every_drawing_is_a_named_picture(pages):
    drawings = Page(pages["ok"]).all("svg")
    assert len(drawings) == 3 + 4 * 3
    assert all(attrs["role"] == "img" and attrs["aria-label"] for attrs in drawings)
    assert "90.2 of 100 points" in {attrs["aria-label"] for attrs in drawings}


def test_a_bar_is_as_long_as_its_score(pages):
    fills = [attrs["width"] for attrs in Page(pages["ok"]).all("rect") if attrs["class"] == "fill"]
    assert fills[:3] == ["90.24", "76.59", "39.76"]


@pytest.mark.parametrize("status", STATUSES)
def test_no_script_runs_and_nothing_is_fetched(pages, status):
    page = Page(pages[status])
    tags = {tag for tag, _, _ in page.elements}
    assert not tags & {"script", "link", "img", "iframe", "object", "embed", "form", "base", "a"}
    names = {name for _, attrs, _ in page.elements for name in attrs}
    assert not {name for name in names if name.startswith("on")} | names & {"src", "href", "style"}
    assert not re.search(r"url\(|@import|@font-face|https?:", pages[status])


@pytest.mark.parametrize("status", STATUSES)
def test_ids_are_unique(pages, status):
    ids = Counter(attrs["id"] for _, attrs, _ in Page(pages[status]).elements if "id" in attrs)
    assert [name for name, times in ids.items() if times > 1] == []


def test_scrolling_boxes_can_be_reached_and_are_named(pages):
    boxes = [attrs for attrs in Page(pages["ok"]).all("div") if attrs.get("class") == "scroll"]
    assert boxes
    assert all(box["tabindex"] == "0" and box["role"] == "region" and box["aria-label"] for box in boxes)


def test_hostile_names_are_text(ok, frameworks):
    name = "<script>alert('x')</script>\"&amp;"
    html = render(
        replace(ok, ranking=(replace(ok.ranking[0], name=name), *ok.ranking[1:]), notes=(name,)),
        "html",
        questions=QUESTIONS,
        frameworks=frameworks,
    )
    page = Page(html)
    assert page.all("script") == []
    assert any(name in text for _, text in page.texts)


def test_an_attribute_cannot_be_left():
    assert element("p", "x", aria_label='"><b>') == '<p aria-label="&quot;&gt;&lt;b&gt;">x</p>'


def test_markup_is_not_escaped_twice():
    assert element("p", element("b", "a & b")) == "<p><b>a &amp; b</b></p>"


def luminance(colour):
    red, green, blue = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in (red, green, blue)
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("paper", ["paper", "card", "lead-wash"])
@pytest.mark.parametrize("ink", ["ink", "soft", "lead", "for", "against"])
def test_text_has_the_contrast_that_wcag_aa_asks_for(scheme, paper, ink):
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", CSS.split(":root {")[1 + scheme]))
    assert contrast(colours[ink], colours[paper]) >= 4.5


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("fill", ["lead", "other"])
def test_bars_stand_out_from_the_card(scheme, fill):
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", CSS.split(":root {")[1 + scheme]))
    assert contrast(colours[fill], colours["card"]) >= 3


@pytest.mark.parametrize("status", STATUSES)
def test_html_is_as_reviewed(pages, golden, status):
    golden(f"{status}.html", pages[status])
