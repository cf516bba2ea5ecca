"""What the answers make important: each gives points to a few criteria. docs/points.md gives the reasons."""

from collections.abc import Iterable, Mapping

from scaffold.model.answers import Value
from scaffold.model.recommendation import Because

Points = Mapping[str, int]
Awards = Mapping[str, tuple[Because, ...]]

BASE: Points = {"security": 4, "longevity": 5, "ecosystem": 6, "hiring": 4, "learn": 2}

POINTS: Mapping[str, Mapping[str, Points]] = {
    "what": {
        "site": {"pages": 12, "scope": 9, "ecosystem": 3},
        "api": {"api": 15, "scope": 6},
        "realtime": {"realtime": 18, "scope": 3},
        "back-office": {"admin": 12, "scope": 9, "pages": 6, "mvp": 4},
        "ml": {"ml": 18, "api": 9, "scope": 9},
        "tiny": {"light": 24, "scope": 24, "api": 8, "learn": 3},
        "saas": {"scope": 12, "ecosystem": 6, "mvp": 5, "jobs": 5},
        "gateway": {"realtime": 12, "throughput": 18, "light": 9, "scope": 6},
    },
    "experience": {"first": {"learn": 12, "mvp": 2}, "some": {"learn": 3}},
    "team": {
        "alone": {"mvp": 4, "learn": 2},
        "small": {"mvp": 2, "structure": 2},
        "lasting": {"longevity": 8, "structure": 5, "hiring": 4},
        "large": {"structure": 12, "longevity": 6, "hiring": 6, "ecosystem": 3},
    },
    "deadline": {"days": {"mvp": 10}, "months": {"mvp": 2}},
    "screens": {
        "server": {"pages": 9},
        "client": {"api": 9},
        "both": {"pages": 5, "api": 5},
    },
    "live": {"must": {"realtime": 9}, "nice": {"realtime": 9}},
    "admin": {"must": {"admin": 9}, "nice": {"admin": 9}},
    "traffic": {"busy": {"throughput": 5}, "high": {"throughput": 30, "light": 3}},
    "hosting": {
        "paas": {"hosting": 3},
        "serverless": {"light": 15},
        "shared": {"hosting": 12},
    },
    "sensitivity": {"sensitive": {"security": 12, "longevity": 3}, "internal": {"security": 2}},
    "background": {"needed": {"jobs": 9}},
}

LANGUAGE_POINTS: Mapping[str, int] = {"only": 0, "prefer": 30, "any": 6}
LANGUAGE_POLICY = "prefer"  # what naming languages means when nothing more is said
KINSHIP: Mapping[str, Mapping[str, int]] = {
    "java": {"csharp": 5, "go": 3},
    "cpp": {"go": 4, "csharp": 4},
    "rust": {"go": 5, "csharp": 3},
}
UNPLACED = frozenset({"other", "none"})  # named, but no help in choosing

PRIORITIES: Mapping[str, str] = {
    "fast-to-build": "mvp",
    "easy-to-learn": "learn",
    "raw-speed": "throughput",
    "security": "security",
    "long-support": "longevity",
    "easy-hiring": "hiring",
    "small": "light",
    "freedom": "flex",
    "structure": "structure",
}
# Rank-order centroid weights of one, two and three ranks, of 36 points.
POOL: Mapping[int, tuple[int, ...]] = {0: (), 1: (36,), 2: (27, 9), 3: (22, 10, 4)}

TARGETS: Mapping[str, int] = {
    "tiny": 3,
    "gateway": 3,
    "ml": 4,
    "api": 5,
    "realtime": 5,
    "site": 8,
    "back-office": 9,
    "saas": 10,
}


def chosen(value: Value | None) -> tuple[str, ...]:
    """Return an answer as a tuple, empty when the question was skipped."""
    if value is None:
        return ()
    return tuple(map(str, value)) if isinstance(value, tuple) else (str(value),)


def target(answers: Mapping[str, Value]) -> int | None:
    """Return how much framework the project needs, 0 to 10: of several things built, the largest.

    Tiny is a size as well as a thing: beside another it halves the way down to its own need.
    """
    needs = {what: TARGETS[what] for what in chosen(answers.get("what")) if what in TARGETS}
    largest = max(needs.values(), default=None)
    return largest if largest is None or "tiny" not in needs else (largest + needs["tiny"]) // 2


def affinity(answers: Mapping[str, Value], language: str) -> int:
    """Return how near a framework's language is to what the team writes, 0 to 10."""
    named = chosen(answers.get("languages"))
    if language in named:
        return 10
    return max((KINSHIP.get(name, {}).get(language, 0) for name in named), default=0)


def awards(answers: Mapping[str, Value], questions: Iterable[str]) -> Awards:
    """Return, by criterion, the points that the answers to ``questions`` give, and who gave them."""
    collected: dict[str, tuple[Because, ...]] = {}
    for question in questions:
        for answer, points in _given(question, answers):
            for criterion, count in points.items():
                because = Because(question=question, answer=answer, points=count)
                collected[criterion] = (*collected.get(criterion, ()), because)
    return collected


def base_awards() -> Awards:
    """Return the points that every project gives."""
    return {
        criterion: (Because(question="base", answer="", points=count),) for criterion, count in BASE.items()
    }


def _given(question: str, answers: Mapping[str, Value]) -> list[tuple[str, Points]]:
    values = chosen(answers.get(question))
    if question == "languages":
        return _language_points(values, answers)
    if question == "priorities":
        pool = POOL[min(len(values), 3)]
        return [(value, {PRIORITIES[value]: points}) for value, points in zip(values, pool, strict=False)]
    return _largest([(value, POINTS.get(question, {}).get(value, {})) for value in values])


def _language_points(named: tuple[str, ...], answers: Mapping[str, Value]) -> list[tuple[str, Points]]:
    if named == ("none",):
        return [("none", {"learn": 6})]
    policy = next(iter(chosen(answers.get("language_policy"))), LANGUAGE_POLICY)
    points = LANGUAGE_POINTS[policy]
    if not points or UNPLACED.issuperset(named):
        return []
    return [(", ".join(named), {"language": points})]


def _largest(given: list[tuple[str, Points]]) -> list[tuple[str, Points]]:
    """Of several choices that give points to the same criterion, count only the one that gives most.

    Otherwise two kinds of product that both need pages would count pages twice.
    """
    most: dict[str, tuple[int, str]] = {}
    for value, points in given:
        for criterion, count in points.items():
            if count > most.get(criterion, (0, ""))[0]:
                most[criterion] = (count, value)
    return [
        (value, {criterion: count for criterion, count in points.items() if most[criterion][1] == value})
        for value, points in given
    ]
