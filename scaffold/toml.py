"""Writing TOML: the standard library reads it and does not write it."""

import re
from collections.abc import Mapping, Sequence
from datetime import date

TomlValue = str | bool | int | date | Sequence[str]

_SHORT = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}


def toml_document(head: str, tables: Mapping[str, Mapping[str, TomlValue]]) -> str:
    """Return a document with a comment at its top; equal tables give equal text.

    The keys of the table called ``""`` stand at the top, outside of any table.
    """
    return f"# {head}\n" + "".join(_table(name, content) for name, content in tables.items())


def _table(name: str, content: Mapping[str, TomlValue]) -> str:
    lines = (f"{_key(key)} = {_value(value)}\n" for key, value in content.items())
    heading = f"\n[{name}]\n" if name else ""
    return heading + "".join(lines)


def _key(name: str) -> str:
    return name if re.fullmatch(r"[\w-]+", name, re.ASCII) else _quoted(name)


def _value(value: TomlValue) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, int | date):
        return str(value)
    return f"[{', '.join(map(_quoted, value))}]"


def _quoted(text: str) -> str:
    if text.isprintable() and '"' not in text and "\\" not in text:
        return f'"{text}"'
    return '"' + "".join(map(_escaped, text)) + '"'


def _escaped(character: str) -> str:
    if character in _SHORT:
        return _SHORT[character]
    return character if character.isprintable() or character > "\x9f" else f"\\u{ord(character):04X}"
