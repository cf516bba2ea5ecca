"""What killed runs left behind: taken back by the next run that makes a project there."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from scaffold.errors import ScaffoldError
from scaffold.model.plan import Target
from scaffold.project.lock import locked
from scaffold.project.stage import LOCK_CONTENT, Stage, is_stage_name, remove, stage_folder


def collect_dead_stages(path: Path) -> None:
    """Take back and remove the stages of dead runs; a living run holds the lock of its own."""
    for stage in _stages(path):
        with suppress(OSError, ScaffoldError):
            status = stage.path.lstat()
            with suppress(OSError):
                stage.path.rmdir()  # empty: its run was killed before it could make the lock
            with _dead(stage) as dead:
                if dead:
                    from scaffold.project.journal import take_back

                    take_back(stage)
                    remove(stage.path, status)
            if dead:
                remove(stage.path, status)  # Windows keeps a file that is open, as the lock was


def stale_paths(path: Path) -> frozenset[str]:
    """Return what :func:`collect_dead_stages` will remove from the folder: stages, and files they put there.

    Nothing is written, so that it can be asked before anything is decided.
    """
    stale: set[str] = set()
    for stage in _stages(path):
        if stage.target is not None:
            from scaffold.project.journal import paths_to_take_back

            stale.add(stage.path.name)
            with suppress(OSError, ScaffoldError), _dead(stage) as dead:
                stale.update(paths_to_take_back(stage) if dead else ())
    return frozenset(stale)


def _stages(path: Path) -> Iterator[Stage]:
    """Yield what looks like a stage, by the exact name and its owner: in the target, or beside it.

    Those beside may be for other targets. A project that its run had finished before it was
    killed makes the next run for it end without collecting anything.
    """
    for target in (Target(path=path, exists=False), Target(path=path, exists=True)):
        folder = stage_folder(target)
        with suppress(OSError):
            for name in sorted(os.listdir(folder)):  # noqa: PTH208 - names, not paths
                if is_stage_name(name, inside=target.exists) and _is_own_folder((folder / name).lstat()):
                    yield Stage(path=folder / name, target=path if target.exists else None)


def _is_own_folder(status: os.stat_result) -> bool:
    """Say whether it is a folder of this user's; its mode says nothing on file systems without modes."""
    return stat.S_ISDIR(status.st_mode) and (os.name == "nt" or status.st_uid == os.geteuid())


@contextmanager
def _dead(stage: Stage) -> Iterator[bool]:
    """Hold the lock of a stage in the block; yield whether its run is dead, and the stage ours.

    Ours is what our lock says it is. A run that was killed before it could write that
    has left an empty lock alone in its folder, with which nothing is lost.
    """
    with locked(stage.lock) as content:
        alone = os.listdir(stage.path) == [stage.lock.name]  # noqa: PTH208 - names, not paths
        yield content == LOCK_CONTENT or (content == b"" and alone)
