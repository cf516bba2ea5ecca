"""Answers to one question about a recommendation: why this place, which of two, what if."""

from scaffold.errors import InvalidInput
from scaffold.model.answers import Value
from scaffold.model.recommendation import Candidate, Recommendation, Term
from scaffold.recommend.explanation import differences
from scaffold.report import reasons
from scaffold.report.blocks import Document, Line, Section, Table
from scaffold.report.objects import as_json
from scaffold.report.outline import document, evidence, listed
from scaffold.report.wording import Words, capital, exact, joined, points
from scaffold.text import did_you_mean, printable

MOVED = 3


def found(recommendation: Recommendation, framework: str) -> Candidate:
    """Return the framework with an id, or raise InvalidInput with the nearest id."""
    by_id = {candidate.id: candidate for candidate in recommendation.ranking}
    if framework not in by_id:
        raise InvalidInput(
            f"There is no framework `{printable(framework)}` in the ranking",
            hint=f"{did_you_mean(framework, by_id)}It has {joined(sorted(by_id))}",
        )
    return by_id[framework]


def why_document(recommendation: Recommendation, framework: str, words: Words) -> Document:
    """Return how a framework came to its place, what would bring it to the first, and its whole bill."""
    entry, first = found(recommendation, framework), recommendation.ranking[0]
    if entry is first:
        parts = [
            listed("decided", "What put it first", reasons.decided(recommendation, words), "plus"),
            listed("against", "What speaks against it", reasons.against(recommendation, words), "minus"),
        ]
    else:
        broken: tuple[Line, ...] = tuple((capital(words.demand(limit)),) for limit in entry.breaks)
        parts = [
            listed("limits", "What rules it out", broken, "minus"),
            listed("worse", f"Where it costs more than {first.name}", dearer(first, entry, words), "minus"),
            listed("better", "Where it costs less", dearer(entry, first, words), "plus"),
            listed("changes", "What would put it first", _would_put_first(recommendation, entry, words)),
        ]
    return document(_place(entry, recommendation), recommendation, *parts, evidence(entry, words))


def _place(entry: Candidate, recommendation: Recommendation) -> str:
    first, cost = recommendation.ranking[0], f"{points(entry.bill)} of extra cost"
    if entry.breaks:
        return f"{entry.name} cannot be taken; it would have {cost}"
    if entry is first:
        return f"{entry.name} comes first with {cost}"
    equal = ", too near to tell them apart" if entry.equal else ""
    behind = f"{exact(entry.bill - first.bill)} behind {first.name}{equal}"
    return f"{entry.name} is number {entry.rank} with {cost}, {behind}"


def dearer(cheap: Candidate, dear: Candidate, words: Words) -> tuple[Line, ...]:
    """Return the lines on which one pays more than another, with the reason."""
    terms = {term.criterion: term for term in dear.terms}
    return tuple(
        (f"{exact(tenths)} for {words.criterion(criterion)}{_because(dear, terms[criterion], words)}",)
        for criterion, tenths in differences(cheap, dear)
        if tenths > 0
    )


def _because(dear: Candidate, term: Term, words: Words) -> str:
    why = words.why(dear.id, term)
    return f": {why}" if why else ""


def _would_put_first(recommendation: Recommendation, entry: Candidate, words: Words) -> tuple[Line, ...]:
    answers = (flip for flip in recommendation.answer_flips if flip.winner == entry.id)
    return (
        *(reasons.answer_flip(flip, words) for flip in answers),
        *reasons.price_flips(recommendation, words, entry.id),
    )


def why_object(recommendation: Recommendation, framework: str) -> dict[str, object]:
    """Return the same as JSON."""
    entry, first = found(recommendation, framework), recommendation.ranking[0]
    return {
        "schema": "scaffold.why/1",
        "candidate": as_json(entry),
        "decided_by": as_json(recommendation.decided_by if entry is first else ()),
        "against": as_json(recommendation.against if entry is first else ()),
        "differences": _differences(first, entry),
        "answer_flips": [as_json(flip) for flip in recommendation.answer_flips if flip.winner == framework],
        "price_flips": [as_json(flip) for flip in recommendation.price_flips if flip.winner == framework],
    }


def compare_document(recommendation: Recommendation, words: Words) -> Document:
    """Return the two that are ranked criterion by criterion, the largest difference first, and what tips."""
    better, worse = recommendation.ranking
    rows = sorted(differences(better, worse), key=lambda row: -abs(row[1]))
    table = Table(
        caption=f"What each pays, and how far {better.name} is ahead, in points",
        head=("For", better.name, worse.name, "Ahead", "Why"),
        rows=tuple(_compared(better, worse, *row, words) for row in rows if row[1]),
        numeric=(1, 2, 3),
    )
    broken: tuple[Line, ...] = tuple(
        (f"{each.name}: {words.demand(limit)}",) for each in (better, worse) for limit in each.breaks
    )
    return document(
        _ahead(better, worse),
        recommendation,
        listed("limits", "What cannot be taken", broken, "minus"),
        Section(id="compared", title="Criterion by criterion", blocks=(table,)),
        listed("tips", "What would tip it", _would_put_first(recommendation, worse, words)),
    )


