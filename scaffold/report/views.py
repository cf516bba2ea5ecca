"""Answers to one question about a recommendation: why this one, why not that one, what if."""

from dataclasses import replace
from fractions import Fraction

from scaffold.errors import InvalidInput
from scaffold.model.recommendation import (
    Candidate,
    Change,
    Contrast,
    Elimination,
    Gap,
    Recommendation,
    Violation,
)
from scaffold.report import reasons
from scaffold.report.arithmetic import points_table
from scaffold.report.blocks import Document, Line, Section, Strong, Table
from scaffold.report.objects import as_json
from scaffold.report.outline import listed
from scaffold.report.wording import Words, capital, decimal, joined, quoted, top_group


def found(recommendation: Recommendation, framework: str) -> Candidate | Elimination:
    """Return the candidate or the elimination with an id, or raise InvalidInput with the nearest id."""
    from difflib import get_close_matches

    entries: dict[str, Candidate | Elimination] = {
        **{entry.id: entry for entry in recommendation.eliminated},
        **{entry.id: entry for entry in recommendation.ranking},
    }
    if framework not in entries:
        near = get_close_matches(framework, entries, n=1, cutoff=0.5)
        raise InvalidInput(
            f"The recommendation has no framework `{framework}`",
            hint=f"Did you mean `{near[0]}`?" if near else f"It has {joined(sorted(entries))}",
        )
    return entries[framework]


def why_document(recommendation: Recommendation, framework: str, words: Words) -> Document:
    """Return how a framework came to its place: each part of its score, traced to answers."""
    entry = found(recommendation, framework)
    if isinstance(entry, Elimination):
        return why_not_document(recommendation, framework, words)
    first = entry.rank == 1
    parts = (
        listed("meaning", "What it means", reasons.meaning(recommendation) if first else ()),
        listed(
            "losses",
            "What speaks against it",
            reasons.losses(recommendation, words) if first else reasons.watchouts(entry, words),
        ),
        Section(id="points", title="Where its points come from", blocks=(points_table(entry, words),)),
    )
    return Document(
        title=_place(entry, recommendation),
        lead=(),
        blocks=tuple(part for part in parts if part),
        footer=reasons.footer(recommendation),
    )


def _place(entry: Candidate, recommendation: Recommendation) -> str:
    score = f"{decimal(entry.score)} of 100 points"
    if entry.in_top_group and len(top_group(recommendation)) > 1:
        return f"{entry.name} is in the top group with {score}"
    first = recommendation.ranking[0]
    if entry.rank == 1:
        return f"{entry.name} comes first with {score}"
    behind = decimal(first.score - entry.score)
    return f"{entry.name} is number {entry.rank} with {score}, {behind} behind {first.name}"


def why_object(recommendation: Recommendation, framework: str) -> dict[str, object]:
    """Return the same as JSON."""
    entry = found(recommendation, framework)
    candidate = entry if isinstance(entry, Candidate) else None
    first = candidate is not None and candidate.rank == 1
    return {
        "schema": "scaffold.why/1",
        "id": framework,
        "candidate": as_json(candidate),
        "elimination": as_json(entry) if candidate is None else None,
        "consequences": as_json(recommendation.consequences if first else ()),
        "decided_by": as_json(recommendation.decided_by if first else ()),
        "against": as_json(recommendation.against if first else ()),
    }


def why_not_document(recommendation: Recommendation, framework: str, words: Words) -> Document:
    """Return what keeps a framework from the first place, and what would bring it there."""
    entry = found(recommendation, framework)
    if isinstance(entry, Elimination):
        title, parts = _left_out(recommendation, entry, words)
    else:
        title, parts = _place(entry, recommendation), _behind(recommendation, entry, words)
    return Document(
        title=title,
        lead=(),
        blocks=tuple(part for part in parts if part),
        footer=reasons.footer(recommendation),
    )


def _left_out(
    recommendation: Recommendation, entry: Elimination, words: Words
) -> tuple[str, tuple[Section | None, ...]]:
    broken: tuple[Line, ...] = tuple(
        (
            Strong(text=capital(violation.constraint)),
            f": {reasons.fact(violation)}. You said: {_said(violation, words)}",
        )
        for violation in entry.violations
    )
    ways = tuple(
        reasons.relaxation(option, words) for option in recommendation.relaxations if entry.id in option.opens
    )
    return f"{entry.name} is left out", (
        listed("excluded", "Requirements it does not meet", broken),
        listed("relaxations", "What would let it in", ways),
    )


def _said(violation: Violation, words: Words) -> str:
    return reasons.asked_by(violation.question, violation.answer, words)


def _behind(recommendation: Recommendation, entry: Candidate, words: Words) -> tuple[Section | None, ...]:
    if entry.rank == 1:
        return (listed("losses", "What speaks against it", reasons.losses(recommendation, words)),)
    view = contrast_with_first(recommendation, entry)
    flips = (
        *(
            reasons.answer_flip(flip, words)
            for flip in recommendation.answer_flips
            if flip.winner == entry.id
        ),
        *(
            reasons.weight_flip(flip, words)
            for flip in recommendation.weight_flips
            if flip.winner == entry.id
        ),
    )
    said = {gap.criterion for gap in view.cons}
    unsaid = replace(entry, watchouts=tuple(one for one in entry.watchouts if one.criterion not in said))
    dominated = (
        ((f"{words.name(view.dominated_by)} is as good or better in everything that matters to you",),)
        if view.dominated_by
        else ()
    )
    return (
        listed("worse", "Where it is worse", reasons.differences(view.cons, words, "behind")),
        listed(
            "better",
            "Where it is better",
            reasons.differences(view.pros, words, "ahead of"),
        ),
        listed("dominated", "No change of weights helps it", dominated),
        listed("watchouts", "What else to know about it", reasons.watchouts(unsaid, words)),
        listed("changes", "What would bring it to the first place", flips),
    )


