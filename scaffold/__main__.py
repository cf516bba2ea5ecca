"""The command line tool as a process: ``scaffold``, or ``python -m scaffold``."""

import os
import sys
from types import TracebackType


def main() -> None:
    """Run the command line tool and end the process with its exit status, or as a signal would."""
    sys.excepthook = _without_interrupts  # before anything is imported that takes a millisecond
    from scaffold.signals import unwinding

    try:
        with unwinding():
            from scaffold.cli import run  # importing takes a while, in which a signal may come

            status = run()
    except KeyboardInterrupt:
        status = _end_by_interrupt()
    sys.exit(status)


def _without_interrupts(
    kind: type[BaseException], error: BaseException, traceback: TracebackType | None
) -> None:
    """Show what ends Python, but not that it was interrupted before there were handlers."""
    if kind is not KeyboardInterrupt:
        sys.__excepthook__(kind, error, traceback)


def _end_by_interrupt() -> int:
    """End as Ctrl-C would have ended us, so that the shell and the caller see what happened."""
    import signal

    from scaffold.errors import ExitStatus

    if os.name == "posix":
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        signal.raise_signal(signal.SIGINT)
    return ExitStatus.INTERRUPTED


if __name__ == "__main__":
    main()
