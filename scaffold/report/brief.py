"""The short report: the answer, why, what it costs, what would change it, in 25 lines."""

from scaffold.model.recommendation import Recommendation
from scaffold.report import reasons
from scaffold.report.blocks import Document, Fields, Line
from scaffold.report.wording import Words

Row = tuple[str, tuple[Line, ...]]
_SPARE = ("Would change it", "Decided by", "Way out", "Answer next", "Against it")


def brief_document(recommendation: Recommendation, words: Words) -> Document:
    """Return the short report; rows with nothing to say are left out, and what is paid never is."""
    rows = [*_conflicts(recommendation, words), *_ranking(recommendation, words)]
    if recommendation.status in {"ok", "tie"}:
        rows += _reasons(recommendation, words)
    rows += [
        ("Answer next", reasons.next_question(recommendation, words)[:1]),
        ("Look at also", (_outside(recommendation),)),
        ("Note", reasons.notes(recommendation, words)[:2]),
        ("Start", (reasons.start(recommendation),)),
    ]
    filled = tuple((label, tuple(filter(None, lines))) for label, lines in rows)
    return Document(
        title=reasons.verdict(recommendation),
        lead=(),
        blocks=(Fields(rows=tuple(row for row in filled if row[1]), spare=_SPARE),),
        footer=reasons.footer(recommendation),
        brief=True,
    )


def _conflicts(recommendation: Recommendation, words: Words) -> list[Row]:
    rows: list[Row] = []
    for found in reasons.firm_conflicts(recommendation):
        rows += [
            ("Conflict", (reasons.conflict(found, words),)),
            ("Way out", reasons.ways_out(found, words)[:4]),
        ]
    return rows


def _ranking(recommendation: Recommendation, words: Words) -> list[Row]:
    label = "Behind it" if recommendation.status in {"ok", "tie"} else "So far"
    return [
        (label, (reasons.ranked(recommendation),)),
        ("How sure", (reasons.sureness(recommendation.confidence),)),
        ("Assumed", (reasons.assumed(recommendation, words),)),
    ]


def _reasons(recommendation: Recommendation, words: Words) -> list[Row]:
    first, *others = recommendation.ranking
    apart = "Apart" if recommendation.status == "tie" else "Instead"
    return [
        ("Decided by", reasons.decided(recommendation, words)[:3]),
        ("Against it", reasons.against(recommendation, words)[:3]),
        ("You pay", (reasons.payment(first, words), *reasons.milder(recommendation, words)[:1])),
        *(
            (apart, ((f"{other.name} ", *reasons.contrast(recommendation, other, words)),))
            for other in others[:1]
        ),
        ("Would change it", reasons.changes(recommendation, words, 2)),
    ]


def _outside(recommendation: Recommendation) -> Line:
    return (f"{', '.join(recommendation.outside)}: outside this catalog",) if recommendation.outside else ()
