"""Signals that end a program, turned into an exception so that what was begun is undone."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_ENDING = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT") if hasattr(signal, name)
)


class Interrupted(KeyboardInterrupt):
    """A signal asked the program to end."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


class Unwinding:
    """Whether a signal ends the work at once, or after a section that must not be cut in two."""

    def __init__(self) -> None:
        self._sections = 0
        self._waiting = 0
        self._raised = False

    def receive(self, number: int, _frame: FrameType | None = None) -> None:
        """Take a signal: the first one unwinds, later ones do not disturb the clean-up."""
        if self._sections:
            self._waiting = number
        elif not self._raised:
            self._raised = True
            raise Interrupted(number)

    @contextmanager
    def whole(self) -> Iterator[None]:
        """Run the block to its end; a signal that comes meanwhile takes effect after it."""
        self._sections += 1
        try:
            yield
        finally:
            self._sections -= 1
            number, self._waiting = self._waiting, 0
        if number:
            self.receive(number)


@contextmanager
def unwinding() -> Iterator[Unwinding]:
    """Let INT, TERM and HUP unwind the block, then pass the signal on to whoever handled it before.

    A signal that is ignored stays ignored (`nohup`). Outside the main thread,
    where no handler can be set, signals are not touched.
    """
    state = Unwinding()
    before = {number: signal.getsignal(number) for number in _ENDING if _can_handle(number)}
    ended_by = 0
    try:
        for number in before:
            signal.signal(number, state.receive)
        yield state
    except Interrupted as interrupted:
        ended_by = interrupted.number
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    if ended_by:
        signal.raise_signal(ended_by)
        raise KeyboardInterrupt  # the earlier handler returned, and the work is undone


def _can_handle(number: int) -> bool:
    in_main = threading.current_thread() is threading.main_thread()
    return in_main and signal.getsignal(number) not in {signal.SIG_IGN, None}
