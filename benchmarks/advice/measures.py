"""How good some advice is: counts over labelled cases, for any engine that answers like ``plain``."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import plain
from labelled import Case

Found = Mapping[str, Any]
"""A recommendation as ``plain.recommend`` returns it."""
LABELS = ("none", "low", "medium", "high")
FULL = {
    "javascript": "express",
    "python": "django",
    "php": "laravel",
    "ruby": "rails",
    "csharp": "aspnetcore",
    "go": "go",
}
MICRO = FULL | {"python": "flask", "ruby": "sinatra"}


def naive(answers: Mapping[str, Any]) -> list[str]:
    """Return an order by the framework of the strongest language, the small one for something small."""
    what, style = answers.get("what", ()), answers.get("style")
    small = {"tiny", "gateway", "service", "ml"}.intersection(what) or ("api" in what and style != "complete")
    known = [name for name in answers.get("languages", ()) if name in FULL] or ["python"]
    usual = [(MICRO if small else FULL)[name] for name in known]
    same = [id for id in plain.IDS if plain.FRAMEWORKS[id].language == known[0]]
    return list(dict.fromkeys([usual[0], *same, *usual, *FULL.values(), *plain.IDS]))


def naively(answers: Mapping[str, Any]) -> Found:
    """Return what the rule says, in the shape of a recommendation."""
    return {"ranking": naive(answers), "bills": dict.fromkeys(plain.IDS, 0), "eliminated": {}}


def right(case: Case, found: Found) -> bool:
    """Return whether the first is acceptable."""
    return found["ranking"][0] in case["acceptable"]


def wrong(case: Case, found: Found) -> bool:
    """Return whether the first would embarrass an adviser."""
    return found["ranking"][0] in case["unacceptable"]


def pairs(case: Case, found: Found) -> tuple[int, int]:
    """Return how often an acceptable one stands before an unacceptable one, and of how many pairs."""
    order = found["ranking"]
    both = [(good, bad) for good in case["acceptable"] for bad in case["unacceptable"]]
    return sum(order.index(good) < order.index(bad) for good, bad in both), len(both)


def precision(case: Case, found: Found) -> float:
    """Return the share of acceptable ones among as many of the first as there are."""
    most = len(case["acceptable"])
    return sum(id in case["acceptable"] for id in found["ranking"][:most]) / most


def names_deciding(case: Case, found: Found) -> bool:
    """Return whether the explanation names an answer that decides."""
    return any(question in case["deciding"] for question, *_ in found["decided_by"])


def opens_with_conflict(found: Found) -> bool:
    """Return whether a conflict stands above the ranking."""
    return any(conflict["firm"] for conflict in found["conflicts"])


def names_conflict(case: Case, found: Found) -> bool:
    """Return whether two of the things that cannot be had together are named."""
    asked = {
        demand[0]
        for conflict in found["conflicts"]
        for demand in (conflict["want"], *map(tuple, conflict["against"]))
    }
    named = [asks for asks in case["conflicting"] if asked.intersection(asks.split())]
    return len(named) >= min(2, len(case["conflicting"]))


def is_unsure_enough(case: Case, found: Found) -> bool:
    """Return whether the confidence is no higher than the case allows."""
    return LABELS.index(found["confidence"]) <= LABELS.index(case["highest_confidence"])


def pair_holds(pair: Case, found: Mapping[str, Found]) -> bool:
    """Return whether both sides have an acceptable first, and what is expected between them holds."""
    one, two = found[pair["id"] + "/a"], found[pair["id"] + "/b"]
    a, b = one["ranking"][0], two["ranking"][0]
    if a not in pair["acceptable_a"] or b not in pair["acceptable_b"]:
        return False
    check = pair.get("check", {})
    return (
        (a == b or pair["expectation"] != "answer-must-not-change")
        and b in check.get("top1_b", [b])
        and all(_moves(one, two, id, up=True) for id in check.get("rank_up", ()))
        and all(_moves(one, two, id, up=False) for id in check.get("rank_down", ()))
    )


def _moves(one: Found, two: Found, id: str, *, up: bool) -> bool:
    """Return whether one moves up, or down; where it cannot move any more, its lead over the mean must."""
    before, after = one["ranking"].index(id), two["ranking"].index(id)
    if before != after or (id in two["eliminated"] and id not in one["eliminated"]):
        return (after < before) == up
    end = 0 if up else len(two["ranking"]) - len(two["eliminated"]) - 1
    return before == end and (_lead(two, id) > _lead(one, id)) == up


def _lead(found: Found, id: str) -> float:
    bills = found["bills"]
    return float(sum(bills.values()) / len(bills) - bills[id])


def label_counts(cases: Iterable[Case], found: Mapping[str, Found]) -> dict[str, list[int]]:
    """Return for each label how often the first was acceptable, and how often the label was given."""
    counts = {label: [0, 0] for label in reversed(LABELS)}
    for case in cases:
        row = counts[found[case["id"]]["confidence"]]
        row[0] += right(case, found[case["id"]])
        row[1] += 1
    return {label: row for label, row in counts.items() if row[1]}


def missed(cases: Sequence[Case], found: Mapping[str, Found]) -> list[str]:
    """Return the ids of the cases whose first is not acceptable."""
    return [case["id"] for case in cases if not right(case, found[case["id"]])]


def ask_all(cases: Iterable[Case], engine: Callable[[Any], Found]) -> dict[str, Found]:
    """Return what an engine says to each case, by its id; to the sides of a pair by ``id/a`` and ``id/b``."""
    return {
        case["id"] + side: engine(case[key])
        for case in cases
        for side, key in (("", "answers"), ("/a", "a"), ("/b", "b"))
        if key in case
    }
