"""The decision record that goes into a generated project."""

from datetime import date

from scaffold.model.recommendation import Candidate, Recommendation
from scaffold.report import outline, reasons
from scaffold.report.blocks import Document, Line, Paragraph, Section, Table
from scaffold.report.views import found
from scaffold.report.wording import Words, exact, points


def record_document(
    recommendation: Recommendation, chosen: str, words: Words, decided_on: date | None
) -> Document:
    """Return the record; a framework that the recommendation does not have is InvalidInput."""
    entry = found(recommendation, chosen)
    accepted = f"Accepted on {decided_on.isoformat()}." if decided_on else "Accepted."
    parts = (
        Section(id="status", title="Status", blocks=(Paragraph(line=(accepted,)),)),
        _context(recommendation, words),
        _decision(recommendation, entry, words),
        _reasons(recommendation, entry, words),
        outline.listed("against", "What it costs", _costs(entry, words)),
        _alternatives(recommendation, entry, words),
        outline.listed(
            "changes", "What would change it", reasons.changes(recommendation, words, outline.FLIPS)
        ),
    )
    return Document(
        title=f"1. Use {entry.name}",
        lead=(),
        blocks=tuple(part for part in parts if part),
        footer=(_origin(recommendation),),
    )


def _origin(recommendation: Recommendation) -> Line:
    known = f"{recommendation.knowledge_as_of.isoformat()} (version {recommendation.knowledge_version})"
    engine = f"engine {recommendation.engine_version}"
    return (f"Recommended by scaffold from what was known on {known}; {engine}.",)


def _context(recommendation: Recommendation, words: Words) -> Section:
    answers = outline.answers(recommendation, words)
    intro = Paragraph(line=("The choice of a framework rests on these answers about the project.",))
    return Section(id="context", title="Context", blocks=(intro, *(answers.blocks if answers else ())))


def _decision(recommendation: Recommendation, entry: Candidate, words: Words) -> Section:
    framework = words.frameworks.get(entry.id)
    release = f" {framework.release}" if framework and framework.release else ""
    summary = f": {framework.summary}" if framework and framework.summary else ""
    used = f"The back end is built with {entry.name}{release}{summary}".rstrip(".")
    lines = (f"{used}.", _advice(recommendation, entry, words))
    return Section(id="decision", title="Decision", blocks=tuple(Paragraph(line=(line,)) for line in lines))


def _advice(recommendation: Recommendation, entry: Candidate, words: Words) -> str:
    first, cost = recommendation.ranking[0], f"{points(entry.bill)} of extra cost"
    sure = f"({recommendation.confidence.label} confidence)"
    if entry.breaks:
        return f"This goes against the answers: with {reasons.limits(entry, words)} it does not go."
    if entry.rank == 1:
        return f"It comes first with {cost} {sure}."
    if entry.equal:
        return f"It has {cost} and is as good for this project as {first.name} {sure}."
    return (
        f"It was chosen although {first.name} comes first: it is number {entry.rank} with {cost}, "
        f"{first.name} has {points(first.bill)}."
    )


def _reasons(recommendation: Recommendation, entry: Candidate, words: Words) -> Section | None:
    if entry.rank == 1:
        return outline.listed("reasons", "Reasons", reasons.decided(recommendation, words))
    first = recommendation.ranking[0]
    cheaper = tuple(
        (f"{words.criterion(criterion)}: {exact(-tenths)} points less than {first.name}",)
        for criterion, tenths in reasons.differences(first, entry)[::-1]
        if tenths < 0
    )
    return outline.listed("reasons", "Reasons", cheaper[:3])


def _costs(entry: Candidate, words: Words) -> tuple[Line, ...]:
    return tuple(reasons.dear_line(entry, term, words) for term in reasons.dearest(entry)[:6])


def _alternatives(recommendation: Recommendation, entry: Candidate, words: Words) -> Section | None:
    first = recommendation.ranking[0]
    rows = tuple(
        (
            (other.name,),
            (exact(other.bill),),
            ("comes first",) if other is first else reasons.contrast(recommendation, other, words),
        )
        for other in recommendation.ranking
        if other.id != entry.id and not other.breaks
    )
    table = Table(
        caption="Alternatives",
        head=("Framework", "Extra cost", "Compared with the first"),
        rows=rows,
        numeric=(1,),
    )
    return Section(id="alternatives", title="Alternatives considered", blocks=(table,)) if rows else None
