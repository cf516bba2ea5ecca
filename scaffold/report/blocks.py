"""What a report is made of, before it is text, Markdown or HTML.

Every string in these values is data, never markup: each format escapes it
where it writes it, so nothing can be forgotten.
"""

from dataclasses import dataclass
from typing import Literal, NamedTuple


class Strong(NamedTuple):
    """Words that carry the sentence."""

    text: str


class Code(NamedTuple):
    """Something to type."""

    text: str


Line = tuple[str | Strong | Code, ...]


class Bar(NamedTuple):
    """A number, and a share between 0 and 1 that a page may draw beside it."""

    text: str
    share: float


Cell = Line | Bar


@dataclass(frozen=True, slots=True, kw_only=True)
class Items:
    """A list, or running text with the mark ``none``; others say whether its items speak for or against."""

    lines: tuple[Line, ...]
    mark: Literal["none", "neutral", "plus", "minus"] = "neutral"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """Labels with a line each; the ``spare`` ones go, in that order and each once, where a screen is full."""

    rows: tuple[tuple[str, Line], ...]
    spare: tuple[str, ...]


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
    blocks: tuple["Part", ...]
    folded: bool = False


Part = Items | Fields | Table
Block = Part | Section


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A whole report: the answer, its parts, and where it comes from."""

    title: str
    blocks: tuple[Block, ...]
    footer: Line
