"""Do the tests notice a change? Draws changes of the code, and runs the tests on each: ``make mutation``.

cosmic-ray's operators make the mutants. A place in the code is drawn first and
then one of its changes, so that an operator with many replacements does not
fill the draw. Coverage says, once, which test reaches which line, also through
the processes that a test starts. A mutant meets the tests that reach its line;
when none does, those that reach its function; outside of functions, those that
reach a function which uses what is defined there, those in the module's own
test file, and those that read the source. The module's own tests come first,
then one example of each other test, the fastest first, 40 seconds of them at
most; the first failure ends the run.

A mutant is killed when a test fails, or hangs: takes over five times as long.
"""

import argparse
import secrets
import signal
import sys
import tempfile
from functools import partial
from pathlib import Path

from copies import Copies, Copy
from mutants import Mutant, draw
from reach import Reach

AT_ONCE = 2
ENOUGH = 85
PASSED, NO_TESTS = 0, 5
HUNG = -signal.SIGALRM


def main() -> int:
    """Run the tests on each mutant; 1 when too few are killed."""
    options = _options()
    mutants = draw(options.number, options.seed, tuple(options.only))
    print(f"seed {options.seed}: {len(mutants)} mutants", flush=True)
    with tempfile.TemporaryDirectory(prefix="mutation-", ignore_cleanup_errors=True) as folder:
        copies = Copies(Path(folder), AT_ONCE)
        reach = _reach(copies, options.reach)
        statuses = list(copies.each(partial(_status, reach), mutants))
    return _report(dict(zip(mutants, statuses, strict=True)))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="mutation", description=__doc__.partition("\n")[0])
    parser.add_argument(
        "--seed", type=int, default=secrets.randbelow(10**6), help="draw the same mutants again"
    )
    parser.add_argument("--number", type=int, default=300, help="how many; 300 without")
    parser.add_argument("--reach", type=Path, help="a file for what coverage says, read when it is there")
    parser.add_argument(
        "only", nargs="*", metavar="MODULE", help="draw from scaffold/project/lock.py, … only"
    )
    return parser.parse_args()


def _reach(copies: Copies, file: Path | None) -> Reach:
    if file and file.exists():
        return Reach.load(file)
    reach = Reach.watch(copies)
    print(f"{len(reach.seconds)} tests pass, in {sum(reach.seconds.values()):.0f} s", flush=True)
    if file:
        reach.save(file)
    return reach


def _status(reach: Reach, copy: Copy, mutant: Mutant) -> int:
    limits = reach.limits(mutant)
    status = copy.status(mutant, limits) if limits else PASSED
    if status == NO_TESTS:
        raise RuntimeError(f"the tests of {mutant} are gone: remove the file of --reach")
    if status == PASSED:
        print(f"survived {len(limits)} tests: {mutant}", flush=True)
    return status


def _report(statuses: dict[Mutant, int]) -> int:
    survived = [mutant for mutant, status in statuses.items() if status == PASSED]
    excused = [mutant for mutant in survived if mutant.reason]
    hung = sum(status == HUNG for status in statuses.values())
    killed = len(statuses) - len(survived)
    percent = 100 * killed / len(statuses)
    for mutant in excused:
        print(f"cannot be noticed, {mutant.reason}: {mutant}")
    print(f"{killed} killed ({hung} of them hung), {len(survived)} survived: {percent:.1f} %")
    if excused:
        print(f"{100 * killed / (len(statuses) - len(excused)):.1f} % of those that can be noticed")
    return percent < ENOUGH


if __name__ == "__main__":
    sys.exit(main())
