"""What the catalog knows: a framework, its starter, and the evidence about it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from scaffold.model.answers import Choice

Command = tuple[str, ...]
CONTRACT_VERSION = 1
"""Of the HTTP contract that every starter keeps; docs/verify.md has it."""

Kind = Literal["full-stack", "micro", "standard-library", "runtime"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """A programming language; ``reserved`` maps a reason to the words that no project can be called."""

    id: str
    name: str
    reserved: Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    """An executable the starter needs: ``needs`` is comma-separated comparisons.

    ``environment`` is set for child processes once the tool was found; in its
    values ``{path}`` stands for the executable.
    """

    name: str
    needs: str
    why: str
    get: str
    environment: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Secret:
    """A value made for each project and written to a git-ignored file only."""

    variable: str
    file: str
    example: str
    bytes: int
    format: Literal["urlsafe", "hex", "base64"] = "urlsafe"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """Where the starter shows a claim of the source article, and which test proves it."""

    id: str
    shows: str
    test: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Starter:
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
    claims: tuple[Shown, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Framework:
    """One entry of the catalog."""

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
    starter: Starter | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Where a fact was read: a source, a place in it, and its date."""

    source: str
    locator: str
    as_of: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One thing known of a framework, for example how it does migrations."""

    id: str
    value: str
    note: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """How a framework does on one criterion, 0 to 10, and what that rests on.

    ``grade`` is A (derived or measured), B (read) or C (judgement); ``inputs``
    name the facts the rule reads.
    """

    criterion: str
    level: int
    rule: str
    inputs: tuple[str, ...]
    grade: Literal["A", "B", "C"]
    evidence: tuple[Evidence, ...]
    expires_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A claim of the source article and what became of it when it was checked."""

    id: str
    text: str
    criterion: str
    verdict: Literal["holds", "dated", "wrong", "unverifiable"]
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    """All that the recommender may use about one framework."""

    id: str
    facts: Mapping[str, Fact]
    levels: Mapping[str, Level]
    claims: tuple[Claim, ...]
