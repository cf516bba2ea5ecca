"""A framework of the catalog, and its starter."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Literal, NamedTuple

from scaffold.model.answers import Choice

Command = tuple[str, ...]
CONTRACT_VERSION = 1
"""Of the HTTP contract that every starter keeps; docs/verify.md has it."""

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
    values ``{path}`` stands for the executable.
    """

    name: str
    needs: str
    why: str
    get: str
    environment: Mapping[str, str] = MappingProxyType({})


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


class Starter(NamedTuple):
    """The starter project of a framework, as its ``template.toml`` describes it.

    ``commands`` maps a step (install, prepare, lint, test, build, run, serve)
    to argument lists; ``options`` are by id, and so are the reasons why others
    are ``not_offered``.
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
