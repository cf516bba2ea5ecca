"""All pairs: rows of options in which every two values of two options meet at least once."""

from collections.abc import Callable, Mapping, Sequence
from itertools import combinations, product

OptionValue = str | bool
Row = Mapping[str, OptionValue]
_Pair = frozenset[tuple[str, OptionValue]]


def all_pairs(
    options: Mapping[str, Sequence[OptionValue]], allowed: Callable[[Row], bool] = lambda _: True
) -> tuple[Row, ...]:
    """Return few ``allowed`` rows that hold every pair of values that such a row can hold.

    The first row has the first values. Greedy, so not always the fewest; the
    same options always give the same rows.
    """
    every: list[Row] = [dict(zip(options, values, strict=True)) for values in product(*options.values())]
    pairs = [(row, _pairs_in(row)) for row in every if allowed(row)]
    rows = [pairs[0][0]]
    missing = frozenset().union(*(each for _, each in pairs)) - pairs[0][1]
    while missing:
        row, gained = max(pairs, key=lambda pair: len(pair[1] & missing))
        rows.append(row)
        missing -= gained
    return tuple(rows)


def _pairs_in(row: Row) -> frozenset[_Pair]:
    return frozenset(map(frozenset, combinations(row.items(), 2)))
