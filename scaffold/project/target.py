"""The place a project goes to, looked at before the first question is asked."""

import os
import re
import stat
from collections.abc import Collection
from pathlib import Path

from scaffold.errors import EnvironmentProblem, InvalidInput, TargetRefused, TemplateProblem
from scaffold.model.plan import OnConflict, Target
from scaffold.project.confined_fs import Folder
from scaffold.project.names import check_folder, check_visible
from scaffold.project.recovery import stale_paths
from scaffold.project.stage import is_stage_name
from scaffold.text import printable

HARMLESS = frozenset(
    {
        *(".git", ".hg", ".svn", ".jj", ".idea", ".vscode", ".zed", ".fleet", ".vs", ".claude", ".cursor"),
        *(
            ".envrc",
            ".direnv",
            ".tool-versions",
            "mise.toml",
            ".mise.toml",
            ".python-version",
            ".nvmrc",
            ".node-version",
        ),
        *(
            ".ruby-version",
            ".devcontainer",
            ".DS_Store",
            "Thumbs.db",
            "desktop.ini",
            ".directory",
            ".localized",
        ),
    }
)
"""What editors, version managers and systems leave in a folder that is otherwise empty."""

_SHOWN = 5
_OWNED = {".git": "git", "node_modules": "the package manager", "__pycache__": "Python"}
_UNEXPANDED = re.compile(r"~\w*|\$(env:)?\w+|\$\{\w+\}|%\w+%", re.ASCII)


def check_target(path: Path, on_conflict: OnConflict = "refuse") -> Target:
    """Return where the project will be, or raise when it cannot be there.

    Raises TargetRefused when something is in the way, InvalidInput when the name
    is none, EnvironmentProblem when the folder cannot be written to. Writes nothing:
    what a killed run for this target left is looked past, and taken back by the creation.
    """
    _check_expanded(path)
    target = _absolute(path)
    _check_owner_of_names(target)
    status = _status(target)
    if status is None:
        check_folder(target.name)
        _check_parent(target)
        return Target(path=target, exists=False)
    if not stat.S_ISDIR(status.st_mode):
        raise TargetRefused(f"{target} {_kind(status)}", hint="Choose another folder for the project")
    check_visible(target.name)
    stale = stale_paths(target)
    if on_conflict == "refuse":
        _check_empty(target, stale)
    _check_writable(target)
    return Target(path=target, exists=True, stale=stale)


def in_the_way(folder: Path, stale: Collection[str] = ()) -> tuple[str, ...]:
    """Return the names in ``folder`` that are neither harmless nor wholly left by a run that was killed."""
    names = sorted(os.listdir(folder))  # noqa: PTH208 - names, not paths
    return tuple(name for name in names if name not in HARMLESS and not _is_stale(folder, name, stale))


def _is_stale(folder: Path, name: str, stale: Collection[str]) -> bool:
    if name not in stale:
        return False
    below = () if is_stage_name(name, inside=True) else (folder / name).rglob("*")
    return all(path.relative_to(folder).as_posix() in stale for path in below)


def content_in_the_way(folder: Folder, path: str) -> bytes | None:
    """Return what the file at ``path`` holds, None when nothing is there; a TargetRefused for no file."""
    try:
        return None if folder.status(path) is None else folder.read(path)
    except (TemplateProblem, OSError) as error:
        whole = folder.root / path
        file = next((parent for parent in whole.parents if os.path.isfile(parent)), None)  # noqa: PTH113
        fact = f"{file} is a file" if file else f"{whole} is a link or a folder, or cannot be read"
        raise TargetRefused(fact, hint="Move it away, or choose another folder") from error


def _absolute(path: Path) -> Path:
    """Resolve the folder that the target is in, not the target: a link there is refused, not followed."""
    try:
        whole = Path.cwd() / path
        if whole.name in {"", ".."}:
            return whole.resolve()
        return whole.parent.resolve() / whole.name
    except FileNotFoundError as error:
        raise EnvironmentProblem(
            "The current folder was deleted", hint="Change to a folder that exists"
        ) from error
    except (OSError, RuntimeError) as error:
        raise TargetRefused(f"{path} cannot be reached: {error}", hint="Choose another folder") from error
    except ValueError as error:
        raise InvalidInput("The name of the folder holds a zero byte", hint="Choose another name") from error


