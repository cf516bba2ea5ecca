"""The long report: which parts it has, and in which order."""

from dataclasses import replace
from fractions import Fraction
from typing import Literal

from scaffold.model.knowledge import Evidence
from scaffold.model.recommendation import Candidate, Demand, Recommendation, Term
from scaffold.report import reasons
from scaffold.report.blocks import Bar, Block, Cell, Document, Items, Line, Paragraph, Section, Strong, Table
from scaffold.report.wording import Words, capital, exact, percent, points

Mark = Literal["neutral", "plus", "minus"]
FLIPS = 8


def long_document(recommendation: Recommendation, words: Words, *, full: bool) -> Document:
    """Return the report with ranking, costs and what would change them; ``full`` adds every bill and its evidence."""
    parts = [conflicts(recommendation, words), ranking(recommendation, words)]
    if recommendation.status in {"ok", "tie"}:
        parts += _reasons(recommendation, words)
    parts += [
        listed("next", "What to answer next", reasons.next_question(recommendation, words)[:5]),
        listed("notes", "To be known", reasons.notes(recommendation, words)),
        answers(recommendation, words),
        bills(recommendation, words),
    ]
    if full:
        parts += [evidence(candidate, words) for candidate in recommendation.ranking]
    whole = document(reasons.verdict(recommendation), recommendation, *parts)
    return replace(
        whole,
        lead=tuple(filter(None, (reasons.start(recommendation, words.given),))),
        figures=_figures(recommendation),
    )


def document(title: str, recommendation: Recommendation, *parts: Section | None) -> Document:
    """Return a document of the parts that have something to say."""
    blocks = tuple(part for part in parts if part)
    return Document(title=title, lead=(), blocks=blocks, footer=reasons.footer(recommendation))


def _figures(recommendation: Recommendation) -> tuple[tuple[str, str], ...]:
    answered = ("Answered", str(len(recommendation.answers)))
    if recommendation.status not in {"ok", "tie"}:
        return (answered,)
    confidence = recommendation.confidence
    return (
        ("Confidence", f"{confidence.label}, {reasons.how_sure(confidence)}"),
        ("Extra cost", points(recommendation.ranking[0].bill)),
        answered,
    )


def listed(id: str, title: str, lines: tuple[Line, ...], mark: Mark = "neutral") -> Section | None:
    """Return a section with one list, or nothing when the list is empty."""
    found = tuple(filter(None, lines))
    return Section(id=id, title=title, blocks=(Items(lines=found, mark=mark),)) if found else None


def conflicts(recommendation: Recommendation, words: Words) -> Section | None:
    """Return what cannot be had together, with its ways out."""
    blocks: list[Block] = []
    for found in reasons.firm_conflicts(recommendation):
        ways = reasons.ways_out(found, words)
        blocks += [Paragraph(line=reasons.conflict(found, words)), *([Items(lines=ways)] if ways else [])]
    return (
        Section(id="conflicts", title="What cannot be had together", blocks=tuple(blocks)) if blocks else None
    )


def ranking(recommendation: Recommendation, words: Words) -> Section:
    """Return all frameworks, the first in front; those that break a limit last."""
    table = Table(
        caption="What each would cost beyond a perfect fit, in points",
        head=("Framework", "Extra cost", "Lead is real", "Starter", "Breaks"),
        rows=tuple(_ranked(candidate, words) for candidate in recommendation.ranking),
        numeric=(2,),
    )
    return Section(id="ranking", title="Ranking", blocks=(table,))


def _ranked(candidate: Candidate, words: Words) -> tuple[Cell, ...]:
    name = f"{candidate.rank}. {candidate.name}"
    cost, left = exact(candidate.bill), max(0, 1000 - candidate.bill)
    bar = Bar(share=Fraction(left, 1000), text=cost, says=f"{cost} points of extra cost", width=8)
    chance = "" if candidate.rank == 1 or candidate.breaks else percent(candidate.chance)
    starter = "yes" if candidate.has_starter else "not yet"
    heading: Line = (Strong(text=name),) if candidate.equal and not candidate.breaks else (name,)
    return (heading, bar, (chance,), (starter,), (reasons.limits(candidate, words),))


