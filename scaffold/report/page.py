"""Reports as one HTML page: no script, no request."""

from collections.abc import Iterable
from html import escape as escaped
from pathlib import Path

from scaffold.report.blocks import (
    Bar,
    Block,
    Cell,
    Code,
    Document,
    Fields,
    Items,
    Line,
    Section,
    Strong,
    Table,
)
from scaffold.report.wording import clean


class Markup(str):
    """HTML that is already safe; every other string is escaped when it becomes a child."""

    __slots__ = ()


_VOID = frozenset({"meta"})


def element(tag: str, *children: str, **attributes: str) -> Markup:
    """Return an element; `class_` and `aria_label` stand for `class` and `aria-label`."""
    names = ((name.rstrip("_").replace("_", "-"), _safe(value)) for name, value in attributes.items())
    start = "".join([f"<{tag}", *(f' {name}="{value}"' for name, value in names), ">"])
    return Markup(start if tag in _VOID else f"{start}{''.join(map(_safe, children))}</{tag}>")


def _safe(text: str) -> str:
    return text if isinstance(text, Markup) else escaped(clean(text))


def to_html(document: Document) -> str:
    """Return a document as a self-contained page."""
    style = Path(__file__).with_name("page.css").read_text(encoding="utf-8")
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("title", document.title),
        element("style", Markup(style)),
    )
    kicker = element("p", "Framework recommendation", class_="kicker")
    body = element(
        "body",
        element("header", kicker, element("h1", document.title)),
        element("main", *map(_block, document.blocks)),
        element("footer", element("p", *_spans(document.footer))),
    )
    return f"<!doctype html>\n{element('html', head, body, lang='en')}\n"


def _block(block: Block) -> Markup:
    match block:
        case Items(mark="none"):
            return element("div", *_each("p", block.lines))
        case Items():
            return element("ul", *_each("li", block.lines), class_=block.mark)
        case Fields():
            rows = ((element("dt", label), element("dd", *_spans(line))) for label, line in block.rows)
            return element("dl", *(part for row in rows for part in row), class_="fields")
        case Table():
            return _table(block)
        case Section():
            inner = map(_block, block.blocks)
            heading = element("h2", block.title)
            if block.folded:
                return element("details", element("summary", heading), *inner, id=block.id)
            return element("section", heading, *inner, id=block.id)


def _each(tag: str, lines: Iterable[Line]) -> Iterable[Markup]:
    return (element(tag, *_spans(line)) for line in lines)


def _table(table: Table) -> Markup:
    """Return a table in a box that scrolls by itself on narrow screens, and from the keyboard."""
    aligned = [{"class_": "number"} if place in table.numeric else {} for place in range(len(table.head))]
    head = (element("th", name, scope="col", **side) for name, side in zip(table.head, aligned, strict=True))
    rows = (
        element(
            "tr",
            element("th", *_cell(row[0]), scope="row"),
            *(element("td", *_cell(cell), **side) for cell, side in zip(row[1:], aligned[1:], strict=True)),
        )
        for row in table.rows
    )
    whole = element(
        "table",
        element("caption", table.caption),
        element("thead", element("tr", *head)),
        element("tbody", *rows),
    )
    return element("div", whole, class_="scroll", role="region", tabindex="0", aria_label=table.caption)


def _cell(cell: Cell) -> Iterable[str]:
    if isinstance(cell, Bar):  # the number beside it says the same
        return (element("meter", value=f"{cell.share:.3f}", aria_hidden="true"), f" {cell.text}")
    return _spans(cell)


def _spans(line: Line) -> Iterable[str]:
    tags = {Strong: "strong", Code: "code"}
    return (span if isinstance(span, str) else element(tags[type(span)], span.text) for span in line)
