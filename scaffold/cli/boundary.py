"""The one place where errors and signals become text and an exit status."""

import os
import sys
from collections.abc import Sequence
from itertools import pairwise, takewhile

import click

from scaffold.console import Console, writing_to_stdout
from scaffold.errors import EnvironmentProblem, ExitStatus, InvalidInput, ScaffoldError
from scaffold.text import did_you_mean

_PROGRAMS = {"scaffold": "_SCAFFOLD_COMPLETE", "scaffold-backend": "_SCAFFOLD_BACKEND_COMPLETE"}
"""The scripts, and the variable by which a shell asks each to complete a line, as Click names it."""


def run(group: click.Group) -> int:
    """Run ``group`` on the process's arguments; return the exit status, or raise KeyboardInterrupt."""
    console = Console(os.environ, as_json=_wants_json(sys.argv[1:]))
    status: int = ExitStatus.DONE
    try:
        with writing_to_stdout():  # the help, which Click writes
            status = _invoke(group, console)
    except (KeyboardInterrupt, EOFError) as end:  # Ctrl-C, a signal, or Ctrl-D at a question
        console.say(f"\nInterrupted {end if isinstance(end, KeyboardInterrupt) else ''}".rstrip())
        raise KeyboardInterrupt from end
    except click.exceptions.NoArgsIsHelpError as error:
        console.say(error.format_message())
        status = ExitStatus.USAGE
    except Exception as error:  # noqa: BLE001 - this is the boundary
        status = _report(console, error)
    return status


def _wants_json(arguments: Sequence[str]) -> bool:
    """Say whether a document was asked for, before it is known whether the arguments can be understood."""
    words = tuple(takewhile(lambda word: word != "--", arguments))
    return not {"--json", "--format=json"}.isdisjoint(words) or ("--format", "json") in pairwise(words)


def _invoke(group: click.Group, console: Console) -> int:
    """Do what Click's own ``main`` does, which makes another error of an interrupt and of a closed pipe."""
    for program, variable in _PROGRAMS.items():
        if instruction := os.environ.get(variable):
            from click.shell_completion import shell_complete

            return shell_complete(group, {}, program, variable, instruction)
    try:
        with group.make_context("scaffold", sys.argv[1:], obj=console) as context:
            outcome = group.invoke(context)
    except click.exceptions.Exit as end:
        return end.exit_code
    return outcome if isinstance(outcome, int) else ExitStatus.DONE


def _report(console: Console, error: Exception) -> int:
    """Say what went wrong, and return its exit status."""
    if not isinstance(error, ScaffoldError | click.UsageError) and "--debug" in sys.argv:
        import traceback

        console.say("".join(traceback.format_exception(error)))
    problem = _problem(error)
    console.error(problem)
    if problem.status == ExitStatus.BUG:
        _describe_bug(console, error)
    return problem.status


def _problem(error: Exception) -> ScaffoldError:
    if isinstance(error, ScaffoldError):
        return error
    if isinstance(error, click.UsageError):
        path = error.ctx.command_path if error.ctx else "scaffold"
        return InvalidInput(_wrong_use(error).rstrip("."), hint=f"`{path} --help` shows how to write it")
    if isinstance(error, OSError):
        place = f"{error.filename}: " if error.filename else ""
        return EnvironmentProblem(
            f"{place}{(error.strerror or str(error)).lower()}",
            hint="Solve this and run the same command again; `scaffold --debug …` shows where it happened",
        )
    return Bug(
        "This is a bug in scaffold, not something you did",
        hint="Please report the lines below; `scaffold --debug …` adds the traceback",
    )


def _wrong_use(error: click.UsageError) -> str:
    """Return what Click says, but for options that are near only by their hyphens."""
    if isinstance(error, click.NoSuchOption):
        near = (option.strip("-") for option in error.possibilities or ())
        if not did_you_mean(error.option_name.strip("-"), near):
            return error.message
    return error.format_message()


class Bug(ScaffoldError):
    """Something that was not foreseen."""

    status = ExitStatus.BUG


def _describe_bug(console: Console, error: Exception) -> None:
    import platform
    import traceback

    place = traceback.extract_tb(error.__traceback__)[-1]
    console.say(
        f"\n  {type(error).__name__}: {error}\n"
        f"  at {os.path.basename(place.filename)}:{place.lineno} in {place.name}\n"  # noqa: PTH119
        f"  Python {platform.python_version()} on {platform.system()}"
    )
