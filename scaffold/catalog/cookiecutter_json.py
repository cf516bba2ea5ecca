"""``cookiecutter.json``: the variables of a template."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from scaffold.errors import TemplateProblem
from scaffold.regular_file import read_regular_file
from scaffold.text import did_you_mean, printable, why_unread

IDENTITY = ("project_name", "project_slug", "description", "author")
"""The variables that every template has; all others are options."""

_LIMIT = 64 * 1024
_SETTINGS = ("trim_blocks", "lstrip_blocks")
_PRIVATE = ("_jinja2_env_vars", "_copy_without_render")


class Variable(NamedTuple):
    """A variable that can be answered; ``default`` may refer to earlier ones, text has no ``choices``."""

    name: str
    default: str | bool
    choices: tuple[str, ...] = ()


class Declared(NamedTuple):
    """All of ``cookiecutter.json``; ``copied`` are patterns of files that are never rendered."""

    variables: tuple[Variable, ...]
    derived: Mapping[str, str]
    settings: Mapping[str, bool]
    copied: tuple[str, ...]


def read_declared(template: Path) -> Declared:
    """Read ``cookiecutter.json`` of a template folder, or raise TemplateProblem."""
    where = template / "cookiecutter.json"
    try:
        document = json.loads(read_regular_file(where, _LIMIT), object_pairs_hook=_each_once)
    except (OSError, ValueError, RecursionError) as error:
        raise TemplateProblem(
            f"{where} cannot be read: {why_unread(error)}", hint="Is the template complete?"
        ) from error
    if not isinstance(document, dict):
        raise TemplateProblem(
            f"{where} is not a table of variables", hint="docs/template-format.md shows one"
        )
    return _declared(document)


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    table = dict(pairs)
    if len(table) < len(pairs):
        keys = [key for key, _ in pairs]
        raise ValueError(f"`{max(keys, key=keys.count)}` stands twice")
    return table


def _declared(document: dict[str, Any]) -> Declared:
    settings = _settings(document.pop("_jinja2_env_vars", {}))
    copied = _patterns(document.pop("_copy_without_render", []))
    private = next((key for key in document if key.startswith("_") and not key.startswith("__")), None)
    if private:
        raise TemplateProblem(
            f"cookiecutter.json: `{printable(private)}` is not supported",
            hint=f"{did_you_mean(private, _PRIVATE)}Templates run no code",
        )
    return Declared(
        variables=tuple(_variable(key, raw) for key, raw in document.items() if not key.startswith("_")),
        derived={key: _text(key, raw) for key, raw in document.items() if key.startswith("__")},
        settings=settings,
        copied=copied,
    )


def _variable(key: str, raw: Any) -> Variable:  # noqa: ANN401 - a value of JSON
    if isinstance(raw, list) and raw and all(isinstance(choice, str) for choice in raw):
        return Variable(name=key, default=raw[0], choices=tuple(raw))
    if isinstance(raw, str | bool):
        return Variable(name=key, default=raw)
    raise TemplateProblem(
        f"cookiecutter.json: `{printable(key)}` is neither text, true, false nor a list of texts"
    )


def _text(key: str, raw: Any) -> str:  # noqa: ANN401 - a value of JSON
    if not isinstance(raw, str):
        raise TemplateProblem(f"cookiecutter.json: `{printable(key)}` must be text")
    return raw


def _settings(raw: Any) -> dict[str, bool]:  # noqa: ANN401 - a value of JSON
    if not isinstance(raw, dict) or not all(isinstance(value, bool) for value in raw.values()):
        raise TemplateProblem("cookiecutter.json: `_jinja2_env_vars` may only hold true and false")
    unknown = next((key for key in raw if key not in _SETTINGS), None)
    if unknown is not None:
        raise TemplateProblem(
            f"cookiecutter.json: _jinja2_env_vars: `{printable(unknown)}` is not supported",
            hint=f"{did_you_mean(unknown, _SETTINGS)}It may set {' and '.join(_SETTINGS)}",
        )
    return raw


def _patterns(raw: Any) -> tuple[str, ...]:  # noqa: ANN401 - a value of JSON
    if not isinstance(raw, list) or not all(isinstance(pattern, str) for pattern in raw):
        raise TemplateProblem("cookiecutter.json: `_copy_without_render` must be a list of patterns")
    return tuple(raw)
