"""One digest of a template: for the wheel, ``verified.toml`` and a project's provenance file."""

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from scaffold.errors import TemplateProblem

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
    """Return what the wheel says of all files of a folder of templates, given by name.

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


def _names(folder: str, prefix: str) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                if entry.name != "__pycache__":
                    yield from _names(entry.path, f"{prefix}{entry.name}/")
            elif entry.is_file():
                yield prefix + entry.name
