"""What the wheel says of its own templates and tables: what is damaged is not used."""

import hashlib
import json
import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from scaffold.catalog.location import PACKAGE, PACKAGED, templates_root
from scaffold.errors import TemplateProblem
from scaffold.regular_file import read_regular_file

DIGESTS = "digests.json"
"""Beside the templates: what these and our own tables were when the wheel was built."""

TABLES = "tables.jsonl"
"""Beside it: the TOML files of the templates as JSON, a line each: read in a tenth of the time."""

_MAX_BYTES = 1 << 20


def check_packaged(root: Path, name: str, digest: str) -> None:
    """Raise TemplateProblem when the template or file ``name`` is not what was packaged.

    Windows keeps no executable bits, so of a whole template nothing can be compared there.
    """
    is_file = name.endswith((".toml", ".json"))
    if (is_file or os.name != "nt") and digest != packaged_digests(root).get(name, digest):
        raise damaged(name)


def packaged_table(path: Path, content: bytes) -> dict[str, Any] | None:
    """Return what a TOML file of the wheel's templates holds, with dates as texts; None for any other file.

    Raises TemplateProblem when the file is not what was packaged.
    """
    root = next((root for root in (path.parent.parent, path.parent) if root == PACKAGED), None)
    if root is None:
        return None
    name = path.relative_to(root).as_posix()
    check_packaged(root, name, hashlib.sha256(content).hexdigest())
    table: dict[str, Any] | None = json.loads(_packaged_tables(root).get(name, "null"))
    return table


@cache
def packaged_digests(root: Path) -> Mapping[str, str]:
    """Return what the wheel says of its files, by their paths from ``root``; nothing of another folder."""
    if root != PACKAGED:
        return {}
    try:
        found = json.loads(read_regular_file(root / DIGESTS, _MAX_BYTES))
    except (OSError, ValueError, RecursionError) as error:
        raise damaged(DIGESTS) from error
    if not isinstance(found, dict) or not found:
        raise damaged(DIGESTS)
    return found


@cache
def _packaged_tables(root: Path) -> dict[str, str]:
    if TABLES not in packaged_digests(root):
        return {}
    try:
        content = read_regular_file(root / TABLES, _MAX_BYTES)
        check_packaged(root, TABLES, hashlib.sha256(content).hexdigest())
        return dict(line.split("\t", 1) for line in content.decode().rstrip("\n").split("\n"))
    except (OSError, ValueError) as error:
        raise damaged(TABLES) from error


def read_own_table(name: str) -> dict[str, Any]:
    """Return what a TOML file of our own code holds, given by its path in the package.

    Raises TemplateProblem when the installation has lost it, or it is not what was packaged.
    """
    import tomllib

    try:
        content = read_regular_file(PACKAGE / name, _MAX_BYTES)
        check_packaged(templates_root(), f"../{name}", hashlib.sha256(content).hexdigest())
        return tomllib.loads(content.decode())
    except (OSError, ValueError) as error:
        raise damaged(name) from error


def damaged(name: str) -> TemplateProblem:
    """Return the error for a part of the installation that was changed, cut or lost."""
    return TemplateProblem(
        f"`{name.removeprefix('../')}` of this installation is damaged: it is not what was packaged",
        hint="Install it again, for example: pip install --force-reinstall scaffold-backend",
    )
