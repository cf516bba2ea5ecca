"""Why: the terms of the scores, and what they say about the first and the others."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from scaffold.model.answers import Value
from scaffold.model.recommendation import Because, Contrast, Contribution, Gap, Watchout
from scaffold.recommend.criteria import BY_ID, CRITERIA, STRONG, TOP, WEAK
from scaffold.recommend.field import Entry, level, value
from scaffold.recommend.points import Awards

Answers = Mapping[str, Value]
FIELD = "field"
SHOWN = 3
ALWAYS_WATCHED = frozenset({"hiring", "ecosystem", "longevity"})
WATCHED_SHARE = Fraction(1, 20)
NOTEWORTHY = Fraction(1)  # point of score


def contributions(entry: Entry, answers: Answers, given: Awards) -> tuple[Contribution, ...]:
    """Return the terms of a framework's score, in the order of the criteria."""
    weighted = [(id, given[id]) for id in BY_ID if id in given]
    total = sum(_points(reasons) for _, reasons in weighted)
    return tuple(_contribution(entry, id, answers, reasons, total) for id, reasons in weighted)


def _contribution(
    entry: Entry, criterion: str, answers: Answers, reasons: tuple[Because, ...], total: int
) -> Contribution:
    points, worth = _points(reasons), value(entry, criterion, answers)
    return Contribution(
        criterion=criterion,
        points=points,
        weight=Fraction(points, total),
        level=level(entry, criterion, answers),
        value=Fraction(worth, TOP),
        contribution=Fraction(100 * points * worth, TOP * total),
        because=reasons,
    )


def _points(reasons: Sequence[Because]) -> int:
    return sum(reason.points for reason in reasons)


Terms = Sequence[Contribution]


def decided_by(terms: Mapping[str, Terms], order: Sequence[str]) -> tuple[Gap, ...]:
    """Return what put the first ahead of the runner-up, and of the average of all others."""
    first, others = order[0], order[1:]
    if not others:
        return ()
    ahead = [gap for gap in gaps(terms[first], terms[others[0]], others[0]) if gap.gap > 0]
    above = [gap for gap in _gaps_to_mean(terms[first], [terms[id] for id in others]) if gap.gap > 0]
    return (*_largest(ahead), *_largest(above))


def against(terms: Mapping[str, Terms], order: Sequence[str]) -> tuple[Gap, ...]:
    """Return where the runner-up is noticeably better than the first; the gaps are negative."""
    if len(order) == 1:
        return ()
    behind = [gap for gap in gaps(terms[order[0]], terms[order[1]], order[1]) if gap.gap <= -NOTEWORTHY]
    return _largest(behind)


def contrasts(terms: Mapping[str, Terms], order: Sequence[str]) -> tuple[Contrast, ...]:
    """Return for each other framework where it is better and worse than the first, and who dominates it."""
    return tuple(_contrast(id, terms, order) for id in order[1:])


def _contrast(id: str, terms: Mapping[str, Terms], order: Sequence[str]) -> Contrast:
    differences = gaps(terms[id], terms[order[0]], order[0])
    better = (other for other in order if other != id and dominates(terms[other], terms[id]))
    return Contrast(
        id=id,
        pros=_largest([gap for gap in differences if gap.gap > 0]),
        cons=_largest([gap for gap in differences if gap.gap < 0]),
        dominated_by=next(better, ""),
    )


def dominates(one: Terms, other: Terms) -> bool:
    """Return whether one is at least as good on every criterion that counts, and better on some."""
    pairs = [(mine.value, theirs.value) for mine, theirs in zip(one, other, strict=True)]
    return all(mine >= theirs for mine, theirs in pairs) and any(mine > theirs for mine, theirs in pairs)


def gaps(one: Terms, other: Terms, versus: str) -> list[Gap]:
    """Return one framework's lead over another, criterion by criterion."""
    return [
        Gap(
            criterion=mine.criterion,
            gap=mine.contribution - theirs.contribution,
            versus=versus,
            text=_compared(mine, theirs),
        )
        for mine, theirs in zip(one, other, strict=True)
        if mine.value != theirs.value
    ]


def _gaps_to_mean(one: Terms, others: Sequence[Terms]) -> list[Gap]:
    return [
        Gap(
            criterion=mine.criterion,
            gap=mine.contribution - sum(their.contribution for their in theirs) / len(theirs),
            versus=FIELD,
            text=_phrase(mine),
        )
        for mine, *theirs in zip(one, *others, strict=True)
    ]


def _compared(mine: Contribution, theirs: Contribution) -> str:
    """Say what the level means where it explains the difference, and both levels."""
    levels = f"level {mine.value * TOP} against {theirs.value * TOP}"
    telling = (mine.value > theirs.value) == (mine.value * TOP >= STRONG)
    return f"{_phrase(mine)}, {levels}" if telling else levels


def _phrase(term: Contribution) -> str:
    return BY_ID[term.criterion].phrase(int(term.value * TOP))


def _largest(differences: Sequence[Gap]) -> tuple[Gap, ...]:
    return tuple(sorted(differences, key=lambda gap: -abs(gap.gap))[:SHOWN])


def watchouts(entry: Entry, answers: Answers, terms: Terms) -> tuple[Watchout, ...]:
    """Return the weak levels on what the answers weigh, and on what catches up with every team."""
    weighty = {term.criterion for term in terms if term.weight >= WATCHED_SHARE}
    watched = [criterion.id for criterion in CRITERIA if criterion.id in weighty | ALWAYS_WATCHED]
    worths = [(id, value(entry, id, answers)) for id in watched]
    return tuple(
        Watchout(criterion=id, level=worth, text=BY_ID[id].weak) for id, worth in worths if worth <= WEAK
    )
