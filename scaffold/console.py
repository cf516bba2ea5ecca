"""The only writer to the terminal: data on standard output, talk on standard error."""

import errno
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import TextIO

import click

from scaffold.errors import EnvironmentProblem, ScaffoldError
from scaffold.text import printable

_OF_STREAMS = (errno.EPIPE, errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EBADF)


class Console:
    """Where commands write; every line is readable without colour.

    With ``as_json`` an error is a JSON document on standard output, unless data stand there already.
    What a stream cannot show is replaced.
    """

    def __init__(self, environment: Mapping[str, str], *, as_json: bool = False) -> None:
        dumb = environment.get("TERM") == "dumb"
        self._color = False if environment.get("NO_COLOR") or dumb else None
        self._live = sys.stderr is not None and sys.stderr.isatty() and not dumb
        self._pending = False
        self._as_json = as_json
        for stream in (sys.stdout, sys.stderr):
            if stream is not None and hasattr(stream, "reconfigure"):
                stream.reconfigure(errors="replace")

    def data(self, text: str) -> None:
        """Write what was asked for: a report, a list, a path."""
        self._as_json = False
        with writing_to_stdout():
            click.echo(text, color=self._color)

    @property
    def columns(self) -> int:
        """How wide a report may be: as the terminal, but no more than 100; 80 without one."""
        from shutil import get_terminal_size

        is_terminal = sys.stdout is not None and sys.stdout.isatty()
        return min(get_terminal_size().columns, 100) if is_terminal else 80

    def document(self, value: object) -> None:
        """Write what was asked for as JSON, which any stream can show."""
        import json

        self.data(json.dumps(value, indent=2, ensure_ascii=not self.takes_unicode))

    @property
    def takes_unicode(self) -> bool:
        """Whether standard output can show any character."""
        return "utf" in getattr(sys.stdout, "encoding", "utf").lower()

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

        self._write(f"\r\x1b[K{'':11}{printable(text, max(1, get_terminal_size().columns - 12))}")
        self._pending = True

    def warn(self, text: str) -> None:
        """Write what may be a mistake."""
        self._talk(f"{click.style('warning:', fg='yellow', bold=True)} {_harmless(text)}")

    def error(self, error: ScaffoldError) -> None:
        """Write an error and, after a blank line, what to do next."""
        if self._as_json:
            from scaffold.documents import error_document

            with suppress(EnvironmentProblem):  # standard output is lost, but not the error
                self.document(error_document(error))
                return
        self._talk(f"{click.style('error:', fg='red', bold=True)} {_harmless(error.message)}")
        if error.hint:
            self._talk(f"\n{click.style('hint:', fg='cyan', bold=True)} {_harmless(error.hint)}")

    def _talk(self, text: str) -> None:
        clear = "\r\x1b[K" * self._pending
        self._pending = False
        self._write(f"{clear}{text}\n")

    def _write(self, text: str) -> None:
        try:
            click.echo(text, nl=False, err=True, color=self._color)
        except OSError:  # nobody listens, and that is no reason to stop
            _discard(sys.stderr)


def _harmless(text: str) -> str:
    return "\n".join(printable(line, len(line)) for line in text.split("\n"))


@contextmanager
def writing_to_stdout() -> Iterator[None]:
    """End quietly when the reader of standard output has seen enough, and say when it cannot be written.

    Raises EnvironmentProblem for a full disk and the like.
    """
    try:
        yield
    except OSError as error:
        if error.filename is not None or error.errno not in _OF_STREAMS:
            raise
        _discard(sys.stdout)
        if isinstance(error, BrokenPipeError):
            return
        raise EnvironmentProblem(
            f"Standard output cannot be written: {(error.strerror or str(error)).lower()}",
            hint="The work itself is done; only its output is lost",
        ) from error


def _discard(stream: TextIO) -> None:
    """Point a stream at nothing, so that the interpreter's last flush of it cannot fail."""
    sink = os.open(os.devnull, os.O_WRONLY)
    os.dup2(sink, stream.fileno())
    os.close(sink)
