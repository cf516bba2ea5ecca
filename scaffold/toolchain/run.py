"""Run the machine's programs: never through a shell, and none outlives its use.

Every program gets a process group of its own. The group ends with the ``with``
block of :func:`start`, however that block is left, and on POSIX also when our
process is killed: a watcher waits at the other end of a pipe (``watch.py``).
"""

import errno
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from typing import IO, NamedTuple

from scaffold.errors import EnvironmentProblem
from scaffold.signals import signals_deferred

TAIL_LINES = 4000
TAIL_BYTES = 1 << 20
LINE_BYTES = 8192
OUTPUTS = ("stdout", "stderr")
"""The files in a folder for output."""
GRACE = 3.0
"""Seconds between TERM and KILL."""

_WINDOWS = sys.platform == "win32"

# `git rev-parse --local-env-vars`: set in a hook, they point the child's git at another repository.
_REPOSITORY = frozenset(
    f"GIT_{name}"
    for name in (
        *("DIR", "WORK_TREE", "INDEX_FILE", "PREFIX", "COMMON_DIR", "OBJECT_DIRECTORY", "NAMESPACE"),
        *(
            "ALTERNATE_OBJECT_DIRECTORIES",
            "GRAFT_FILE",
            "SHALLOW_FILE",
            "REPLACE_REF_BASE",
            "NO_REPLACE_OBJECTS",
        ),
        *("CONFIG", "CONFIG_PARAMETERS", "CONFIG_COUNT", "IMPLICIT_WORK_TREE", "INTERNAL_SUPER_PREFIX"),
    )
)
# They describe the interpreter that runs us, not the one the project will have.
_INTERPRETER = frozenset(
    (
        *(
            "PYTHONHOME",
            "PYTHONPATH",
            "PYTHONSTARTUP",
            "PYTHONSAFEPATH",
            "PYTHONEXECUTABLE",
            "PYTHONPLATLIBDIR",
        ),
        *(
            "PYTHONUSERBASE",
            "PYTHONNOUSERSITE",
            "PYTHONINSPECT",
            "PYTHONOPTIMIZE",
            "PYTHONWARNINGS",
            "PYTHONDEVMODE",
        ),
        *("PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX", "__PYVENV_LAUNCHER__"),
        *("VIRTUAL_ENV", "VIRTUAL_ENV_PROMPT", "UV_RUN_RECURSION_DEPTH"),
    )
)


class Completed(NamedTuple):
    """How a program ended; ``tail`` is the end of what it wrote, ``seconds`` how long it ran."""

    code: int
    tail: str
    seconds: float
    timed_out: bool = False


