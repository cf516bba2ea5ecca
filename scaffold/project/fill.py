"""Filling a folder that exists already, file by file, so that every moment can be taken back.

What is about to be written is recorded in the stage first. Until the stage is
marked done, a recorded file that is, byte for byte, the staged one came from
this run: so an error, a signal, or the run after a kill takes it back. Nothing
of the user's is deleted, and no link is followed.
"""

import errno
import json
import os
import stat
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from scaffold.errors import ScaffoldError, TargetRefused, TemplateProblem
from scaffold.model.plan import Plan, PlannedFile
from scaffold.project.confined_fs import Folder
from scaffold.project.lock import locked_folder
from scaffold.project.publish import sync_file_system, sync_folder, taken
from scaffold.project.stage import Stage

_NO_LINKS = frozenset({errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK})
_RECORD = "record.json"
_BACKUP = "backup"
_COPIES = "copies"
_DONE = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """What became of each file, by path; one that was there with the same bytes is in none."""

    created: tuple[str, ...]
    skipped: tuple[str, ...] = ()
    overwritten: tuple[str, ...] = ()


def fill(stage: Stage, project: Path, plan: Plan) -> Filled:
    """Put every staged file into the target as the plan says: all of them, or none when it raises."""
    staged, target = Folder(project), Folder(plan.target)
    with locked_folder(plan.target) as alone:
        if not alone:
            raise TargetRefused(f"Another run is writing to {plan.target}", hint="Wait for it to end")
        placed = _decided(staged, target, plan)
        _record(stage, target, placed)
        try:
            for path in placed.created:
                _create(stage, staged, target, path)
            for path in placed.overwritten:
                _overwrite(stage, staged, target, path)
            sync_file_system(plan.target)
            stage.rendered.rename(stage.path / _DONE)
        except BaseException:
            take_back(stage)
            raise
    sync_folder(plan.target)
    return placed


def take_back(stage: Stage) -> None:
    """Undo what :func:`fill` did, unless it was done to the end."""
    if stage.target is None or not stage.rendered.is_dir() or not (stage.path / _RECORD).is_file():
        return
    record = json.loads(Folder(stage.path).read(_RECORD))
    staged, target = Folder(stage.rendered / record["project"]), Folder(stage.target)
    for path in record["created"]:
        if _is_staged(staged, target, path):
            with target.at(path) as location:
                os.unlink(location.name, dir_fd=location.dir_fd)
    for path in record["overwritten"]:
        if _is_staged(staged, target, path):
            with suppress(FileNotFoundError):
                _move(Folder(stage.path / _BACKUP), target, path)
    for folder in record["folders"]:
        with suppress(OSError, TemplateProblem), target.at(folder) as location:
            os.rmdir(location.name, dir_fd=location.dir_fd)


def _decided(staged: Folder, target: Folder, plan: Plan) -> Filled:
    """Look at every path before the first write; what was not there when planned is refused."""
    states = {file.path: _state(staged, target, file) for file in plan.files}
    for file in plan.files:
        if states[file.path] != "missing" and not file.exists:
            raise taken(plan.target / file.path)

    def having(*wanted: str) -> tuple[str, ...]:
        return tuple(path for path, state in states.items() if state in wanted)

    overwriting = plan.on_conflict == "overwrite"
    return Filled(
        created=having("missing"),
        skipped=having("precious") if overwriting else having("precious", "different"),
        overwritten=having("different") if overwriting else (),
    )


def _state(staged: Folder, target: Folder, file: PlannedFile) -> str:
    """Say ``missing``, ``same``, ``different``, or ``precious`` for secrets, which must not be lost."""
    try:
        if target.status(file.path) is None:
            return "missing"
        if target.read(file.path) == staged.read(file.path):
            return "same"
    except (TemplateProblem, OSError) as error:
        raise TargetRefused(
            f"{target.root / file.path} is a link or a folder, or cannot be read",
            hint="Move it away, or choose another folder",
        ) from error
    return "precious" if file.origin == "secret" else "different"


def _record(stage: Stage, target: Folder, placed: Filled) -> None:
    folders = {
        str(parent) for path in placed.created for parent in PurePosixPath(path).parents if parent.name
    }
    new = sorted((folder for folder in folders if target.status(folder) is None), key=len, reverse=True)
    (project,) = os.listdir(stage.rendered)  # noqa: PTH208 - a name, not a path
    record = {
        "project": project,
        "created": placed.created,
        "overwritten": placed.overwritten,
        "folders": new,
    }
    Folder(stage.path).write(f"{_RECORD}.new", json.dumps(record).encode())
    (stage.path / f"{_RECORD}.new").rename(stage.path / _RECORD)


def _create(stage: Stage, staged: Folder, target: Folder, path: str) -> None:
    """Give the staged file a second name, which fails when it is taken; copy it where links are unknown."""
    try:
        _link(staged, target, path)
    except FileExistsError as error:
        raise taken(target.root / path) from error
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        _duplicate(staged, Folder(stage.path / _COPIES), path)
        if target.status(path) is not None:
            raise taken(target.root / path) from error
        _move(Folder(stage.path / _COPIES), target, path)


def _overwrite(stage: Stage, staged: Folder, target: Folder, path: str) -> None:
    """Exchange the file in one step, and keep the old one in the stage until all is done."""
    _duplicate(target, Folder(stage.path / _BACKUP), path)
    _duplicate(staged, Folder(stage.path / _COPIES), path)
    _move(Folder(stage.path / _COPIES), target, path)


def _duplicate(source: Folder, destination: Folder, path: str) -> None:
    """Give a file a second name in the stage: the same file where links are known, a copy elsewhere."""
    destination.root.mkdir(exist_ok=True)
    try:
        _link(source, destination, path)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        _copy(source, destination, path)


def _link(source: Folder, destination: Folder, path: str) -> None:
    with source.at(path) as old, destination.at(path, make=True) as new:
        os.link(old.name, new.name, src_dir_fd=old.dir_fd, dst_dir_fd=new.dir_fd)


def _copy(source: Folder, destination: Folder, path: str) -> None:
    status = source.status(path)
    mode = stat.S_IMODE(status.st_mode) if status else 0o666
    destination.write(path, source.read(path), mode=mode)


def _move(source: Folder, destination: Folder, path: str) -> None:
    with source.at(path) as old, destination.at(path, make=True) as new:
        os.replace(old.name, new.name, src_dir_fd=old.dir_fd, dst_dir_fd=new.dir_fd)


def _is_staged(staged: Folder, target: Folder, path: str) -> bool:
    try:
        return target.read(path) == staged.read(path)
    except (OSError, ScaffoldError):
        return False
