"""The catalog: what is known of the frameworks, and where their templates are.

Each function reads the built-in templates, or those in the folder that is handed in as ``root``.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from scaffold.catalog.location import folder_at, is_there, template_folders, templates_root
from scaffold.catalog.packaged import damaged, packaged_digests
from scaffold.catalog.template import read_framework
from scaffold.errors import InvalidInput
from scaffold.model.framework import Framework, Language, Starter
from scaffold.text import did_you_mean, printable

if TYPE_CHECKING:
    from scaffold.model.knowledge import Knowledge
    from scaffold.model.template import Template

__all__ = [
    "check_built_in",
    "load_framework",
    "load_frameworks",
    "load_knowledge",
    "load_knowledge_of",
    "load_languages",
    "load_template",
    "starter_of",
    "template_folder",
    "templates_root",
]


def template_folder(name: str, root: Path | None = None) -> Path:
    """Return the folder of a template: ``name`` is an id, or else the path of a folder that lies anywhere.

    Raises InvalidInput with the nearest id.
    """
    folder = _folders(root).get(name) or folder_at(name)
    if folder is None:
        raise _unknown(name, root)
    return folder


def check_built_in(id: str) -> None:
    """Raise InvalidInput for what is not the id of a built-in template, be it the path of another one."""
    if id not in _folders(None):
        raise _unknown(id)


def _unknown(name: str, root: Path | None = None) -> InvalidInput:
    return InvalidInput(
        f"There is no template `{printable(name)}`",
        hint=f"{did_you_mean(name, _folders(root))}`scaffold list` shows all; "
        "name one of your own by its path",
    )


@cache
def load_framework(name: str, root: Path | None = None) -> Framework:
    """Read one framework, by its id or the path of its template."""
    return read_framework(template_folder(name, root))


@cache
def load_frameworks(root: Path | None = None) -> Mapping[str, Framework]:
    """Read all frameworks, by id, in the order of their ids."""
    return {id: read_framework(folder) for id, folder in _folders(root).items()}


def starter_of(framework: Framework) -> Starter:
    """Return the starter, or raise InvalidInput when the framework has none."""
    if framework.starter is None:
        raise InvalidInput(
            f"{framework.name} has no starter yet", hint="`scaffold list` shows which have one"
        )
    return framework.starter


def load_template(name: str) -> "Template":
    """Read one framework, what is known of it, and when its starter was verified as it is now."""
    from scaffold.catalog.verification_record import current_record
    from scaffold.model.template import Template

    framework, folder = load_framework(name), template_folder(name)
    verified = current_record(folder, framework.starter.version) if framework.starter else None
    return Template(framework=framework, knowledge=load_knowledge_of(name), verified=verified)


def load_knowledge(root: Path | None = None) -> Mapping[str, "Knowledge"]:
    """Read what the recommender knows, by framework id; one without levels is not ranked, and left out."""
    known = {id: load_knowledge_of(id, root) for id in _folders(root)}
    return {id: each for id, each in known.items() if each.levels}


def load_languages(root: Path | None = None) -> Mapping[str, Language]:
    """Read the languages, by id, in the order in which they are asked for."""
    from scaffold.catalog.languages import read_languages

    return read_languages(root or templates_root())


@cache
def load_knowledge_of(name: str, root: Path | None = None) -> "Knowledge":
    """Read what is known of one framework, which may be nothing."""
    from scaffold.catalog.knowledge import read_knowledge

    return read_knowledge(template_folder(name, root))


@cache
def _folders(root: Path | None) -> Mapping[str, Path]:
    root = root or templates_root()
    for name in packaged_digests(root):
        if not is_there(root / name):
            raise damaged(name)
    return template_folders(root)