def _ahead(better: Candidate, worse: Candidate) -> str:
    if worse.breaks:
        return (
            f"Neither {better.name} nor {worse.name} can be taken"
            if better.breaks
            else (f"{worse.name} cannot be taken, {better.name} can")
        )
    bills = f"{exact(better.bill)} points against {exact(worse.bill)}"
    if worse.equal:
        return f"{better.name} and {worse.name} are too near to tell apart: {bills}"
    return f"{better.name} is ahead of {worse.name}: {bills}"


def _compared(
    better: Candidate, worse: Candidate, criterion: str, tenths: int, words: Words
) -> tuple[Line, ...]:
    dear = worse if tenths > 0 else better
    because = next(_because(dear, term, words) for term in dear.terms if term.criterion == criterion)
    costs = [sum(term.cost for term in each.terms if term.criterion == criterion) for each in (better, worse)]
    cells = (capital(words.criterion(criterion)), *map(exact, costs), exact(tenths), f"{dear.name}{because}")
    return tuple((cell,) for cell in cells)


def compare_object(recommendation: Recommendation) -> dict[str, object]:
    """Return the same as JSON; the better one stands first."""
    return {
        "schema": "scaffold.compare/1",
        "candidates": as_json(recommendation.ranking),
        "differences": _differences(*recommendation.ranking),
        "answer_flips": as_json(recommendation.answer_flips),
        "price_flips": as_json(recommendation.price_flips),
    }


def _differences(one: Candidate, other: Candidate) -> list[dict[str, object]]:
    return [{"criterion": criterion, "tenths": tenths} for criterion, tenths in differences(one, other)]


def changed_answers(before: Recommendation, after: Recommendation) -> list[tuple[str, Value, Value]]:
    """Return the questions in which two recommendations differ, with both answers; an empty one is none."""
    keys = {**before.answers, **after.answers}
    pairs = [(key, before.answers.get(key, ()), after.answers.get(key, ())) for key in keys]
    return [pair for pair in pairs if pair[1] != pair[2]]


def what_if_document(before: Recommendation, after: Recommendation, words: Words) -> Document:
    """Return what other answers would do to the ranking, and why."""
    changed: tuple[Line, ...] = tuple(
        (f"{words.question(question)} {words.answer(question, now)} (before: {words.answer(question, was)})",)
        for question, was, now in changed_answers(before, after)
    )
    table = Table(
        caption="Rank and extra cost",
        head=("Framework", "Before", "After"),
        rows=tuple(
            ((now.name,), (_standing(found(before, now.id)),), (_standing(now),)) for now in after.ranking
        ),
    )
    return document(
        _outcome(before.ranking[0], after),
        after,
        listed("changed", "What is answered instead", changed or (("Nothing: the answers are the same",),)),
        listed("turns", "Why", _turning(before, after, words)),
        Section(id="moves", title="What moves", blocks=(table,)),
    )


def _turning(before: Recommendation, after: Recommendation, words: Words) -> tuple[Line, ...]:
    """Return the lines that moved most between the first of before and the first, or second, of after."""
    old = before.ranking[0].id
    new = next(each.id for each in after.ranking if each.id != old)
    was, now = (dict(differences(found(side, old), found(side, new))) for side in (before, after))
    moved = {each: was.get(each, 0) - now.get(each, 0) for each in {**was, **now}}
    rows = sorted(moved.items(), key=lambda row: (-abs(row[1]), row[0]))[:MOVED]
    return tuple(
        (f"{exact(abs(by))} for {words.criterion(each)}, in favour of {_sides(words, old, new, by)}",)
        for each, by in rows
        if by
    )


def _sides(words: Words, old: str, new: str, by: int) -> str:
    better, worse = (new, old) if by > 0 else (old, new)
    return f"{words.name(better)} against {words.name(worse)}"


def _outcome(was: Candidate, after: Recommendation) -> str:
    now = after.ranking[0]
    if after.status == "infeasible":
        return reasons.verdict(after)
    if was.id == now.id:
        return f"{now.name} still comes first: {exact(was.bill)} points before, {exact(now.bill)} now"
    return f"{now.name} comes first instead of {was.name}, with {points(now.bill)} of extra cost"


def _standing(candidate: Candidate) -> str:
    return f"{candidate.rank}. ({exact(candidate.bill)}){', breaks a limit' if candidate.breaks else ''}"


def what_if_object(before: Recommendation, after: Recommendation) -> dict[str, object]:
    """Return the same as JSON."""
    return {
        "schema": "scaffold.what-if/1",
        "changes": [
            {"question": question, "given": as_json(was), "imagined": as_json(now)}
            for question, was, now in changed_answers(before, after)
        ],
        "before": _summary(before),
        "after": _summary(after),
    }


def _summary(side: Recommendation) -> dict[str, object]:
    shown = ("id", "name", "rank", "bill", "breaks", "equal")
    return {
        "status": side.status,
        "confidence": as_json(side.confidence),
        "ranking": [{name: as_json(getattr(each, name)) for name in shown} for each in side.ranking],
    }
