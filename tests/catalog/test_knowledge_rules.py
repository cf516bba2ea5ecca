"""The rules: what facts allow which levels, computed here a second time where they are formulas."""

import runpy
from math import log
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scaffold.catalog import templates_root
from scaffold.catalog.knowledge import CHOICES, FACTS, FEATURES, read_knowledge
from scaffold.catalog.rules import ANY, RULES, SHARES
from scaffold.model.knowledge import Fact

KNOWN = {path.parent.name: read_knowledge(path.parent) for path in templates_root().glob("*/knowledge.toml")}
BEST_FIRST = tuple(SHARES)
EARNED = ("batteries", "pages", "api", "mvp", "structure", "security")


def facts(**values: str) -> dict[str, Fact]:
    plain = dict.fromkeys(FACTS, "none") | values
    return {id: Fact(id=id, value=value, note="", evidence=()) for id, value in plain.items()}


def derived(rule: str, **values: str) -> int:
    low, high = RULES[rule].bounds(facts(**values))
    assert low == high
    return low


features = st.fixed_dictionaries({id: st.sampled_from(BEST_FIRST) for id in FEATURES})


@given(values=features, rule=st.sampled_from(EARNED))
def test_points_are_the_sum_of_shares_rounded_half_up(values, rule):
    weights = {
        "mvp": {"generators": 3, "crud": 3, "convention": 4},
        "structure": {"typing": 4, "convention": 3, "di": 1, "tests": 2},
    }.get(rule, dict.fromkeys(RULES[rule].inputs, 1))
    quarters = {"included": 4, "first-party": 3, "partial": 2, "third-party": 1, "none": 0}
    earned = sum(weight * quarters[values[id]] for id, weight in weights.items())
    possible = 4 * sum(weights.values())
    assert derived(rule, **values) == (20 * earned + possible) // (2 * possible)


@given(values=features, rule=st.sampled_from(EARNED), data=st.data())
def test_more_of_a_feature_never_lowers_what_it_earns(values, rule, data):
    id = data.draw(st.sampled_from(RULES[rule].inputs))
    better = values | {id: data.draw(st.sampled_from(BEST_FIRST[: BEST_FIRST.index(values[id]) + 1]))}
    assert derived(rule, **better) >= derived(rule, **values)


@given(values=features)
def test_what_is_decided_or_fixed_takes_from_the_freedom_to_choose(values):
    assert derived("flex", **values | {"swap": "none"}) <= derived("flex", **values | {"swap": "included"})
    assert derived("flex", **values | {"orm": "included"}) <= derived("flex", **values | {"orm": "none"})


@pytest.mark.parametrize(
    ("usage", "level"), [("none", 0), ("0.9", 0), ("1", 0), ("7.07", 5), ("50", 10), ("57.9", 10)]
)
def test_hiring_is_a_logarithm_of_usage(usage, level):
    assert derived("hiring", usage=usage) == level


@pytest.mark.parametrize(
    ("rate", "level"), [("1500", 0), ("2000", 0), ("10000", 5), ("50000", 10), ("90000", 10)]
)
def test_throughput_has_fixed_ends(rate, level):
    assert derived("throughput", tbm_rps=rate) == level


@given(one=st.integers(2_000, 50_000), other=st.integers(10_000, 1_000_000))
def test_throughput_is_the_mean_of_two_benchmarks(one, other):
    mean = 5 * (log(one / 2_000) / log(25) + log(other / 10_000) / log(100))
    assert abs(derived("throughput", tbm_rps=str(one), tfb_rps=str(other)) - mean) <= 0.5 + 1e-9


def test_throughput_that_nobody_measured_is_open():
    assert RULES["throughput"].bounds(facts()) == (0, 10)


@pytest.mark.parametrize("push", BEST_FIRST)
@pytest.mark.parametrize("waiting", CHOICES["async"])
def test_live_updates_want_push_and_a_runtime_that_does_not_block(push, waiting):
    level = derived("realtime", push=push, **{"async": waiting})
    assert level == [6, 5, 4, 2, 0][BEST_FIRST.index(push)] + {"always": 4, "optional": 2, "none": 0}[waiting]


@pytest.mark.parametrize(
    ("months", "compatibility", "bounds"),
    [
        ("36", "none", (8, 10)),
        ("60", "promise", (8, 10)),
        ("12", "promise", (7, 9)),
        ("none", "promise", (7, 9)),
        ("24", "policy", (5, 7)),
        ("24", "none", (5, 7)),
        ("none", "policy", (5, 7)),
        ("none", "none", (2, 5)),
    ],
)
def test_support_is_worth_by_its_length_or_a_promise(months, compatibility, bounds):
    assert RULES["longevity"].bounds(facts(support_months=months, compatibility=compatibility)) == bounds


@pytest.mark.parametrize(
    ("size", "bounds"), [("0", (9, 10)), ("4.5", (7, 8)), ("42", (4, 6)), ("70", (0, 3)), ("none", (0, 10))]
)
def test_lightness_goes_by_what_is_installed(size, bounds):
    assert RULES["light"].bounds(facts(disk_mb=size)) == bounds


@pytest.mark.parametrize(
    ("rule", "fact"), [("admin", "admin"), ("jobs", "jobs"), ("ecosystem", "extensions")]
)
def test_ranges_of_better_values_are_not_lower(rule, fact):
    ranges = [RULES[rule].bounds(facts(**{fact: value})) for value in CHOICES[fact]]
    assert ranges == sorted(ranges, reverse=True)


LEVELS = [
    pytest.param(known, level, id=f"{known.id}-{level.criterion}")
    for known in KNOWN.values()
    for level in known.levels.values()
]


@pytest.mark.parametrize(("known", "level"), LEVELS)
def test_a_level_and_its_grade_follow_from_facts(known, level):
    low, high = bounds = RULES[level.rule].bounds(known.facts)
    assert low <= level.level <= high
    judged = bounds == ANY or any(item.source == "JUDGEMENT" for item in level.evidence)
    best = "C" if judged else "A" if low == high else "B"
    assert level.grade >= best


def test_no_two_criteria_are_the_same_scale():
    script = runpy.run_path(str(Path(__file__).parents[2] / "benchmarks" / "correlations.py"))
    pairs = {(first, second): r for r, first, second in script["correlations"](KNOWN)}
    assert len(pairs) == 18 * 17 // 2
    assert max(map(abs, pairs.values())) < 0.98
    assert pairs["scope", "mvp"] < 0.95
