"""Where the templates are: inside the installed wheel, or beside the package in a checkout."""

from pathlib import Path

from scaffold.errors import TemplateProblem


def templates_root() -> Path:
    """Return the folder that holds one folder a framework."""
    package = Path(__file__).parent.parent
    for root in (package / "_templates", package.parent / "templates"):
        if root.is_dir():
            return root
    raise TemplateProblem(
        "The templates are missing from this installation",
        hint="Install scaffold-backend again: pip install --force-reinstall scaffold-backend",
    )


def template_folders(root: Path) -> dict[str, Path]:
    """Return the framework ids in ``root`` with their folders, sorted by id."""
    folders = sorted(path.parent for path in root.glob("*/template.toml"))
    return {folder.name: folder for folder in folders}
