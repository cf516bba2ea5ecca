"""Costs as Markdown: ratios, never times, because only ratios hold on another machine."""

import re
from collections.abc import Iterable, Mapping, Sequence

from comparisons import BARE, SIZES
from process import Cost, Costs


def ratios(costs: Costs) -> str:
    """Return a table in which the bare Click program is 1."""
    one = costs[BARE]
    rows = [
        (
            name if name == BARE else f"`{name}`" if not name.startswith("a ") else name,
            _times(cost.cpu, one.cpu),
            _times(cost.least, one.least),
            _times(cost.wall, one.wall),
            f"{cost.peak:.0f} MiB",
        )
        for name, cost in costs.items()
    ]
    return _table(("program", "CPU, median", "CPU, least", "wall clock, median", "peak memory"), rows)


def sizes(growth: Mapping[int, Costs]) -> str:
    """Return a table of CPU time and memory against the number of files."""
    rows = []
    for size, costs in growth.items():
        one, *generators = costs.values()
        rows.append((f"{size:,}".replace(",", " "), *(_growing(one, cost) for cost in generators)))
    scaffold = [next(cost for name, cost in costs.items() if "scaffold" in name) for costs in growth.values()]
    table = _table(("files", "`scaffold new`", "`cookiecutter`", "`copier copy`"), rows)
    note = (
        f"One more file of `scaffold new`, beyond {SIZES[0]} and in the time of one between "
        f"{SIZES[0]} and {SIZES[1]}: {_slopes(scaffold)}."
    )
    return f"{table}\n\n{note}"


def shares(costs: Costs) -> str:
    """Return what each part adds, as a share of the whole, which is the last."""
    found = [cost.least for cost in costs.values()]
    whole = found[-1]
    added = [after - before for before, after in zip([0, *found], found, strict=False)]
    rows = [(name, f"{part / whole:.0%}") for name, part in zip(costs, added, strict=True)]
    return _table(("part of `scaffold new`", "share of its CPU time"), rows)


def insert(document: str, tables: Mapping[str, str]) -> str:
    """Put each table between its marks; a mark that is missing is an error."""
    for name, table in tables.items():
        marks = re.compile(rf"(<!-- bench: {name} -->\n).*?(<!-- end -->)", re.DOTALL)
        document, count = marks.subn(lambda found, table=table: f"{found[1]}{table}\n{found[2]}", document)
        if count != 1:
            raise SystemExit(f"The document has no mark `{name}`")
    return document


def _slopes(costs: Sequence[Cost]) -> str:
    steps = [
        (cost.least - costs[0].least) / (size - SIZES[0])
        for size, cost in zip(SIZES[1:], costs[1:], strict=True)
    ]
    return ", ".join(
        f"{step / steps[0]:.2f} up to {size}" for size, step in zip(SIZES[1:], steps, strict=True)
    )


def _growing(one: Cost, cost: Cost) -> str:
    return f"{_times(cost.cpu, one.cpu)}, {cost.peak:.0f} MiB"


def _times(cost: float, one: float) -> str:
    ratio = cost / one
    return f"{ratio:.2f} ×" if ratio < 10 else f"{ratio:.0f} ×"  # noqa: PLR2004 - three digits


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
