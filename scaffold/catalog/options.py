"""A starter's options: values and default stand in ``cookiecutter.json``, the rest in ``template.toml``."""

import re
from collections.abc import Mapping, Sequence

from scaffold.catalog.cookiecutter_json import IDENTITY, Variable
from scaffold.catalog.table import TomlTable
from scaffold.model.answers import Choice
from scaffold.model.framework import Option
from scaffold.text import did_you_mean, printable


def read_options(table: TomlTable, variables: Sequence[Variable]) -> tuple[dict[str, Option], dict[str, str]]:
    """Return the options in the order of ``variables``, and for those not offered the reason, by id.

    Raises TemplateProblem for an option that stands in one of the two files only.
    """
    tables = table.mapping(TomlTable.table)
    not_offered = {
        id: _reason(each) for id, each in tables.items() if not each.value("offered", bool, default=True)
    }
    names = [variable.name for variable in variables]
    _check_places(table, [id for id in tables if id not in not_offered], names)
    options = {
        variable.name: _option(tables[variable.name], variable)
        for variable in variables
        if variable.name not in IDENTITY
    }
    for id, option in options.items():
        _check_requirements(tables[id], option, options)
    return options, not_offered


def option_value(value: object) -> str:
    """Return a value as ``template.toml`` names it: ``true`` and ``false`` for switches."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def unmet_requirement(
    options: Mapping[str, Option], values: Mapping[str, str | bool]
) -> tuple[str, str] | None:
    """Return the first ``OPTION=VALUE`` that needs another, and that one, which ``values`` do not have."""
    for id, option in options.items():
        value = option_value(values[id])
        for other, needed in option.requires.get(value, {}).items():
            if option_value(values[other]) != needed:
                return f"{id}={value}", f"{other}={needed}"
    return None


def _check_places(table: TomlTable, described: Sequence[str], variables: Sequence[str]) -> None:
    for id in described:
        if id in IDENTITY or id not in variables:
            raise table.problem(
                f"`{printable(id)}` is no option in cookiecutter.json", did_you_mean(id, variables)
            )
    for name in variables:
        if name not in described and name not in IDENTITY:
            suggestion = did_you_mean(name, (*IDENTITY, *described))
            raise table.problem(f"`{printable(name)}`, which is in cookiecutter.json, is missing", suggestion)
    for name in IDENTITY:
        if name not in variables:
            raise table.problem(f"cookiecutter.json lacks `{name}`, which every template has")


def _reason(table: TomlTable) -> str:
    why = table.text("why")
    table.finish()
    return why


def _option(table: TomlTable, variable: Variable) -> Option:
    is_text = isinstance(variable.default, str) and not variable.choices
    values = ("true", "false") if isinstance(variable.default, bool) else variable.choices
    option = Option(
        id=variable.name,
        label=table.text("label"),
        help=table.text("help", ""),
        default=variable.default,
        choices=_choices(table.table("choices"), values) if variable.choices else (),
        pattern=_pattern(table) if is_text else "",
        example=table.text("example") if is_text else "",
        omits=table.table("omits", optional=True).only(values).mapping(TomlTable.texts),
        requires=table.table("requires", optional=True).only(values).mapping(_requirements),
        by_hand=table.text("by_hand", ""),
    )
    table.finish()
    return option


def _choices(table: TomlTable, values: Sequence[str]) -> tuple[Choice, ...]:
    choices = tuple(Choice(value=value, label=table.text(value)) for value in values)
    table.finish()
    return choices


def _pattern(table: TomlTable) -> str:
    pattern, example = table.text("pattern"), table.text("example")
    try:
        fits = re.fullmatch(pattern, example)
    except (re.error, OverflowError, RecursionError) as error:
        raise table.problem(f"`pattern` is no regular expression: {error}") from error
    if not fits:
        raise table.problem("`example` does not match `pattern`")
    return pattern


def _requirements(table: TomlTable, value: str) -> dict[str, str]:
    return table.table(value).mapping(lambda inner, other: option_value(inner.value(other, object)))


def _check_requirements(table: TomlTable, option: Option, options: Mapping[str, Option]) -> None:
    for needed in option.requires.values():
        for other, value in needed.items():
            if other not in options:
                raise table.problem(
                    f"`requires` names no option `{printable(other)}`", did_you_mean(other, options)
                )
            values = [choice.value for choice in options[other].choices] or ["true", "false"]
            if value not in values:
                raise table.problem(
                    f"`requires` names no value `{printable(value)}` of `{other}`",
                    did_you_mean(value, values),
                )
