"""The first commit of a new project."""

import os
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from scaffold.errors import EnvironmentProblem
from scaffold.model.framework import Command
from scaffold.model.plan import Plan, PlannedFile
from scaffold.model.project import Commit
from scaffold.project.confined_fs import Folder

if TYPE_CHECKING:
    from scaffold.toolchain.run import Completed

MESSAGE = "Start from scaffold"
LOCK_MESSAGE = "Lock the dependencies"
TIMEOUT = 120.0
"""Seconds for each git command."""

# Nothing that the machine configured runs: no hooks, no monitor, no signing that asks for a passphrase.
_QUIET = (
    *("-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false", "-c", "commit.gpgsign=false"),
    *("-c", "gc.auto=0", "-c", "init.templateDir="),
)
_STAND_IN = ("-c", "user.name=scaffold", "-c", "user.email=scaffold@localhost")


def commit_commands(files: Iterable[PlannedFile], kept: Collection[str] = ()) -> tuple[Command, ...]:
    """Return the git commands that commit ``files``, whatever the machine ignores.

    Left out are secrets, and the ``kept`` ones, which are the user's own.
    """
    paths = [file.path for file in files if file.origin != "secret" and file.path not in kept]
    return (
        ("git", *_QUIET, "init", "--quiet"),
        ("git", *_QUIET, "--literal-pathspecs", "add", "--force", "--", *paths),
        ("git", *_QUIET, "commit", "--quiet", "--no-verify", f"--message={MESSAGE}"),
    )


def enclosing_repository(path: Path) -> Path | None:
    """Return the nearest folder, ``path`` included, that is a git repository."""
    for folder in (path, *path.parents):
        if os.path.lexists(folder / ".git"):
            return folder
    return None


def repository_folder(worktree: Path, *, shared: bool = False) -> Path | None:
    """Return git's own folder for a working tree: ``.git``, or where a file of that name leads.

    ``shared`` is for the one that all working trees of a repository share. None when there
    is none, or none that files can be moved to from the working tree.
    """
    folder = worktree / ".git"
    if folder.is_file():
        folder = worktree / _line(worktree, ".git").removeprefix("gitdir: ")
    if shared and (folder / "commondir").is_file():
        folder /= _line(folder, "commondir")
    usable = (
        (folder / "HEAD").is_file()
        and folder.stat().st_dev == worktree.stat().st_dev
        and os.access(folder, os.W_OK | os.X_OK)
    )
    return folder.resolve() if usable else None


def _line(folder: Path, name: str) -> str:
    return os.fsdecode(Folder(folder).read(name)).rstrip("\n")


def ignores(folder: Path, path: str, environment: Mapping[str, str]) -> bool | None:
    """Ask git whether ``git add`` would leave a file of ``folder`` alone; None when it cannot say."""
    if enclosing_repository(folder) is None:
        return None
    with suppress(EnvironmentProblem):
        completed = _run(("git", *_QUIET, "check-ignore", "--", path), folder, environment)
        if completed.code in {0, 1}:
            return completed.tail.strip() == path
    return None


def ruled_by(folder: Path, path: str, environment: Mapping[str, str]) -> str:
    """Return ``FILE:LINE:PATTERN`` of the rule that git decides by, and more; empty when there is none."""
    with suppress(EnvironmentProblem):
        return _run(("git", *_QUIET, "check-ignore", "--verbose", "--", path), folder, environment).tail
    return ""


def tracked(folder: Path, paths: Iterable[str], environment: Mapping[str, str]) -> tuple[str, ...]:
    """Return those of the files in ``folder`` that git has already, be they there or not."""
    if enclosing_repository(folder) is None:
        return ()
    listing = ("git", *_QUIET, "--literal-pathspecs", "ls-files", "--")
    with suppress(EnvironmentProblem):
        return tuple(
            path
            for path in paths
            if (asked := _run((*listing, path), folder, environment)).code == 0 and asked.tail
        )
    return ()


def without_kept(plan: Plan, kept: Collection[str]) -> Plan:
    """Return the plan with a first commit that leaves out what is kept."""
    commands = commit_commands(plan.files, kept)
    steps = (step._replace(commands=commands) if step.name == "git" else step for step in plan.steps)
    return plan._replace(steps=tuple(steps))


