"""The decision record that goes into a generated project."""

from datetime import date

from scaffold.model.recommendation import Candidate, Recommendation
from scaffold.recommend.explanation import dearest
from scaffold.report import outline, reasons
from scaffold.report.blocks import Document, Items, Line, Section
from scaffold.report.views import dearer, found
from scaffold.report.wording import Words, joined, points


def record_document(
    recommendation: Recommendation, chosen: str, words: Words, decided_on: date | None
) -> Document:
    """Return the record; a framework that the recommendation does not have is InvalidInput."""
    entry, first = found(recommendation, chosen), recommendation.ranking[0]
    others = [each for each in recommendation.ranking if each is not entry and not each.breaks]
    costs = [reasons.dear_line(entry, term, words) for term in dearest(entry) if term.cost >= reasons.POINT]
    listed, context = (
        outline.listed,
        "The choice of a framework rests on the answers at the end of this record.",
    )
    used = f"The back end is built with {_used(entry, words)}."
    contrasts = tuple(reasons.contrast(entry, each, words) for each in others)
    parts = (
        _said("Status", f"Accepted on {decided_on.isoformat()}." if decided_on else "Accepted."),
        _said("Context", context),
        _said("Decision", used, _advice(recommendation, entry, words)),
        listed("reasons", "Reasons", reasons.decided(recommendation, words) if entry is first else ()),
        listed("better", f"Where it costs less than {first.name}", dearer(entry, first, words)),
        listed("costs", "What it costs", tuple(costs)),
        listed("others", "Considered", contrasts),
        listed("changes", "What would change it", reasons.changes(recommendation, words, outline.FLIPS)),
        outline.answers(recommendation, words),
    )
    known = f"{recommendation.knowledge_as_of.isoformat()} (version {recommendation.knowledge_version})"
    origin = (
        f"Recommended by scaffold, engine {recommendation.engine_version}, from what was known on {known}."
    )
    return Document(
        title=f"1. Use {entry.name}", blocks=tuple(part for part in parts if part), footer=(origin,)
    )


def _said(title: str, *sentences: str) -> Section:
    lines: tuple[Line, ...] = tuple((sentence,) for sentence in sentences)
    return Section(id=title.lower(), title=title, blocks=(Items(lines=lines, mark="none"),))


def _used(entry: Candidate, words: Words) -> str:
    framework = words.frameworks[entry.id]
    return f"{entry.name} {framework.release}: {framework.summary}".rstrip(".: ")


def _advice(recommendation: Recommendation, entry: Candidate, words: Words) -> str:
    first, cost = recommendation.ranking[0], f"{points(entry.bill)} of extra cost"
    sure = f"({recommendation.confidence.label} confidence)"
    if entry.breaks:
        limits = joined([words.demand(limit) for limit in entry.breaks])
        return f"This goes against the answers: with {limits} it does not go."
    if entry is first:
        return f"It comes first with {cost} {sure}."
    if entry.equal:
        return f"It has {cost} and is as good for this project as {first.name} {sure}."
    beaten = f"it is number {entry.rank} with {cost}, {first.name} has {points(first.bill)}"
    return f"It was chosen although {first.name} comes first: {beaten}."
