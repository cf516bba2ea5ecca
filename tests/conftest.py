"""What all tests share: repeatable examples, and no silent skip where everything could run."""

import os
import shutil

import pytest
from hypothesis import settings

settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.load_profile("repeatable")

RUNTIMES = ("uv", "node", "go")
_skipped: list[str] = []


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Note what was skipped."""
    if report.skipped and not hasattr(report, "wasxfail"):
        _skipped.append(report.nodeid)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """In CI with all runtimes on PATH a skipped test is a failed one."""
    everything = os.environ.get("CI") == "true" and all(shutil.which(tool) for tool in RUNTIMES)
    if everything and _skipped and not hasattr(session.config, "workerinput"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say why the run failed."""
    if terminalreporter.config.option.verbose >= 0 and _skipped and os.environ.get("CI") == "true":
        terminalreporter.write_line(
            f"{len(_skipped)} skipped; in CI with {', '.join(RUNTIMES)} that is a failure"
        )
