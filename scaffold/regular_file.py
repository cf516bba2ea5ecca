"""Reading a file that somebody else wrote: bounded, and never waiting for a pipe or a device."""

import errno
import os
import stat
from pathlib import Path

_READ = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def read_regular_file(path: Path, limit: int) -> bytes:
    """Return the content of the regular file at ``path``, which may be a link to one.

    Raises OSError for anything else, and ValueError for more than ``limit`` bytes,
    of which no more is read than shows it.
    """
    _refuse_others(path.stat())  # before, because opening a device may already do something
    descriptor = os.open(path, _READ)
    with os.fdopen(descriptor, "rb") as file:
        _refuse_others(os.fstat(descriptor))  # after, because it may have been exchanged meanwhile
        content = file.read(limit + 1)
    if len(content) > limit:
        raise ValueError(f"it is larger than {limit // 1024} KiB")
    return content


def _refuse_others(status: os.stat_result) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not stat.S_ISREG(status.st_mode):
        raise OSError(errno.EINVAL, "it is a pipe or a device, not a file")
