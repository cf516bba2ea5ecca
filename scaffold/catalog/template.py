"""``template.toml`` → Framework. The format is in docs/template-format.md."""

from datetime import date
from pathlib import Path
from typing import get_args

from scaffold.catalog.contract import check_environment, check_words, read_contract
from scaffold.catalog.cookiecutter_json import read_declared
from scaffold.catalog.languages import read_languages
from scaffold.catalog.location import catalog_of, is_relative_path
from scaffold.catalog.options import read_options
from scaffold.catalog.table import TomlTable, read_toml
from scaffold.model.framework import Command, DemonstratedClaim, Framework, Kind, Secret, Starter, Tool
from scaffold.text import printable
from scaffold.versions import satisfies

SECRET_BYTES = (16, 1024)
COMMANDS = (
    *("lock", "install", "prepare", "lint", "test", "build", "run", "serve"),
    *("token", "revoke", "account"),
)


def read_framework(folder: Path) -> Framework:
    """Read a template folder's ``template.toml``, or raise TemplateProblem with the place."""
    document = read_toml(folder / "template.toml")
    about = document.table("framework")
    limits = document.table("limits", optional=True)
    framework = Framework(
        id=about.choice("id", (folder.name,)),
        name=about.text("name"),
        language=about.choice("language", tuple(read_languages(catalog_of(folder)))),
        kind=about.choice("kind", get_args(Kind)),
        summary=about.text("summary"),
        homepage=about.text("homepage"),
        release=about.text("release"),
        released=about.value("released", date, None),
        supported_until=about.value("supported_until", date, None),
        support=about.text("support"),
        checked_on=about.value("checked_on", date),
        source=about.text("source"),
        windows=limits.value("windows", bool, default=True),
        starter=_starter(document, folder) if "starter" in document else None,
    )
    about.finish()
    limits.finish()
    document.finish()
    return framework


def _starter(document: TomlTable, folder: Path) -> Starter:
    about = document.table("starter")
    declared = read_declared(folder)
    options, not_offered = read_options(document.table("options", optional=True), declared.variables)
    environment = document.table("environment", optional=True)
    commands = document.table("commands")
    starter = Starter(
        version=about.text("version"),
        gives=about.texts("gives"),
        url=about.text("url"),
        tools=tuple(_tool(table) for table in document.tables("tools")),
        commands=_commands(commands),
        environment=environment.mapping(TomlTable.text),
        options=options,
        not_offered=not_offered,
        secrets=tuple(_secret(table) for table in document.tables("secrets")),
        claims=tuple(_demonstrated_claim(table) for table in document.tables("claims")),
        **read_contract(document),
    )
    about.finish()
    names = [variable.name for variable in declared.variables]
    check_environment(environment, starter.environment)
    check_words(commands, starter.commands, [*names, *declared.derived])
    return starter


def _tool(table: TomlTable) -> Tool:
    tool = Tool(
        name=table.text("name"),
        needs=_needs(table),
        why=table.text("why"),
        get=table.text("get"),
        environment=table.table("environment", optional=True).mapping(TomlTable.text),
        names=table.texts("names", []),
        only=table.list_of("only", COMMANDS),
    )
    table.finish()
    return tool


def _needs(table: TomlTable) -> str:
    needs = table.text("needs")
    try:
        satisfies("0", needs)
    except ValueError as error:
        suggestion = "Write, for example, `>=3.12,<4`. "
        raise table.problem(f"`needs`: {printable(str(error))}", suggestion) from error
    return needs


def _commands(table: TomlTable) -> dict[str, tuple[Command, ...]]:
    commands = {step: _command_list(table, step) for step in COMMANDS}
    table.finish()
    return commands


def _command_list(table: TomlTable, step: str) -> tuple[Command, ...]:
    found = table.value(step, list, [])
    if not all(
        isinstance(command, list) and command and all(isinstance(word, str) for word in command)
        for command in found
    ):
        raise table.problem(f"`{step}` must be a list of argument lists")
    return tuple(tuple(command) for command in found)


def _secret(table: TomlTable) -> Secret:
    file = table.text("file")
    if not is_relative_path(file):
        raise table.problem(f"`file` is `{printable(file)}`, which is not a path in the project")
    secret = Secret(
        variable=table.text("variable"),
        file=file,
        example=table.text("example"),
        bytes=table.number("bytes", *SECRET_BYTES),
        format=table.choice("format", ("urlsafe", "hex", "base64"), "urlsafe"),
    )
    table.finish()
    return secret


def _demonstrated_claim(table: TomlTable) -> DemonstratedClaim:
    claim = DemonstratedClaim(id=table.text("id"), shows=table.text("shows"), test=table.text("test"))
    table.finish()
    return claim
