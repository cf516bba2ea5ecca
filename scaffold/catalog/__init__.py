"""The catalog: what is known of the frameworks, and where their templates are."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from scaffold.catalog.location import template_folders, templates_root
from scaffold.catalog.template import read_framework
from scaffold.errors import InvalidInput
from scaffold.model.framework import Framework, Knowledge
from scaffold.text import did_you_mean, printable

if TYPE_CHECKING:
    from scaffold.model.template import Template

__all__ = [
    "load_framework",
    "load_frameworks",
    "load_knowledge",
    "load_knowledge_of",
    "load_template",
    "template_folder",
    "templates_root",
]


@cache
def _folders() -> Mapping[str, Path]:
    return template_folders(templates_root())


def template_folder(id: str) -> Path:
    """Return the folder of a framework, or raise InvalidInput with the nearest id."""
    folder = _folders().get(id)
    if folder is None:
        raise InvalidInput(
            f"There is no template `{printable(id)}`",
            hint=f"{did_you_mean(id, _folders())}`scaffold list` shows all templates",
        )
    return folder


def load_framework(id: str) -> Framework:
    """Read one framework."""
    return read_framework(template_folder(id))


def load_frameworks() -> Mapping[str, Framework]:
    """Read all frameworks, by id, in the order of their ids."""
    return {id: read_framework(folder) for id, folder in _folders().items()}


def load_template(id: str) -> "Template":
    """Read one framework, what is known of it, and when its starter was verified as it is now."""
    from scaffold.catalog.verification_record import current_record
    from scaffold.model.template import Template

    framework, folder = load_framework(id), template_folder(id)
    verified = current_record(folder, framework.starter.version) if framework.starter else None
    return Template(framework=framework, knowledge=load_knowledge_of(id), verified=verified)


def load_knowledge() -> Mapping[str, Knowledge]:
    """Read what the recommender knows, by framework id."""
    from scaffold.catalog.knowledge import read_knowledge, read_sources

    sources = read_sources(templates_root())
    return {id: read_knowledge(folder, sources) for id, folder in _folders().items()}


def load_knowledge_of(id: str) -> Knowledge:
    """Read what the recommender knows of one framework."""
    from scaffold.catalog.knowledge import read_knowledge, read_sources

    return read_knowledge(template_folder(id), read_sources(templates_root()))