def commit_project(plan: Plan, repository: Path, worktree: Path, environment: Mapping[str, str]) -> Commit:
    """Run the plan's git step for the files in ``worktree``, and let ``repository`` have its ``.git``.

    So nobody sees a repository that is not finished. That git is missing or fails is said in
    the note, not raised; OSError when it fails because the disk is full or broken.
    """
    commands = next((step.commands for step in plan.steps if step.name == "git"), ())
    if not commands:
        return Commit(made=False, note=_why_not(plan.target))
    initialise, add, commit = commands
    repository.mkdir()
    where = ("--git-dir", str(repository / ".git"), "--work-tree", str(worktree))
    try:
        _git(_with(initialise, *_default_branch(repository, environment)), repository, environment)
        _git(_with(add, *where), worktree, environment)
        note = _commit(_with(commit, *where), worktree, environment)
        head = _git(("git", *where, "symbolic-ref", "--short", "HEAD"), worktree, environment)
    except EnvironmentProblem as problem:
        _check_room(repository)
        return Commit(made=False, note=f"Nothing was committed: {problem.message}")
    return Commit(made=True, note=note, branch=head.strip())


def _check_room(folder: Path) -> None:
    """Raise OSError when not even 16 small files can be written: git says that in many other words."""
    for number in range(16):
        Folder(folder).write(f"room/{number}", bytes(4096))


def commit_lock_files(plan: Plan, environment: Mapping[str, str], kept: Iterable[str] = ()) -> Commit:
    """Commit what the first install wrote and git does not ignore: the package manager's lock file.

    The files that were ``kept`` stay out of it.
    """
    if not any(step.name == "git" for step in plan.steps):
        return Commit(made=False)
    others = (f":(exclude,literal){path}" for path in kept)
    try:
        _git(("git", *_QUIET, "add", "--all", "--", ".", *others), plan.target, environment)
        if _run(("git", *_QUIET, "diff", "--cached", "--quiet"), plan.target, environment).code == 0:
            return Commit(made=False)
        commit = ("git", *_QUIET, "commit", "--quiet", "--no-verify", f"--message={LOCK_MESSAGE}")
        _commit(commit, plan.target, environment)
    except EnvironmentProblem as problem:
        return Commit(made=False, note=f"The lock file was not committed: {problem.message}")
    return Commit(made=True)


def _why_not(target: Path) -> str:
    repository = enclosing_repository(target)
    return f"Nothing was committed: {repository} is a git repository already" if repository else ""


def _default_branch(folder: Path, environment: Mapping[str, str]) -> Command:
    configured = _run(("git", "config", "--get", "init.defaultBranch"), folder, environment).code == 0
    return () if configured else ("-c", "init.defaultBranch=main")


def _commit(command: Command, worktree: Path, environment: Mapping[str, str]) -> str:
    """Commit by whom git knows, else by a stand-in; return a note about that."""
    try:
        _git(command, worktree, environment)
    except EnvironmentProblem:
        if _run(("git", *_QUIET, "var", "GIT_COMMITTER_IDENT"), worktree, environment).code == 0:
            raise
        _git(_with(command, *_STAND_IN), worktree, environment)
        return "Git knows no name and address of yours, so the first commit is by scaffold"
    return ""


def _with(command: Command, *switches: str) -> Command:
    return (command[0], *switches, *command[1:])


def _git(command: Command, folder: Path, environment: Mapping[str, str]) -> str:
    completed = _run(command, folder, environment)
    if completed.code == 0:
        return completed.tail
    reason = completed.tail.strip() or f"ended with {completed.code}"
    raise EnvironmentProblem(f"git {'took too long' if completed.timed_out else reason}")


def _run(command: Command, folder: Path, environment: Mapping[str, str]) -> "Completed":
    from scaffold.toolchain.run import run

    quiet = {
        name: value for name, value in environment.items() if not name.startswith("GIT_") or name in _IDENTITY
    }
    told = {**quiet, "GIT_TERMINAL_PROMPT": "0"}
    return run(command, cwd=folder, environment=told, timeout=TIMEOUT, watched=False)


_IDENTITY = frozenset(
    f"GIT_{who}_{what}" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL", "DATE")
) | {"GIT_CONFIG_GLOBAL", "GIT_CONFIG_NOSYSTEM", "GIT_CONFIG_SYSTEM", "GIT_EXEC_PATH"}
