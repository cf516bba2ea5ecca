"""All pairs: rows of options in which every two values of two options meet at least once."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

Value = str | bool
Row = Mapping[str, Value]
_Pair = frozenset[tuple[str, Value]]


def all_pairs(options: Mapping[str, Sequence[Value]]) -> tuple[Row, ...]:
    """Return few rows that hold every pair of values, the first with the first value of each option.

    Greedy, so not always the fewest; the same options always give the same rows.
    """
    first: Row = {name: values[0] for name, values in options.items()}
    rows = [first]
    missing = set(_pairs_of(options)) - set(_pairs_in(first))
    while missing:
        # Sorted by their text, because a set of texts has another order in every process.
        rows.append(_next_row(options, sorted(missing, key=lambda pair: sorted(map(str, pair)))))
        missing -= set(_pairs_in(rows[-1]))
    return tuple(rows)


def _next_row(options: Mapping[str, Sequence[Value]], missing: Sequence[_Pair]) -> Row:
    """Start with a missing pair and give each other option the value that completes the most."""
    row: dict[str, Value] = dict(missing[0])
    for name, values in options.items():
        if name not in row:
            row[name] = max(values, key=lambda value: _gain({**row, name: value}, missing))
    return {name: row[name] for name in options}


def _gain(row: Row, missing: Sequence[_Pair]) -> int:
    return sum(pair <= row.items() for pair in missing)


def _pairs_of(options: Mapping[str, Sequence[Value]]) -> Iterator[_Pair]:
    for (one, ones), (other, others) in combinations(options.items(), 2):
        for value in ones:
            yield from (frozenset({(one, value), (other, each)}) for each in others)


def _pairs_in(row: Row) -> Iterator[_Pair]:
    return (frozenset(pair) for pair in combinations(row.items(), 2))
