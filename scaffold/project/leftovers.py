"""What killed runs left behind: taken back by the next run for the same target."""

import os
import stat
from contextlib import suppress
from glob import escape

from scaffold.model.plan import Target
from scaffold.project.lock import locked
from scaffold.project.place import take_back
from scaffold.project.stage import Stage, remove, stage_folder, stage_prefix


def collect_leftovers(target: Target) -> None:
    """Take back and remove the stages of dead runs; a living run holds the lock of its own."""
    for path in sorted(stage_folder(target).glob(f"{escape(stage_prefix(target))}*")):
        with suppress(OSError):
            status = path.lstat()
            if stat.S_ISDIR(status.st_mode):
                _collect(Stage(path=path, target=target.path if target.exists else None), status)


def _collect(stage: Stage, status: os.stat_result) -> None:
    with locked(stage.lock) as dead:
        if dead:
            take_back(stage)
            remove(stage.path, status)
    if dead:
        remove(stage.path, status)  # Windows keeps a file that is open, as the lock was
