"""``.scaffold.toml``: where a project came from, what it was made with, and how to make it again."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

from scaffold.errors import InvalidInput
from scaffold.model.answers import Value
from scaffold.model.plan import Plan

ORIGIN = ".scaffold.toml"

_HEAD = "# Where this project came from: `scaffold verify` reads it, the application does not.\n"
_SHORT = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}


def origin_text(plan: Plan, hashes: Mapping[str, str]) -> str:
    """Return the origin file of a project; equal plans and files give equal text.

    ``hashes`` are those of all files but the ones with secrets, which it does not name.
    """
    tables: dict[str, Mapping[str, Value]] = {
        "scaffold": {"version": plan.scaffold_version, "reproduce": plan.reproduce},
        "template": {"id": plan.template, "version": plan.template_version},
        "variables": plan.variables,
        "answers": dict(sorted(plan.answers.items())),
        "files": dict(sorted(hashes.items())),
    }
    return _HEAD + "".join(_table(name, content) for name, content in tables.items())


def _table(name: str, content: Mapping[str, Value]) -> str:
    lines = (f"{_key(key)} = {_value(value)}\n" for key, value in content.items())
    return f"\n[{name}]\n{''.join(lines)}"


def _key(name: str) -> str:
    return name if re.fullmatch(r"[\w-]+", name, re.ASCII) else quoted(name)


def _value(value: Value) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return quoted(value)
    return f"[{', '.join(map(quoted, value))}]"


def quoted(text: str) -> str:
    """Return a TOML basic string."""
    if text.isprintable() and '"' not in text and "\\" not in text:
        return f'"{text}"'
    return '"' + "".join(_escaped(character) for character in text) + '"'


def _escaped(character: str) -> str:
    if character in _SHORT:
        return _SHORT[character]
    return character if character.isprintable() or character > "\x9f" else f"\\u{ord(character):04X}"


def template_of(directory: Path) -> str:
    """Return the id of the template that made the project in ``directory``, or raise InvalidInput."""
    path = directory / ORIGIN
    try:
        return str(tomllib.loads(path.read_text(encoding="utf-8"))["template"]["id"])
    except FileNotFoundError as error:
        raise InvalidInput(
            f"{directory} is no project made by scaffold: it has no {ORIGIN}",
            hint="Give the folder of a project, or --url for a running service",
        ) from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InvalidInput(
            f"{path} does not say which template made the project: {error}",
            hint="Restore the file from the project's history",
        ) from error
