"""The tables of ``template.toml`` that say how a starter keeps the HTTP contract: what verify must know."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from scaffold.catalog.location import is_relative_path
from scaffold.catalog.table import TomlTable
from scaffold.model.framework import ROLES, STRENGTHS, Command, Live, LogFields, Login, Pages
from scaffold.text import did_you_mean, printable

VERSION = 2
"""Of the contract; no starter of an earlier one was published."""
_IN_BRACES = re.compile(r"\{(\w+)\}")
_GIVEN = {"token": ("name", "rights"), "revoke": ("name",), "account": ("email",)}
_HOST_OR_TLS = frozenset(
    ("HOST", "HOSTS", "DOMAIN", "DOMAINS", "URL", "ORIGIN", "ORIGINS", "SSL", "TLS", "HTTPS"),
)


def read_contract(document: TomlTable) -> dict[str, Any]:
    """Return these fields of a Starter, by name."""
    about = document.table("contract")
    process = document.table("process", optional=True)
    strengths = about.list_of("strengths", STRENGTHS)
    log = _log(document.table("log")) if "log" in document else None
    if "route" in strengths and not (log and log.route):
        raise about.problem("the strength `route` needs `route` in [log]")
    if "live" in strengths and "live" not in document:
        raise about.problem("the strength `live` needs a table [live]")
    fields = {
        "contract": _version(about),
        "strengths": strengths,
        "variables": process.table("variables", optional=True).only(ROLES).mapping(TomlTable.text),
        "lock_files": _lock_files(process),
        "log": log,
        "pages": _pages(document.table("pages")) if "pages" in document else None,
        "login": _login(document.table("login")) if "login" in document else None,
        "live": _live(document.table("live")) if "live" in document else None,
    }
    about.finish()
    process.finish()
    return fields


def _version(table: TomlTable) -> int:
    found = table.value("version", int)
    if found != VERSION:
        raise table.problem(f"`version` is {printable(str(found))}, and must be {VERSION}")
    return VERSION


def check_environment(table: TomlTable, environment: Mapping[str, str]) -> None:
    """Refuse a variable that is not about hosts and TLS: `serve` is in production without being told."""
    for name in environment:
        if _HOST_OR_TLS.isdisjoint(name.upper().split("_")):
            raise table.problem(f"`{printable(name)}` is about neither hosts nor TLS")


def check_words(
    table: TomlTable, commands: Mapping[str, Sequence[Command]], variables: Sequence[str]
) -> None:
    """Refuse a word that holds a variable in braces which the project does not have."""
    for step, each in commands.items():
        known = (*variables, *_GIVEN.get(step, ()))
        for name in _IN_BRACES.findall(" ".join(word for command in each for word in command)):
            if name not in known:
                raise table.problem(f"`{step}`: there is no `{{{name}}}`", did_you_mean(name, known))


def _lock_files(table: TomlTable) -> tuple[str, ...]:
    files = table.texts("lock_files", [])
    for file in files:
        if not is_relative_path(file):
            raise table.problem(f"`lock_files`: `{printable(file)}` is not a path in the project")
    return files


def _log(table: TomlTable) -> LogFields:
    values = table.value("error_values", list)
    if not values or not all(type(value) in {str, int} for value in values):
        raise table.problem("`error_values` must be a list of texts and whole numbers")
    fields = LogFields(
        request_id=table.text("request_id"),
        path=table.text("path"),
        route=table.text("route", ""),
        level=table.text("level"),
        error_values=tuple(values),
    )
    table.finish()
    return fields


def _pages(table: TomlTable) -> Pages:
    pages = Pages(path=_path(table), fields=_fields(table, ("title",)) if "fields" in table else {})
    table.finish()
    return pages


def _login(table: TomlTable) -> Login:
    kind = table.choice("kind", ("http", "ddp"), "http")
    by_form = kind == "http"
    login = Login(
        path=_path(table) if by_form else "",
        fields=_fields(table, ("name", "password")) if by_form else {},
        csrf=table.text("csrf") if by_form else "",
        password_variable=table.text("password_variable"),
        kind=kind,
    )
    table.finish()
    return login


def _live(table: TomlTable) -> Live:
    live = Live(kind=table.choice("kind", ("sse", "websocket", "cable", "ddp")), path=_path(table))
    table.finish()
    return live


def _fields(table: TomlTable, names: Sequence[str]) -> dict[str, str]:
    fields = table.table("fields")
    found = {name: fields.text(name) for name in names}
    fields.finish()
    return found


def _path(table: TomlTable) -> str:
    path = table.text("path")
    if not path.startswith("/"):
        raise table.problem(f"`path` is `{printable(path)}`, and must begin with a slash")
    return path