class Process:
    """A running program; its output is read all the time, so that it never blocks on a full pipe."""

    def __init__(
        self, popen: subprocess.Popen[bytes], on_line: Callable[[str], None] | None, output: Path | None
    ) -> None:
        self._popen = popen
        self._output = output
        self._on_line = on_line
        self._lines: deque[str] = deque(maxlen=TAIL_LINES)
        self._raised: BaseException | None = None
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    @property
    def pid(self) -> int:
        """Of the program, and of its process group."""
        return self._popen.pid

    @property
    def tail(self) -> str:
        """The last lines it wrote, standard output and error together, or one after the other from files."""
        if self._output is not None:
            return "".join(_end_of(self._output / name) for name in OUTPUTS)
        return "\n".join(tuple(self._lines))

    @property
    def code(self) -> int | None:
        """The exit status, or None while it runs; negative is the signal that ended it."""
        with signals_deferred():  # a signal that cut it would leave its lock taken for ever
            return self._popen.poll()

    def wait(self, timeout: float) -> bool:
        """Wait at most ``timeout`` seconds and say whether the program has ended."""
        for _ in self._running(timeout):
            self._raise()
        self._raise()
        return self.code is not None

    def terminate(self) -> None:
        """Ask the program, and only it, to stop: what a container engine does."""
        if self.code is None:
            self._popen.send_signal(_TERM)

    def has_others(self) -> bool:
        """Say whether another process of the group still runs."""
        return any(member != self.pid for member in _members(self.pid))

    def kill(self) -> None:
        """End the whole group: TERM, a moment of grace, KILL."""
        try:
            if self.code is None:
                _signal_group(self.pid, _TERM)
                deque(self._running(GRACE), maxlen=0)
        finally:
            _kill_group(self.pid)
            with signals_deferred():
                self._popen.wait()
            self._reader.join(1.0)

    def _running(self, timeout: float) -> Iterator[None]:
        """Yield now and then while the program runs and time is left."""
        deadline, pause = time.monotonic() + timeout, 0.0005
        while self.code is None and time.monotonic() < deadline:
            yield
            time.sleep(pause)
            pause = min(2 * pause, 0.05)

    def _read(self) -> None:
        stream: IO[bytes] | None = self._popen.stdout
        if stream is None:
            return
        with stream, suppress(ValueError, OSError):
            while piece := stream.readline(LINE_BYTES):
                self._take(piece.decode("utf-8", "replace").rstrip("\r\n"))

    def _take(self, line: str) -> None:
        self._lines.append(line)
        if self._on_line is None:
            return
        try:
            self._on_line(line)
        except BaseException as error:  # noqa: BLE001  # raised again where someone can see it, in `wait`
            self._on_line, self._raised = None, error

    def _raise(self) -> None:
        if self._raised is not None:
            error, self._raised = self._raised, None
            raise error


@contextmanager
def start(  # noqa: PLR0913 - each is one thing a caller may say
    command: Sequence[str],
    *,
    cwd: Path,
    environment: Mapping[str, str],
    on_line: Callable[[str], None] | None = None,
    watched: bool = True,
    output: Path | None = None,
) -> Iterator[Process]:
    """Start a program and end its whole process group when the block is left.

    ``on_line`` gets each line of output, in a thread of its own; what it raises
    is raised by :meth:`Process.wait`. ``output`` is a folder for the files `stdout`
    and `stderr`, which then get all of it instead. Without ``watched``, which costs 15 ms, the
    program lives on when we are killed: for those that soon end by themselves.
    Raises :class:`EnvironmentProblem` when the program cannot be started.
    """
    with _life_line() if watched and not _WINDOWS else nullcontext() as pipe:
        process = None
        try:
            with signals_deferred():
                with _outputs(output) as streams:
                    popen = _popen(command, cwd, clean_environment(environment), pipe and pipe[0], streams)
                process = _process(popen, on_line, output)
            yield process
        finally:
            if process is not None:
                process.kill()
            if pipe:
                os.write(pipe[1], b".")


def _process(
    popen: subprocess.Popen[bytes], on_line: Callable[[str], None] | None, output: Path | None
) -> Process:
    try:
        return Process(popen, on_line, output)
    except BaseException:
        _kill_group(popen.pid)
        popen.wait()
        raise


def run(  # noqa: PLR0913 - each is one thing a caller may say
    command: Sequence[str],
    *,
    cwd: Path,
    environment: Mapping[str, str],
    timeout: float,
    on_line: Callable[[str], None] | None = None,
    watched: bool = True,
    output: Path | None = None,
) -> Completed:
    """Run a program to its end, at most ``timeout`` seconds; otherwise as :func:`start` does."""
    begin = time.monotonic()
    with start(
        command, cwd=cwd, environment=environment, on_line=on_line, watched=watched, output=output
    ) as process:
        ended = process.wait(timeout)
    return Completed(
        code=process.code if process.code is not None else -1,
        tail=process.tail,
        seconds=time.monotonic() - begin,
        timed_out=not ended,
    )


def clean_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """Leave out the variables that describe our own process and not the child's."""
    leave = _REPOSITORY | _INTERPRETER
    return {
        name: value
        for name, value in environment.items()
        if name not in leave and not name.startswith(("GIT_CONFIG_KEY_", "GIT_CONFIG_VALUE_"))
    }


