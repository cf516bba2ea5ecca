"""``knowledge.toml`` → Knowledge. docs/knowledge.md describes the format and the rules.

A fact without a source, a level without a rule or out of range, an unknown key: the file does not load.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import get_args

from scaffold.catalog.rules import RULES, SHARES
from scaffold.catalog.table import Table, read_toml
from scaffold.model.framework import Claim, Evidence, Fact, Knowledge, Level

CRITERIA = (
    "scope", "admin", "pages", "api", "realtime", "jobs", "throughput", "mvp", "learn",
    "structure", "security", "longevity", "ecosystem", "hiring", "ml", "light", "hosting", "flex",
)  # fmt: skip
FEATURES = (
    "orm", "migrations", "auth", "templating", "validation", "csrf", "jobs", "cache", "i18n", "mail",
    "admin", "push", "generators", "openapi", "tests", "di", "typing", "sql", "mongodb",
    "routing", "json", "tokens", "forms", "sessions", "assets", "escaping", "headers", "policy",
    "crud", "convention", "swap",
)  # fmt: skip
CHOICES: Mapping[str, tuple[str, ...]] = dict.fromkeys(FEATURES, tuple(SHARES)) | {
    "windows": ("supported", "caveat", "discouraged"),
    "async": ("always", "optional", "none"),
    "extensions": ("very-large", "large", "small"),
    "compatibility": ("promise", "policy", "none"),
}
NUMBERS = ("tbm_rps", "tfb_rps", "usage", "support_months", "packages", "disk_mb")
TEXTS = ("runtime", "process")
VERDICTS = ("holds", "dated", "wrong", "unverifiable")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Something that was read: its title, where to find it, and the date of what it says."""

    title: str
    where: str
    date: date


Sources = Mapping[str, Source]


def read_sources(root: Path) -> Sources:
    """Read the sources that all frameworks share, from ``sources.toml``."""
    return read_toml(root / "sources.toml").mapping(_source)


def read_knowledge(folder: Path, sources: Sources) -> Knowledge:
    """Read a template folder's ``knowledge.toml``, or raise TemplateProblem with the place."""
    document = read_toml(folder / "knowledge.toml")
    expires_on = document.value("expires_on", date)
    known = {**sources, **document.table("sources", optional=True).mapping(_source)}
    facts = _facts(document.table("facts"), known)
    levels = _levels(document.table("levels"), known, facts, expires_on)
    claims = document.table("claims", optional=True).mapping(_claim)
    document.finish()
    return Knowledge(id=folder.name, facts=facts, levels=levels, claims=tuple(claims.values()))


def _source(parent: Table, key: str) -> Source:
    table = parent.table(key)
    source = Source(title=table.text("title"), where=table.text("where"), date=table.value("date", date))
    table.finish()
    return source


def _facts(table: Table, sources: Sources) -> dict[str, Fact]:
    facts = {id: _fact(table.table(id), id, sources) for id in (*CHOICES, *NUMBERS, *TEXTS)}
    table.finish()
    return facts


def _fact(table: Table, id: str, sources: Sources) -> Fact:
    fact = Fact(
        id=id,
        value=_fact_value(table, id),
        note=table.text("note", ""),
        evidence=_evidence(table, sources),
    )
    table.finish()
    if not fact.evidence:
        raise table.problem("`evidence` names no source")
    return fact


def _fact_value(table: Table, id: str) -> str:
    if id in CHOICES:
        return str(table.choice("value", CHOICES[id]))
    value = table.text("value")
    if id in NUMBERS and value != "none" and not value.replace(".", "", 1).isdecimal():
        raise table.problem(f"`value` is `{value}`, and must be a number or none")
    return value


def _levels(
    table: Table, sources: Sources, facts: Mapping[str, Fact], expires_on: date
) -> dict[str, Level]:
    levels = {id: _level(table.table(id), id, sources, facts, expires_on) for id in CRITERIA}
    table.finish()
    return levels


def _level(
    table: Table, criterion: str, sources: Sources, facts: Mapping[str, Fact], expires_on: date
) -> Level:
    rule = table.choice("rule", tuple(RULES))
    inputs = RULES[rule].inputs
    read = _evidence(table, sources)
    level = Level(
        criterion=criterion,
        level=table.value("level", int),
        rule=rule,
        inputs=inputs,
        grade=table.choice("grade", ("A", "B", "C")),
        evidence=read or _evidence_of(inputs, facts),
        expires_on=table.value("expires_on", date, expires_on),
    )
    table.finish()
    if not 0 <= level.level <= 10:  # noqa: PLR2004 - the scale
        raise table.problem(f"`level` is {level.level}, and must be 0 to 10")
    if not level.evidence:
        raise table.problem("`evidence` names no source")
    return level


def _evidence_of(inputs: tuple[str, ...], facts: Mapping[str, Fact]) -> tuple[Evidence, ...]:
    """A level that names no source of its own rests on what its facts rest on."""
    return tuple(dict.fromkeys(item for id in inputs for item in facts[id].evidence))


def _evidence(table: Table, sources: Sources) -> tuple[Evidence, ...]:
    """Read ``evidence``: each text is the key of a source, a space, and the place in it."""
    found = []
    for text in table.texts("evidence", []):
        key, _, locator = text.partition(" ")
        if key not in sources:
            raise table.problem(f"`evidence` names the source `{key}`, which is not in sources")
        found.append(Evidence(source=key, locator=locator, as_of=sources[key].date))
    return tuple(found)


def _claim(parent: Table, id: str) -> Claim:
    table = parent.table(id)
    claim = Claim(
        id=id,
        text=table.text("text"),
        criterion=table.text("criterion"),
        verdict=table.choice("verdict", VERDICTS),
        note=table.text("note", ""),
    )
    table.finish()
    return claim
