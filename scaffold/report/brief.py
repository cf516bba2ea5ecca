"""The short report: the answer, why, what it costs, what would change it, in 25 lines."""

from collections.abc import Iterable, Iterator

from scaffold.model.recommendation import Recommendation
from scaffold.recommend.explanation import firm_conflicts
from scaffold.report import reasons
from scaffold.report.blocks import Document, Fields, Line
from scaffold.report.wording import Words

Row = tuple[str, Line]
_SPARE = (
    "Also",
    "Answer next",
    "Changes",
    "Assumed",
    "Instead",
    "Decided by",
    "Behind it",
    "Way out",
    "Way out",
    "Note",
    "Look at",
)


def brief_document(recommendation: Recommendation, words: Words) -> Document:
    """Return the short report; rows with nothing to say are left out, and what is paid never is."""
    rows = [*_conflicts(recommendation, words), *_rows(recommendation, words)]
    return Document(
        title=reasons.verdict(recommendation),
        blocks=(Fields(rows=tuple(row for row in rows if row[1]), spare=_SPARE),),
        footer=reasons.footer(recommendation),
    )


def _conflicts(recommendation: Recommendation, words: Words) -> Iterator[Row]:
    said: list[Line] = []
    for found in firm_conflicts(recommendation):
        ways = reasons.ways_out(found, words, said)
        ways = (
            ways[:2] if said else (*ways[:2], *ways[2:][-1:])
        )  # of the first also the last, which is to pay
        yield "Conflict", reasons.conflict(found, words)
        yield "Way out", _together(ways)
        said += ways


def _rows(recommendation: Recommendation, words: Words) -> Iterator[Row]:
    is_recommended = recommendation.status in {"ok", "tie"}
    yield "Behind it" if is_recommended else "So far", reasons.ranked(recommendation)
    if recommendation.status == "infeasible":
        yield "Breaks", _together(reasons.broken(recommendation, words)[:4])
    yield "How sure", reasons.sureness(recommendation)
    yield "Assumed", reasons.assumed(recommendation, words)
    if is_recommended:
        yield from _reasons(recommendation, words)
    if words.given is not None:  # where a project begins at once, all was asked
        yield "Answer next", _together(reasons.next_questions(recommendation, words)[:1])
    yield "Look at", reasons.outside(recommendation)
    yield "Note", _together(reasons.notes(recommendation, words)[:2])
    yield "Start", reasons.start(recommendation, words.given)


def _reasons(recommendation: Recommendation, words: Words) -> Iterator[Row]:
    first, *others = recommendation.ranking
    yield "Decided by", _together(reasons.decided(recommendation, words)[:3])
    yield "Against it", _together(reasons.against(recommendation, words)[:2])
    yield "You pay", reasons.payment(first, words)
    yield "Also", _together(reasons.milder(recommendation, words)[:1])
    if others:
        yield "Instead", reasons.contrast(first, others[0], words)
    yield "Changes", _together(reasons.changes(recommendation, words, 2))


def _together(lines: Iterable[Line]) -> Line:
    """Return lines as one, with a dot between them."""
    return tuple(span for number, line in enumerate(lines) for span in (*((" · ",) if number else ()), *line))
