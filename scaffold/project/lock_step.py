"""The lock step: the versions of all dependencies are settled before the first commit.

The commands run on a copy of the project in the stage, and nothing but the lock files leaves it.
"""

import os
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from scaffold.errors import EnvironmentProblem
from scaffold.model.framework import Command, Starter
from scaffold.model.plan import OnConflict, Plan, PlannedFile, Step
from scaffold.project.confined_fs import Folder
from scaffold.project.git import without_kept
from scaffold.project.stage import Stage
from scaffold.text import printable
from scaffold.toolchain.command_words import without_assignments

SECONDS = 60.0
"""For all commands together."""

_FEW_TRIES = {"npm_config_fetch_retries": "0", "UV_HTTP_RETRIES": "1"}
"""Without a network uv then ends in 2 s in place of 11, and npm in 1 s in place of minutes."""


def lock_step(starter: Starter) -> tuple[Step, ...]:
    """Return the step that makes the lock files, none where no command does."""
    commands = starter.commands.get("lock", ())
    return (Step(name="lock", commands=commands),) if commands else ()


def files_to_lock(
    starter: Starter, files: Sequence[PlannedFile], on_conflict: OnConflict
) -> tuple[PlannedFile, ...]:
    """Return the lock files that are still to be made, beside the planned ``files``.

    None where files of the user's are kept: they may need other packages.
    """
    there = {file.path for file in files}
    if on_conflict == "skip" and any(file.exists for file in files):
        return ()
    return tuple(PlannedFile(path=path, origin="locked") for path in starter.lock_files if path not in there)


def has_lock(starter: Starter, target: Path, files: Sequence[PlannedFile]) -> bool:
    """Say whether the project will have its lock files: planned, or in the target already."""
    planned = {file.path for file in files}
    paths = starter.lock_files
    return bool(paths) and all(path in planned or os.path.lexists(target / path) for path in paths)


def make_lock_files(
    plan: Plan,
    stage: Stage,
    project: Path,
    environment: Mapping[str, str],
    on_line: Callable[[str], None] | None,
) -> str:
    """Put the lock files into the staged ``project``, or return why there are none.

    ``on_line`` gets each line that the commands write, in another thread.
    """
    commands = next((step.commands for step in plan.steps if step.name == "lock"), ())
    files = [file.path for file in plan.files if file.origin == "locked"]
    if not commands:
        return ""
    copy, staged = Folder(stage.path / "lock" / project.name), Folder(project)
    copy.root.mkdir(parents=True)
    for file in plan.files:
        if file.origin not in {"locked", "secret"}:
            copy.write(file.path, staged.read(file.path), mode=0o777 if file.executable else 0o666)
    try:
        _run(plan, commands, copy.root, environment, on_line)
        contents = {path: _lock_file(copy, path) for path in files}
    except EnvironmentProblem as problem:
        return problem.message
    for path, content in contents.items():
        staged.write(path, content)
    return ""


def without_lock(plan: Plan) -> Plan:
    """Return the plan of the same project without lock files."""
    files = tuple(file for file in plan.files if file.origin != "locked")
    steps = tuple(step for step in plan.steps if step.name != "lock")
    return without_kept(plan._replace(files=files, steps=steps, lock="missing"), ())


def _run(
    plan: Plan,
    commands: Sequence[Command],
    folder: Path,
    environment: Mapping[str, str],
    on_line: Callable[[str], None] | None,
) -> None:
    from scaffold.toolchain.find import child_environment, find_tools
    from scaffold.toolchain.run import run

    found = find_tools(plan.tools, environment, directory=folder)
    missing = next((tool for tool in found if not tool.path), None)
    if missing is not None:
        raise EnvironmentProblem(f"{missing.name} {missing.needs} is not on this machine")
    child = _FEW_TRIES | child_environment(plan.tools, found, environment, folder.parent / "tools")
    end = time.monotonic() + SECONDS
    for command in commands:
        words, assigned = without_assignments(command)
        left = max(0.0, end - time.monotonic())
        done = run(words, cwd=folder, environment=child | assigned, timeout=left, on_line=on_line)
        if done.timed_out:
            raise EnvironmentProblem(f"no end in {SECONDS:.0f} s")
        if done.code != 0:
            raise EnvironmentProblem(_failure(done.tail) or f"exit status {done.code}")


def _failure(output: str) -> str:
    """Return the line of an output that tells most."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    telling = (line for line in lines if "error" in line.lower())
    return printable(next(telling, lines[-1] if lines else "").removeprefix("error: "), 200)


def _lock_file(copy: Folder, path: str) -> bytes:
    try:
        return copy.read(path)
    except FileNotFoundError:
        raise EnvironmentProblem(f"no {path} was made") from None