@contextmanager
def _life_line() -> Iterator[tuple[int, int]]:
    """Yield both ends of a pipe; the writing end closes with this process, however that ends."""
    pipe = os.pipe()
    try:
        yield pipe
    finally:
        for end in pipe:
            os.close(end)


@contextmanager
def _outputs(folder: Path | None) -> Iterator[tuple[int | IO[bytes], int | IO[bytes]]]:
    """Yield where standard output and error go: a pipe for both, or files in the folder."""
    if folder is None:
        yield subprocess.PIPE, subprocess.STDOUT
        return
    stdout, stderr = (folder / name for name in OUTPUTS)
    with stdout.open("wb") as out, stderr.open("wb") as errors:
        yield out, errors


def _end_of(file: Path) -> str:
    with file.open("rb") as stream:
        stream.seek(max(0, file.stat().st_size - TAIL_BYTES))
        return stream.read().decode("utf-8", "replace")


def _popen(
    command: Sequence[str],
    cwd: Path,
    environment: Mapping[str, str],
    pipe: int | None,
    streams: tuple[int | IO[bytes], int | IO[bytes]],
) -> subprocess.Popen[bytes]:
    executable = _executable(command[0], cwd, environment)
    _learn_how_children_end()
    try:
        return subprocess.Popen(
            (*_watcher(executable, environment, pipe), executable, *command[1:]),
            pass_fds=() if pipe is None else (pipe,),
            cwd=cwd,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=streams[0],
            stderr=streams[1],
            start_new_session=not _WINDOWS,
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )
    except OSError as error:
        raise EnvironmentProblem(
            f"cannot start `{command[0]}`: {error.strerror}",
            hint=f"Check that {executable} can be executed and that {cwd} exists",
        ) from error


def _watcher(executable: str, environment: Mapping[str, str], pipe: int | None) -> tuple[str, ...]:
    """Return the arguments that let ``watch.py`` become the program; OSError when it surely could not."""
    if pipe is None:
        return ()
    if not os.access(executable, os.X_OK):
        Path(executable).stat()
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    script = str(Path(__file__).with_name("watch.py"))
    return (sys.executable, "-I", "-S", script, str(pipe), environment.get("LC_CTYPE", ""))


def _learn_how_children_end() -> None:
    """Undo that our parent ignored SIGCHLD: the system then forgets exit statuses, and all look like 0."""
    if not _WINDOWS and signal.getsignal(signal.SIGCHLD) is signal.SIG_IGN:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)


def _executable(name: str, cwd: Path, environment: Mapping[str, str]) -> str:
    """Look a program up on the child's PATH, as Windows would not."""
    if os.sep in name or "/" in name:
        return str(cwd / name)
    found = shutil.which(name, path=environment.get("PATH", ""))
    if found is None:
        raise EnvironmentProblem(
            f"`{name}` is not on the PATH",
            hint="`scaffold doctor` says which tools are missing and how to get them",
        )
    return str(Path(found).absolute())


if sys.platform == "win32":
    _TERM = signal.CTRL_BREAK_EVENT
else:
    _TERM = signal.SIGTERM


def _signal_group(pid: int, number: int) -> None:
    with suppress(ProcessLookupError, PermissionError):
        if sys.platform == "win32":
            os.kill(pid, number)
        else:
            os.killpg(pid, number)


def _members(group: int) -> Iterator[int]:
    """Yield the processes of a group that still run, where the system lists them in /proc."""
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError, ValueError):
            # The name, in parentheses, may hold anything; after it come state, parent and group.
            state, _, member_of = (folder / "stat").read_text(errors="replace").rpartition(")")[2].split()[:3]
            if int(member_of) == group and state not in "ZX":
                yield int(folder.name)


def _kill_group(pid: int) -> None:
    if sys.platform == "win32":
        subprocess.run(("taskkill", "/T", "/F", "/PID", str(pid)), check=False, capture_output=True)  # noqa: S607
    else:
        _signal_group(pid, signal.SIGKILL)
