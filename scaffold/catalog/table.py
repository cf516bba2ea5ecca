"""Reading TOML tables strictly: every key has a type, an unknown key is an error that names its place."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, Self, TypeVar

from scaffold.catalog.packaged import packaged_table
from scaffold.errors import TemplateProblem
from scaffold.regular_file import read_regular_file
from scaffold.text import did_you_mean, printable, why_unread

T = TypeVar("T")
_REQUIRED: Any = object()
_MAX_BYTES = 64 * 1024
_MAX_DOTS = 100
_MOST = 1_000_000
_NAMES = {
    str: "text",
    bool: "true or false",
    int: "a whole number",
    date: "a date",
    list: "a list",
    dict: "a table",
}


class TomlTable:
    """One TOML table, read key by key; ``place`` is the file and the path of keys to it.

    A packaged table was read from JSON, which has no dates: there they are texts.
    """

    def __init__(self, content: Mapping[str, Any], place: str, *, is_packaged: bool = False) -> None:
        self._content = content
        self._place = place
        self._is_packaged = is_packaged
        self._read: set[str] = set()

    def __contains__(self, key: str) -> bool:
        return key in self._content

    def value(self, key: str, kind: type[T], default: Any = _REQUIRED) -> T:  # noqa: ANN401 - any default
        """Return the value of ``key``, which must be of type ``kind``."""
        self._read.add(key)
        if key not in self._content:
            if default is _REQUIRED:
                unread = [each for each in self._content if each not in self._read]
                raise self.problem(f"`{key}` is missing", _instead(key, unread))
            return default  # type: ignore[no-any-return]
        found = self._content[key]
        if kind is date and self._is_packaged:
            found = date.fromisoformat(found)
        # A bool is an int, and a date with a time is a date, to Python but to nobody else.
        if not isinstance(found, kind) or (type(found), kind) in {(bool, int), (datetime, date)}:
            raise self.problem(f"`{key}` must be {_NAMES[kind]}")
        return found

    def text(self, key: str, default: Any = _REQUIRED) -> str:  # noqa: ANN401 - any default
        """Return a text."""
        return self.value(key, str, default)

    def number(self, key: str, low: int, high: int = _MOST, default: Any = _REQUIRED) -> int:  # noqa: ANN401 - any default
        """Return a whole number from ``low`` to ``high``."""
        found = self.value(key, int, default)
        if not low <= found <= high:
            raise self.problem(f"`{key}` is {printable(str(found))}, and must be {low} to {high}")
        return found

    def choice(self, key: str, choices: tuple[str, ...], default: Any = _REQUIRED) -> Any:  # noqa: ANN401 - a Literal of the caller
        """Return a text that is one of ``choices``."""
        found = self.text(key, default)
        if found not in choices:
            raise self.problem(
                f"`{key}` is `{printable(found)}`, and must be one of {', '.join(choices)}",
                did_you_mean(found, choices),
            )
        return found

    def texts(self, key: str, default: Any = _REQUIRED) -> tuple[str, ...]:  # noqa: ANN401 - any default
        """Return a list of texts."""
        found = self.value(key, list, default)
        if not all(isinstance(item, str) for item in found):
            raise self.problem(f"`{key}` must be a list of texts")
        return tuple(found)

    def list_of(self, key: str, known: Collection[str]) -> tuple[str, ...]:
        """Return a list of some of the ``known`` texts, which may be absent."""
        found = self.texts(key, [])
        unknown = next((text for text in found if text not in known), None)
        if unknown is not None:
            raise self.problem(
                f"`{key}`: `{printable(unknown)}` is not one of {', '.join(known)}",
                did_you_mean(unknown, known),
            )
        return found

    def table(self, key: str, *, optional: bool = False) -> "TomlTable":
        """Return the table under ``key``; an optional one that is absent is empty."""
        return self._part(self.value(key, dict, {} if optional else _REQUIRED), key)

    def tables(self, key: str) -> tuple["TomlTable", ...]:
        """Return the array of tables under ``key``, which may be absent."""
        found = self.value(key, list, [])
        if not all(isinstance(item, dict) for item in found):
            raise self.problem(f"`{key}` must be a list of tables")
        return tuple(self._part(item, f"{key}[{index}]") for index, item in enumerate(found))

    def _part(self, content: Mapping[str, Any], key: str) -> "TomlTable":
        return TomlTable(content, f"{self._place}: {key}", is_packaged=self._is_packaged)

    def mapping(self, read: Callable[["TomlTable", str], T]) -> dict[str, T]:
        """Read every key of this table with ``read(table, key)``."""
        return {key: read(self, key) for key in self._content}

    def only(self, known: Collection[str]) -> Self:
        """Return this table, or complain about a key that is not ``known``, with the nearest one."""
        unknown = next((key for key in self._content if key not in known), None)
        if unknown is not None:
            raise self.problem(
                f"`{printable(unknown)}` is not a known key", did_you_mean(unknown, sorted(known))
            )
        return self

    def finish(self) -> None:
        """Complain about a key that nobody read, with the nearest known one."""
        self.only(self._read)

    def problem(self, fact: str, suggestion: str = "") -> TemplateProblem:
        """Return an error that names this table's place."""
        return TemplateProblem(f"{self._place}: {fact}", hint=f"{suggestion}{_guide(self._place)}")


def read_toml(path: Path) -> TomlTable:
    """Read a TOML file of a template folder or of a catalog."""
    place = f"{path.parent.name}/{path.name}"
    try:
        content = read_regular_file(path, _MAX_BYTES)
        table = packaged_table(path, content)
        if table is not None:
            return TomlTable(table, place, is_packaged=True)
        return TomlTable(_parsed(content), place)
    except (OSError, ValueError, RecursionError) as error:
        raise TemplateProblem(f"{place} cannot be read: {why_unread(error)}", hint=_guide(place)) from error


def _guide(place: str) -> str:
    """Return which page describes the file of a place."""
    file = place.partition(":")[0].rpartition("/")[2]
    page = "knowledge" if file in {"knowledge.toml", "sources.toml"} else "template-format"
    return f"docs/{page}.md describes the format"


def _instead(key: str, unread: Sequence[str]) -> str:
    """Return a question for the key that was probably meant to be ``key``."""
    meant = did_you_mean(key, unread)
    return f"Is {meant.split('`')[1]!r} it, misspelt? " if meant else ""


def _parsed(content: bytes) -> dict[str, Any]:
    """Return what a TOML file holds; of a key's many parts tomllib takes the square of their number."""
    import tomllib

    if max(line.count(b".") for line in content.split(b"\n")) > _MAX_DOTS:
        raise ValueError(f"a line has more than {_MAX_DOTS} dots")
    return tomllib.loads(content.decode("utf-8-sig"))
