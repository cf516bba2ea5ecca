"""The decision record that goes into a generated project."""

from datetime import date

from scaffold.model.recommendation import Candidate, Gap, Recommendation
from scaffold.report import outline, reasons
from scaffold.report.blocks import Block, Document, Line, Paragraph, Section, Table
from scaffold.report.views import contrast_with_first, found
from scaffold.report.wording import Words, decimal, top_group


def record_document(
    recommendation: Recommendation, chosen: str, words: Words, decided_on: date | None
) -> Document:
    """Return the record; a framework that the recommendation does not have is InvalidInput."""
    entry = found(recommendation, chosen)
    parts = (
        Section(id="status", title="Status", blocks=(Paragraph(line=(_status(decided_on),)),)),
        Section(id="context", title="Context", blocks=_context(recommendation, words)),
        Section(id="decision", title="Decision", blocks=_decision(recommendation, chosen, words)),
        _reasons(recommendation, chosen, words),
        _consequences(recommendation, chosen, words),
        _alternatives(recommendation, chosen, words),
        outline.excluded(recommendation, words),
        outline.changes(recommendation, words),
    )
    return Document(
        title=f"1. Use {entry.name}",
        lead=(),
        blocks=tuple(part for part in parts if part),
        footer=(_origin(recommendation),),
    )


def _origin(recommendation: Recommendation) -> Line:
    confidence = recommendation.confidence
    read = f"{recommendation.knowledge_as_of.isoformat()} (version {recommendation.knowledge_version})"
    made = f"engine {recommendation.engine_version}, seed {recommendation.seed}"
    answered = f"{confidence.answered} of {confidence.applicable} questions answered"
    return (f"Recommended by scaffold from what was known on {read}: {answered}; {made}.",)


def _status(decided_on: date | None) -> str:
    return f"Accepted on {decided_on.isoformat()}." if decided_on else "Accepted."


def _context(recommendation: Recommendation, words: Words) -> tuple[Block, ...]:
    answers = outline.answers(recommendation, words)
    intro = Paragraph(line=("The choice of a framework rests on these answers about the project.",))
    return (intro, *(answers.blocks if answers else ()))


def _decision(recommendation: Recommendation, chosen: str, words: Words) -> tuple[Block, ...]:
    framework = words.frameworks.get(chosen)
    release = f" {framework.release}" if framework and framework.release else ""
    summary = f": {framework.summary}" if framework and framework.summary else ""
    used = f"The back end is built with {words.name(chosen)}{release}{summary}".rstrip(".")
    lines = (f"{used}.", _advice(recommendation, chosen, words))
    return tuple(Paragraph(line=(line,)) for line in lines)


def _advice(recommendation: Recommendation, chosen: str, words: Words) -> str:
    entry = found(recommendation, chosen)
    if not isinstance(entry, Candidate):
        return f"This goes against the recommendation: {reasons.exclusion(entry)}."
    group = top_group(recommendation)
    confidence = recommendation.confidence.label
    score = f"{decimal(entry.score)} of 100 points"
    if len(group) > 1 and entry.in_top_group:
        equals = words.listed(one.id for one in group if one.id != chosen)
        return f"It has {score} and is as good for this project as {equals} ({confidence} confidence)."
    if entry.rank == 1:
        return f"It comes first with {score} ({confidence} confidence)."
    first = recommendation.ranking[0]
    return (
        f"It was chosen although {first.name} comes first: "
        f"it is number {entry.rank} with {score}, {first.name} has {decimal(first.score)}."
    )


def _is_first(recommendation: Recommendation, chosen: str) -> bool:
    return bool(recommendation.ranking) and recommendation.ranking[0].id == chosen


def _reasons(recommendation: Recommendation, chosen: str, words: Words) -> Section | None:
    if _is_first(recommendation, chosen):
        lines = (*reasons.decisive(recommendation, words), *reasons.meaning(recommendation))
    else:
        lines = reasons.differences(_contrast(recommendation, chosen, better=True), words, "ahead of")
    return outline.listed("reasons", "Reasons", lines)


def _consequences(recommendation: Recommendation, chosen: str, words: Words) -> Section | None:
    entry = found(recommendation, chosen)
    if _is_first(recommendation, chosen):
        lines = reasons.losses(recommendation, words)
    else:
        watchouts = reasons.watchouts(entry, words) if isinstance(entry, Candidate) else ()
        behind = _contrast(recommendation, chosen, better=False)
        lines = (*watchouts, *reasons.differences(behind, words, "behind"))
    return outline.listed("against", "What speaks against it", lines)


def _contrast(recommendation: Recommendation, chosen: str, *, better: bool) -> tuple[Gap, ...]:
    entry = found(recommendation, chosen)
    if not isinstance(entry, Candidate):
        return ()
    view = contrast_with_first(recommendation, entry)
    return view.pros if better else view.cons


def _alternatives(recommendation: Recommendation, chosen: str, words: Words) -> Section | None:
    rows = tuple(
        ((other.name,), (decimal(other.score),), _why_not(recommendation, other, words))
        for other in recommendation.ranking
        if other.id != chosen
    )
    table = Table(
        caption="Alternatives",
        head=("Framework", "Score of 100", "Compared with the first"),
        rows=rows,
        numeric=(1,),
    )
    return Section(id="alternatives", title="Alternatives considered", blocks=(table,)) if rows else None


def _why_not(recommendation: Recommendation, other: Candidate, words: Words) -> Line:
    if other.rank == 1:
        return ("comes first",)
    return reasons.contrast(contrast_with_first(recommendation, other), words)
