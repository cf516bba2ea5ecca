"""Measure the advice on the labelled cases: ``python benchmarks/advice``; ends with 1 where a bar is not met.

Every figure stands beside its bar and beside a naive rule: the framework of the strongest language, the
small one for something small. The bars are what was reached on 27 November 2026: they show a step back and
are no goal. That of "high" is a share: 195 of 200 was asked for, and fewer cases are called high since.
``--calibration`` instead counts how often each label was right on the cases that the method was tuned on;
``--write`` puts these counts into ``calibration.toml``.
"""

import argparse
import re
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import mean

import measures
import plain
from labelled import Case, development, read, read_first
from measures import Found

FIRST_SIGHT = """\
The forty own cases were labelled before the engine was run on them. On first sight, on 27 November 2026:
first acceptable 32/40 (naive 22), unacceptable 1, where language did not decide 24/31,
taken in another language 10/15; right by label: high 18/20, medium 4/6, low 10/14."""
CALIBRATION = Path(__file__).resolve().parents[2] / "scaffold" / "recommend" / "calibration.toml"
Rate = tuple[float, int]
REAL_BARS: dict[str, Rate] = {
    "first acceptable": (163, 167),
    "first unacceptable": (0, 167),
    "where language did not decide": (64, 66),
    "taken in another than the strongest": (22, 22),
    "pairwise": (2148, 2170),
    "R-precision": (0.935, 1),
}


class Table:
    """Prints figures beside bars and the naive rule, and remembers whether all bars are met."""

    def __init__(self) -> None:
        self.met = True

    def title(self, text: str) -> None:
        """Begin a part."""
        print(f"\n{text:<48}{'ours':>12}{'naive':>12}{'bar':>14}")

    def row(
        self,
        name: str,
        ours: Rate,
        naive: Rate | None = None,
        bar: Rate | None = None,
        *,
        most: bool = False,
    ) -> None:
        """Print a figure; a bar is the least, or with ``most`` the most, that is good enough as a share."""
        print(f"  {name:<46}{_rate(ours):>12}{_rate(naive) if naive else '':>12}", end="")
        if bar:
            share, needed = ours[0] / max(1, ours[1]), bar[0] / bar[1]
            met = share <= needed if most else share >= needed
            self.met &= met
            print(f"{('≤ ' if most else '≥ ') + _rate(bar):>14}  {'met' if met else 'NOT MET'}", end="")
        print()


def _rate(rate: Rate) -> str:
    return f"{rate[0]}/{rate[1]}" if isinstance(rate[0], int) else f"{rate[0] / rate[1]:.3f}"


class Side:
    """What the engine, or the naive rule, says to some cases, and counts of that."""

    def __init__(self, cases: Sequence[Case], engine: Callable[[dict[str, object]], Found]) -> None:
        self.cases = cases
        self.found = measures.ask_all(cases, engine)

    def share(self, holds: Callable[[Case, Found], bool], **only: object) -> Rate:
        """Count the cases for which something holds, among those with some value of a key."""
        asked = [case for case in self.cases if all(case[key] is value for key, value in only.items())]
        return sum(holds(case, self.found[case["id"]]) for case in asked), len(asked)

    def pairs(self) -> Rate:
        """Count the pairs in the right order."""
        rows = [measures.pairs(case, self.found[case["id"]]) for case in self.cases]
        return sum(right for right, _ in rows), sum(of for _, of in rows)

    def precision(self) -> Rate:
        """Return the mean R-precision."""
        return mean(measures.precision(case, self.found[case["id"]]) for case in self.cases), 1


def both(cases: Sequence[Case]) -> tuple[Side, Side]:
    """Return what the engine and what the naive rule says."""
    return Side(cases, plain.recommend), Side(cases, measures.naively)


def _decisions(table: Table, sides: tuple[Side, Side], bars: dict[str, Rate]) -> None:
    for name, holds, only in (
        ("first acceptable", measures.right, {}),
        ("first unacceptable", measures.wrong, {}),
        ("where language did not decide", measures.right, {"language_decided": False}),
        ("taken in another than the strongest", measures.right, {"chosen_uses_first_language": False}),
    ):
        if all(key in sides[0].cases[0] for key in only):
            ours, naive = (side.share(holds, **only) for side in sides)
            table.row(name, ours, naive, bars.get(name), most=holds is measures.wrong)
    table.row("pairwise", sides[0].pairs(), sides[1].pairs(), bars.get("pairwise"))
    table.row("R-precision", sides[0].precision(), sides[1].precision(), bars.get("R-precision"))


