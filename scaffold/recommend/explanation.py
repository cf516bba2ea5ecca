"""Why: the terms of the scores, and what they say about the first and the others."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from operator import ge

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
Lead = tuple[int, Contribution, Sequence[Contribution]]  # in votes: mine above the mean of theirs


def decided_by(terms: Mapping[str, Terms], order: Sequence[str]) -> tuple[Gap, ...]:
    """Return what put the first ahead of the runner-up, and of the average of all others."""
    first, others = terms[order[0]], [terms[id] for id in order[1:]]
    if not others:
        return ()
    ahead = [lead for lead in _leads(first, [others[0]]) if lead[0] > 0]
    above = [lead for lead in _leads(first, others) if lead[0] > 0]
    return (*_largest(ahead, order[1]), *_largest(above, FIELD))


def against(terms: Mapping[str, Terms], order: Sequence[str]) -> tuple[Gap, ...]:
    """Return where the runner-up is noticeably better than the first; the gaps are negative."""
    if len(order) == 1:
        return ()
    behind = [lead for lead in _leads(terms[order[0]], [terms[order[1]]]) if lead[0] < 0]
    return tuple(gap for gap in _largest(behind, order[1]) if gap.gap <= -NOTEWORTHY)


def contrasts(terms: Mapping[str, Terms], order: Sequence[str]) -> tuple[Contrast, ...]:
    """Return for each other framework where it is better and worse than the first, and who dominates it."""
    worths = {id: [_worth(term) for term in terms[id]] for id in order}
    return tuple(
        Contrast(
            id=id,
            pros=_largest([lead for lead in leads if lead[0] > 0], order[0]),
            cons=_largest([lead for lead in leads if lead[0] < 0], order[0]),
            dominated_by=next((other for other in order if _dominates(worths[other], worths[id])), ""),
        )
        for id in order[1:]
        for leads in [_leads(terms[id], [terms[order[0]]])]
    )


def _dominates(one: Sequence[int], other: Sequence[int]) -> bool:
    """Return whether one is at least as good on every criterion that counts, and better on some."""
    return all(map(ge, one, other)) and one != other


def _leads(one: Terms, others: Sequence[Terms]) -> list[Lead]:
    return [
        (mine.points * (len(theirs) * _worth(mine) - sum(map(_worth, theirs))), mine, theirs)
        for mine, *theirs in zip(one, *others, strict=True)
    ]


def _largest(leads: Sequence[Lead], versus: str) -> tuple[Gap, ...]:
    """Return the largest leads as gaps, exact and in words."""
    return tuple(
        Gap(
            criterion=mine.criterion,
            gap=mine.contribution - sum((their.contribution for their in theirs), Fraction(0)) / len(theirs),
            versus=versus,
            text=_phrase(mine) if versus == FIELD else _compared(mine, theirs[0]),
        )
        for _, mine, theirs in sorted(leads, key=lambda lead: -abs(lead[0]))[:SHOWN]
    )


def _compared(mine: Contribution, theirs: Contribution) -> str:
    """Say what the level means where it explains the difference, and both levels."""
    levels = f"level {_worth(mine)} against {_worth(theirs)}"
    telling = (_worth(mine) > _worth(theirs)) == (_worth(mine) >= STRONG)
    return f"{_phrase(mine)}, {levels}" if telling else levels


def _phrase(term: Contribution) -> str:
    return BY_ID[term.criterion].phrase(_worth(term))


def _worth(term: Contribution) -> int:
    return term.value.numerator * TOP // term.value.denominator


def watchouts(entry: Entry, answers: Answers, terms: Terms) -> tuple[Watchout, ...]:
    """Return the weak levels on what the answers weigh, and on what catches up with every team."""
    weighty = {term.criterion for term in terms if term.weight >= WATCHED_SHARE}
    watched = [criterion.id for criterion in CRITERIA if criterion.id in weighty | ALWAYS_WATCHED]
    worths = [(id, value(entry, id, answers)) for id in watched]
    return tuple(
        Watchout(criterion=id, level=worth, text=BY_ID[id].weak) for id, worth in worths if worth <= WEAK
    )
