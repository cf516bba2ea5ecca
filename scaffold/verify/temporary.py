"""The temporary folder of a run: removed at its end, or by the next run when it was killed."""

import os
import re
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from scaffold.project.lock import locked

_PREFIX = "scaffold-verify-"
_NAME = re.compile(_PREFIX + "[a-z0-9_]{8}")
_LOCK = ".scaffold-verify.lock"


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """Make a folder and remove it after the block; remove those of dead runs first."""
    _collect_dead(Path(tempfile.gettempdir()))
    with ExitStack() as undo:
        had = False
        while not had:  # the run that collects may be faster than ours at the lock of a new folder
            made = tempfile.TemporaryDirectory(prefix=_PREFIX, ignore_cleanup_errors=True)
            folder = Path(undo.enter_context(made))
            had = undo.enter_context(locked(folder / _LOCK))
        yield folder


def _collect_dead(parent: Path) -> None:
    for folder in parent.glob(f"{_PREFIX}*"):
        with suppress(OSError):
            if _NAME.fullmatch(folder.name) and _is_ours(folder):
                with locked(folder / _LOCK) as dead:
                    pass  # Windows removes no file that is open, and nobody takes the lock of a dead run
                if dead:
                    shutil.rmtree(folder, ignore_errors=True)


def _is_ours(folder: Path) -> bool:
    """Say whether this user made the folder, as we make them."""
    status, lock = folder.lstat(), (folder / _LOCK).lstat()
    private = os.name == "nt" or (status.st_uid == os.geteuid() and not status.st_mode & 0o077)
    return private and stat.S_ISDIR(status.st_mode) and stat.S_ISREG(lock.st_mode)
