"""A lock that ends with its process, however that ends."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_FLAGS = os.O_RDWR | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


@contextmanager
def made_and_locked(file: Path, content: bytes) -> Iterator[bool]:
    """Make a file and hold its lock in the block; yield whether it could be had, the content being written.

    A lock on a file that was removed meanwhile is worth nothing, and is not had.
    """
    with _opened(file, _FLAGS | os.O_CREAT | os.O_EXCL) as descriptor:
        had = _lock(descriptor) and _is_at(descriptor, file)
        yield had and os.write(descriptor, content) == len(content)


@contextmanager
def locked(file: Path) -> Iterator[bytes | None]:
    """Hold the lock on a file that exists in the block; yield its first kilobyte, None when it is not had."""
    with _opened(file, _FLAGS | getattr(os, "O_NONBLOCK", 0)) as descriptor:
        had = stat.S_ISREG(os.fstat(descriptor).st_mode) and _lock(descriptor) and _is_at(descriptor, file)
        yield os.read(descriptor, 1024) if had else None


@contextmanager
def locked_folder(folder: Path) -> Iterator[bool]:
    """Hold the lock on a folder itself in the block; on Windows, which has none, it is always had."""
    if os.name == "nt":
        yield True
        return
    with _opened(folder, os.O_RDONLY | os.O_CLOEXEC) as descriptor:
        yield _lock(descriptor)


@contextmanager
def _opened(path: Path, flags: int) -> Iterator[int]:
    descriptor = os.open(path, flags, 0o600)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _lock(descriptor: int) -> bool:
    with suppress(OSError):
        try:
            import fcntl
        except ImportError:
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        else:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    return False


def _is_at(descriptor: int, file: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), file.lstat())
    except FileNotFoundError:
        return False
