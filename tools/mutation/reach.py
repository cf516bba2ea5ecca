"""Which tests can notice a mutant, and how long each may take."""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

from copies import Copies, Copy
from mutants import ROOT, Mutant, bodies, users

TESTS = (
    "tests/project/test_*.py",
    "tests/cli/test_*.py",
    "tests/api/test_*.py",
    "tests/catalog/test_*.py",
    "tests/test_*.py",
)
SECONDS = 40.0
TIMES_AS_LONG = 5
GRACE = 5.0
"""Seconds that a test may take longer in any case: the machine has other work."""


class Reach:
    """The lines that each test reaches, and the seconds it takes."""

    def __init__(self, seconds: dict[str, float], reached: list[tuple[str, int, str]]) -> None:
        self.seconds = seconds
        self._reached = reached
        self._tests: dict[str, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
        for path, line, test in reached:
            self._tests[path][line].add(test)

    @classmethod
    def watch(cls, copies: Copies) -> "Reach":
        """Run all tests once, under coverage."""
        files = sorted(file.relative_to(ROOT).as_posix() for pattern in TESTS for file in ROOT.glob(pattern))
        seconds = {test: took for timed in copies.each(Copy.watch, files) for test, took in timed.items()}
        reached = {row for copy in copies for row in copy.reached()}
        return cls(seconds, sorted(row for row in reached if row[2] in seconds))

    @classmethod
    def load(cls, file: Path) -> "Reach":
        """Read what ``save`` wrote."""
        return cls(**json.loads(file.read_text(encoding="utf-8")))

    def save(self, file: Path) -> None:
        """Keep it for the next run; it is true as long as neither code nor tests change."""
        file.write_text(json.dumps({"seconds": self.seconds, "reached": self._reached}), encoding="utf-8")

    def limits(self, mutant: Mutant) -> dict[str, float]:
        """Return the tests that can notice the mutant in their order, with the seconds that each may take."""
        chosen, total = {}, 0.0
        own = _own_tests(mutant)
        for test in sorted(self._examples(self._noticing(mutant)), key=lambda test: not own.search(test)):
            total += self.seconds[test]
            if total > SECONDS:
                break
            chosen[test] = TIMES_AS_LONG * self.seconds[test] + GRACE
        return chosen

    def _examples(self, tests: Iterable[str]) -> list[str]:
        """Put one example of each test before a second of any, and the fastest first."""
        fastest = sorted(tests, key=lambda test: (self.seconds[test], test))
        examples = Counter()
        nth = {}
        for test in fastest:
            function = test.partition("[")[0]
            nth[test] = examples[function]
            examples[function] += 1
        return sorted(fastest, key=nth.__getitem__)

    def _noticing(self, mutant: Mutant) -> set[str]:
        lines = self._tests[mutant.path]

        def reaching(ranges: Iterable[range]) -> set[str]:
            return set().union(*(lines.get(line, ()) for each in ranges for line in each))

        function = next((body for body in bodies(mutant.path) if mutant.line in body), None)
        if function is not None:
            return lines.get(mutant.line) or reaching([function])
        own = filter(_own_tests(mutant).search, self.seconds)
        return {*own, *(reaching(users(mutant.path, mutant.line)) or set().union(*lines.values()))}


def _own_tests(mutant: Mutant) -> re.Pattern[str]:
    """Match the tests in the file that is named after the module, and those that read the source."""
    return re.compile(rf"/test_({Path(mutant.path).stem}|architecture)\.py::")
