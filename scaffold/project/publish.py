"""Giving a finished project its name: all at once, and never over something that is there."""

import ctypes
import errno
import os
import sys
from contextlib import suppress
from pathlib import Path

from scaffold.errors import TargetRefused

_NOREPLACE = 1  # RENAME_NOREPLACE of Linux
_EXCLUSIVE = 4  # RENAME_EXCL of macOS
_UNSUPPORTED = frozenset({errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EPERM})
_TAKEN = frozenset({errno.EEXIST, errno.ENOTEMPTY, errno.ENOTDIR, errno.EISDIR})


def publish(project: Path, target: Path) -> str:
    """Move ``project`` to ``target``, which must not exist; raises TargetRefused when it does.

    Of any number of runs exactly one succeeds. The data is on the disk before
    the name is, so that a power cut leaves all or nothing too. Returns a warning,
    mostly empty: the project is there, and its name might not survive a power cut.
    """
    sync_file_system(project)
    try:
        rename_exclusively(project, target)
    except OSError as error:
        if error.errno in _TAKEN:
            raise taken(target) from error
        raise
    return sync_folder(target.parent)


def taken(target: Path) -> TargetRefused:
    """Return the error for a target that something else took in the meantime."""
    return TargetRefused(f"{target} was created by something else meanwhile", hint="Choose another folder")


def sync_folder(folder: Path) -> str:
    """Make the names in a folder durable, where the system can; return a warning when that fails."""
    if sys.platform == "win32":
        return ""
    try:
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        if error.errno not in _UNSUPPORTED:
            return f"{folder} may forget the project if the power fails now: {error.strerror}"
    return ""


def sync_file_system(folder: Path) -> None:
    """Write all that was cached: once for a whole project costs less than once a file."""
    call = _library_call("syncfs")
    if call is None:
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        if call(descriptor) != 0 and ctypes.get_errno() not in _UNSUPPORTED:
            raise _error(folder)
    finally:
        os.close(descriptor)


def rename_exclusively(source: Path, target: Path) -> None:
    """Move a folder to a name that must not be taken; OSError when it is, and then nothing has changed."""
    if sys.platform == "win32":
        source.rename(target)  # refuses a target that exists
    elif not _renamed_by_library(source, target):
        target.mkdir()
        try:
            source.rename(target)  # onto an empty directory: it has stayed ours
        except OSError:
            with suppress(OSError):
                target.rmdir()
            raise


def _renamed_by_library(source: Path, target: Path) -> bool:
    """Rename in one step that fails when the target exists; say False when the system cannot."""
    paths = os.fsencode(source), os.fsencode(target)
    if (rename := _library_call("renameat2")) is not None:
        here = -100  # AT_FDCWD; both paths are absolute
        result = rename(here, paths[0], here, paths[1], ctypes.c_uint(_NOREPLACE))
    elif (rename := _library_call("renamex_np")) is not None:
        result = rename(*paths, ctypes.c_uint(_EXCLUSIVE))
    else:
        return False
    if result == 0:
        return True
    if ctypes.get_errno() in _UNSUPPORTED:
        return False
    raise _error(target)


def _library_call(name: str) -> "ctypes._NamedFuncPointer | None":
    if sys.platform == "win32":
        return None
    return getattr(ctypes.CDLL(None, use_errno=True), name, None)


def _error(path: Path) -> OSError:
    number = ctypes.get_errno()
    return OSError(number, os.strerror(number), os.fspath(path))
