"""Reports as plain text: 80 columns unless said, no colour, 25 lines when brief."""

import unicodedata
from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import zip_longest

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
    Table,
)
from scaffold.report.wording import clean

COLUMNS = 80
LINES = 25
MARKS = {"neutral": "-", "plus": "+", "minus": "−"}
_LABEL = 13
_GAP = 2


def to_text(document: Document, columns: int = COLUMNS) -> str:
    """Return a document as text of at most so many columns, no fewer than 40."""
    columns = max(columns, 40)
    head = [row for line in ((document.title,), *document.lead) for row in wrap(line, columns)]
    figures = wrap(" · ".join(f"{label}: {value}" for label, value in document.figures), columns)
    foot = [row for line in document.footer for row in wrap(line, columns)]
    if document.brief:
        return _brief(head, document.blocks, foot, columns)
    parts = [head, figures, *(_block(block, columns) for block in document.blocks), foot]
    return _finished("\n\n".join("\n".join(part) for part in parts if part))


def _finished(text: str) -> str:
    return "\n".join(row.rstrip() for row in text.split("\n")) + "\n"


def _brief(head: list[str], blocks: tuple[Block, ...], foot: list[str], columns: int) -> str:
    fields = [block for block in blocks if isinstance(block, Fields)]
    rows = [
        (label, [_item(line, columns - _LABEL, "-" * (len(lines) > 1)) for line in lines])
        for block in fields
        for label, lines in block.rows
    ]
    _fit(rows, LINES - len(head) - len(foot) - 2, [label for block in fields for label in block.spare])
    body = [row for label, items in rows for row in _labelled(label, items)]
    return _finished("\n".join([*head, "", *body, "", *foot]))


def _fit(rows: list[tuple[str, list[list[str]]]], room: int, spare: list[str]) -> None:
    """Drop what can be spared, one after the other, until all rows fit in the room."""
    for label in spare:
        if sum(len(item) for _, items in rows for item in items) > room:
            rows[:] = [row for row in rows if row[0] != label]


def _labelled(label: str, items: list[list[str]]) -> list[str]:
    rows = [row for item in items for row in item]
    return [f"{mark:<{_LABEL}}{row}" for mark, row in zip_longest([label][: len(rows)], rows, fillvalue="")]


def _block(block: Block, columns: int, *, nested: bool = False) -> list[str]:
    match block:
        case Paragraph():
            return wrap(block.line, columns)
        case Items():
            return [row for line in block.lines for row in _item(line, columns, MARKS[block.mark])]
        case Fields():
            return [
                row
                for label, lines in block.rows
                for row in _labelled(label, [_item(line, columns - _LABEL, "") for line in lines])
            ]
        case Table():
            return _table(block, columns)
        case Section():
            return _section(block, columns, nested=nested)


def _section(section: Section, columns: int, *, nested: bool) -> list[str]:
    title = clean(section.title)
    inner: list[str] = []
    for block in section.blocks:
        inner += [""] * bool(inner) + _block(block, columns, nested=True)
    underline = [] if nested else ["─" * min(width(title), columns)]
    return [*wrap(title, columns), *underline, *inner]


def _item(line: Line, columns: int, mark: str) -> list[str]:
    indent = " " * (len(mark) + 1 if mark else 0)
    first, *rest = wrap(line, columns - len(indent)) or [""]
    return [f"{mark} {first}" if mark else first, *(f"{indent}{row}" for row in rest)]


def _table(table: Table, columns: int) -> list[str]:
    """Lay a table out: columns as wide as they need, the widest ones wrapped until all fit."""
    rows = [[(heading,) for heading in table.head], *table.rows]
    texts = [[_cell(cell) for cell in row] for row in rows]
    widths = _widths([list(column) for column in zip(*texts, strict=True)], columns)
    head, *body = (_row(row, widths, table.numeric) for row in texts)
    rule = ["─" * (sum(widths) + _GAP * (len(widths) - 1))]
    return [*head, *rule, *(row for rows in body for row in rows)]


def _widths(cells: list[list[str]], columns: int) -> list[int]:
    widths = [max(width(cell) for cell in column) for column in cells]
    least = [max((len(cell.split(" ")[0]) for cell in column), default=1) for column in cells]
    while sum(widths) + _GAP * (len(widths) - 1) > columns:
        spare = [wide - min(few, 8) for wide, few in zip(widths, least, strict=True)]
        widths[max(range(len(widths)), key=lambda place: (widths[place] > _LABEL, spare[place]))] -= 1
    return widths


def _row(texts: Sequence[str], widths: Sequence[int], numeric: tuple[int, ...]) -> list[str]:
    wrapped = [wrap(text, wide) for text, wide in zip(texts, widths, strict=True)]
    return [
        (" " * _GAP).join(
            _padded(part, wide, right=place in numeric)
            for place, (part, wide) in enumerate(zip(parts, widths, strict=True))
        )
        for parts in zip_longest(*wrapped, fillvalue="")
    ]


def _padded(text: str, wide: int, *, right: bool) -> str:
    blank = " " * (wide - width(text))
    return f"{blank}{text}" if right else f"{text}{blank}"


def _cell(cell: Cell) -> str:
    return f"{bar_of(cell.share, cell.width)} {cell.text}" if isinstance(cell, Bar) else flat(cell)


def bar_of(share: Fraction, cells: int) -> str:
    """Return a share as a bar of so many characters, exact to half a character."""
    halves = round(min(max(share, Fraction(0)), Fraction(1)) * cells * 2)
    bar = "█" * (halves // 2) + "▌" * (halves % 2)
    return bar.ljust(cells, "░")


def flat(line: Line) -> str:
    """Return a line as one clean string."""
    return clean("".join(span if isinstance(span, str) else span.text for span in line)).strip()


def width(text: str) -> int:
    """Return how many terminal columns a text takes."""
    return sum(
        0 if unicodedata.combining(char) else 1 + (unicodedata.east_asian_width(char) in "WF")
        for char in text
    )


def wrap(line: Line | str, columns: int) -> list[str]:
    """Return a line broken at spaces into rows of at most so many columns; longer words are split.

    A command alone stays whole, so that it can be copied.
    """
    text = clean(line) if isinstance(line, str) else flat(line)
    if len(line) == 1 and isinstance(line[0], Code):
        return [text]
    rows: list[str] = []
    for word in (piece for whole in text.split(" ") for piece in _pieces(whole, columns)):
        if rows and width(rows[-1]) + 1 + width(word) <= columns:
            rows[-1] += f" {word}"
        elif word:
            rows.append(word)
    return rows


def _pieces(word: str, columns: int) -> Iterable[str]:
    while width(word) > columns:
        end = max(end for end in range(1, columns + 1) if width(word[:end]) <= max(columns, 2))
        yield word[:end]
        word = word[end:]
    yield word
