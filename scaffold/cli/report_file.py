"""Writing a report to a file: beside it first, so that the old one stays on any failure."""

import errno
import os
import secrets
import stat
from contextlib import suppress
from pathlib import Path

from scaffold.cli.options import defaults_path
from scaffold.errors import EnvironmentProblem, InvalidInput, ScaffoldError, TargetRefused


def check_report_path(output: str, answers_file: str | None) -> None:
    """Raise TargetRefused for a report in the place of what is read for it, whatever that is called."""
    target = _status(output)
    if target is None or not stat.S_ISREG(target.st_mode):
        return
    named = (name for name in (answers_file, defaults_path()) if name)
    read = [_status(0 if name == "-" else name) for name in named]
    if any(status and os.path.samestat(status, target) for status in read):
        raise TargetRefused(
            f"{output} is the file that the answers come from", hint="Give --output another file"
        )


def write_report(output: str, text: str) -> None:
    """Write ``text`` to a file that keeps its mode, its place behind a link, and its content on any failure.

    A device, or a pipe that is open already, is written to. Raises InvalidInput for a
    folder or a named pipe, and EnvironmentProblem for what the system refuses.
    """
    try:
        status = _status(output)
        if status is None or stat.S_ISREG(status.st_mode):
            _replace(Path(os.path.realpath(output)), status, text.encode())
        else:
            _refuse_named_pipe(output, status)
            Path(output).write_text(text, encoding="utf-8")
    except (OSError, ValueError) as error:
        raise _problem(output, error) from error


def _refuse_named_pipe(output: str, status: os.stat_result) -> None:
    """Raise ValueError for a pipe that is not open already, as the one of ``/dev/stdout`` may be."""
    real = os.path.realpath(output)
    if stat.S_ISFIFO(status.st_mode) and os.path.lexists(real) and not real.startswith("/dev/"):
        raise ValueError("It is a named pipe, which would wait for a reader")


def _replace(path: Path, old: os.stat_result | None, content: bytes) -> None:
    if path.is_symlink():
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
    if old is not None and not os.access(path, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    beside = path.with_name(f".scaffold-report-{secrets.token_hex(8)}")
    try:
        with beside.open("xb") as file:
            if old is not None:
                beside.chmod(stat.S_IMODE(old.st_mode))
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise


def _problem(output: str, error: OSError | ValueError) -> ScaffoldError:
    reason = (getattr(error, "strerror", None) or str(error)).lower()
    if isinstance(error, FileNotFoundError | NotADirectoryError | IsADirectoryError | ValueError):
        return InvalidInput(
            f"{output} cannot be written: {reason}", hint="Give --output a file in a folder that exists"
        )
    return EnvironmentProblem(
        f"{output} cannot be written: {reason}",
        hint="Give --output another place; what was there is unchanged",
    )


def _status(place: str | int) -> os.stat_result | None:
    with suppress(OSError, ValueError):
        return os.stat(place)  # noqa: PTH116 - of a descriptor too
    return None
