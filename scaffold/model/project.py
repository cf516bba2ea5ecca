"""A project that was made."""

from pathlib import Path
from typing import NamedTuple


class Commit(NamedTuple):
    """Whether the project was committed, and where; ``note`` says why not, or what was particular."""

    made: bool
    note: str = ""
    branch: str = ""


class Project(NamedTuple):
    """A project that was made, and what became of its files; one that was there already is in none.

    ``backup`` is the folder with the files that were overwritten; by a line in
    ``ignored_in`` git was told to leave the ``ignored`` files with secrets alone;
    ``warning`` is for the user, mostly empty; ``no_lock`` says why no lock files could be made.
    """

    root: Path
    commit: Commit
    created: tuple[str, ...]
    skipped: tuple[str, ...] = ()
    overwritten: tuple[str, ...] = ()
    backup: Path | None = None
    ignored: tuple[str, ...] = ()
    ignored_in: Path | None = None
    warning: str = ""
    no_lock: str = ""