def _reasons(recommendation: Recommendation, words: Words) -> list[Section | None]:
    first, *others = recommendation.ranking
    instead = tuple(
        (Strong(text=other.name), " ", *reasons.contrast(recommendation, other, words))
        for other in others[:5]
        if not other.breaks
    )
    prices = tuple(reasons.price_flip(flip, words) for flip in recommendation.price_flips)
    return [
        listed("decided", "What decided it", reasons.decided(recommendation, words), "plus"),
        listed(
            "against", f"What speaks against {first.name}", reasons.against(recommendation, words), "minus"
        ),
        listed(
            "pays", "What you pay", tuple(reasons.dear_line(first, t, words) for t in reasons.dearest(first))
        ),
        listed("milder", "What pulls apart", reasons.milder(recommendation, words)),
        listed(
            "doubts", "Why not surer", tuple((capital(doubt),) for doubt in recommendation.confidence.doubts)
        ),
        listed("instead", "The others beside it", instead),
        listed("changes", "What would change it", (*reasons.changes(recommendation, words, FLIPS), *prices)),
        listed("outside", "Outside this catalog", tuple((name,) for name in recommendation.outside)),
    ]


def answers(recommendation: Recommendation, words: Words) -> Section | None:
    """Return the answers, and what was assumed."""
    given = [
        ((words.question(key),), (words.answer(key, value),), ("",))
        for key, value in recommendation.answers.items()
    ]
    taken = [
        ((words.question(key),), (words.answer(key, value),), ("assumed",))
        for key, value in recommendation.assumed.items()
    ]
    table = Table(
        caption="The answers that were counted", head=("Question", "Answer", ""), rows=(*given, *taken)
    )
    return Section(id="answers", title="Your answers", blocks=(table,), folded=True) if table.rows else None


def bills(recommendation: Recommendation, words: Words) -> Section:
    """Return all bills side by side: a line for each price, a column for each framework."""
    shown = recommendation.ranking
    rows = [
        (
            (f"{capital(words.criterion(term.criterion))} ({price_of(line, shown)})",),
            *((exact(candidate.terms[line].cost),) for candidate in shown),
        )
        for line, term in enumerate(shown[0].terms)
    ]
    total: tuple[Line, ...] = (
        ("All together",),
        *((Strong(text=exact(candidate.bill)),) for candidate in shown),
    )
    table = Table(
        caption="Every line of every bill, in points; the price of a whole shortfall in brackets",
        head=("For", *(candidate.id for candidate in shown)),
        rows=(*rows, total),
        numeric=tuple(range(1, len(shown) + 1)),
    )
    rule = Paragraph(
        line=(
            "A framework pays the tenths of a price by which it falls short; a line is price × shortfall ÷ 10.",
        )
    )
    return Section(id="bills", title="All bills", blocks=(rule, table), folded=True)


def price_of(line: int, shown: tuple[Candidate, ...]) -> str:
    """Return the price of a line; for languages it may differ between frameworks."""
    prices = sorted({candidate.terms[line].price for candidate in shown})
    return " to ".join(str(price) for price in (prices[0], prices[-1])[: 2 if len(prices) > 1 else 1])


def evidence(candidate: Candidate, words: Words) -> Section:
    """Return one bill with the reason, grade and date of every level."""
    table = Table(
        caption=f"The bill of {candidate.name}",
        head=("For", "Because of", "Costs", "Why", "Grade", "Checked"),
        rows=tuple(_term(candidate, term, words) for term in candidate.terms),
        numeric=(2,),
    )
    title = f"{candidate.name}: {exact(candidate.bill)}"
    return Section(id=f"bill-{candidate.rank}", title=title, blocks=(table,), folded=True)


def _term(candidate: Candidate, term: Term, words: Words) -> tuple[Line, ...]:
    level = words.level(candidate.id, term.criterion)
    because = "always" if term.question == "base" else words.demand(Demand(term.question, term.answer))
    sources = f" ({_sources(level.evidence)})" if level else ""
    return (
        (capital(words.criterion(term.criterion)),),
        (because,),
        (exact(term.cost),),
        (f"{words.why(candidate.id, term)}{sources}",),
        (level.grade if level else "",),
        (level.checked_on.isoformat() if level else "",),
    )


def _sources(evidence: tuple[Evidence, ...]) -> str:
    return ", ".join(dict.fromkeys(each.source for each in evidence))
