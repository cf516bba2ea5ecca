"""The staging directory: where a project is made before anyone sees it.

It lies on the target's file system: beside a target that does not exist yet,
inside one that does. A lock in it says that its run is alive, so that a later
run can take back what a killed one left.
"""

import os
import re
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from scaffold.errors import EnvironmentProblem
from scaffold.model.plan import Target
from scaffold.project.lock import made_and_locked
from scaffold.signals import signals_deferred

LOCK_CONTENT = b"# A project is being made here by scaffold; a later run removes this folder.\n*\n"
_LOCK = ".gitignore"
_DIGITS = 4
_NAME = re.compile(r"(|\..+)\.scaffold-([0-9a-f]{4})[0-9a-f]{4}", re.DOTALL)
_ATTEMPTS = 100


class Stage(NamedTuple):
    """A staging directory; ``target`` is the folder it fills, None when that is still to be made."""

    path: Path
    target: Path | None

    @property
    def rendered(self) -> Path:
        """The folder in which the project is made, under its own name."""
        return self.path / "rendered"

    @property
    def repository(self) -> Path:
        """The folder in which the project's ``.git`` is made."""
        return self.path / "repository"

    @property
    def journal(self) -> Path:
        """What is to be taken back, until it is or all is done."""
        return self.path / "journal.json"

    @property
    def is_pending(self) -> bool:
        """Whether the target may hold files that are to be taken back."""
        return self.target is not None and self.rendered.is_dir() and self.journal.is_file()

    @property
    def lock(self) -> Path:
        """Held as long as the run lives; its name and content keep a stage out of any `git add`."""
        return self.path / _LOCK


@contextmanager
def staged(target: Target) -> Iterator[Stage]:
    """Make a staging directory, and remove it however the block ends."""
    with ExitStack() as undo:
        with signals_deferred():
            stage = _make_stage(target, undo)
        yield stage


def stage_folder(target: Target) -> Path:
    """Return the folder in which the stages for a target are."""
    return target.path if target.exists else target.path.parent


def is_stage_name(name: str, *, inside: bool) -> bool:
    """Say whether a stage may be called so: a folder of the user's is by chance in 65,536.

    ``inside`` is for one that lies in the folder it fills, which has no name before the mark.
    """
    found = _NAME.fullmatch(name)
    return found is not None and bool(found[1]) is not inside and name == _checked(found[1], found[2])


def stage_name(target: Target, token: str) -> str:
    """Return what the stage of a target is called; ``token`` is four hexadecimal digits."""
    return _checked("" if target.exists else f".{target.name}", token)


def _checked(before: str, token: str) -> str:
    """Return a name that ends with four digits and a check on them, so that it can be told from others."""
    name = f"{before}.scaffold-{token}"
    return f"{name}{sha256(os.fsencode(name)).hexdigest()[:_DIGITS]}"


def _make_stage(target: Target, undo: ExitStack) -> Stage:
    """Make a stage and lock it; until it is locked, another run may take it for a dead one's."""
    for _ in range(_ATTEMPTS):
        path = stage_folder(target) / stage_name(target, secrets.token_hex(_DIGITS // 2))
        stage = Stage(path=path, target=target.path if target.exists else None)
        with suppress(FileNotFoundError, FileExistsError):
            _make_folders(path.parent, undo)
            path.mkdir(mode=0o700)
            undo.callback(_remove_whole, stage, path.lstat())
            if undo.enter_context(made_and_locked(stage.lock, LOCK_CONTENT)):
                return stage
    raise EnvironmentProblem(f"{path.parent} keeps changing", hint="Is something cleaning it up?")


def _make_folders(folder: Path, undo: ExitStack) -> None:
    for path in reversed((folder, *folder.parents)):
        if not path.is_dir():
            with suppress(FileExistsError):  # another run was faster, and then it is not ours to remove
                path.mkdir()
                undo.callback(_remove_empty, path)


def _remove_empty(folder: Path) -> None:
    with suppress(OSError):  # not empty: it holds the project
        folder.rmdir()


def _remove_whole(stage: Stage, status: os.stat_result) -> None:
    """Remove a stage, unless the next run has to take back by it what this one could not."""
    with signals_deferred():
        if not stage.is_pending:
            remove(stage.path, status)


def remove(path: Path, status: os.stat_result) -> None:
    """Remove the tree, if it is still the one that ``status`` describes.

    A program that a signal cut off from us may write into it for some more milliseconds.
    """
    with suppress(OSError):
        for attempt in range(_ATTEMPTS):
            if not os.path.samestat(path.lstat(), status):
                return
            time.sleep(0.01 * bool(attempt))
            _remove_inner(path)
            shutil.rmtree(path, ignore_errors=True)


def _remove_inner(path: Path) -> None:
    """Remove all but the lock, by which a stage that is removed by half can still be told from others."""
    for inner in path.iterdir():
        if inner.is_dir() and not inner.is_symlink():
            shutil.rmtree(inner, ignore_errors=True)
        elif inner.name != _LOCK:
            inner.unlink()
