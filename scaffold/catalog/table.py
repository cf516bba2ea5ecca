"""Reading TOML tables strictly: every key has a type, an unknown key is an error that names its place."""

import tomllib
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from scaffold.errors import TemplateProblem
from scaffold.text import did_you_mean

T = TypeVar("T")
_REQUIRED: Any = object()
_NAMES = {str: "text", int: "a whole number", date: "a date", list: "a list", dict: "a table"}


class TomlTable:
    """One TOML table, read key by key; ``place`` is the file and the path of keys to it."""

    def __init__(self, content: Mapping[str, Any], place: str) -> None:
        self._content = content
        self._place = place
        self._read: set[str] = set()

    def __contains__(self, key: str) -> bool:
        return key in self._content

    def value(self, key: str, kind: type[T], default: Any = _REQUIRED) -> T:  # noqa: ANN401 - any default
        """Return the value of ``key``, which must be of type ``kind``."""
        self._read.add(key)
        if key not in self._content:
            if default is _REQUIRED:
                raise self.problem(f"`{key}` is missing")
            return default  # type: ignore[no-any-return]
        found = self._content[key]
        if not isinstance(found, kind) or (kind is int and isinstance(found, bool)):
            raise self.problem(f"`{key}` must be {_NAMES[kind]}")
        return found

    def text(self, key: str, default: Any = _REQUIRED) -> str:  # noqa: ANN401 - any default
        """Return a text."""
        return self.value(key, str, default)

    def choice(self, key: str, choices: tuple[str, ...], default: Any = _REQUIRED) -> Any:  # noqa: ANN401 - a Literal of the caller
        """Return a text that is one of ``choices``."""
        found = self.text(key, default)
        if found not in choices:
            raise self.problem(f"`{key}` is `{found}`, and must be one of {', '.join(choices)}")
        return found

    def texts(self, key: str, default: Any = _REQUIRED) -> tuple[str, ...]:  # noqa: ANN401 - any default
        """Return a list of texts."""
        found = self.value(key, list, default)
        if not all(isinstance(item, str) for item in found):
            raise self.problem(f"`{key}` must be a list of texts")
        return tuple(found)

    def table(self, key: str, *, optional: bool = False) -> "TomlTable":
        """Return the table under ``key``; an optional one that is absent is empty."""
        return TomlTable(self.value(key, dict, {} if optional else _REQUIRED), f"{self._place}: {key}")

    def tables(self, key: str) -> tuple["TomlTable", ...]:
        """Return the array of tables under ``key``, which may be absent."""
        found = self.value(key, list, [])
        if not all(isinstance(item, dict) for item in found):
            raise self.problem(f"`{key}` must be a list of tables")
        return tuple(TomlTable(item, f"{self._place}: {key}[{index}]") for index, item in enumerate(found))

    def mapping(self, read: Callable[["TomlTable", str], T]) -> dict[str, T]:
        """Read every key of this table with ``read(table, key)``."""
        return {key: read(self, key) for key in self._content}

    def finish(self) -> None:
        """Complain about a key that nobody read, with the nearest known one."""
        unknown = [key for key in self._content if key not in self._read]
        if unknown:
            raise self.problem(
                f"`{unknown[0]}` is not a known key", did_you_mean(unknown[0], sorted(self._read))
            )

    def problem(self, fact: str, suggestion: str = "") -> TemplateProblem:
        """Return an error that names this table's place."""
        return TemplateProblem(
            f"{self._place}: {fact}", hint=f"{suggestion}docs/template-format.md describes the format"
        )


def read_toml(path: Path) -> TomlTable:
    """Read a TOML file of a template folder."""
    try:
        with path.open("rb") as file:
            return TomlTable(tomllib.load(file), f"{path.parent.name}/{path.name}")
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise TemplateProblem(
            f"{path.parent.name}/{path.name} cannot be read: {error}",
            hint="docs/template-format.md describes the format",
        ) from error