def contrast_with_first(recommendation: Recommendation, entry: Candidate) -> Contrast:
    """Return the contrast the engine made, or the same differences from the terms of both scores."""
    made = next((view for view in recommendation.contrasts if view.id == entry.id), None)
    return made or _differences(recommendation.ranking[0], entry)


def _differences(first: Candidate, entry: Candidate) -> Contrast:
    theirs = {term.criterion: term.contribution for term in first.contributions}
    gaps = sorted(
        (
            Gap(
                criterion=term.criterion,
                gap=term.contribution - theirs.get(term.criterion, Fraction(0)),
                versus=first.id,
                text="",
            )
            for term in entry.contributions
        ),
        key=lambda gap: (-abs(gap.gap), gap.criterion),
    )
    return Contrast(
        id=entry.id,
        pros=tuple(gap for gap in gaps if gap.gap > 0)[:3],
        cons=tuple(gap for gap in gaps if gap.gap < 0)[:3],
        dominated_by="",
    )


def why_not_object(recommendation: Recommendation, framework: str) -> dict[str, object]:
    """Return the same as JSON."""
    entry = found(recommendation, framework)
    candidate = entry if isinstance(entry, Candidate) else None
    behind = candidate if candidate and candidate.rank > 1 else None
    return {
        "schema": "scaffold.why-not/1",
        "id": framework,
        "candidate": as_json(candidate),
        "elimination": None if candidate else as_json(entry),
        "contrast": as_json(contrast_with_first(recommendation, behind)) if behind else None,
        "answer_flips": [as_json(flip) for flip in recommendation.answer_flips if flip.winner == framework],
        "weight_flips": [as_json(flip) for flip in recommendation.weight_flips if flip.winner == framework],
        "relaxations": [as_json(way) for way in recommendation.relaxations if framework in way.opens],
    }


def changed_answers(before: Recommendation, after: Recommendation) -> tuple[Change, ...]:
    """Return the answers in which two recommendations differ; an empty tuple stands for none."""
    keys = {**before.answers, **after.answers}
    pairs = ((key, before.answers.get(key, ()), after.answers.get(key, ())) for key in keys)
    return tuple(
        Change(question=key, given=given, imagined=imagined)
        for key, given, imagined in pairs
        if given != imagined
    )


def what_if_document(before: Recommendation, after: Recommendation, words: Words) -> Document:
    """Return what other answers would do to the ranking."""
    lead = tuple((_instead(change, words),) for change in changed_answers(before, after))
    rows = tuple(tuple((text,) for text in move) for move in _moves(before, after))
    table = Table(caption="Rank and score", head=("Framework", "Before", "After"), rows=rows)
    return Document(
        title=_outcome(before, after, words),
        lead=lead or (("The answers are the same",),),
        blocks=(Section(id="moves", title="What moves", blocks=(table,)),) if rows else (),
        footer=reasons.footer(after),
    )


def _instead(change: Change, words: Words) -> str:
    given = quoted(words.answer(change.question, change.given))
    return f"{words.change(change)} instead of {given}"


def _outcome(before: Recommendation, after: Recommendation, words: Words) -> str:
    was, now = _first(before), _first(after)
    if not now:
        return reasons.verdict(after)
    if was == now:
        return f"{words.name(now)} still comes first"
    return f"{words.name(now)} comes first" + (f" instead of {words.name(was)}" if was else "")


def _first(recommendation: Recommendation) -> str:
    return recommendation.ranking[0].id if recommendation.status in {"ok", "tie"} else ""


def _moves(before: Recommendation, after: Recommendation) -> tuple[tuple[str, str, str], ...]:
    names = {entry.id: entry.name for side in (after, before) for entry in side.ranking}
    return tuple((name, _standing(before, id), _standing(after, id)) for id, name in names.items())


def _standing(side: Recommendation, framework: str) -> str:
    places = {entry.id: f"{entry.rank}. ({decimal(entry.score)})" for entry in side.ranking}
    left_out = {entry.id: "left out" for entry in side.eliminated}
    return {**left_out, **places}.get(framework, "not ranked")


def what_if_object(before: Recommendation, after: Recommendation) -> dict[str, object]:
    """Return the same as JSON."""
    return {
        "schema": "scaffold.what-if/1",
        "changes": as_json(changed_answers(before, after)),
        "before": _summary(before),
        "after": _summary(after),
    }


def _summary(side: Recommendation) -> dict[str, object]:
    return {
        "status": side.status,
        "top_group": [entry.id for entry in top_group(side)],
        "confidence": as_json(side.confidence),
        "ranking": [
            {
                "id": entry.id,
                "name": entry.name,
                "rank": entry.rank,
                "score": as_json(entry.score),
                "score_exact": f"{entry.score.numerator}/{entry.score.denominator}",
            }
            for entry in side.ranking
        ],
        "eliminated": [entry.id for entry in side.eliminated],
    }