def _status(path: Path) -> os.stat_result | None:
    try:
        return path.lstat()
    except FileNotFoundError:
        return None
    except NotADirectoryError as error:
        raise TargetRefused(f"{path} would be inside a file", hint="Choose another folder") from error
    except PermissionError as error:
        raise EnvironmentProblem(
            f"{path} cannot be looked at: permission denied", hint="Choose another folder"
        ) from error
    except ValueError as error:
        raise InvalidInput("The name of the folder holds a zero byte", hint="Choose another name") from error
    except OSError as error:
        check_folder(path.name)
        raise TargetRefused(
            f"{path} cannot be used: {error.strerror}", hint="Choose another folder"
        ) from error


def _check_parent(target: Path) -> None:
    parent = target.parent
    while (status := _status(parent)) is None:
        check_folder(parent.name)
        parent = parent.parent
    if not stat.S_ISDIR(status.st_mode):
        raise TargetRefused(f"{parent} is not a folder", hint="Choose another folder for the project")
    _check_writable(parent)


def _check_expanded(path: Path) -> None:
    """Refuse what a shell would have replaced, unless a folder is really called so."""
    for whole in (path, *path.parents):
        if _UNEXPANDED.fullmatch(whole.name) and not os.path.lexists(whole):
            raise InvalidInput(
                f"`{whole.name}` stands for another folder, and reached scaffold as it is",
                hint="Leave out the quotes around it, or write the folder it stands for",
            )


def _check_owner_of_names(target: Path) -> None:
    for part in target.parts:
        if owner := _OWNED.get(part.casefold()):
            raise TargetRefused(
                f"{target} is in `{part}`, which belongs to {owner}", hint="Choose another folder"
            )
    for folder in (target, *target.parents):
        if _is_bare_repository(folder):
            raise TargetRefused(
                f"{target} is in `{folder.name}`, which belongs to git", hint="Choose another folder"
            )


def _is_bare_repository(folder: Path) -> bool:
    """Say whether git takes a folder for its own, whatever it is called."""
    return all(os.path.lexists(folder / name) for name in ("HEAD", "objects", "refs"))


def check_access(path: Path) -> None:
    """Raise EnvironmentProblem when ``path`` cannot be made: the nearest folder that exists must take it."""
    folder = next(parent for parent in path.parents if parent.exists())
    if not os.access(folder, os.W_OK | os.X_OK):
        raise EnvironmentProblem(
            f"{folder} cannot be written to", hint="Choose another folder, or change its permissions"
        )


def _check_writable(folder: Path) -> None:
    check_access(folder / "any")
    if os.name != "nt" and _is_open_to_all(folder.stat()):
        raise TargetRefused(
            f"{folder} belongs to somebody else, and everybody may change what is in it",
            hint="Choose a folder of your own",
        )


def _is_open_to_all(status: os.stat_result) -> bool:
    """Say whether others can replace what we write there: not so in `/tmp`, root's with the sticky bit."""
    trusted = {os.geteuid()} | ({0} if status.st_mode & stat.S_ISVTX else set())
    return bool(status.st_mode & stat.S_IWOTH) and status.st_uid not in trusted


def _check_empty(folder: Path, stale: Collection[str]) -> None:
    try:
        found = in_the_way(folder, stale)
    except PermissionError as error:
        raise EnvironmentProblem(f"{folder} cannot be read", hint="Choose another folder") from error
    if found:
        more = f" and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
        raise TargetRefused(
            f"{folder} is not empty: {', '.join(map(printable, found[:_SHOWN]))}{more}",
            hint="Choose another folder, or decide about files that exist: --on-conflict skip or overwrite",
        )


def _kind(status: os.stat_result) -> str:
    kinds = ((stat.S_ISLNK, "is a symbolic link"), (stat.S_ISREG, "is a file"))
    return next((kind for test, kind in kinds if test(status.st_mode)), "is not a folder")
