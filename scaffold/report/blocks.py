"""What a report is made of, before it is text, Markdown or HTML.

Every string in these values is data, never markup: each format escapes it
where it writes it, so nothing can be forgotten.
"""

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Strong:
    """Words that carry the sentence."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """Something to type."""

    text: str


Span = str | Strong | Code
Line = tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A share between 0 and 1 drawn as a bar; ``says`` reads it aloud, ``text`` stands beside it."""

    share: Fraction
    text: str
    says: str
    width: int = 6


Cell = Line | Bar


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Running text."""

    line: Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Items:
    """A list; the mark says whether its items speak for or against."""

    lines: tuple[Line, ...]
    mark: Literal["neutral", "plus", "minus"] = "neutral"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """Labels with one or more lines each; those that are ``spare`` go, in that order, where room is short."""

    rows: tuple[tuple[str, tuple[Line, ...]], ...]
    spare: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows under headings; the first cell of a row is its heading."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    numeric: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part with a title; ``folded`` ones are for those who want to check."""

    id: str
    title: str
    blocks: tuple["Block", ...]
    folded: bool = False


Block = Paragraph | Items | Fields | Table | Section


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A whole report: the answer, one sentence on it, key figures, parts, and where it comes from.

    ``brief`` ones must fit on a terminal without scrolling.
    """

    title: str
    lead: tuple[Line, ...]
    blocks: tuple[Block, ...]
    footer: tuple[Line, ...]
    figures: tuple[tuple[str, str], ...] = field(default=())
    brief: bool = False
