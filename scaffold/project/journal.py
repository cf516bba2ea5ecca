"""What is moved from a stage into folders of the user's, written down first so that it can be taken back.

Until the stage is marked done, a file that the journal names and that is, byte for
byte, the staged one came from this run: so an error, a signal, or the run after a
kill takes it back. Nothing of the user's is deleted, and no link is followed.
"""

import errno
import json
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from scaffold.errors import ScaffoldError
from scaffold.project.confined_fs import Folder
from scaffold.project.publish import taken
from scaffold.project.stage import Stage

_NO_LINKS = frozenset({errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK})
_JOURNAL = "journal.json"
_COPIES = "copies"
_DONE = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """Files that go from ``staged``, a folder of the stage, to ``target``.

    ``target`` is seen from the folder that is filled, which may be moved meanwhile.

    What ``overwritten`` replaces is kept in ``backup``, a folder of the stage;
    ``folders`` are those that are made, the deepest first.
    """

    staged: str
    target: str
    created: tuple[str, ...] = ()
    overwritten: tuple[str, ...] = ()
    backup: str = "backup"
    folders: tuple[str, ...] = ()


def transfer(stage: Stage, target: Path, **files: Any) -> Transfer:  # noqa: ANN401 - the fields of a Transfer
    """Return a transfer with the folders that it has to make."""
    there = Folder(target)
    parents = {
        str(parent)
        for path in files.get("created", ())
        for parent in PurePosixPath(path).parents
        if parent.name
    }
    new = sorted((folder for folder in parents if there.status(folder) is None), key=len, reverse=True)
    return Transfer(target=os.path.relpath(target, stage.target), folders=tuple(new), **files)


def write_journal(stage: Stage, transfers: Iterable[Transfer]) -> None:
    """Write down what is about to be moved, in the order in which it is to be taken back."""
    content = json.dumps([asdict(each) for each in transfers]).encode()
    Folder(stage.path).write(f"{_JOURNAL}.new", content)
    (stage.path / f"{_JOURNAL}.new").replace(stage.path / _JOURNAL)


def mark_done(stage: Stage) -> None:
    """Let all that was moved stay, in one step."""
    stage.rendered.rename(stage.path / _DONE)


def put(stage: Stage, moved: Transfer, path: str) -> None:
    """Move one file to its place: over the old one, which is kept, or where nothing is."""
    staged, target, copies = (
        Folder(stage.path / moved.staged),
        _target(stage, moved),
        Folder(stage.path / _COPIES),
    )
    if path in moved.overwritten:
        duplicate(target, Folder(stage.path / moved.backup), path)
        duplicate(staged, copies, path)
        _move(copies, target, path)
        return
    try:
        _link(staged, target, path)
    except FileExistsError as error:
        raise taken(target.root / path) from error
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        duplicate(staged, copies, path)
        if target.status(path) is not None:
            raise taken(target.root / path) from error
        _move(copies, target, path)


def take_back(stage: Stage) -> None:
    """Undo every transfer, unless all was done to the end."""
    for moved in _transfers(stage):
        with suppress(FileNotFoundError):
            _take_back(stage, moved)


def paths_to_take_back(stage: Stage) -> tuple[str, ...]:
    """Return the files and folders of the target that :func:`take_back` removes."""
    return tuple(
        path
        for moved in _transfers(stage)
        if moved.target == "."
        for path in (*(path for path in moved.created if _is_staged(stage, moved, path)), *moved.folders)
    )


def _transfers(stage: Stage) -> Iterator[Transfer]:
    if stage.target and stage.rendered.is_dir() and (stage.path / _JOURNAL).is_file():
        for fields in json.loads(Folder(stage.path).read(_JOURNAL)):
            yield Transfer(**fields)


def _take_back(stage: Stage, moved: Transfer) -> None:
    target = _target(stage, moved)
    for path in moved.created:
        if _is_staged(stage, moved, path):
            with target.at(path) as location:
                os.unlink(location.name, dir_fd=location.dir_fd)
    for path in moved.overwritten:
        if _is_staged(stage, moved, path):
            with suppress(FileNotFoundError):
                _move(Folder(stage.path / moved.backup), target, path)
    for folder in moved.folders:
        with suppress(OSError, ScaffoldError), target.at(folder) as location:
            os.rmdir(location.name, dir_fd=location.dir_fd)


def _is_staged(stage: Stage, moved: Transfer, path: str) -> bool:
    try:
        return _target(stage, moved).read(path) == Folder(stage.path / moved.staged).read(path)
    except (OSError, ScaffoldError):
        return False


def _target(stage: Stage, moved: Transfer) -> Folder:
    return Folder((stage.target or stage.path) / moved.target)


def duplicate(source: Folder, destination: Folder, path: str) -> None:
    """Give a file a second name in the stage: the same file where links are known, a copy elsewhere."""
    destination.root.mkdir(exist_ok=True, parents=True)
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
