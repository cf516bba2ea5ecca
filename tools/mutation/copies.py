"""Copies of the checkout in which tests run at the same time, each on a mutant of its own."""

import compileall
import contextlib
import json
import os
import py_compile
import queue
import re
import shutil
import signal
import subprocess
import sysconfig
import venv
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from coverage import CoverageData
from coverage.exceptions import DataError
from mutants import ROOT, Mutant

IGNORED = shutil.ignore_patterns(".*_cache", ".git", ".hypothesis", ".venv", "__pycache__")
T = TypeVar("T")
U = TypeVar("U")


class Copy:
    """A copy with an environment of its own, so that each process of a test imports the mutant."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._checkout = folder / "checkout"
        shutil.copytree(ROOT, self._checkout, ignore=IGNORED)
        venv.create(self._checkout / ".venv")
        place = {"base": str(self._checkout / ".venv")}
        own = Path(sysconfig.get_path("purelib", "venv", place)) / "copy.pth"
        packages = f"import site; site.addsitedir({sysconfig.get_path('purelib')!r})"
        own.write_text(f"{self._checkout}\n{packages}\n", encoding="utf-8")
        # Bytecode is checked against the source: a time stamp does not tell two mutants of one second apart.
        checked = py_compile.PycInvalidationMode.CHECKED_HASH
        compileall.compile_dir(self._checkout / "scaffold", quiet=2, invalidation_mode=checked)
        (folder / "coverage.ini").write_text(
            f"[run]\ndata_file = {folder}/coverage\nparallel = true\ninclude = {self._checkout}/scaffold/*\n"
            # In a process that a test started, the context is the test.
            "context = ${PYTEST_CURRENT_TEST-}\ndisable_warnings = no-data-collected\n",
            encoding="utf-8",
        )
        (folder / "temporary").mkdir()

    def watch(self, file: str) -> dict[str, float]:
        """Run a file's tests under coverage; return the seconds of those that pass."""
        seconds = self._folder / "seconds.json"
        seconds.write_text("{}", encoding="utf-8")
        environment = {"COVERAGE_PROCESS_START": f"{self._folder}/coverage.ini"}
        self._run({"watch": file, "seconds": str(seconds)}, environment)
        return json.loads(seconds.read_text(encoding="utf-8"))

    def reached(self) -> Iterator[tuple[str, int, str]]:
        """Return module, line and test for all that was watched here."""
        for file in self._folder.glob("coverage.*.*"):
            data = CoverageData(str(file))
            try:
                data.read()
            except DataError:  # its process was killed while it wrote
                continue
            for module in data.measured_files():
                path = Path(module).relative_to(self._checkout).as_posix()
                for line, contexts in data.contexts_by_lineno(module).items():
                    for context in contexts:
                        yield path, line, re.sub(r" \((setup|call|teardown)\)$", "", context)

    def status(self, mutant: Mutant, limits: dict[str, float]) -> int:
        """Run the tests on the mutant; return pytest's status, or minus the signal that ended it."""
        module = self._checkout / mutant.path
        original = module.read_bytes()
        try:
            module.write_text(mutant.code, encoding="utf-8")
            return self._run({"limits": limits}, {})
        finally:
            module.write_bytes(original)

    def _run(self, request: dict[str, object], environment: dict[str, str]) -> int:
        """Run tests in a session of its own, and end what is left of it."""
        process = subprocess.Popen(
            (self._checkout / ".venv/bin/python", self._checkout / "tools/mutation/run_tests.py"),
            cwd=self._checkout,
            env={**os.environ, "TMPDIR": f"{self._folder}/temporary", **environment},
            stdin=subprocess.PIPE,
            stdout=(self._folder / "output").open("w"),
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        process.communicate(json.dumps(request).encode())
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        return process.returncode


class Copies:
    """Several copies, used at the same time."""

    def __init__(self, folder: Path, number: int) -> None:
        self._number = number
        self._all = [Copy(folder / str(index)) for index in range(number)]
        self._free: queue.Queue[Copy] = queue.Queue()
        for copy in self._all:
            self._free.put(copy)

    def __iter__(self) -> Iterator[Copy]:
        return iter(self._all)

    def each(self, work: Callable[[Copy, T], U], items: Iterable[T]) -> Iterator[U]:
        """Return what the work makes of each item, in order; each runs in a copy that is free."""

        def run(item: T) -> U:
            copy = self._free.get()
            try:
                return work(copy, item)
            finally:
                self._free.put(copy)

        with ThreadPoolExecutor(self._number) as pool:
            yield from pool.map(run, items)
