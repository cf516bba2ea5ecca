"""Run the commands of a step, and say what came of them."""

import shlex
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from scaffold.errors import EnvironmentProblem
from scaffold.model.framework import Command
from scaffold.model.verification import Check
from scaffold.toolchain.command_words import filled, without_assignments
from scaffold.toolchain.run import Completed, run
from scaffold.verify.results import result

COMMAND_SECONDS = 1800.0
SHOWN_LINES = 40
"""Of a command's output, when it failed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace:
    """Where commands run, and with what; ``on_line`` gets what they write."""

    directory: Path
    environment: Mapping[str, str]
    on_line: Callable[[str], None] | None = None

    def having(self, variables: Mapping[str, str]) -> "Workspace":
        """Return the same place with more in its environment."""
        return replace(self, environment={**self.environment, **variables})


def expanded(command: Command, values: Mapping[str, str] | None = None) -> tuple[Command, dict[str, str]]:
    """Return a command with ``values`` for its ``{words}``, and what words NAME=value at its front set."""
    return without_assignments(filled(command, values or {}))


def run_commands(step: str, name: str, commands: Sequence[Command], workspace: Workspace) -> Iterator[Check]:
    """Run commands until one fails; their checks are called ``name`` with a number and belong to ``step``."""
    for number, command in enumerate(commands, start=1):
        check = _run(f"{name}-{number}", step, command, workspace)
        yield check
        if check.outcome == "failed" and step not in {"lint", "test"}:
            return


def last_lines(text: str) -> str:
    """Return the end of an output, as much as a person wants to see."""
    return "\n".join(text.splitlines()[-SHOWN_LINES:])


def repeat_command(directory: Path, command: Command, variables: Mapping[str, str] | None = None) -> str:
    """Return the line to type that runs the command again, in any folder."""
    assigned = [f"{name}={value}" for name, value in (variables or {}).items()]
    return f"cd {shlex.quote(str(directory))} && " + shlex.join(
        [*(["env", *assigned] if assigned else []), *command]
    )


def _run(id: str, step: str, command: Command, workspace: Workspace) -> Check:
    words, assigned = expanded(command)
    completed = completed_command(command, workspace)
    return result(
        id,
        step,
        f"`{shlex.join(words)}` succeeds",
        failure_of(completed),
        expected="exit status 0",
        detail=last_lines(completed.tail),
        repeat=repeat_command(workspace.directory, words, assigned),
        seconds=completed.seconds,
    )


def completed_command(
    command: Command,
    workspace: Workspace,
    values: Mapping[str, str] | None = None,
    *,
    output: Path | None = None,
) -> Completed:
    """Run a command, with ``values`` for its ``{words}``; ``output`` is a folder for what it says."""
    words, assigned = expanded(command, values)
    try:
        return run(
            words,
            cwd=workspace.directory,
            environment={**workspace.environment, **assigned},
            timeout=COMMAND_SECONDS,
            on_line=workspace.on_line,
            output=output,
        )
    except EnvironmentProblem as problem:
        return Completed(code=127, tail=problem.message, seconds=0.0)


def failure_of(completed: Completed) -> str:
    """Return why a command did not succeed; empty when it did."""
    if completed.timed_out:
        return f"no end in {completed.seconds:.0f} s"
    if completed.code < 0:
        return f"ended by signal {-completed.code}"
    return f"exit status {completed.code}" if completed.code else ""
