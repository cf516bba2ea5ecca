"""Signals that end a program, turned into an exception so that what was begun is undone.

The handlers are the process's, so the state is the module's.
"""

import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

_NAMES = ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT")
_ENDING = tuple(getattr(signal, name) for name in _NAMES if hasattr(signal, name))


class Interrupted(KeyboardInterrupt):
    """A signal asked the program to end."""


class _State:
    sections = 0
    waiting = 0
    wake: Callable[[], object] | None = None
    ended_by = 0


@contextmanager
def unwinding() -> Iterator[None]:
    """Let INT, TERM, HUP and QUIT unwind the block, then pass the signal on to whoever handled it before.

    The first signal raises Interrupted, later ones do not disturb the clean-up.
    A signal that is ignored stays ignored (`nohup`). Inside another such block,
    and outside the main thread, where no handler can be set, nothing changes.
    """
    before = {number: signal.getsignal(number) for number in _ENDING if _can_handle(number)}
    try:
        for number in before:
            signal.signal(number, _receive)
        with _finalizers_watched():
            yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        number = _State.ended_by or _State.waiting
        if before and number:
            _State.ended_by = _State.waiting = 0
            signal.raise_signal(number)
            raise KeyboardInterrupt  # the earlier handler returned, and the work is undone


@contextmanager
def signals_deferred(wake: Callable[[], object] | None = None) -> Iterator[None]:
    """Run the block to its end; a signal that comes meanwhile takes effect after it.

    ``wake`` is called by such a signal, so that a block that waits can come to its end.
    """
    if threading.current_thread() is not threading.main_thread():
        yield  # which no handler interrupts
        return
    _State.sections += 1
    before, _State.wake = _State.wake, wake
    try:
        yield
    finally:
        _State.wake = before
        _State.sections -= 1
        if not _State.sections and _State.waiting:
            number, _State.waiting = _State.waiting, 0
            _receive(number)


def is_signal_pending() -> bool:
    """Return whether a signal waits for the end of the section."""
    return bool(_State.waiting)


def _receive(number: int, _frame: FrameType | None = None) -> None:
    if _State.sections:
        _State.waiting = number
        if _State.wake is not None:
            _State.wake()
    elif not _State.ended_by:
        _State.ended_by = number
        raise Interrupted


@contextmanager
def _finalizers_watched() -> Iterator[None]:
    """Let a signal wait whose exception was raised in a finalizer, where Python drops it."""
    before = sys.unraisablehook

    def keep(unraisable: "sys.UnraisableHookArgs") -> None:
        if isinstance(unraisable.exc_value, Interrupted):
            _State.waiting, _State.ended_by = _State.ended_by, 0
        else:
            before(unraisable)

    sys.unraisablehook = keep
    try:
        yield
    finally:
        sys.unraisablehook = before


def _can_handle(number: int) -> bool:
    in_main = threading.current_thread() is threading.main_thread()
    return in_main and signal.getsignal(number) not in {signal.SIG_IGN, _receive, None}
