"""What killed runs left behind: taken back by the next run for the same target."""

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from glob import escape
from pathlib import Path

from scaffold.model.plan import Target
from scaffold.project.lock import locked
from scaffold.project.place import is_recorded, take_back
from scaffold.project.stage import STAGE_MARK, Stage, remove, stage_prefix

STALE_AFTER = 10.0
"""Seconds, by the file system's own clock: a run has taken the lock of its stage long before."""


def collect_leftovers(target: Target, own: Stage) -> None:
    """Take back the stages of dead runs; a living run holds the lock of its own."""
    youngest = own.path.stat().st_mtime - STALE_AFTER
    for stage, status in _stages(own.path.parent, stage_prefix(target), own.target):
        if stage.path != own.path and status.st_mtime < youngest:
            _collect(stage, status)


def take_back_unfinished(folder: Path) -> None:
    """Take back what a dead run had put into a folder; its record says that it held the lock before."""
    for stage, status in _stages(folder, STAGE_MARK, folder):
        if is_recorded(stage):
            _collect(stage, status)


def _stages(folder: Path, prefix: str, target: Path | None) -> Iterator[tuple[Stage, os.stat_result]]:
    for path in sorted(folder.glob(f"{escape(prefix)}*")):
        with suppress(OSError):
            status = path.lstat()
            if stat.S_ISDIR(status.st_mode):
                yield Stage(path=path, target=target), status


def _collect(stage: Stage, status: os.stat_result) -> None:
    with suppress(OSError):
        with locked(stage.lock) as alone:
            if alone:
                take_back(stage)
        if alone:
            remove(stage.path, status)
