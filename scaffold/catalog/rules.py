"""The rules that turn facts into levels: what ``knowledge.toml`` says has to agree with them.

A rule gives the lowest and the highest level that the facts allow. Where the
two are the same the level is derived, where they differ a person chose between
them. docs/knowledge.md describes every rule in words.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import floor, log

from scaffold.model.knowledge import Fact

Facts = Mapping[str, Fact]
Bounds = tuple[int, int]

ANY: Bounds = (0, 10)
YEARS_3 = 36
SHARES: Mapping[str, Fraction] = {
    "included": Fraction(1),
    "first-party": Fraction(3, 4),
    "partial": Fraction(1, 2),
    "third-party": Fraction(1, 4),
    "none": Fraction(0),
}
BATTERIES = ("orm", "migrations", "auth", "templating", "validation", "csrf", "jobs", "cache", "i18n", "mail")
PUSH = {"included": 6, "first-party": 5, "partial": 4, "third-party": 2, "none": 0}
ASYNC = {"always": 4, "optional": 2, "none": 0}
BENCHMARKS = {"tbm_rps": (2_000, 50_000), "tfb_rps": (10_000, 1_000_000)}
ADMIN = {
    "included": (10, 10),
    "first-party": (7, 9),
    "partial": (5, 7),
    "third-party": (1, 6),
    "none": (0, 0),
}
JOBS = {"included": (10, 10), "first-party": (8, 8), "partial": (5, 7), "third-party": (4, 4), "none": (0, 3)}
EXTENSIONS = {"very-large": (8, 10), "large": (6, 9), "small": (2, 5)}
DISK = ((0, (9, 10)), (10, (7, 8)), (60, (4, 6)), (float("inf"), (0, 3)))


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelRule:
    """How a level follows from facts: ``bounds`` gives the lowest and the highest they allow."""

    inputs: tuple[str, ...]
    bounds: Callable[[Facts], Bounds]


def _exactly(number: Fraction | float) -> Bounds:
    """Round half up, and keep within the scale."""
    level = max(ANY[0], min(ANY[1], floor(number + Fraction(1, 2))))
    return level, level


def _share(facts: Facts, ids: tuple[str, ...]) -> Fraction:
    """Return how much of some features is there, from 0 to 1."""
    return sum((SHARES[facts[id].value] for id in ids), Fraction(0)) / len(ids)


def _earned(points: Mapping[str, int]) -> LevelRule:
    """Let each feature earn its share of its points; all points together are level 10."""

    def bounds(facts: Facts) -> Bounds:
        earned = sum((each * _share(facts, (id,)) for id, each in points.items()), Fraction(0))
        return _exactly(10 * earned / sum(points.values()))

    return LevelRule(inputs=tuple(points), bounds=bounds)


def _within(id: str, ranges: Mapping[str, Bounds]) -> LevelRule:
    """Let the value of one fact allow a range of levels."""
    return LevelRule(inputs=(id,), bounds=lambda facts: ranges[facts[id].value])


def _log_scale(value: str, low: float, high: float) -> float:
    return max(0.0, 10 * log(float(value) / low) / log(high / low))


def _realtime(facts: Facts) -> Bounds:
    return _exactly(float(PUSH[facts["push"].value] + ASYNC[facts["async"].value]))


def _throughput(facts: Facts) -> Bounds:
    measured = [
        _log_scale(facts[id].value, *anchors)
        for id, anchors in BENCHMARKS.items()
        if facts[id].value != "none"
    ]
    return _exactly(sum(measured) / len(measured)) if measured else ANY


def _hiring(facts: Facts) -> Bounds:
    usage = facts["usage"].value
    return _exactly(0.0 if usage == "none" else _log_scale(usage, 1, 50))


def _flex(facts: Facts) -> Bounds:
    """Take from 10 what comes decided, and more for what cannot be exchanged."""
    decided = _share(facts, BATTERIES) + _share(facts, ("convention",))
    return _exactly(10 - 2 * decided - 4 * (1 - _share(facts, ("swap",))))


def _longevity(facts: Facts) -> Bounds:
    months, compatibility = facts["support_months"].value, facts["compatibility"].value
    if months != "none" and float(months) >= YEARS_3:
        return 8, 10
    if compatibility == "promise":
        return 7, 9
    return (2, 5) if months == compatibility == "none" else (5, 7)


def _light(facts: Facts) -> Bounds:
    size = facts["disk_mb"].value
    return ANY if size == "none" else next(levels for limit, levels in DISK if float(size) <= limit)


RULES: Mapping[str, LevelRule] = {
    "batteries": _earned(dict.fromkeys(BATTERIES, 1)),
    "admin": _within("admin", ADMIN),
    "pages": _earned(dict.fromkeys(("templating", "forms", "sessions", "csrf", "assets"), 1)),
    "api": _earned(dict.fromkeys(("routing", "json", "validation", "openapi", "tokens"), 1)),
    "realtime": LevelRule(inputs=("push", "async"), bounds=_realtime),
    "jobs": _within("jobs", JOBS),
    "throughput": LevelRule(inputs=tuple(BENCHMARKS), bounds=_throughput),
    "mvp": _earned({"generators": 3, "crud": 3, "convention": 4}),
    "structure": _earned({"typing": 4, "convention": 3, "di": 1, "tests": 2}),
    "security": _earned(dict.fromkeys(("csrf", "escaping", "auth", "headers", "orm", "policy"), 1)),
    "longevity": LevelRule(inputs=("support_months", "compatibility"), bounds=_longevity),
    "ecosystem": _within("extensions", EXTENSIONS),
    "hiring": LevelRule(inputs=("usage",), bounds=_hiring),
    "light": LevelRule(inputs=("packages", "disk_mb"), bounds=_light),
    "flex": LevelRule(inputs=(*BATTERIES, "convention", "swap"), bounds=_flex),
    "judgement": LevelRule(inputs=(), bounds=lambda _: ANY),
}
