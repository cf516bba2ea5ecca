"""The only writer to the terminal: data on standard output, talk on standard error."""

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress

import click

from scaffold.errors import EnvironmentProblem, ScaffoldError
from scaffold.text import printable


class Console:
    """Where commands write; every line is readable without colour."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        dumb = environment.get("TERM") == "dumb"
        self._color = False if environment.get("NO_COLOR") or dumb else None
        self._live = sys.stderr is not None and sys.stderr.isatty() and not dumb
        self._pending = False

    def data(self, text: str) -> None:
        """Write what was asked for: a report, a list, a path."""
        with writing_to_stdout():
            click.echo(text, color=self._color)

    def say(self, text: str = "", *, strong: bool = False) -> None:
        """Write talk: progress, notes, next steps."""
        self._talk(click.style(_harmless(text), bold=strong) if strong else _harmless(text))

    def status(self, word: str, text: str, *, good: bool = True) -> None:
        """Write one line of progress that starts with a status word."""
        self._talk(
            f"{click.style(f'{word:>9}', fg='green' if good else 'red', bold=True)}  {_harmless(text)}"
        )

    def progress(self, text: str) -> None:
        """Show ``text`` on the last line of a terminal until something else is written; elsewhere nothing."""
        if not self._live:
            return
        from shutil import get_terminal_size

        self._write(f"\r\x1b[K{'':11}{printable(text, get_terminal_size().columns - 12)}")
        self._pending = True

    def error(self, error: ScaffoldError) -> None:
        """Write an error and, after a blank line, what to do next."""
        self._talk(f"{click.style('error:', fg='red', bold=True)} {_harmless(error.message)}")
        if error.hint:
            self._talk(f"\n{click.style('hint:', fg='cyan', bold=True)} {_harmless(error.hint)}")

    def _talk(self, text: str) -> None:
        clear = "\r\x1b[K" * self._pending
        self._pending = False
        self._write(f"{clear}{text}\n")

    def _write(self, text: str) -> None:
        with suppress(OSError):  # nobody listens, and that is no reason to stop
            click.echo(text, nl=False, err=True, color=self._color)


def _harmless(text: str) -> str:
    return "\n".join(printable(line, len(line)) for line in text.split("\n"))


@contextmanager
def writing_to_stdout() -> Iterator[None]:
    """End quietly when the reader of standard output has seen enough, and say when it cannot be written.

    Raises EnvironmentProblem for a full disk and the like.
    """
    try:
        yield
    except BrokenPipeError:
        _discard_stdout()
    except OSError as error:
        if error.filename is not None:
            raise  # that was a file, not a stream
        _discard_stdout()
        raise EnvironmentProblem(
            f"Standard output cannot be written: {(error.strerror or str(error)).lower()}",
            hint="The work itself is done; only its output is lost",
        ) from error


def _discard_stdout() -> None:
    """Point standard output at nothing, so that the interpreter's last flush cannot fail."""
    sink = os.open(os.devnull, os.O_WRONLY)
    os.dup2(sink, sys.stdout.fileno())
    os.close(sink)
