"""Reports as one HTML page: no script, no request, bars drawn inline."""

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
    Paragraph,
    Section,
    Span,
    Strong,
    Table,
)
from scaffold.report.wording import clean


class Markup(str):
    """HTML that is already safe; every other string is escaped when it becomes a child."""

    __slots__ = ()


_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"})
_VOID = frozenset({"meta"})


def escape(text: str) -> str:
    """Return text as HTML; markup stays as it is."""
    return text if isinstance(text, Markup) else clean(text).translate(_ESCAPES)


def element(tag: str, *children: str, **attributes: str) -> Markup:
    """Return an element; `class_` and `aria_label` stand for `class` and `aria-label`."""
    names = ((name.rstrip("_").replace("_", "-"), value) for name, value in attributes.items())
    start = "".join([f"<{tag}", *(f' {name}="{escape(value)}"' for name, value in names), ">"])
    return Markup(start if tag in _VOID else f"{start}{''.join(map(escape, children))}</{tag}>")


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
    main = element("main", *(_block(block, 2) for block in document.blocks))
    body = element("body", _header(document), main, _footer(document))
    return f"<!doctype html>\n{element('html', head, body, lang='en')}\n"


def _header(document: Document) -> Markup:
    figures = (
        element("div", element("dt", label), element("dd", value)) for label, value in document.figures
    )
    return element(
        "header",
        element("p", "Framework recommendation", class_="kicker"),
        element("h1", document.title),
        *(_paragraph(line) for line in document.lead),
        *([element("dl", *figures, class_="figures")] if document.figures else []),
    )


def _footer(document: Document) -> Markup:
    return element("footer", *(_paragraph(line) for line in document.footer))


def _block(block: Block, level: int) -> Markup:
    match block:
        case Paragraph():
            return _paragraph(block.line)
        case Items():
            items = (element("li", *_spans(line)) for line in block.lines)
            return element("ul", *items, class_=block.mark)
        case Fields():
            return element("dl", *(part for row in block.rows for part in _field(*row)), class_="fields")
        case Table():
            return _table(block)
        case Section():
            return _section(block, level)


def _section(section: Section, level: int) -> Markup:
    heading = element(f"h{level}", section.title)
    inner = (_block(block, level + 1) for block in section.blocks)
    if section.folded:
        return element("details", element("summary", heading), *inner, id=section.id)
    return element("section", heading, *inner, id=section.id)


def _field(label: str, lines: tuple[Line, ...]) -> tuple[Markup, ...]:
    return (element("dt", label), *(element("dd", *_spans(line)) for line in lines if line))


def _table(table: Table) -> Markup:
    """Return a table in a box that scrolls by itself on narrow screens, and from the keyboard."""
    head = (
        element("th", heading, scope="col", **_align(table, place))
        for place, heading in enumerate(table.head)
    )
    rows = (element("tr", *_cells(table, row)) for row in table.rows)
    whole = element(
        "table",
        element("caption", table.caption),
        element("thead", element("tr", *head)),
        element("tbody", *rows),
    )
    return element("div", whole, class_="scroll", role="region", tabindex="0", aria_label=table.caption)


def _cells(table: Table, row: tuple[Cell, ...]) -> list[Markup]:
    first, *rest = row
    heading = element("th", _cell(first), scope="row")
    return [
        heading,
        *(element("td", _cell(cell), **_align(table, place)) for place, cell in enumerate(rest, 1)),
    ]


def _align(table: Table, place: int) -> dict[str, str]:
    return {"class_": "number"} if place in table.numeric else {}


def _cell(cell: Cell) -> Markup:
    return _bar(cell) if isinstance(cell, Bar) else Markup("".join(_spans(cell)))


def _bar(bar: Bar) -> Markup:
    """Return a bar that is one picture for a screen reader; the number beside it says the same."""
    full = f"{float(100 * bar.share):.2f}"
    drawn = element(
        "svg",
        element("rect", class_="track", width="100", height="8"),
        element("rect", class_="fill", width=full, height="8"),
        class_="bar",
        role="img",
        aria_label=bar.says,
        viewBox="0 0 100 8",
        preserveAspectRatio="none",
    )
    return element("span", drawn, element("span", bar.text, aria_hidden="true"), class_="measure")


def _paragraph(line: Line) -> Markup:
    return element("p", *_spans(line))


def _spans(line: Line) -> list[Markup]:
    return [_span(span) for span in line]


def _span(span: Span) -> Markup:
    match span:
        case Strong():
            return element("strong", span.text)
        case Code():
            return element("code", span.text)
        case _:
            return Markup(escape(span))
