"""The rules that turn facts into levels: what ``knowledge.toml`` says must agree with what they compute.

docs/knowledge.md describes each rule for people. A rule gives the lowest and the
highest level its facts allow; where the two are the same the level is derived,
where they differ a person chose within them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import floor, log

from scaffold.model.framework import Fact, Knowledge

Facts = Mapping[str, Fact]
Bounds = tuple[int, int]

SHARES = {
    "included": Fraction(1),
    "first-party": Fraction(3, 4),
    "partial": Fraction(1, 2),
    "third-party": Fraction(1, 4),
    "none": Fraction(0),
}
BATTERIES = (
    "orm", "migrations", "auth", "templating", "validation",
    "csrf", "jobs", "cache", "i18n", "mail",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """How a level follows from facts: ``bounds`` gives the lowest and highest level they allow."""

    inputs: tuple[str, ...]
    bounds: Callable[[Facts], Bounds]


def disagreements(knowledge: Knowledge) -> tuple[str, ...]:
    """Return a sentence for each level that its rule does not allow."""
    return tuple(
        f"{knowledge.id}: {level.criterion} is {level.level}, the rule {level.rule} gives {low} to {high}"
        for level in knowledge.levels.values()
        for low, high in [RULES[level.rule].bounds(knowledge.facts)]
        if not low <= level.level <= high
    )


def _round(number: Fraction | float) -> int:
    """Round half up, and keep within 0 to 10."""
    return max(0, min(10, floor(number + Fraction(1, 2))))


def _exactly(number: Fraction | float) -> Bounds:
    return _round(number), _round(number)


def _share(facts: Facts, id: str) -> Fraction:
    return SHARES[facts[id].value]


def _sum_of(points: Mapping[str, Fraction | int]) -> Rule:
    """Each fact earns its share of its points: all of them when it is included, none when it is absent."""

    def bounds(facts: Facts) -> Bounds:
        return _exactly(sum((share * _share(facts, id) for id, share in points.items()), Fraction(0)))

    return Rule(inputs=tuple(points), bounds=bounds)


def _within(id: str, ranges: Mapping[str, Bounds]) -> Rule:
    """One fact allows a range of levels."""
    return Rule(inputs=(id,), bounds=lambda facts: ranges[facts[id].value])


def _log_scale(value: str, low: float, high: float) -> float:
    return 10 * log(float(value) / low) / log(high / low)


def _realtime(facts: Facts) -> Bounds:
    push = {"included": 6, "first-party": 5, "partial": 4, "third-party": 2, "none": 0}
    runtime = {"always": 4, "optional": 2, "none": 0}
    return _exactly(Fraction(push[facts["push"].value] + runtime[facts["async"].value]))


def _throughput(facts: Facts) -> Bounds:
    anchors = {"tbm_rps": (2_000, 50_000), "tfb_rps": (10_000, 1_000_000)}
    scaled = [
        max(0.0, _log_scale(facts[id].value, *ends))
        for id, ends in anchors.items()
        if facts[id].value != "none"
    ]
    return _exactly(sum(scaled) / len(scaled)) if scaled else (0, 10)


def _hiring(facts: Facts) -> Bounds:
    usage = facts["usage"].value
    return (0, 0) if usage == "none" else _exactly(_log_scale(usage, 1, 50))


def _flex(facts: Facts) -> Bounds:
    """Start from 10; what comes decided, or cannot be exchanged, takes from it."""
    batteries = sum((_share(facts, id) for id in BATTERIES), Fraction(0)) / len(BATTERIES)
    fixed = 1 - _share(facts, "swap")
    return _exactly(10 - 2 * batteries - 2 * _share(facts, "convention") - 4 * fixed)


def _longevity(facts: Facts) -> Bounds:
    months = facts["support_months"].value
    if months != "none" and int(months) >= 36:  # noqa: PLR2004 - three years, see the docs
        return 8, 10
    if facts["compatibility"].value == "promise":
        return 7, 9
    return (5, 7) if months != "none" or facts["compatibility"].value == "policy" else (2, 5)


def _light(facts: Facts) -> Bounds:
    if facts["disk_mb"].value == "none":
        return 0, 10
    size = float(facts["disk_mb"].value)
    return next(levels for limit, levels in _SIZES if size <= limit)


_SIZES: tuple[tuple[float, Bounds], ...] = (
    (0, (9, 10)),
    (10, (7, 8)),
    (60, (4, 6)),
    (float("inf"), (0, 3)),
)

RULES: Mapping[str, Rule] = {
    "batteries": _sum_of(dict.fromkeys(BATTERIES, 1)),
    "admin": _within("admin", {
        "included": (10, 10), "first-party": (7, 9), "partial": (5, 7), "third-party": (1, 6), "none": (0, 0),
    }),
    "pages": _sum_of(dict.fromkeys(("templating", "forms", "sessions", "csrf", "assets"), 2)),
    "api": _sum_of(dict.fromkeys(("routing", "json", "validation", "openapi", "tokens"), 2)),
    "realtime": Rule(inputs=("push", "async"), bounds=_realtime),
    "jobs": _within("jobs", {
        "included": (10, 10), "first-party": (8, 8), "partial": (5, 7), "third-party": (4, 4), "none": (0, 3),
    }),
    "throughput": Rule(inputs=("tbm_rps", "tfb_rps"), bounds=_throughput),
    "mvp": _sum_of({"generators": 3, "crud": 3, "convention": 4}),
    "structure": _sum_of({"typing": 4, "convention": 3, "di": 1, "tests": 2}),
    "security": _sum_of(
        dict.fromkeys(("csrf", "escaping", "auth", "headers", "orm", "policy"), Fraction(10, 6))
    ),
    "longevity": Rule(inputs=("support_months", "compatibility"), bounds=_longevity),
    "ecosystem": _within("extensions", {"very-large": (8, 10), "large": (6, 9), "small": (2, 5)}),
    "hiring": Rule(inputs=("usage",), bounds=_hiring),
    "light": Rule(inputs=("packages", "disk_mb"), bounds=_light),
    "flex": Rule(inputs=(*BATTERIES, "convention", "swap"), bounds=_flex),
    "judgement": Rule(inputs=(), bounds=lambda _: (0, 10)),
}  # fmt: skip
