"""What explains a ranking: what put the first ahead, where others pay less, and what must be said first."""

from collections.abc import Collection, Sequence

from scaffold.model.recommendation import Candidate, Conflict, Lead, Recommendation, Term
from scaffold.recommend.ranking import Ranking
from scaffold.recommend.scoring import BASE_QUESTION

FIELD = "field"
NOTEWORTHY = 10
"""Tenths of a point from which a lead is worth a line."""
OVER_FIELD, OVER_SECOND, BEHIND = 3, 2, 2


def leads(ranking: Ranking, one: str, others: Sequence[str]) -> list[tuple[str, str, float]]:
    """Return (question, answer, tenths) by which one pays less than others do on average."""
    gained: dict[tuple[str, str], float] = {}
    for id in others:
        for term in ranking.terms[id]:
            key = term.question, term.answer
            gained[key] = gained.get(key, 0) + term.cost / len(others)
    for term in ranking.terms[one]:
        gained[term.question, term.answer] -= term.cost
    rows = [(*key, tenths) for key, tenths in gained.items() if key[0] != BASE_QUESTION]
    return sorted(rows, key=lambda row: -round(row[2]))


def decided_by(ranking: Ranking) -> tuple[Lead, ...]:
    """Return three answers that put the first ahead of all, two ahead of the runner-up, each once."""
    first, *others = ranking.order
    if not others:
        return ()
    rows = [
        *((*row, FIELD) for row in leads(ranking, first, others)[:OVER_FIELD]),
        *((*row, others[0]) for row in leads(ranking, first, others[:1])[:OVER_SECOND]),
    ]
    found = [Lead(question=q, answer=a, tenths=round(tenths), versus=versus) for q, a, tenths, versus in rows]
    once = {(lead.question, lead.answer): lead for lead in reversed(found) if lead.tenths >= NOTEWORTHY}
    return tuple(lead for lead in found if once.get((lead.question, lead.answer)) is lead)


def against(ranking: Ranking) -> tuple[Lead, ...]:
    """Return the answers for which the runner-up pays noticeably less; their tenths are negative."""
    first, *others = ranking.order
    rows = leads(ranking, first, others[:1])[::-1] if others else []
    found = [Lead(question=q, answer=a, tenths=round(tenths), versus=others[0]) for q, a, tenths in rows]
    return tuple(lead for lead in found if lead.tenths <= -NOTEWORTHY)[:BEHIND]


def dearest(candidate: Candidate) -> list[Term]:
    """Return the lines that are paid, the dearest first."""
    return sorted(
        (term for term in candidate.terms if term.cost), key=lambda term: (-term.cost, term.criterion)
    )


def differences(one: Candidate, other: Candidate) -> list[tuple[str, int]]:
    """Return by criterion how many tenths more the second pays than the first of the two, the most first."""
    gaps: dict[str, int] = {}
    for candidate, sign in ((other, 1), (one, -1)):
        for term in candidate.terms:
            gaps[term.criterion] = gaps.get(term.criterion, 0) + sign * term.cost
    return sorted(gaps.items(), key=lambda row: (-row[1], row[0]))


def firm_conflicts(recommendation: Recommendation) -> tuple[Conflict, ...]:
    """Return the conflicts that stand above the ranking: at most two, none of them a part of another."""
    found: list[Conflict] = []
    for each in recommendation.conflicts:
        if each.firm and not is_said(each, found):
            found.append(each)
    return tuple(found[:2])


def is_said(one: Conflict, others: Collection[Conflict]) -> bool:
    """Return whether one conflict is a part of another that is said."""
    return any({one.want, *one.against} <= {other.want, *other.against} for other in others)
