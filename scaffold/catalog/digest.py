"""One digest of a template: for the installation check, ``verified.toml`` and a project's provenance file."""

import hashlib
import json
import os
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from scaffold.catalog.location import PACKAGE, PACKAGED, templates_root
from scaffold.errors import TemplateProblem
from scaffold.regular_file import read_regular_file

DIGESTS = "digests.json"
"""In the wheel, beside the templates: what these and our own tables were when it was built."""

TABLES = "tables.json"
"""Beside it: the TOML files of the templates, as JSON."""

_MAX_BYTES = 1 << 20
_NOT_PART = frozenset({"verified.toml", "knowledge.toml", "releases.tar.gz", "changes.toml"})
"""Of what a project is made of: records about the template, and what is known of the framework."""


def template_digest(folder: Path) -> str:
    """Return a digest of everything that a project is made of: names, contents and executable bits.

    Raises TemplateProblem for a file that cannot be read.
    """
    try:
        return digest_of((name, Path(folder, name)) for name in _names(os.fspath(folder), ""))
    except OSError as error:
        raise TemplateProblem(
            f"{error.filename or folder}: {error.strerror}", hint="Is the template complete?"
        ) from error


def digest_of(files: Iterable[tuple[str, Path]]) -> str:
    """Return the digest of files, each given with its name below the template, in any order."""
    whole = hashlib.sha256()
    for name, path in sorted(files):
        if name not in _NOT_PART:
            executable = bool(path.stat().st_mode & 0o100)
            content = hashlib.sha256(path.read_bytes()).hexdigest()
            whole.update(f"{name}\0{executable}\0{content}\n".encode())
    return whole.hexdigest()


def digests_of(files: Mapping[str, Path]) -> dict[str, str]:
    """Return what ``digests.json`` says of all files of a folder of templates, given by name.

    Each template has a digest, by its id, and each TOML file one of its own, by its name.
    """
    templates: dict[str, dict[str, Path]] = {}
    for name, path in files.items():
        id, slash, rest = name.partition("/")
        if slash:
            templates.setdefault(id, {})[rest] = path
    digests = {id: digest_of(found.items()) for id, found in templates.items()}
    tables = {name: path for name, path in files.items() if name.endswith(".toml") and name.count("/") <= 1}
    return digests | {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in tables.items()}


def check_installed(root: Path, name: str, digest: str) -> None:
    """Raise TemplateProblem when the template or TOML file ``name`` is not what was packaged.

    Windows keeps no executable bits, so nothing can be compared there.
    """
    packaged = packaged_digests(root)
    if os.name != "nt" and digest != packaged.get(name, digest):
        raise damaged(name)


def check_table(path: Path, content: bytes) -> None:
    """Raise TemplateProblem when a TOML file of the templates is not what was packaged."""
    for root in (path.parent.parent, path.parent):
        name = path.relative_to(root).as_posix()
        check_installed(root, name, hashlib.sha256(content).hexdigest())


def packaged_table(path: Path) -> dict[str, Any] | None:
    """Return a TOML file of the templates as it was packaged, with dates as texts; None in another folder.

    Reading JSON takes a tenth of the time; that the file is what was packaged was checked before.
    """
    root = next((root for root in (path.parent.parent, path.parent) if root == PACKAGED), None)
    return None if root is None else _packaged_tables(root).get(path.relative_to(root).as_posix())


@cache
def _packaged_tables(root: Path) -> dict[str, dict[str, Any]]:
    if TABLES not in packaged_digests(root):
        return {}
    try:
        content = read_regular_file(root / TABLES, _MAX_BYTES)
        check_installed(root, TABLES, hashlib.sha256(content).hexdigest())
        tables: dict[str, dict[str, Any]] = json.loads(content)
    except (OSError, ValueError, RecursionError) as error:
        raise damaged(TABLES) from error
    return tables


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


def read_packaged(name: str) -> dict[str, Any]:
    """Return what a TOML file of our own holds, given by its path in the package.

    Raises TemplateProblem when the installation has lost it, or it is not what was packaged.
    """
    try:
        content = read_regular_file(PACKAGE / name, _MAX_BYTES)
        check_installed(templates_root(), f"../{name}", hashlib.sha256(content).hexdigest())
        return tomllib.loads(content.decode())
    except (OSError, ValueError) as error:
        raise damaged(name) from error


def damaged(name: str) -> TemplateProblem:
    """Return the error for a part of the installation that was changed, cut or lost."""
    return TemplateProblem(
        f"`{name.removeprefix('../')}` of this installation is damaged: it is not what was packaged",
        hint="Install it again, for example: pip install --force-reinstall scaffold-backend",
    )


def _names(folder: str, prefix: str) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                if entry.name != "__pycache__":
                    yield from _names(entry.path, f"{prefix}{entry.name}/")
            elif entry.is_file():
                yield prefix + entry.name
