"""Where the templates are: inside the installed wheel, beside the package in a checkout, or anywhere."""

import os
from pathlib import Path

from scaffold.errors import InvalidInput, TemplateProblem
from scaffold.text import printable

TEMPLATE = "template.toml"
LANGUAGES = "languages.toml"
PACKAGE = Path(__file__).parent.parent
PACKAGED = PACKAGE / "_templates"
"""The templates of an installed wheel; a checkout has none there."""


def templates_root() -> Path:
    """Return the folder that holds one folder a framework."""
    for root in (PACKAGED, PACKAGE.parent / "templates"):
        if root.is_dir():
            return root
    raise TemplateProblem(
        "The templates are missing from this installation",
        hint="Install scaffold-backend again: pip install --force-reinstall scaffold-backend",
    )


def template_folders(root: Path) -> dict[str, Path]:
    """Return the framework ids in ``root`` with their folders, sorted by id."""
    folders = sorted(path.parent for path in root.glob(f"*/{TEMPLATE}"))
    return {folder.name: folder for folder in folders}


def folder_at(name: str) -> Path | None:
    """Return the template folder at the path ``name``, None when that is no path; raises InvalidInput."""
    folder = Path(os.path.abspath(os.path.expanduser(name)))  # noqa: PTH100, PTH111 - these two never fail
    if is_there(folder / TEMPLATE):
        return folder
    if "/" not in name and os.sep not in name and not name.startswith((".", "~")):
        return None
    raise InvalidInput(
        f"There is no template at `{printable(name, 200)}`: the folder has no {TEMPLATE}",
        hint="docs/template-format.md says what it holds; `scaffold list` shows the built-in templates",
    )


def is_built_in(folder: Path) -> bool:
    """Say whether a template folder is one of ours."""
    return folder.parent == templates_root()


def catalog_of(folder: Path) -> Path:
    """Return the catalog that a template folder lies in, or the built-in one when it lies alone."""
    return folder.parent if is_there(folder.parent / LANGUAGES) else templates_root()


def is_there(path: Path) -> bool:
    """Say whether something is at ``path``; what cannot be looked at is not there."""
    return os.path.exists(path)  # noqa: PTH110 - Path.exists raises for some of that


def is_relative_path(path: str) -> bool:
    """Say whether a path with slashes leads to something below a folder on every system."""
    return {"", ".", ".."}.isdisjoint(path.split("/")) and {"\\", ":", "\0"}.isdisjoint(path)
