from itertools import combinations, product

from hypothesis import given
from hypothesis import strategies as st

from scaffold.verify.pairs import all_pairs

options = st.lists(st.integers(1, 4), min_size=1, max_size=6).map(
    lambda sizes: {f"o{n}": tuple(f"v{value}" for value in range(size)) for n, size in enumerate(sizes)}
)


@given(options)
def test_every_two_values_of_two_options_meet(options):
    rows = all_pairs(options)
    for one, other in combinations(options, 2):
        assert {(row[one], row[other]) for row in rows} == set(product(options[one], options[other]))


@given(options)
def test_every_row_has_every_option(options):
    assert all(tuple(row) == tuple(options) for row in all_pairs(options))


@given(options)
def test_the_first_row_is_the_defaults(options):
    assert all_pairs(options)[0] == {name: values[0] for name, values in options.items()}


@given(options)
def test_no_row_is_there_twice(options):
    rows = [tuple(row.items()) for row in all_pairs(options)]
    assert len(set(rows)) == len(rows)


def test_far_fewer_rows_than_combinations():
    rows = all_pairs({f"o{n}": (True, False) for n in range(8)})
    assert len(rows) <= 10
