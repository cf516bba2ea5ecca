"""The interview on a terminal: arrow keys, ``?`` for why we ask, ``←`` back, ``s`` skip, Ctrl-C ends.

Everything is drawn on standard error, so that standard output stays free for data.
"""

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Any

from scaffold.interview.conversation import Move, describe_value
from scaffold.interview.values import SKIPPED
from scaffold.model.answers import Choice, Question, Value
from scaffold.signals import is_signal_pending, signals_deferred

_SELECT_KEYS = "(↑↓ choose · enter · ← back · s skip · ? why)"
_SEVERAL_KEYS = "(space marks · enter · ← back · s skip · ? why)"
_NO_MORE = "__done__"
_RANKS = ("first", "second", "third", "fourth")
_SWITCH = (Choice(value="yes", label="Yes"), Choice(value="no", label="No"))


class Terminal:
    """The Prompter for a person; ``checks`` refuse a text with a reason while it is typed."""

    def __init__(self, checks: Mapping[str, Callable[[str], str]] | None = None) -> None:
        self._checks = checks or {}

    def ask(self, question: Question, default: Value, progress: str) -> Value | Move:
        """Put the question and return its answer or the move."""
        asking = {"single": _ask_one, "switch": _ask_switch, "multiple": _ask_several, "ranked": _ask_ranked}
        if question.kind == "text":
            reply = _ask_text(question, default, progress, self._checks.get(question.id))
        else:
            reply = asking[question.kind](question, default, progress)
        if reply is not Move.BACK:
            _say(f"{_label(question, progress)}  {describe_value(question, _plain(reply))}")
        return reply

    def choose(self, text: str, choices: Sequence[Choice]) -> str:
        """Let the person pick one of ``choices``; there is no way around it but Ctrl-C."""
        return str(_select(text, choices, None, "(↑↓ choose · enter)", {}))

    def confirm(self, text: str) -> bool:
        """Return whether the person says yes."""
        return self.choose(text, _SWITCH) == "yes"


def is_terminal() -> bool:
    """Return whether a person can be asked: questions are read from stdin and drawn on stderr."""
    return sys.stdin is not None and sys.stdin.isatty() and sys.stderr is not None and sys.stderr.isatty()


def _ask_one(question: Question, default: Value, progress: str) -> Value | Move:
    label = _label(question, progress)
    reply: Value | Move = _select(label, question.choices, default or None, _SELECT_KEYS, _keys(question))
    return reply


def _ask_switch(question: Question, default: Value, progress: str) -> Value | Move:
    before = "no" if default is False else "yes"
    reply = _select(_label(question, progress), _SWITCH, before, _SELECT_KEYS, _keys(question))
    return reply if isinstance(reply, Move) else reply == "yes"


def _ask_several(question: Question, default: Value, progress: str) -> Value | Move:
    import questionary

    marked = default if isinstance(default, tuple) else ()
    at_most = f"Choose at most {question.limit}"
    prompt = questionary.checkbox(
        _label(question, progress),
        [
            questionary.Choice(c.label, c.value, checked=c.value in marked, description=c.help or None)
            for c in question.choices
        ],
        validate=lambda picked: len(picked) <= question.limit or at_most,
        instruction=_SEVERAL_KEYS,
        **_drawing(),
    )
    reply = _run(prompt, _keys(question))
    return reply if isinstance(reply, Move) else tuple(reply)


def _ask_ranked(question: Question, default: Value, progress: str) -> Value | Move:
    """Ask for the first one, then the next, until the limit; from the second on Enter alone ends it."""
    picked: list[str] = []
    before = default if isinstance(default, tuple) else ()
    while len(picked) < question.limit:
        out = {*picked, "none"} if picked else set()
        rest = [choice for choice in question.choices if choice.value not in out]
        label = f"{_label(question, progress)} — {_RANKS[len(picked)]}"
        choices = [Choice(value=_NO_MORE, label="No more"), *rest] if picked else rest
        start = (
            before[len(picked)] if len(picked) < len(before) and before[len(picked)] not in picked else None
        )
        reply = _select(label, choices, start, _SELECT_KEYS, _keys(question))
        if reply is Move.BACK and picked:
            picked.pop()
            continue
        if isinstance(reply, Move):
            return tuple(picked) if picked and reply is Move.SKIP else reply
        if reply == _NO_MORE:
            break
        picked.append(reply)
        if reply == "none":
            break
    return tuple(picked)


