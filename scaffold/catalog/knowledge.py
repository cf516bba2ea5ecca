"""``knowledge.toml`` → Knowledge. docs/knowledge.md describes the format.

A fact without a source, a level that is missing or out of range, an unknown
key: the file does not load, and the error names the file and the key.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from scaffold.catalog.location import TEMPLATE, catalog_of, is_there
from scaffold.catalog.table import TomlTable, read_toml
from scaffold.errors import TemplateProblem
from scaffold.model.framework import Framework
from scaffold.model.knowledge import Claim, Evidence, Fact, Knowledge, Level
from scaffold.text import did_you_mean

CRITERIA = (
    "carries", "brings", "pages", "api", "live", "admin", "jobs", "sql", "mongodb", "security",
    "models", "speed", "light", "ships", "build", "learn", "structure", "longevity", "ecosystem", "hiring",
)  # fmt: skip
FEATURES = (
    "orm", "migrations", "auth", "templating", "validation", "csrf", "jobs", "cache", "i18n", "mail",
    "admin", "push", "generators", "openapi", "tests", "di", "typing", "sql", "mongodb", "routing", "json",
    "tokens", "forms", "sessions", "assets", "escaping", "headers", "policy", "crud", "convention", "swap",
)  # fmt: skip
CHOICES: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(FEATURES, ("included", "first-party", "partial", "third-party", "none")),
    "async": ("always", "optional", "none"),
    "windows": ("supported", "caveat", "discouraged"),
    "extensions": ("very-large", "large", "small"),
    "compatibility": ("promise", "policy", "none"),
}
NUMBERS = ("tbm_rps", "tfb_rps", "usage", "support_months", "packages", "disk_mb")
TEXTS = ("runtime", "process")
FACTS = (*CHOICES, *NUMBERS, *TEXTS)
CLAIMED = (*CRITERIA, "language")
VERDICTS = ("holds", "dated", "wrong", "unverifiable")
GRADES = ("A", "B", "C")
KNOWLEDGE = "knowledge.toml"
SOURCES = "sources.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Something that was read: its title, where to find it, and the date of what it says."""

    title: str
    where: str
    date: date


Sources = Mapping[str, Source]


def check_claims(framework: Framework, knowledge: Knowledge) -> None:
    """Raise TemplateProblem for a claim of the starter that ``knowledge.toml`` does not have."""
    known = [claim.id for claim in knowledge.claims]
    for claim in framework.starter.claims if framework.starter else ():
        if claim.id not in known:
            raise TemplateProblem(
                f"{framework.id}/{TEMPLATE}: claims: `{claim.id}` is no claim in {KNOWLEDGE}",
                hint=f"{did_you_mean(claim.id, known)}Write there what is claimed, and whether it holds",
            )


@cache
def read_sources(root: Path) -> Sources:
    """Read the sources that frameworks share, by key; a catalog without ``sources.toml`` has none."""
    if not is_there(root / SOURCES):
        return {}
    return read_toml(root / SOURCES).mapping(_source)


def read_knowledge(folder: Path) -> Knowledge:
    """Read a template folder's ``knowledge.toml``, or raise TemplateProblem with the place.

    Without that file nothing is known; without ``[levels]`` in it there are none.
    """
    if not is_there(folder / KNOWLEDGE):
        return Knowledge(id=folder.name, facts={}, levels={}, claims=())
    document = read_toml(folder / KNOWLEDGE)
    own = document.table("sources", optional=True).mapping(_source)
    known = {**read_sources(catalog_of(folder)), **own}
    checked_on = document.value("checked_on", date)
    facts = _facts(document.table("facts"), known, checked_on)
    levels = _levels(document.table("levels"), known, facts, checked_on) if "levels" in document else {}
    claims = document.table("claims", optional=True).mapping(_claim)
    document.finish()
    return Knowledge(id=folder.name, facts=facts, levels=levels, claims=tuple(claims.values()))


def _source(parent: TomlTable, key: str) -> Source:
    table = parent.table(key)
    source = Source(title=table.text("title"), where=table.text("where"), date=table.value("date", date))
    table.finish()
    return source


def _facts(table: TomlTable, sources: Sources, checked_on: date) -> dict[str, Fact]:
    facts = {id: _fact(table.table(id), id, sources, checked_on) for id in FACTS}
    table.finish()
    return facts


def _fact(table: TomlTable, id: str, sources: Sources, checked_on: date) -> Fact:
    fact = Fact(
        id=id,
        value=_value(table, id),
        note=table.text("note", ""),
        evidence=_evidence(table, sources),
        checked_on=table.value("checked_on", date, checked_on),
    )
    table.finish()
    if not fact.evidence:
        raise table.problem("`evidence` names no source")
    return fact


def _value(table: TomlTable, id: str) -> str:
    if id in CHOICES:
        return str(table.choice("value", CHOICES[id]))
    value = table.text("value")
    if id in NUMBERS and value != "none" and not value.replace(".", "", 1).isdecimal():
        raise table.problem(f"`value` is `{value}`, and must be a number or none")
    return value


def _levels(
    table: TomlTable, sources: Sources, facts: Mapping[str, Fact], checked_on: date
) -> dict[str, Level]:
    levels = {id: _level(table.table(id), id, sources, facts, checked_on) for id in CRITERIA}
    table.finish()
    return levels


def _level(
    table: TomlTable, criterion: str, sources: Sources, facts: Mapping[str, Fact], checked_on: date
) -> Level:
    rests_on = tuple(table.texts("facts", []))
    for id in rests_on:
        if id not in facts:
            raise table.problem(f"`facts` names `{id}`, which is none", did_you_mean(id, facts))
    level = Level(
        criterion=criterion,
        level=table.number("level", 0, 10),
        grade=table.choice("grade", GRADES),
        why=table.text("why"),
        addon=table.text("addon", ""),
        facts=rests_on,
        evidence=(*_evidence(table, sources), *_evidence_of(rests_on, facts)),
        checked_on=table.value("checked_on", date, checked_on),
    )
    table.finish()
    if not level.evidence:
        raise table.problem("it rests on no source: neither `facts` nor `evidence` names one")
    return level


def _evidence_of(ids: tuple[str, ...], facts: Mapping[str, Fact]) -> tuple[Evidence, ...]:
    return tuple(dict.fromkeys(evidence for id in ids for evidence in facts[id].evidence))


def _evidence(table: TomlTable, sources: Sources) -> tuple[Evidence, ...]:
    """Read ``evidence``: in each text the key of a source, a space, and the place in it."""
    return tuple(_cited(table, text, sources) for text in table.texts("evidence", []))


def _cited(table: TomlTable, text: str, sources: Sources) -> Evidence:
    key, _, locator = text.partition(" ")
    if key not in sources:
        raise table.problem(
            f"`evidence` names the source `{key}`, which is not among the sources", did_you_mean(key, sources)
        )
    return Evidence(source=key, locator=locator, as_of=sources[key].date)


def _claim(parent: TomlTable, id: str) -> Claim:
    table = parent.table(id)
    claim = Claim(
        id=id,
        text=table.text("text"),
        criterion=table.choice("criterion", CLAIMED),
        verdict=table.choice("verdict", VERDICTS),
        note=table.text("note", ""),
    )
    table.finish()
    return claim
