"""The short report: the answer, why, what speaks against it, what would change it, in 25 lines."""

from scaffold.model.recommendation import Recommendation
from scaffold.report import reasons
from scaffold.report.blocks import Document, Fields, Line
from scaffold.report.wording import Words, capital, top_group

Row = tuple[str, tuple[Line, ...]]


def brief_document(recommendation: Recommendation, words: Words) -> Document:
    """Return the short report; rows with nothing to say are left out."""
    rows = _ROWS[recommendation.status](recommendation, words)
    return Document(
        title=reasons.verdict(recommendation),
        lead=reasons.lead(recommendation)[:1],
        blocks=(Fields(rows=tuple(row for row in rows if any(row[1]))),),
        footer=reasons.footer(recommendation),
        brief=True,
    )


def _winner(recommendation: Recommendation, words: Words) -> tuple[Row, ...]:
    return (
        ("Why", reasons.decisive(recommendation, words, counted=False)[:2]),
        ("Means", reasons.meaning(recommendation)[:3]),
        ("Against", reasons.losses(recommendation, words, counted=False)[:2]),
        ("Note", reasons.notes(recommendation)[:2]),
        ("Changes", reasons.changes(recommendation, words, answers=2, weights=1)[:2]),
        ("Left out", reasons.exclusions_by_reason(recommendation)[:3]),
        ("Ask next", reasons.uncertainty(recommendation, words)[:1]),
        ("Start", (reasons.start(recommendation),)),
    )


def _tie(recommendation: Recommendation, words: Words) -> tuple[Row, ...]:
    _, meaning, _, *rest = _winner(recommendation, words)
    return (
        ("Choose", reasons.apart(recommendation, words)[:3]),
        meaning,
        ("Mind", reasons.warnings(top_group(recommendation), words)[:3]),
        *rest,
    )


def _infeasible(recommendation: Recommendation, words: Words) -> tuple[Row, ...]:
    options = tuple(reasons.relaxation(option, words) for option in recommendation.relaxations)
    return (
        ("Either", options[:1]),
        ("Or", options[1:4]),
        ("Left out", reasons.exclusions_by_reason(recommendation)[:4]),
        ("Note", reasons.notes(recommendation)[:2]),
    )


def _insufficient(recommendation: Recommendation, words: Words) -> tuple[Row, ...]:
    kinds: tuple[Line, ...] = tuple(
        (f"{capital(kind.name)} ({words.listed(kind.ids)}): {kind.text}",)
        for kind in recommendation.archetypes[:3]
    )
    return (
        ("Answer", reasons.uncertainty(recommendation, words)[:2]),
        ("Look at", kinds),
        ("Note", reasons.notes(recommendation)[:2]),
    )


_ROWS = {"ok": _winner, "tie": _tie, "infeasible": _infeasible, "insufficient": _insufficient}
