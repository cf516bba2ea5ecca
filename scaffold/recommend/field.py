"""The frameworks that are compared: of each what a bill is made from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from scaffold.model.framework import Framework, Language
from scaffold.model.knowledge import Knowledge


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One framework: ``doubt`` are the steps by which a level may be off, ``overdue`` the levels of long ago.

    ``addons`` are the parts that usually make good what it lacks on a criterion.
    """

    framework: Framework
    levels: Mapping[str, int]
    doubt: Mapping[str, int]
    overdue: Mapping[str, date]
    addons: Mapping[str, str]

    @property
    def id(self) -> str:
        """Its id."""
        return self.framework.id

    @property
    def name(self) -> str:
        """What it is called."""
        return self.framework.name

    @property
    def language(self) -> str:
        """The id of the language it is written in."""
        return self.framework.language


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """All that are compared, by id in the order of ids.

    ``written_in`` is the language of every framework there is, compared or not: no bill depends on that.
    """

    entries: Mapping[str, Entry]
    written_in: Mapping[str, str]
    languages: Mapping[str, Language]
    version: str


def make_field(
    frameworks: Mapping[str, Framework],
    knowledge: Mapping[str, Knowledge],
    languages: Mapping[str, Language],
    today: date,
) -> Field:
    """Return the field of the frameworks whose levels are given; one that is overdue counts as judgement."""
    entries = {id: _entry(frameworks[id], knowledge[id], today) for id in sorted(knowledge)}
    written_in = {id: framework.language for id, framework in frameworks.items()}
    return Field(entries=entries, written_in=written_in, languages=languages, version=_version(entries))


def _entry(framework: Framework, knowledge: Knowledge, today: date) -> Entry:
    levels = knowledge.levels.values()
    overdue = {each.criterion: each.checked_on for each in levels if each.is_overdue(today)}
    return Entry(
        framework=framework,
        levels={each.criterion: each.level for each in levels},
        doubt={each.criterion: 1 + (each.grade == "C" or each.criterion in overdue) for each in levels},
        overdue=overdue,
        addons={each.criterion: each.addon for each in levels if each.addon},
    )


def _version(entries: Mapping[str, Entry]) -> str:
    """Return a short name for everything known that the ranking rests on."""
    known = [
        (id, entry.language, entry.framework.kind, entry.framework.windows, sorted(entry.levels.items()))
        for id, entry in entries.items()
    ]
    return sha256(repr(known).encode()).hexdigest()[:12]
