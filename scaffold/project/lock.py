"""A lock that ends with its process, however that ends."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def locked(file: Path) -> Iterator[bool]:
    """Hold the lock on a file, made when it is missing, in the block; yield whether it could be had.

    A lock on a file that was removed meanwhile is worth nothing, and is not had.
    """
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
    with _opened(file, flags) as descriptor:
        yield _lock(descriptor) and _is_at(descriptor, file)


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
