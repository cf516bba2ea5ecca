"""Reports as plain text: 80 columns unless said, no colour, 25 lines when brief."""

import unicodedata
from collections.abc import Iterable, Sequence
from itertools import zip_longest

from scaffold.report.blocks import Bar, Block, Cell, Code, Document, Fields, Items, Line, Section, Table
from scaffold.report.wording import clean

COLUMNS, LEAST_COLUMNS = 80, 40
LINES = 25
MARKS = {"none": "", "neutral": "- ", "plus": "+ ", "minus": "− "}
_LABEL = 13
_GAP = 2


def to_text(document: Document, columns: int = COLUMNS) -> str:
    """Return a document as text of at most so many columns, but for a command, which stays whole."""
    columns = max(columns, LEAST_COLUMNS)
    parts = [
        wrap((document.title,), columns),
        *(_block(block, columns) for block in document.blocks),
        wrap(document.footer, columns),
    ]
    rows = "\n\n".join("\n".join(part) for part in parts).split("\n")
    return "\n".join(row.rstrip() for row in rows) + "\n"


def _block(block: Block, columns: int) -> list[str]:
    match block:
        case Items():
            return [row for line in block.lines for row in _marked(MARKS[block.mark], line, columns)]
        case Fields():
            return _fields(block, columns)
        case Table():
            return _table(block, columns)
        case Section():
            return _section(block, columns)


def _fields(fields: Fields, columns: int) -> list[str]:
    rows = [(label, _marked(f"{label:<{_LABEL}}", line, columns)) for label, line in fields.rows]
    for label in fields.spare:
        last = max((place for place, row in enumerate(rows) if row[0] == label), default=None)
        if (
            last is not None and sum(len(lines) for _, lines in rows) > LINES - 5
        ):  # title, footer, what parts them
            del rows[last]
    return [line for _, lines in rows for line in lines]


def _section(section: Section, columns: int) -> list[str]:
    rows = wrap((section.title,), columns)
    rows.append("─" * min(width(rows[0]), columns))
    for number, block in enumerate(section.blocks):
        rows += [""] * (number > 0) + _block(block, columns)
    return rows


def _marked(mark: str, line: Line, columns: int) -> list[str]:
    """Return a line behind its mark, and the rest of it under itself."""
    return [
        f"{sign}{row}"
        for sign, row in zip_longest([mark], wrap(line, columns - len(mark)), fillvalue=" " * len(mark))
    ]


def _table(table: Table, columns: int) -> list[str]:
    """Lay a table out: columns as wide as they need, the widest ones wrapped until all fit."""
    texts = [[flat(cell) for cell in row] for row in (tuple((name,) for name in table.head), *table.rows)]
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
    wrapped = [wrap((text,), wide) for text, wide in zip(texts, widths, strict=True)]
    return [
        (" " * _GAP).join(
            " " * (wide - width(part)) + part if place in numeric else part + " " * (wide - width(part))
            for place, (part, wide) in enumerate(zip(parts, widths, strict=True))
        )
        for parts in zip_longest(*wrapped, fillvalue="")
    ]


def flat(cell: Cell) -> str:
    """Return a line or a cell as one clean string."""
    spans = (cell.text,) if isinstance(cell, Bar) else cell
    return clean("".join(span if isinstance(span, str) else span.text for span in spans)).strip()


def width(text: str) -> int:
    """Return how many terminal columns a text takes."""
    return sum(
        0 if unicodedata.combining(char) else 1 + (unicodedata.east_asian_width(char) in "WF")
        for char in text
    )


def wrap(line: Line, columns: int) -> list[str]:
    """Return a line broken at spaces into rows of at most so many columns; longer words are split.

    A command alone stays whole, so that it can be copied.
    """
    if len(line) == 1 and isinstance(line[0], Code):
        return [flat(line)]
    rows: list[str] = []
    for word in (piece for whole in flat(line).split(" ") for piece in _pieces(whole, columns)):
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
