"""The long report: which parts it has, and in which order."""

from typing import Literal

from scaffold.model.recommendation import Candidate, Demand, Recommendation, Term
from scaffold.recommend.explanation import dearest, firm_conflicts
from scaffold.recommend.scoring import BASE_QUESTION
from scaffold.report import reasons
from scaffold.report.blocks import Bar, Cell, Document, Items, Line, Section, Strong, Table
from scaffold.report.wording import Words, capital, exact, joined, percent

FLIPS, OTHERS, ASKED = 8, 5, 5
FULL_BILL = 1000  # tenths of a point, at which a bar is full


def long_document(recommendation: Recommendation, words: Words, *, full: bool) -> Document:
    """Return the report with ranking, costs and changes; ``full`` adds each bill with its evidence."""
    parts = [
        *conflicts(recommendation, words),
        ranking(recommendation, words),
        listed("sure", "How sure that is", (reasons.sureness(recommendation, most=99),)),
    ]
    if recommendation.status in {"ok", "tie"}:
        parts += _reasons(recommendation, words)
    parts += [
        listed("next", "What to answer next", reasons.next_questions(recommendation, words)[:ASKED]),
        listed("outside", "Look at as well", (reasons.outside(recommendation),)),
        listed("notes", "Note", reasons.notes(recommendation, words)),
        listed("start", "Start", (reasons.start(recommendation, words.given),)),
        answers(recommendation, words),
        bills(recommendation, words),
    ]
    if full:
        parts += [evidence(candidate, words) for candidate in recommendation.ranking]
    return document(reasons.verdict(recommendation), recommendation, *parts)


def document(title: str, recommendation: Recommendation, *parts: Section | None) -> Document:
    """Return a document of the parts that have something to say."""
    blocks = tuple(part for part in parts if part)
    return Document(title=title, blocks=blocks, footer=reasons.footer(recommendation))


def listed(
    id: str, title: str, lines: tuple[Line, ...], mark: Literal["neutral", "plus", "minus"] = "neutral"
) -> Section | None:
    """Return a section with one list, or nothing when the list is empty."""
    found = tuple(filter(None, lines))
    return Section(id=id, title=title, blocks=(Items(lines=found, mark=mark),)) if found else None


def conflicts(recommendation: Recommendation, words: Words) -> list[Section]:
    """Return what cannot be had together, with its ways out."""
    return [
        Section(
            id=f"conflict-{number}",
            title="What cannot be had together",
            blocks=(
                Items(lines=(reasons.conflict(found, words),), mark="none"),
                Items(lines=reasons.ways_out(found, words)),
            ),
        )
        for number, found in enumerate(firm_conflicts(recommendation), 1)
    ]


def ranking(recommendation: Recommendation, words: Words) -> Section:
    """Return all frameworks, the first in front; those that break a limit last."""
    table = Table(
        caption="What each would cost beyond a perfect fit, in points",
        head=("Framework", "Extra cost", "Chance behind", "Starter", "Breaks"),
        rows=tuple(_ranked(candidate, words) for candidate in recommendation.ranking),
        numeric=(2,),
    )
    return Section(id="ranking", title="Ranking", blocks=(table,))


def _ranked(candidate: Candidate, words: Words) -> tuple[Cell, ...]:
    name = f"{candidate.rank}. {candidate.name}"
    return (
        (Strong(name),) if candidate.equal and not candidate.breaks else (name,),
        Bar(exact(candidate.bill), min(candidate.bill, FULL_BILL) / FULL_BILL),
        ("" if candidate.rank == 1 or candidate.breaks else percent(candidate.chance),),
        ("yes" if candidate.has_starter else "not yet",),
        (joined([words.demand(limit) for limit in candidate.breaks]),),
    )


def _reasons(recommendation: Recommendation, words: Words) -> list[Section | None]:
    first, *others = recommendation.ranking
    instead = [reasons.contrast(first, other, words) for other in others[:OTHERS] if not other.breaks]
    return [
        listed("decided", "What decided it, in points", reasons.decided(recommendation, words), "plus"),
        listed(
            "against", f"What speaks against {first.name}", reasons.against(recommendation, words), "minus"
        ),
        listed("pays", "What you pay", tuple(reasons.dear_line(first, t, words) for t in dearest(first))),
        listed("milder", "What pulls apart", reasons.milder(recommendation, words)),
        listed("instead", "The others beside it", tuple(instead)),
        listed(
            "changes",
            "What would change it",
            (*reasons.changes(recommendation, words, FLIPS), *reasons.price_flips(recommendation, words)),
        ),
    ]


def answers(recommendation: Recommendation, words: Words) -> Section | None:
    """Return the answers, and what was assumed."""
    rows = [(*row, "") for row in recommendation.answers.items()]
    rows += [(*row, "assumed") for row in recommendation.assumed.items()]
    table = Table(
        caption="The answers that were counted",
        head=("Question", "Answer", ""),
        rows=tuple(
            ((words.question(key),), (words.answer(key, value),), (note,)) for key, value, note in rows
        ),
    )
    return Section(id="answers", title="Your answers", blocks=(table,), folded=True) if rows else None


def bills(recommendation: Recommendation, words: Words) -> Section:
    """Return all bills side by side, six in a table: a line for each price, a column for each framework."""
    ranking = recommendation.ranking
    tables = tuple(_bills(ranking[place : place + 6], words) for place in range(0, len(ranking), 6))
    return Section(id="bills", title="All bills, in points", blocks=tables, folded=True)


def _bills(shown: tuple[Candidate, ...], words: Words) -> Table:
    rows: list[tuple[Line, ...]] = [
        (
            (f"{capital(words.criterion(term.criterion))} ({_prices(line, shown)})",),
            *((exact(candidate.terms[line].cost),) for candidate in shown),
        )
        for line, term in enumerate(shown[0].terms)
    ]
    rows.append((("All together",), *((Strong(exact(candidate.bill)),) for candidate in shown)))
    return Table(
        caption="A framework pays the tenths of a price, in brackets, by which it falls short",
        head=("For", *(candidate.id for candidate in shown)),
        rows=tuple(rows),
        numeric=tuple(range(1, len(shown) + 1)),
    )


def _prices(line: int, shown: tuple[Candidate, ...]) -> str:
    """Return the price of a line, or the prices where they differ, as for languages."""
    return " to ".join(map(str, sorted({candidate.terms[line].price for candidate in shown})))


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
    because = "always" if term.question == BASE_QUESTION else words.demand(Demand(term.question, term.answer))
    sources = ", ".join(dict.fromkeys(each.source for each in level.evidence)) if level else ""
    cells = (
        capital(words.criterion(term.criterion)),
        because,
        exact(term.cost),
        words.why(candidate.id, term) + (f" ({sources})" if sources else ""),
        level.grade if level else "",
        level.checked_on.isoformat() if level else "",
    )
    return tuple((cell,) for cell in cells)
