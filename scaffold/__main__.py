"""The command line tool as a process: ``scaffold``, or ``python -m scaffold``."""

import os
import signal
import sys
from typing import NoReturn

from scaffold.errors import ExitStatus
from scaffold.signals import unwinding


def main() -> NoReturn:
    """Run the command line tool and end the process with its exit status, or as a signal would."""
    try:
        with unwinding():
            from scaffold.cli import run  # importing takes a while, in which a signal may come

            status = run()
    except KeyboardInterrupt:
        _end_by_interrupt()
    sys.exit(status)


def _end_by_interrupt() -> NoReturn:
    """End as Ctrl-C would have ended us, so that the shell and the caller see what happened."""
    if os.name == "posix":
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        signal.raise_signal(signal.SIGINT)
    sys.exit(ExitStatus.INTERRUPTED)


if __name__ == "__main__":
    main()
