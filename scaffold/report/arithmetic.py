"""The whole sum: points traced to answers, one table a candidate, and the evidence behind the levels."""

from collections.abc import Mapping

from scaffold.model.knowledge import Knowledge
from scaffold.model.recommendation import Because, Candidate, Contribution, Recommendation
from scaffold.report.blocks import Line, Paragraph, Section, Strong, Table
from scaffold.report.comparison import SHOWN, weighted
from scaffold.report.wording import BASE, Words, capital, decimal, exact, quoted

Row = tuple[Line, ...]


def points(recommendation: Recommendation, words: Words) -> Section | None:
    """Return how the answers became importance points."""
    if not recommendation.ranking:
        return None
    table = points_table(recommendation.ranking[0], words)
    return Section(id="points", title="From answers to points", blocks=(table,), folded=True)


def points_table(candidate: Candidate, words: Words) -> Table:
    """Return the points of each criterion, what they add to a score, and the answers they come from."""
    terms = weighted(candidate)
    total = (str(sum(term.points for term in terms)), decimal(candidate.score))
    return Table(
        caption="Where the importance points come from",
        head=("What matters", "Points", "Adds", "Because of"),
        rows=(
            *(_traced(term, words) for term in terms),
            (("All together",), *((Strong(text=number),) for number in total), ("",)),
        ),
        numeric=(1, 2),
    )


def _traced(term: Contribution, words: Words) -> Row:
    sources = "; ".join(_source(because, words) for because in term.because)
    return (
        (capital(words.criterion(term.criterion)),),
        (str(term.points),),
        (decimal(term.contribution),),
        (sources,),
    )


def _source(because: Because, words: Words) -> str:
    if because.question == BASE:
        return f"{because.points} always"
    answer = quoted(words.answer(because.question, because.answer))
    return f"{because.points} from {words.question(because.question)} {answer}"


def sums(recommendation: Recommendation, words: Words) -> Section | None:
    """Return the sum behind each score."""
    parts = tuple(_sum(candidate, words) for candidate in recommendation.ranking)
    rule = Paragraph(
        line=(
            "A score is 100 × the sum of points × value, divided by all points. A value is between 0 and 1.",
        )
    )
    return Section(id="sums", title="From points to scores", blocks=(rule, *parts)) if parts else None


def _sum(candidate: Candidate, words: Words) -> Section:
    terms = weighted(candidate)
    table = Table(
        caption=f"The score of {candidate.name}",
        head=("What matters", "Points", "Level", "Value", "Product", "Adds"),
        rows=(*(_term(term, words) for term in terms), _total(candidate, terms)),
        numeric=(1, 2, 3, 4, 5),
    )
    title = f"{candidate.name}: {decimal(candidate.score)}"
    return Section(id=f"sum-{candidate.rank}", title=title, blocks=(table,), folded=True)


def _term(term: Contribution, words: Words) -> Row:
    numbers = (str(term.points), str(term.level), exact(term.value), exact(term.points * term.value))
    return (
        (capital(words.criterion(term.criterion)),),
        *((number,) for number in numbers),
        (decimal(term.contribution, 2),),
    )


def _total(candidate: Candidate, terms: list[Contribution]) -> Row:
    product = exact(sum((term.points * term.value for term in terms), start=candidate.score * 0))
    return (
        ("Sum",),
        (str(sum(term.points for term in terms)),),
        ("",),
        ("",),
        (product,),
        (Strong(text=decimal(candidate.score, 2)),),
    )


def evidence(
    recommendation: Recommendation, words: Words, knowledge: Mapping[str, Knowledge] | None
) -> Section | None:
    """Return what the levels of the first three rest on."""
    known = knowledge or {}
    parts = tuple(
        _evidence(candidate, words, known[candidate.id])
        for candidate in recommendation.ranking[:SHOWN]
        if candidate.id in known
    )
    note = Paragraph(
        line=("A level is derived or measured (A), read (B) or judged (C); the date says when it was read.",)
    )
    return Section(id="evidence", title="Evidence", blocks=(note, *parts)) if parts else None


def _evidence(candidate: Candidate, words: Words, knowledge: Knowledge) -> Section:
    table = Table(
        caption=f"Evidence on {candidate.name}",
        head=("What matters", "Level", "Grade", "Source", "Read"),
        rows=tuple(row for term in weighted(candidate) for row in _sources(term, words, knowledge)),
        numeric=(1,),
    )
    return Section(id=f"evidence-{candidate.rank}", title=candidate.name, blocks=(table,), folded=True)


def _sources(term: Contribution, words: Words, knowledge: Knowledge) -> tuple[Row, ...]:
    level = knowledge.levels.get(term.criterion)
    if level is None:
        return ()
    return tuple(
        (
            (capital(words.criterion(term.criterion)),),
            (str(level.level),),
            (level.grade,),
            (f"{source.source}, {source.locator}" if source.locator else source.source,),
            (source.as_of.isoformat(),),
        )
        for source in level.evidence
    )
