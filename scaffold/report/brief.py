"""The short report: the answer, why, what it costs, what would change it, in 25 lines."""

from collections.abc import Iterable

from scaffold.model.recommendation import Recommendation
from scaffold.report import reasons
from scaffold.report.blocks import Document, Fields, Line
from scaffold.report.wording import Words

Row = tuple[str, Line]
_SPARE = ("Also", "Answer next", "Look at", "Changes", "Assumed", "Instead", "Behind it")


def brief_document(recommendation: Recommendation, words: Words) -> Document:
    """Return the short report; rows with nothing to say are left out, and what is paid never is."""
    rows = [*_conflicts(recommendation, words), *_ranking(recommendation, words)]
    if recommendation.status in {"ok", "tie"}:
        rows += _reasons(recommendation, words)
    rows += [
        ("Answer next", _together(reasons.next_question(recommendation, words)[:1])),
        ("Look at", _outside(recommendation)),
        ("Note", _together(reasons.notes(recommendation, words)[:2])),
        ("Start", reasons.start(recommendation, words.given)),
    ]
    return Document(
        title=reasons.verdict(recommendation),
        lead=(),
        blocks=(Fields(rows=tuple((label, (line,)) for label, line in rows if line), spare=_SPARE),),
        footer=reasons.footer(recommendation),
        brief=True,
    )


def _together(lines: Iterable[Line]) -> Line:
    """Return lines as one, with a dot between them."""
    return tuple(span for number, line in enumerate(lines) for span in (*((" · ",) if number else ()), *line))


def _conflicts(recommendation: Recommendation, words: Words) -> list[Row]:
    rows: list[Row] = []
    said: list[Line] = []
    for found in reasons.firm_conflicts(recommendation):
        ways = reasons.ways_out(found, words, said)[:3]
        rows += [("Conflict", reasons.conflict(found, words)), ("Way out", _together(ways))]
        said += ways
    return rows


def _ranking(recommendation: Recommendation, words: Words) -> list[Row]:
    label = "Behind it" if recommendation.status in {"ok", "tie"} else "So far"
    return [
        (label, reasons.ranked(recommendation)),
        ("How sure", reasons.sureness(recommendation)),
        ("Assumed", reasons.assumed(recommendation, words)),
    ]


def _reasons(recommendation: Recommendation, words: Words) -> list[Row]:
    first, *others = recommendation.ranking
    return [
        ("Decided by", reasons.decided_briefly(recommendation, words)),
        ("Against it", _together(reasons.against(recommendation, words)[:2])),
        ("You pay", reasons.payment(first, words)),
        ("Also", _together(reasons.milder(recommendation, words)[:1])),
        *(("Instead", (f"{o.name} ", *reasons.contrast(recommendation, o, words))) for o in others[:1]),
        ("Changes", _together(reasons.changes(recommendation, words, 2))),
    ]


def _outside(recommendation: Recommendation) -> Line:
    return (f"{', '.join(recommendation.outside)}: outside this catalog",) if recommendation.outside else ()
