"""Run tests in a copy of the checkout; the process ends with pytest's status, or by ALRM when one hangs.

Standard input has a JSON object: ``limits``, an ordered mapping of test ids to
seconds, or ``watch``, a file whose tests are timed and watched by coverage;
the seconds of those that pass are then written to ``seconds``.
"""

import json
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

SECONDS_TO_COLLECT = 60


class Chosen:
    """Runs the chosen tests in their order, each up to its limit."""

    def __init__(self, limits: dict[str, float]) -> None:
        self._limits = limits

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Leave what was chosen, in that order."""
        found = {item.nodeid: item for item in items}
        items[:] = [found[test] for test in self._limits if test in found]

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """End the process when a test takes too long, wherever it hangs."""
        signal.setitimer(signal.ITIMER_REAL, self._limits[item.nodeid])
        result = yield
        signal.setitimer(signal.ITIMER_REAL, SECONDS_TO_COLLECT)
        return result


class Watched:
    """Tells coverage which test runs, and notes how long each takes."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self.failed: set[str] = set()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """Give each test a context of its own."""
        from coverage import Coverage

        watching = Coverage.current()
        watching.switch_context(item.nodeid)
        result = yield
        watching.switch_context("")
        return result

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Add up set-up, call and tear-down."""
        self.seconds[report.nodeid] = self.seconds.get(report.nodeid, 0) + report.duration
        if not report.passed:
            self.failed.add(report.nodeid)


def main(watch: str = "", seconds: str = "", limits: dict[str, float] | None = None) -> int:
    """Run the tests; the status is pytest's."""
    common = ["-q", "-p", "no:cacheprovider", "-p", "no:xdist", "-m", "not slow and not starter"]
    if limits is not None:
        signal.setitimer(signal.ITIMER_REAL, SECONDS_TO_COLLECT)
        files = dict.fromkeys(test.partition("::")[0] for test in limits)
        return pytest.main([*common, "-x", *files], plugins=[Chosen(limits)])
    watched = Watched()
    status = pytest.main([*common, watch], plugins=[watched])
    passed = {test: took for test, took in watched.seconds.items() if test not in watched.failed}
    Path(seconds).write_text(json.dumps(passed), encoding="utf-8")
    return status


if __name__ == "__main__":
    sys.exit(main(**json.load(sys.stdin)))