def _ask_text(
    question: Question, default: Value, progress: str, check: Callable[[str], str] | None
) -> Value | Move:
    import questionary
    from prompt_toolkit.key_binding import KeyBindings

    _say(_wrapped(question.why))
    bindings = KeyBindings()
    bindings.add("up")(lambda event: event.app.exit(result=Move.BACK))
    prompt = questionary.text(
        _label(question, progress),
        default=default if isinstance(default, str) else "",
        validate=(lambda text: check(text) or True) if check else None,
        instruction="(enter · ↑ back)",
        key_bindings=bindings,
        **_drawing(),
    )
    reply: Value | Move = _answer(prompt)
    return reply


def _select(
    label: str,
    choices: Sequence[Choice],
    default: Value | None,
    keys_text: str,
    keys: Mapping[str, Callable[[Any], None]],
) -> Any:  # noqa: ANN401 - a text or a Move
    import questionary

    items = [questionary.Choice(c.label, c.value, description=c.help or None) for c in choices]
    prompt = questionary.select(
        label,
        items,
        default=next((item for item in items if item.value == default), None),
        use_jk_keys=False,
        instruction=keys_text,
        **_drawing(),
    )
    return _run(prompt, keys)


def _run(prompt: Any, keys: Mapping[str, Callable[[Any], None]]) -> Any:  # noqa: ANN401
    """Ask with ``keys`` added to the prompt's own; Ctrl-C raises KeyboardInterrupt."""
    from prompt_toolkit.key_binding import KeyBindings, merge_key_bindings

    extra = KeyBindings()
    for key, action in keys.items():
        extra.add(key, eager=True)(action)
    prompt.application.key_bindings = merge_key_bindings([prompt.application.key_bindings, extra])
    return _answer(prompt)


def _answer(prompt: Any) -> Any:  # noqa: ANN401
    """Let the person answer, and leave the terminal as it was however that ends.

    A signal ends the prompt as a key would: an exception in the midst of its event loop may get lost.
    """
    application = prompt.application

    def stop() -> None:
        if application.future is not None and not application.future.done():
            application.exit(exception=KeyboardInterrupt)

    def wake() -> None:
        if application.loop is not None:
            application.loop.call_soon_threadsafe(stop)

    def begin() -> None:
        if is_signal_pending():  # since before there was a loop to wake
            stop()

    with _terminal_kept(), signals_deferred(wake):
        return application.run(pre_run=begin, handle_sigint=False, set_exception_handler=False)


@contextmanager
def _terminal_kept() -> Iterator[None]:
    try:
        import termios
    except ImportError:  # Windows, where a program does not leave its modes behind
        yield
        return
    modes = termios.tcgetattr(sys.stdin)
    try:
        yield
    finally:
        with suppress(termios.error):  # it is gone
            termios.tcsetattr(sys.stdin, termios.TCSADRAIN, modes)


def _keys(question: Question) -> dict[str, Callable[[Any], None]]:
    from prompt_toolkit.application import run_in_terminal

    def explain(_event: object) -> None:
        run_in_terminal(lambda: _say(_wrapped(question.why)))

    return {
        "left": lambda event: event.app.exit(result=Move.BACK),
        "s": lambda event: event.app.exit(result=Move.SKIP),
        "?": explain,
    }


def _drawing() -> dict[str, Any]:
    from prompt_toolkit.output import create_output

    return {"output": create_output(stdout=sys.stderr), "erase_when_done": True, "qmark": "?"}


def _label(question: Question, progress: str) -> str:
    return f"{progress}  {question.text}" if progress else question.text


def _wrapped(text: str) -> str:
    from shutil import get_terminal_size
    from textwrap import fill

    columns = max(20, get_terminal_size().columns - 1)
    return fill(text, columns, initial_indent="  ", subsequent_indent="  ")


def _plain(reply: Value | Move) -> Value:
    return SKIPPED if isinstance(reply, Move) else reply


def _say(text: str) -> None:
    sys.stderr.write(text + "\n")
    sys.stderr.flush()
