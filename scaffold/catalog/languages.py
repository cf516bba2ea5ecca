"""``languages.toml`` → Language."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from scaffold.catalog.location import LANGUAGES, catalog_of
from scaffold.catalog.table import TomlTable, read_toml
from scaffold.model.framework import Language

_DISTANCES = (0, 10)


@cache
def read_languages(root: Path) -> Mapping[str, Language]:
    """Read the languages of a catalog, by id, or raise TemplateProblem with the place."""
    return read_toml(root / LANGUAGES).mapping(_language)


def language_of(id: str, template: Path) -> Language:
    """Return the language with this id, for a template folder."""
    return read_languages(catalog_of(template))[id]


def _language(parent: TomlTable, id: str) -> Language:
    table = parent.table(id)
    reserved = table.table("reserved", optional=True).mapping(TomlTable.text)
    language = Language(
        id=id,
        name=table.text("name"),
        help=table.text("help", ""),
        reserved={why: frozenset(words.split()) for why, words in reserved.items()},
        distance=table.number("distance", *_DISTANCES, default=10),
        kin=table.table("kin", optional=True).mapping(lambda kin, to: kin.number(to, *_DISTANCES)),
        outside=table.table("outside", optional=True).mapping(lambda lists, what: tuple(lists.texts(what))),
        shared=table.value("shared", bool, default=False),
    )
    table.finish()
    return language
