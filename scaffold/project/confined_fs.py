"""The one way to files: everything below a folder, nothing outside it.

A path is walked component by component from an open folder, and no component
may be a link, so that nothing that happens to the tree meanwhile leads out of
it. Where the system has no such calls (Windows), each component is looked at
before it is used.
"""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from scaffold.catalog.location import is_relative_path
from scaffold.errors import TemplateProblem

MAX_FILES = 5_000
MAX_BYTES = 50 * 1024 * 1024
"""Of one template or project."""

_BY_DESCRIPTOR = {os.open, os.mkdir, os.stat, os.unlink, os.rmdir} <= os.supports_dir_fd
_NOFOLLOW = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
_DIRECTORY = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | _NOFOLLOW
_READ = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | _NOFOLLOW
_CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NOFOLLOW


class FileEntry(NamedTuple):
    """A regular file; ``path`` is relative, with slashes; ``size`` in bytes."""

    path: str
    size: int
    executable: bool


class Location(NamedTuple):
    """A name in an open folder: the first two arguments of a call of ``os`` that takes ``dir_fd``."""

    name: str
    dir_fd: int | None


class Folder:
    """A folder and what is below it: TemplateProblem for an unsafe path, OSError as ``os`` raises it."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def files(self) -> tuple[FileEntry, ...]:
        """Return every file, sorted; a link, a device or too much of anything is a TemplateProblem."""
        found: list[FileEntry] = []
        size = 0
        for entry in self._walk(""):
            found.append(entry)
            size += entry.size
            if len(found) > MAX_FILES or size > MAX_BYTES:
                raise TemplateProblem(
                    f"{self.root} holds more than {MAX_FILES} files or {MAX_BYTES >> 20} MiB",
                    hint="A project of this size is a mistake; look for generated files in it",
                )
        return tuple(sorted(found, key=lambda entry: entry.path))

    def read(self, path: str) -> bytes:
        """Return the content of a regular file."""
        with self.at(path) as location:
            status = os.stat(location.name, dir_fd=location.dir_fd, follow_symlinks=False)
            if not stat.S_ISREG(status.st_mode):
                raise self._unsafe(path, "is not a regular file")
            descriptor = os.open(location.name, _READ, dir_fd=location.dir_fd)
        with os.fdopen(descriptor, "rb") as file:
            if not os.path.samestat(os.fstat(descriptor), status):
                raise self._unsafe(path, "was exchanged while it was opened")
            return file.read()

    def write(self, path: str, content: bytes, *, mode: int = 0o666) -> None:
        """Create a file that does not exist, and the folders it is in."""
        with self.at(path, make=True) as location:
            descriptor = os.open(location.name, _CREATE, mode, dir_fd=location.dir_fd)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)

    def status(self, path: str) -> os.stat_result | None:
        """Return what is at ``path`` itself, without following a link there; None when nothing is."""
        try:
            with self.at(path) as location:
                return os.stat(location.name, dir_fd=location.dir_fd, follow_symlinks=False)
        except FileNotFoundError:
            return None

    @contextmanager
    def at(self, path: str, *, make: bool = False) -> Iterator[Location]:
        """Open the folder that ``path`` is in, made when ``make``, and yield its last component's place."""
        *folders, name = self._components(path)
        here = self._enter_root()
        try:
            for folder in folders:
                here = self._enter(here, folder, path, make=make)
            yield _location(here, name)
        finally:
            _close(here)

    def _enter_root(self) -> str | int:
        if _BY_DESCRIPTOR:
            return os.open(self.root, _DIRECTORY)
        if not _plain_folder(self.root.lstat()):
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), os.fspath(self.root))
        return os.fspath(self.root)

    def _enter(self, here: str | int, folder: str, path: str, *, make: bool) -> str | int:
        location = _location(here, folder)
        if make:
            _make(location)
        kind = os.stat(location.name, dir_fd=location.dir_fd, follow_symlinks=False)
        if not _plain_folder(kind):
            raise self._unsafe(path, f"leads through `{folder}`, which is not a folder")
        if location.dir_fd is None:
            return location.name
        inner = os.open(folder, _DIRECTORY, dir_fd=location.dir_fd)
        os.close(location.dir_fd)
        return inner

    def _components(self, path: str) -> list[str]:
        if not is_relative_path(path):
            raise self._unsafe(path, "is not a path below it")
        return path.split("/")

    def _walk(self, prefix: str) -> Iterator[FileEntry]:
        with self.at(
            f"{prefix}.scaffold"
        ) as location:  # the name is not used: only the folder it would be in
            here = location.dir_fd if location.dir_fd is not None else os.path.dirname(location.name)  # noqa: PTH120
            with os.scandir(here) as entries:
                found = [(entry.name, entry.stat(follow_symlinks=False)) for entry in entries]
        for name, status in sorted(found, key=lambda pair: pair[0]):
            path = f"{prefix}{name}"
            if _plain_folder(status):
                yield from self._walk(f"{path}/")
            elif stat.S_ISREG(status.st_mode):
                self._components(path)
                yield FileEntry(
                    path=path, size=status.st_size, executable=bool(status.st_mode & stat.S_IXUSR)
                )
            else:
                raise self._unsafe(path, "is a link or a device")

    def _unsafe(self, path: str, why: str) -> TemplateProblem:
        return TemplateProblem(
            f"{path!r} in {self.root} {why}",
            hint="Nothing was followed, and nothing outside was read or written",
        )


def _location(here: str | int, name: str) -> Location:
    if isinstance(here, int):
        return Location(name=name, dir_fd=here)
    return Location(name=os.path.join(here, name), dir_fd=None)  # noqa: PTH118


def _make(location: Location) -> None:
    try:
        os.mkdir(location.name, dir_fd=location.dir_fd)
    except FileExistsError:
        return


def _plain_folder(status: os.stat_result) -> bool:
    """Say whether it is a directory and not a junction or another thing that leads elsewhere."""
    reparse = getattr(status, "st_file_attributes", 0) & getattr(stat, "FILE_ATTRIBUTE_REPARSE_POINT", 0)
    return stat.S_ISDIR(status.st_mode) and not reparse


def _close(here: str | int) -> None:
    if isinstance(here, int):
        os.close(here)
