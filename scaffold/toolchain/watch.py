"""Become a program, and leave a watcher that ends its process group when scaffold dies, however it dies.

``python -I -S watch.py PIPE LC_CTYPE PROGRAM ARGUMENT…``, started as the leader of a group. PIPE is the
reading end of a pipe whose only writing end closes with scaffold. A byte says that all is done.
"""

import os
import signal
import sys
import time
from contextlib import suppress

GRACE = 1.0
"""Seconds between TERM and KILL."""


def main() -> None:
    """Start the watcher as nobody's child: the program must not find a child that it did not start."""
    pipe, group = int(sys.argv[1]), os.getpid()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    child = os.fork()
    if not child:
        if not os.fork():
            _watch(pipe, group)
        os._exit(0)
    os.waitpid(child, 0)
    _become(sys.argv[3:])


def _watch(pipe: int, group: int) -> None:
    os.setsid()  # out of the group, which may end before
    for descriptor in range(3):
        os.dup2(os.open(os.devnull, os.O_RDWR), descriptor)
    if not os.read(pipe, 1):
        for number, seconds in ((signal.SIGTERM, GRACE), (signal.SIGKILL, 0)):
            with suppress(ProcessLookupError):
                os.killpg(group, number)
            time.sleep(seconds)


def _become(command: list[str]) -> None:
    for number in (signal.SIGPIPE, signal.SIGXFSZ):  # Python ignores them, and the program would inherit that
        signal.signal(number, signal.SIG_DFL)
    os.environ["LC_CTYPE"] = sys.argv[2]  # Python sets it in the C locale
    if not sys.argv[2]:
        del os.environ["LC_CTYPE"]
    os.set_inheritable(int(sys.argv[1]), False)  # noqa: FBT003 - the parameter has no name
    try:
        os.execv(command[0], command)  # noqa: S606 - no shell is wanted
    except OSError as error:
        sys.exit(f"cannot start `{command[0]}`: {error.strerror}")


if __name__ == "__main__":
    main()
