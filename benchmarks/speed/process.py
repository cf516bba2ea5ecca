"""Whole processes, compared side by side in one run.

Programs that are compared take turns, so that a busy moment of the machine hits
all of them; the kernel counts, and the programs themselves are not touched.
"""

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

TURNS = Path(__file__).with_name("turns.py")


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """A program to measure; ``leaves`` is what it makes, removed before each run."""

    name: str
    command: tuple[str, ...]
    leaves: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What runs took: the median and the least CPU seconds, median wall seconds and peak MiB."""

    cpu: float
    least: float
    wall: float
    peak: float


Costs = Mapping[str, Cost]


def race(programs: Sequence[Program], environment: Mapping[str, str], work: Path, *, rounds: int) -> Costs:
    """Run every program once a round, in turns, and return what each took."""
    order = {
        "programs": [asdict(program) for program in programs],
        "environment": dict(environment),
        "rounds": rounds,
    }
    done = subprocess.run(
        [sys.executable, "-I", "-S", TURNS],
        input=json.dumps(order),
        cwd=work,
        check=True,
        text=True,
        stdout=subprocess.PIPE,
    )
    return {name: _cost(runs) for name, runs in json.loads(done.stdout).items()}


def _cost(runs: Sequence[tuple[float, float, float]]) -> Cost:
    cpu, wall, peak = zip(*runs, strict=True)
    return Cost(cpu=median(cpu), least=min(cpu), wall=median(wall), peak=median(peak))
