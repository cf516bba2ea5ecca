"""Reports as Markdown that reads well on GitHub and as a file."""

import re

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

_ACTIVE = re.compile(r"[\\`*_\[\]<>|~$]|&(?=[#\w]+;)|(?<!\S)#")
_LEADING = re.compile(r"^(\d*)([-+=.)])")


def to_markdown(document: Document) -> str:
    """Return a document as Markdown."""
    parts = [f"# {escape(document.title)}", *(part for block in document.blocks for part in _block(block))]
    return "\n\n".join([*parts, "---", _text(document.footer)]) + "\n"


def escape(text: str) -> str:
    """Return text as Markdown that shows exactly that text within a line."""
    return _ACTIVE.sub(r"\\\g<0>", clean(text))


def _block(block: Block) -> list[str]:
    match block:
        case Items(mark="none"):
            return [_opening(line) for line in block.lines]
        case Items():
            return ["\n".join(f"- {_opening(line)}" for line in block.lines)]
        case Fields():
            return ["\n".join(f"- **{escape(label)}:** {_text(line)}" for label, line in block.rows)]
        case Table():
            return [_table(block)]
        case Section():
            inner = (part for child in block.blocks for part in _block(child))
            return [f"## {escape(block.title)}", *inner]


def _table(table: Table) -> str:
    rule = ["--:" if place in table.numeric else "---" for place in range(len(table.head))]
    rows = [
        [escape(heading) for heading in table.head],
        rule,
        *([_cell(cell) for cell in row] for row in table.rows),
    ]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _cell(cell: Cell) -> str:
    return escape(cell.text) if isinstance(cell, Bar) else _text(cell)


def _opening(line: Line) -> str:
    """Return a line that may open a block: it shall not open a list or underline a heading."""
    return _LEADING.sub(r"\1\\\2", _text(line))


def _text(line: Line) -> str:
    return "".join(map(_span, line)).strip()


def _span(span: str | Strong | Code) -> str:
    match span:
        case Strong():
            return f"**{escape(span.text.strip())}**"
        case Code():
            return _code(clean(span.text))
        case _:
            return escape(span)


def _code(text: str) -> str:
    """Return a code span with a fence longer than any run of backticks inside."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence, blank = "`" * (longest + 1), " " * bool(longest)
    return f"{fence}{blank}{text}{blank}{fence}"
