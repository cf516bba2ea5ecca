"""What killed runs left behind: taken back by the next run for the same target."""

import os
from contextlib import suppress

from scaffold.project.lock import locked
from scaffold.project.place import take_back
from scaffold.project.stage import Stage, remove, stage_prefix
from scaffold.project.target import Target

STALE_AFTER = 10.0
"""Seconds, by the file system's own clock: a run has taken the lock of its stage long before."""


def collect_leftovers(target: Target, own: Stage) -> None:
    """Take back the stages of dead runs; a living run holds the lock of its own."""
    youngest = own.path.stat().st_mtime - STALE_AFTER
    for path in own.path.parent.glob(f"{stage_prefix(target)}*"):
        with suppress(OSError):
            status = path.lstat()
            if path != own.path and status.st_mtime < youngest and not path.is_symlink():
                _collect(Stage(path=path, target=own.target), status)


def _collect(stage: Stage, status: os.stat_result) -> None:
    with locked(stage.lock) as alone:
        if alone:
            take_back(stage)
    if alone:
        remove(stage.path, status)
