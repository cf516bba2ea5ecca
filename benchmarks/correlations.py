"""Which criteria go together across the frameworks of the catalog: ``python benchmarks/correlations.py``.

Pearson's r of the levels, strongest first. Pairs near 1 or -1 count the same
thing twice; look at them before points or levels are tuned.
"""

from collections.abc import Iterator, Mapping
from itertools import combinations
from statistics import correlation

from scaffold.catalog import load_knowledge
from scaffold.model.knowledge import Knowledge

SHOWN = 0.7


def correlations(known: Mapping[str, Knowledge]) -> Iterator[tuple[float, str, str]]:
    """Return r for each pair of criteria."""
    columns: dict[str, list[int]] = {}
    for knowledge in known.values():
        for criterion, level in knowledge.levels.items():
            columns.setdefault(criterion, []).append(level.level)
    for first, second in combinations(columns, 2):
        yield correlation(columns[first], columns[second]), first, second


if __name__ == "__main__":
    for r, first, second in sorted(correlations(load_knowledge()), key=lambda pair: -abs(pair[0])):
        if abs(r) >= SHOWN:
            print(f"{r:+.2f}  {first} – {second}")
