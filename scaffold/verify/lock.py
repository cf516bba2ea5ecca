"""The lock file: there, in the project's history, or made now and warned of."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from scaffold.errors import EnvironmentProblem
from scaffold.model.framework import Starter
from scaffold.model.verification import Check
from scaffold.toolchain.run import run
from scaffold.verify.command import Workspace, expanded, repeat_command, run_commands
from scaffold.verify.results import result, skipped

_SENTENCE = "The versions of all dependencies are locked, and the lock is in the project's history"
_GIT_SECONDS = 60.0


def lock_checks(starter: Starter, project: Workspace) -> Iterator[Check]:
    """Look for the lock files; make those that are missing."""
    files = starter.lock_files
    if not files:
        yield skipped("lock", "lock", _SENTENCE, "the template has no lock file")
        return
    missing = [file for file in files if not (project.directory / file).is_file()]
    if missing:
        yield from run_commands("lock", "lock", starter.commands.get("lock", ()), project)
        missing = [file for file in files if not (project.directory / file).is_file()]
        problem = f"no {' and no '.join(missing)}" if missing else ""
        yield _check(starter, project, problem, "it was missing, and was made; CI and the image need it")
        return
    yield _check(starter, project, _ignored(project, files), _untracked(project, files))


def _check(starter: Starter, project: Workspace, problem: str, warning: str) -> Check:
    command = (starter.commands.get("lock") or ((),))[-1]
    check = result(
        "lock",
        "lock",
        _SENTENCE,
        problem or warning,
        expected="files that git tracks",
        repeat=repeat_command(project.directory, expanded(command)[0]) if command else "",
    )
    return replace(check, outcome="warned") if warning and not problem else check


def _ignored(project: Workspace, files: Sequence[str]) -> str:
    """Return which of the files git is told to ignore; nothing outside a repository."""
    found = _git(project, ("check-ignore", "--", *files))
    return f"git ignores {found.splitlines()[0]}" if found else ""


def _untracked(project: Workspace, files: Sequence[str]) -> str:
    """Return which of the files are not in the history; nothing where there is none."""
    tracked = _git(project, ("ls-files", "--", "."))
    if not tracked:
        return ""
    missing = [file for file in files if file not in tracked.splitlines()]
    return f"{missing[0]} is not tracked: `git add {missing[0]}`" if missing else ""


def _git(project: Workspace, arguments: tuple[str, ...]) -> str:
    lines: list[str] = []
    try:
        completed = run(
            ("git", "-c", "core.quotePath=false", *arguments),
            cwd=project.directory,
            environment=project.environment,
            timeout=_GIT_SECONDS,
            on_line=lines.append,
            watched=False,
        )
    except EnvironmentProblem:
        return ""
    return "\n".join(lines) if completed.code == 0 else ""
