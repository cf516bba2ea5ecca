"""What killed runs left behind: taken back by the next run for the same target."""

import os
import stat
from contextlib import suppress
from pathlib import Path

from scaffold.errors import ScaffoldError
from scaffold.model.plan import Target
from scaffold.project.fill import take_back
from scaffold.project.lock import locked
from scaffold.project.stage import Stage, remove, stage_folder, stage_prefix


def collect_dead_stages(target: Target) -> None:
    """Take back and remove the stages of dead runs; a living run holds the lock of its own."""
    for path in _candidates(stage_folder(target), stage_prefix(target)):
        with suppress(OSError, ScaffoldError):
            _collect(Stage(path=path, target=target.path if target.exists else None))


def _candidates(folder: Path, prefix: str) -> tuple[Path, ...]:
    try:
        return tuple(folder / name for name in sorted(os.listdir(folder)) if name.startswith(prefix))  # noqa: PTH208
    except OSError:
        return ()


def _collect(stage: Stage) -> None:
    status = stage.path.lstat()
    if not _is_ours(status):
        return
    with locked(stage.lock) as dead:
        if dead:
            take_back(stage)
            remove(stage.path, status)
    if dead:
        remove(stage.path, status)  # Windows keeps a file that is open, as the lock was


def _is_ours(status: os.stat_result) -> bool:
    """Say whether it is a folder as we make them: of this user and closed to all others."""
    if not stat.S_ISDIR(status.st_mode):
        return False
    return os.name == "nt" or (status.st_uid == os.geteuid() and not status.st_mode & 0o077)
