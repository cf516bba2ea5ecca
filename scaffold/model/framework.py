"""A framework of the catalog, and its starter."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Literal, NamedTuple

from scaffold.model.answers import Choice

Command = tuple[str, ...]
STRENGTHS = ("drain", "slow-clients", "etag", "trace", "route", "docs", "shared-rates", "live")
"""What a starter may claim beyond the contract; docs/verify.md says when each holds."""

ROLES = ("hosts", "host", "workers", "drain", "api", "login")
"""What the variables of a process are for: docs/template-format.md has a line for each."""

Kind = Literal["full-stack", "micro", "standard-library", "runtime"]


class Language(NamedTuple):
    """A programming language; ``reserved`` maps a reason to the words that no project can be called.

    ``distance`` is how far it is, from 0 to 10, for a team that writes another one; ``kin`` are those to
    other languages from one that no framework here is written in. ``outside`` names frameworks that the
    catalog lacks, by what is built, or ``any``. ``shared`` says that plain web hosts run it.
    """

    id: str
    name: str
    help: str
    reserved: Mapping[str, frozenset[str]]
    distance: int
    kin: Mapping[str, int]
    outside: Mapping[str, tuple[str, ...]]
    shared: bool


class Tool(NamedTuple):
    """An executable the starter needs: ``needs`` is comma-separated comparisons.

    ``environment`` is set for child processes once the tool was found; in its
    values ``{path}`` stands for the executable. ``names`` are all that the program
    may have, when it has several; ``only`` the commands that need it, when not all do.
    """

    name: str
    needs: str
    why: str
    get: str
    environment: Mapping[str, str] = MappingProxyType({})
    names: tuple[str, ...] = ()
    only: tuple[str, ...] = ()


class Secret(NamedTuple):
    """A value made for each project and written to a git-ignored file only."""

    variable: str
    file: str
    example: str
    bytes: int
    format: Literal["urlsafe", "hex", "base64"] = "urlsafe"


class DemonstratedClaim(NamedTuple):
    """Where the starter shows a claim of the source article, and which test proves it."""

    id: str
    shows: str
    test: str


class Option(NamedTuple):
    """What a starter can be made with: a switch, one of ``choices``, or text that matches ``pattern`` whole.

    ``omits`` maps a value, ``true`` and ``false`` for a switch, to paths that are
    then left out, ``requires`` to the values that other options must then have;
    ``by_hand`` says what a project in use needs when the option changes.
    """

    id: str
    label: str
    help: str
    default: str | bool
    choices: tuple[Choice, ...]
    pattern: str
    example: str
    omits: Mapping[str, tuple[str, ...]]
    requires: Mapping[str, Mapping[str, str]]
    by_hand: str


class LogFields(NamedTuple):
    """Where an access line has its fields, as dotted paths; ``route`` is empty where it names none.

    ``error_values`` are those of ``level`` that stand for an error.
    """

    request_id: str
    path: str
    route: str
    level: str
    error_values: tuple[str | int, ...]


class Pages(NamedTuple):
    """The example's page, and what the fields of its form are called; no fields where it has no form."""

    path: str
    fields: Mapping[str, str]


class Login(NamedTuple):
    """How a program logs in: ``fields`` are those of the form at ``path`` for name and password.

    ``csrf`` is its hidden field, empty where the origin decides; ``password_variable``
    gives the command ``account`` the password. By ``ddp`` nobody logs in over HTTP.
    """

    path: str
    fields: Mapping[str, str]
    csrf: str
    password_variable: str
    kind: Literal["http", "ddp"]


class Live(NamedTuple):
    """How changes reach an open page, and where."""

    kind: Literal["sse", "websocket", "cable", "ddp"]
    path: str


class Starter(NamedTuple):
    """The starter project of a framework, as its ``template.toml`` describes it.

    ``commands`` maps a step (``COMMANDS`` of the catalog) to argument lists; a word
    may hold ``{variable}``, and words NAME=value at the front set the environment.
    ``options`` are by id, and so are the reasons why others are ``not_offered``.
    ``contract`` is the version of the HTTP contract that it keeps, ``strengths`` what
    it claims beyond it; ``variables`` names those of the process by their role, and
    ``lock_files`` may hold ``{variable}`` too.
    """

    version: str
    gives: tuple[str, ...]
    url: str
    tools: tuple[Tool, ...]
    commands: Mapping[str, tuple[Command, ...]]
    environment: Mapping[str, str]
    options: Mapping[str, Option]
    not_offered: Mapping[str, str]
    secrets: tuple[Secret, ...]
    claims: tuple[DemonstratedClaim, ...]
    contract: int = 1
    strengths: tuple[str, ...] = ()
    variables: Mapping[str, str] = MappingProxyType({})
    lock_files: tuple[str, ...] = ()
    log: LogFields | None = None
    pages: Pages | None = None
    login: Login | None = None
    live: Live | None = None


class Framework(NamedTuple):
    """One entry of the catalog; ``windows`` is false where its makers advise against Windows Server."""

    id: str
    name: str
    language: str
    kind: Kind
    summary: str
    homepage: str
    release: str
    released: date | None
    supported_until: date | None
    support: str
    checked_on: date
    source: str
    windows: bool
    starter: Starter | None
