"""The values of a template's variables: given, by default, derived."""

import re
from collections.abc import Mapping
from pathlib import Path

from scaffold.catalog import starter_of
from scaffold.catalog.cookiecutter_json import Declared, Variable, read_declared
from scaffold.catalog.languages import language_of
from scaffold.catalog.options import unmet_requirement
from scaffold.errors import InvalidInput
from scaffold.model.answers import Value
from scaffold.model.framework import Framework, Option, Starter
from scaffold.project import names, template_language
from scaffold.text import did_you_mean, printable
from scaffold.toolchain.command_words import filled

VariableValues = Mapping[str, str | bool]


def project_variables(
    framework: Framework, template: Path, given: Mapping[str, Value], folder: str
) -> dict[str, str | bool]:
    """Return a value for every variable: the one given, or the template's default.

    ``folder`` is the name of the target; the default title and slug come from
    it. Raises InvalidInput for a value that cannot be used, with a better one, or when there is no starter.
    """
    starter, declared = starter_of(framework), read_declared(template)
    _check_known(given, declared, starter.not_offered)
    values: dict[str, str | bool] = {}
    for variable in declared.variables:
        if variable.name in given:
            values[variable.name] = _checked(variable, given[variable.name])
        else:
            values[variable.name] = _default(variable, values, declared, folder)
    names.check_slug(str(values["project_slug"]), language_of(framework.language, template))
    _check_options(starter.options, values)
    return values


def project_starter(starter: Starter, template: Path, values: VariableValues) -> Starter:
    """Return the starter with the values of a project in the words of its commands and lock files."""
    return filled_starter(starter, finished_context(read_declared(template), values))


def filled_starter(starter: Starter, context: VariableValues) -> Starter:
    """Return the starter with the values of a finished context in its words."""
    return starter._replace(
        commands={
            step: tuple(filled(each, context) for each in words) for step, words in starter.commands.items()
        },
        lock_files=filled(starter.lock_files, context),
    )


def check_option_text(option: Option, text: str) -> str:
    """Return the text of an option when it can be one, or raise InvalidInput with one that can."""
    if option.pattern and not re.fullmatch(option.pattern, text):
        raise InvalidInput(
            f"`{option.id}` cannot be `{printable(text)}`", hint=f"Give one such as {option.example}"
        )
    return names.check_text(option.id, text)


def finished_context(declared: Declared, values: VariableValues) -> dict[str, str | bool]:
    """Return the values with the derived variables; no value is ever taken for template code."""
    context = dict(values)
    for name, expression in declared.derived.items():
        context[name] = template_language.evaluate(
            expression, f"cookiecutter.json: {name}", context, declared.settings
        )
    return context


def _check_options(options: Mapping[str, Option], values: VariableValues) -> None:
    for id, option in options.items():
        check_option_text(option, str(values[id]))
    unmet = unmet_requirement(options, values)
    if unmet:
        raise InvalidInput(
            f"`{unmet[0]}` needs `{unmet[1]}`", hint=f"Give both, or neither: --set {unmet[1]}"
        )


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


def _check_known(given: Mapping[str, Value], declared: Declared, not_offered: Mapping[str, str]) -> None:
    known = [variable.name for variable in declared.variables]
    for key in given:
        if key not in known:
            raise InvalidInput(
                f"There is no variable `{printable(key)}`",
                hint=not_offered.get(key)
                or f"{did_you_mean(key, known)}The variables are {', '.join(known)}",
            )
