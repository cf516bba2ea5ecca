"""What a project looked like, so that it can be said whether verifying it left a trace."""

import hashlib
import tempfile
from collections.abc import Mapping
from pathlib import Path

from scaffold.errors import EnvironmentProblem
from scaffold.model.verification import Check
from scaffold.toolchain.run import run
from scaffold.verify.command import Workspace
from scaffold.verify.results import result, skipped

Snapshot = Mapping[str, str]
"""The digest of each file that git would not ignore, by its path."""

_TIMEOUT = 60.0


def snapshot(project: Workspace) -> Snapshot | None:
    """Return the state of every file that git would not ignore, or None where there is no git to ask.

    The project need not be a repository, and the one it may be is not looked at:
    an empty repository elsewhere takes everything here for new.
    """
    names: list[str] = []
    with tempfile.TemporaryDirectory(dir=project.environment["TMPDIR"]) as empty:
        elsewhere = (f"--git-dir={empty}", f"--work-tree={project.directory}")
        listing = ("-c", "core.quotePath=false", *elsewhere, "ls-files", "--others", "--exclude-standard")
        if not _git(project, ("init", "--quiet", "--bare", empty), []):
            return None
        if not _git(project, listing, names):
            return None
    return {name: _digest(project.directory / name) for name in names}


def side_effects_check(before: Snapshot | None, installed: Snapshot | None, after: Snapshot | None) -> Check:
    """Say whether the project is as it was; what installing adds, such as a lock file, is no trace."""
    sentence = "Verifying left the project as it was"
    if before is None or installed is None or after is None:
        why = "git could not be asked which files are the project's"
        return skipped("leaves-no-trace", "stop", sentence, why)
    added = [line for line in differences(before, installed) if line.startswith("new ")]
    traces = [line for line in differences(before, installed) if line not in added]
    traces += differences(installed, after)
    return result(
        "leaves-no-trace",
        "stop",
        sentence,
        f"{len(traces)} files differ" if traces else "",
        expected="no file changed, and none new that .gitignore does not name",
        detail="\n".join(traces),
        repeat="git status --short",
        remark=_installed(added),
    )


def differences(before: Snapshot, after: Snapshot) -> tuple[str, ...]:
    """Return what is new, changed or gone, each as a line."""
    return tuple(
        f"{_word(name, before, after)} {name}"
        for name in sorted({*before, *after})
        if before.get(name) != after.get(name)
    )


def _word(name: str, before: Snapshot, after: Snapshot) -> str:
    if name not in before:
        return "new"
    return "changed" if name in after else "gone"


def _installed(added: list[str]) -> str:
    return f"installing added {', '.join(line.removeprefix('new ') for line in added)}" if added else ""


def _git(project: Workspace, arguments: tuple[str, ...], lines: list[str]) -> bool:
    try:
        completed = run(
            ("git", *arguments),
            cwd=project.directory,
            environment=project.environment,
            timeout=_TIMEOUT,
            on_line=lines.append,
            watched=False,
        )
    except EnvironmentProblem:
        return False
    return completed.code == 0


def _digest(path: Path) -> str:
    try:
        if path.is_symlink():
            return f"link to {path.readlink()}"
        if not path.is_file():
            return "no file"
        return hashlib.sha256(path.read_bytes()).hexdigest() + oct(path.stat().st_mode)
    except OSError:
        return "unreadable"