def _conflicts(table: Table, sides: tuple[Side, Side], real: Side) -> None:
    table.title("What cannot be had together, contradictions")
    allowed = [
        side.share(lambda case, found: found["ranking"][0] not in case["never_top1"]) for side in sides
    ]
    table.row("first allowed", *allowed, (16, 16))
    table.row("named", sides[0].share(measures.names_conflict), bar=(10, 16))
    table.row("not too sure", sides[0].share(measures.is_unsure_enough), bar=(11, 16))
    opens = real.share(lambda _, found: measures.opens_with_conflict(found))
    table.row("real decisions that open with a conflict", opens, bar=(4, 10), most=True)


def _labels(table: Table, tuned: Side, real: Side, contradictions: Side) -> None:
    counts = measures.label_counts(tuned.cases, tuned.found)
    table.title("How sure, on all cases that it was tuned on")
    for label, (right, of) in counts.items():
        table.row(f"{label}: right", (right, of))
    right, of = counts["high"]
    too_sure, _ = contradictions.share(_is_high)
    table.row("high, contradictions counted wrong: right", (right, of + too_sure), bar=(195, 200))
    shares = [right / of for right, of in counts.values()]
    table.row("in this order", (int(shares == sorted(shares, reverse=True)), 1), bar=(1, 1))
    table.row("high, of the real decisions", real.share(_is_high), bar=(60, 167))


def _is_high(_: Case, found: Found) -> bool:
    return bool(found["confidence"] == "high")


def _own(table: Table) -> None:
    sides = both(read("own"))
    table.title("Own cases, as they are answered now")
    _decisions(table, sides, {})
    for label, (right, of) in measures.label_counts(sides[0].cases, sides[0].found).items():
        table.row(f"{label}: right", (right, of))
    print(f"  missed: {', '.join(measures.missed(sides[0].cases, sides[0].found))}\n\n{FIRST_SIGHT}")


def _contrast(table: Table) -> list[str]:
    sides = both(read("contrast"))
    held = [[measures.pair_holds(pair, side.found) for pair in side.cases] for side in sides]
    table.title("Contrast pairs")
    table.row("what is expected holds", *((sum(side), len(side)) for side in held), (27, 33))
    return [pair["id"] for pair, holds in zip(sides[0].cases, held[0], strict=True) if not holds]


def measure() -> bool:
    """Print all figures; return whether every bar is met."""
    table = Table()
    real, everyday, contradictions = (both(read(name)) for name in ("real", "everyday", "contradictions"))
    first = both([case for case in read_first() if case["acceptable"]])
    table.title("Real decisions")
    _decisions(table, real, REAL_BARS)
    table.row("names a deciding answer", real[0].share(measures.names_deciding))
    table.title("Everyday")
    _decisions(table, everyday, {"first acceptable": (26, 26), "first unacceptable": (0, 26)})
    table.title("Decisions of the first version")
    _decisions(table, first, {})
    unheld = _contrast(table)
    _conflicts(table, contradictions, real[0])
    tuned = Side((), plain.recommend)
    for side in (first[0], real[0], everyday[0]):
        tuned.cases, tuned.found = [*tuned.cases, *side.cases], tuned.found | side.found
    _labels(table, tuned, real[0], contradictions[0])
    print("\nMissed:", ", ".join([*measures.missed(tuned.cases, tuned.found), *unheld]))
    _own(table)
    milliseconds = _order_time([case["answers"] for case in real[0].cases])
    print(f"\nOne order takes {milliseconds:.1f} ms here; at most 2 are wanted on an idle machine")
    return table.met


def _order_time(answers: Sequence[dict[str, object]]) -> float:
    """Return the milliseconds of CPU time that an order takes on average."""
    start = time.process_time()
    for each in answers:
        plain.order(each)
    return 1000 * (time.process_time() - start) / len(answers)


def calibrate(*, write: bool) -> None:
    """Print how often each label was right on the cases that the method was tuned on."""
    tuned = Side(development(), plain.recommend)
    counts = measures.label_counts(tuned.cases, tuned.found)
    rows = "".join(f"{label} = {row}\n" for label, row in counts.items())
    print(rows, end="")
    if write:
        text = CALIBRATION.read_text(encoding="utf-8")
        CALIBRATION.write_text(re.sub(r"(?s)(?<=\[development\]\n).*", rows, text), encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--calibration", action="store_true", help="count the labels alone")
    parser.add_argument("--write", action="store_true", help="and write these counts down")
    options = parser.parse_args()
    if options.calibration:
        calibrate(write=options.write)
    else:
        sys.exit(not measure())
