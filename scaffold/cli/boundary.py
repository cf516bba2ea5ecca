"""The one place where errors and signals become text and an exit status."""

import atexit
import gc
import os
import signal
import sys
from contextlib import suppress
from types import FrameType
from typing import NoReturn

import click

from scaffold.console import Console, writing_to_stdout
from scaffold.errors import ExitStatus, InvalidInput, ScaffoldError

_ALLOCATIONS = 50_000
"""Before the garbage collector looks for cycles: most that a short process makes lives until its end."""


class Interrupted(KeyboardInterrupt):
    """A TERM or HUP arrived; it unwinds like Ctrl-C, so that everything is cleaned up."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number


def run(group: click.Group) -> NoReturn:
    """Run ``group`` on the process's arguments and end the process."""
    gc.set_threshold(_ALLOCATIONS)
    console = Console(os.environ)
    _unwind_on_signals()
    try:
        _end(_status(group, console))
    except KeyboardInterrupt as interrupt:
        console.say("\nInterrupted")
        _end_by_signal(getattr(interrupt, "number", signal.SIGINT))


def _end(status: int) -> NoReturn:
    """End the process without freeing each object first, which takes longer than most commands do."""
    atexit._run_exitfuncs()  # noqa: SLF001 - what `os._exit` leaves out and somebody may have asked for
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError, OSError, ValueError):  # there may be none, or nobody who reads it
            stream.flush()
    os._exit(status)


def _status(group: click.Group, console: Console) -> int:
    outcome = None
    try:
        with writing_to_stdout():  # the help, which Click writes
            outcome = group.main(prog_name="scaffold", standalone_mode=False, obj=console)
    except ScaffoldError as error:
        console.error(error)
        return error.status
    except click.UsageError as error:
        console.error(InvalidInput(error.format_message().rstrip("."), hint=_help_hint(error)))
        return ExitStatus.USAGE
    except click.Abort as abort:  # what Click makes of every interrupt
        interrupt = abort.__cause__
        raise (interrupt if isinstance(interrupt, KeyboardInterrupt) else KeyboardInterrupt()) from None
    except Exception as error:  # noqa: BLE001 - this is the boundary
        return _report_bug(console, error)
    return outcome if isinstance(outcome, int) else ExitStatus.DONE


def _help_hint(error: click.UsageError) -> str:
    path = error.ctx.command_path if error.ctx else "scaffold"
    return f"`{path} --help` shows how to write it"


def _report_bug(console: Console, error: Exception) -> ExitStatus:
    import platform
    import traceback

    if "--debug" in sys.argv:
        console.say("".join(traceback.format_exception(error)))
    place = traceback.extract_tb(error.__traceback__)[-1]
    console.error(
        ScaffoldError(
            "This is a bug in scaffold, not something you did",
            hint="Please report the lines below; `scaffold --debug …` adds the traceback",
        )
    )
    console.say(
        f"\n  {type(error).__name__}: {error}\n"
        f"  at {os.path.basename(place.filename)}:{place.lineno} in {place.name}\n"  # noqa: PTH119
        f"  Python {platform.python_version()} on {platform.system()}"
    )
    return ExitStatus.BUG


def _unwind_on_signals() -> None:
    for name in ("SIGTERM", "SIGHUP", "SIGQUIT"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _interrupt)


def _interrupt(number: int, _frame: FrameType | None) -> NoReturn:
    raise Interrupted(number)


def _end_by_signal(number: int) -> NoReturn:
    """End as the signal would have, so that the shell and the caller see what happened."""
    if os.name == "posix":
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)
    sys.exit(128 + number)
