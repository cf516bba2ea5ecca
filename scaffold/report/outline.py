"""The long report: which parts it has, and in which order."""

from collections.abc import Mapping
from typing import Literal

from scaffold.model.knowledge import Knowledge
from scaffold.model.recommendation import Recommendation
from scaffold.report import arithmetic, comparison, flips, reasons
from scaffold.report.blocks import Document, Items, Line, Paragraph, Section, Table
from scaffold.report.wording import Words, capital, decimal, joined, percent, top_group

FLIPS = 8
WEIGHTS = 3


def long_document(
    recommendation: Recommendation, words: Words, knowledge: Mapping[str, Knowledge] | None, *, full: bool
) -> Document:
    """Return the report with ranking, bars and tables; ``full`` adds the arithmetic and the evidence."""
    parts = [part(recommendation, words) for part in _PARTS]
    if full:
        parts += [
            flips.by_answer(recommendation, words),
            flips.by_weight(recommendation, words),
            arithmetic.points(recommendation, words),
            arithmetic.sums(recommendation, words),
            arithmetic.evidence(recommendation, words, knowledge),
        ]
    return Document(
        title=reasons.verdict(recommendation),
        lead=reasons.lead(recommendation),
        figures=_figures(recommendation),
        blocks=tuple(part for part in parts if part),
        footer=reasons.footer(recommendation),
    )


def _figures(recommendation: Recommendation) -> tuple[tuple[str, str], ...]:
    confidence = recommendation.confidence
    answered = ("Answered", f"{confidence.answered} of {confidence.applicable}")
    if recommendation.status not in {"ok", "tie"}:
        return (answered,)
    return (
        ("Confidence", confidence.label),
        ("Score", f"{decimal(recommendation.ranking[0].score)} of 100"),
        ("First in", percent(confidence.first_share)),
        answered,
    )


def listed(
    id: str,
    title: str,
    lines: tuple[Line, ...],
    mark: Literal["neutral", "plus", "minus"] = "neutral",
) -> Section | None:
    """Return a section with one list, or nothing when the list is empty."""
    items = Items(lines=lines, mark=mark)
    return Section(id=id, title=title, blocks=(items,)) if lines else None


def _relaxations(recommendation: Recommendation, words: Words) -> Section | None:
    lines = tuple(reasons.relaxation(option, words) for option in recommendation.relaxations)
    return listed("relaxations", "What you could give up", lines)


def _archetypes(recommendation: Recommendation, words: Words) -> Section | None:
    if not recommendation.archetypes:
        return None
    table = Table(
        caption="Kinds of framework to look at meanwhile",
        head=("Kind", "What it means", "Frameworks"),
        rows=tuple(
            ((capital(kind.name),), (kind.text,), (words.listed(kind.ids),))
            for kind in recommendation.archetypes
        ),
    )
    return Section(id="kinds", title="Kinds of framework", blocks=(table,))


def _decisive(recommendation: Recommendation, words: Words) -> Section | None:
    title = f"What speaks for {_first(recommendation)}"
    return listed("decisive", title, reasons.decisive(recommendation, words), "plus")


def _meaning(recommendation: Recommendation, _words: Words) -> Section | None:
    title = f"What choosing {_first(recommendation)} means"
    return listed("meaning", title, reasons.meaning(recommendation))


def _losses(recommendation: Recommendation, words: Words) -> Section | None:
    title = f"What speaks against {_first(recommendation)}"
    return listed("losses", title, reasons.losses(recommendation, words), "minus")


def _equals(recommendation: Recommendation, words: Words) -> Section | None:
    equals = top_group(recommendation)[1:]
    title = f"What to know about {joined([one.name for one in equals])}"
    return listed("equals", title, reasons.warnings(equals, words), "minus")


def _first(recommendation: Recommendation) -> str:
    return recommendation.ranking[0].name if recommendation.ranking else ""


def _apart(recommendation: Recommendation, words: Words) -> Section | None:
    lines = reasons.apart(recommendation, words) if recommendation.status == "tie" else ()
    return listed("apart", "What sets them apart", lines)


def _confidence(recommendation: Recommendation, _words: Words) -> Section | None:
    lines: tuple[Line, ...] = tuple((reason,) for reason in recommendation.confidence.reasons)
    title = f"Why the confidence is {recommendation.confidence.label}"
    return listed("confidence", title, lines)


def changes(recommendation: Recommendation, words: Words) -> Section | None:
    """Return the changes that would bring another framework to the first place, the nearest ones."""
    lines = reasons.changes(recommendation, words, answers=FLIPS, weights=WEIGHTS)
    return listed("changes", "What would change it", lines)


def _ask_next(recommendation: Recommendation, words: Words) -> Section | None:
    return listed("ask-next", "What to answer next", reasons.uncertainty(recommendation, words))


def excluded(recommendation: Recommendation, words: Words) -> Section | None:
    """Return every framework that does not fit, with the requirement, the fact and the answer."""
    rows = tuple(
        (
            (elimination.name,),
            (violation.constraint,),
            (reasons.fact(violation),),
            (reasons.asked_by(violation.question, violation.answer, words),),
        )
        for elimination in recommendation.eliminated
        for violation in elimination.violations
    )
    table = Table(
        caption="Frameworks that do not fit, and why",
        head=("Framework", "Requirement", "Fact", "Your answer"),
        rows=rows,
    )
    return Section(id="excluded", title="Left out", blocks=(table,)) if rows else None


def _contrasts(recommendation: Recommendation, words: Words) -> Section | None:
    if not recommendation.contrasts:
        return None
    first = recommendation.ranking[0]
    rows = tuple(
        ((words.name(entry.id),), reasons.contrast(entry, words)) for entry in recommendation.contrasts
    )
    table = Table(
        caption=f"Compared with {first.name}, in points of score", head=("Framework", "Is"), rows=rows
    )
    return Section(id="contrasts", title="Why not the others", blocks=(table,))


def _start(recommendation: Recommendation, _words: Words) -> Section | None:
    line = reasons.start(recommendation)
    return Section(id="start", title="How to start", blocks=(Paragraph(line=line),)) if line else None


def answers(recommendation: Recommendation, words: Words) -> Section | None:
    """Return all that was answered, and what was skipped."""
    given = [
        ((words.question(key),), (words.answer(key, value),)) for key, value in recommendation.answers.items()
    ]
    skipped = [((words.question(key),), ("skipped",)) for key in recommendation.skipped]
    table = Table(caption="What you said", head=("Question", "Answer"), rows=(*given, *skipped))
    return Section(id="answers", title="Your answers", blocks=(table,)) if table.rows else None


_PARTS = (
    _relaxations,
    _apart,
    _decisive,
    _losses,
    _meaning,
    _equals,
    changes,
    _ask_next,
    _start,
    _archetypes,
    comparison.ranking,
    comparison.criteria_bars,
    comparison.side_by_side,
    _contrasts,
    excluded,
    _confidence,
    answers,
)
