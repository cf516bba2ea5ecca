"""``cookiecutter.json`` and the values of its variables."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scaffold.errors import InvalidInput, TemplateProblem
from scaffold.model.answers import Value
from scaffold.model.framework import Framework
from scaffold.project import names, template_language
from scaffold.project.confined_fs import Folder
from scaffold.text import did_you_mean, printable

VariableValues = Mapping[str, str | bool]

_SETTINGS = frozenset({"trim_blocks", "lstrip_blocks"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Variable:
    """A variable that can be answered; ``default`` may refer to earlier ones, text has no ``choices``."""

    name: str
    default: str | bool
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """All of ``cookiecutter.json``; ``copied`` are patterns of files that are never rendered."""

    variables: tuple[Variable, ...]
    derived: Mapping[str, str]
    settings: Mapping[str, bool]
    copied: tuple[str, ...]


def read_declared(template: Path) -> Declared:
    """Read ``cookiecutter.json`` of a template folder, or raise TemplateProblem."""
    where = template / "cookiecutter.json"
    try:
        document = json.loads(Folder(template).read("cookiecutter.json"))
    except (OSError, ValueError, RecursionError) as error:
        raise TemplateProblem(f"{where} cannot be read: {error}", hint="Is the template complete?") from error
    if not isinstance(document, dict):
        raise TemplateProblem(
            f"{where} is not a table of variables", hint="docs/template-format.md shows one"
        )
    return _declared(document)


def _declared(document: dict[str, Any]) -> Declared:
    settings = _settings(document.pop("_jinja2_env_vars", {}))
    copied = _patterns(document.pop("_copy_without_render", []))
    private = [key for key in document if key.startswith("_") and not key.startswith("__")]
    if private:
        raise TemplateProblem(
            f"cookiecutter.json: `{private[0]}` is not supported", hint="Templates run no code"
        )
    return Declared(
        variables=tuple(_variable(key, raw) for key, raw in document.items() if not key.startswith("_")),
        derived={key: _text(key, raw) for key, raw in document.items() if key.startswith("__")},
        settings=settings,
        copied=copied,
    )


def project_variables(
    framework: Framework, template: Path, given: Mapping[str, Value], folder: str
) -> dict[str, str | bool]:
    """Return a value for every variable: the one given, or the template's default.

    ``folder`` is the name of the target; the default title and slug come from
    it. Raises InvalidInput for a value that cannot be used, with a better one.
    """
    declared = read_declared(template)
    _check_known(given, declared)
    values: dict[str, str | bool] = {}
    for variable in declared.variables:
        if variable.name in given:
            values[variable.name] = _checked(variable, given[variable.name])
        else:
            values[variable.name] = _default(variable, values, declared, folder)
    if "project_slug" in values:
        names.check_slug(str(values["project_slug"]), framework.language)
    return values


def finished_context(declared: Declared, values: VariableValues) -> dict[str, str | bool]:
    """Return the values with the derived variables; no value is ever taken for template code."""
    context = dict(values)
    for name, expression in declared.derived.items():
        context[name] = template_language.evaluate(
            expression, f"cookiecutter.json: {name}", context, declared.settings
        )
    return context


def _default(variable: Variable, values: VariableValues, declared: Declared, folder: str) -> str | bool:
    if variable.name == "project_name" and folder:
        return names.check_text("project_name", _title(folder))
    if variable.name == "project_slug" and "project_name" in values:
        return names.default_slug(folder or str(values["project_name"]))
    if isinstance(variable.default, str):
        return template_language.evaluate(
            variable.default, f"cookiecutter.json: {variable.name}", values, declared.settings
        )
    return variable.default


def _title(folder: str) -> str:
    words = folder.replace("-", " ").replace("_", " ").split()
    return " ".join(word[:1].upper() + word[1:] for word in words) or folder


def _checked(variable: Variable, value: Value) -> str | bool:
    if isinstance(variable.default, bool):
        if not isinstance(value, bool):
            raise InvalidInput(f"`{variable.name}` is `{value}`", hint="Give true or false")
        return value
    if not isinstance(value, str):
        raise InvalidInput(f"`{variable.name}` must be text", hint="Put the value in quotes")
    if variable.choices and value not in variable.choices:
        raise InvalidInput(
            f"`{variable.name}` cannot be `{value}`", hint=f"Choose one of {', '.join(variable.choices)}"
        )
    if variable.name == "project_name" and not value.strip():
        raise InvalidInput("`project_name` is empty", hint="Give the project a title")
    return names.check_text(variable.name, value)


def _check_known(given: Mapping[str, Value], declared: Declared) -> None:
    known = [variable.name for variable in declared.variables]
    for key in given:
        if key not in known:
            raise InvalidInput(
                f"There is no variable `{printable(key)}`",
                hint=f"{did_you_mean(key, known)}The variables are {', '.join(known)}",
            )


def _variable(key: str, raw: Any) -> Variable:  # noqa: ANN401 - a value of JSON
    if isinstance(raw, list) and raw and all(isinstance(choice, str) for choice in raw):
        return Variable(name=key, default=raw[0], choices=tuple(raw))
    if isinstance(raw, str | bool):
        return Variable(name=key, default=raw)
    raise TemplateProblem(f"cookiecutter.json: `{key}` is neither text, true, false nor a list of texts")


def _text(key: str, raw: Any) -> str:  # noqa: ANN401 - a value of JSON
    if not isinstance(raw, str):
        raise TemplateProblem(f"cookiecutter.json: `{key}` must be text")
    return raw


def _settings(raw: Any) -> dict[str, bool]:  # noqa: ANN401 - a value of JSON
    if not isinstance(raw, dict) or not all(key in _SETTINGS and isinstance(raw[key], bool) for key in raw):
        raise TemplateProblem(
            "cookiecutter.json: `_jinja2_env_vars` may only set trim_blocks and lstrip_blocks"
        )
    return raw


def _patterns(raw: Any) -> tuple[str, ...]:  # noqa: ANN401 - a value of JSON
    if not isinstance(raw, list) or not all(isinstance(pattern, str) for pattern in raw):
        raise TemplateProblem("cookiecutter.json: `_copy_without_render` must be a list of patterns")
    return tuple(raw)
