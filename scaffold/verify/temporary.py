"""The temporary folder of a run: removed at its end, or by the next run when it was killed."""

import os
import re
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from scaffold.errors import EnvironmentProblem
from scaffold.project.lock import locked, made_and_locked

_PREFIX = "scaffold-verify-"
_NAME = re.compile(_PREFIX + "[a-z0-9_]{8}")
_LOCK = "lock"
_LOCK_CONTENT = b"A run of scaffold verify holds this lock as long as it lives.\n"


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """Make a folder and remove it after the block; remove those of dead runs first.

    Raises EnvironmentProblem when none can be made.
    """
    with ExitStack() as undo:
        try:
            _collect_dead(Path(tempfile.gettempdir()))
            folder = _make(undo)
        except OSError as error:
            raise EnvironmentProblem(
                f"no temporary folder can be made: {error.strerror}",
                hint="Set TMPDIR to a folder with space that you may write to",
            ) from error
        yield folder


def _make(undo: ExitStack) -> Path:
    """Make a folder and lock it; until it is locked, another run may take it for a dead one's."""
    while True:
        folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
        undo.callback(_remove, folder)
        with suppress(FileNotFoundError):
            if undo.enter_context(made_and_locked(folder / _LOCK, _LOCK_CONTENT)):
                return folder


def _collect_dead(parent: Path) -> None:
    for folder in parent.glob(f"{_PREFIX}*"):
        with suppress(OSError):
            if _NAME.fullmatch(folder.name) and _is_own(folder.lstat()):
                with suppress(OSError):
                    folder.rmdir()  # empty: its run was killed before it could make the lock
                with locked(folder / _LOCK) as content:
                    pass  # Windows removes no file that is open
                if content == _LOCK_CONTENT:
                    _remove(folder)


def _is_own(status: os.stat_result) -> bool:
    return stat.S_ISDIR(status.st_mode) and (os.name == "nt" or status.st_uid == os.geteuid())


def _remove(folder: Path) -> None:
    """Remove the lock last: what is left when we are killed meanwhile can still be told to be ours."""
    with suppress(OSError):
        for entry in folder.iterdir():
            shutil.rmtree(entry, ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)
