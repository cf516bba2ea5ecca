"""The candidates beside each other: the ranking, bars per criterion, and the facts of the first three."""

from fractions import Fraction

from scaffold.model.framework import Framework
from scaffold.model.recommendation import Candidate, Contribution, Recommendation
from scaffold.report.blocks import Bar, Cell, Line, Section, Strong, Table
from scaffold.report.wording import Words, capital, decimal, exact, grade, joined, percent, spoken

SHOWN = 3


def ranking(recommendation: Recommendation, _words: Words) -> Section | None:
    """Return every framework that fits, best first."""
    rows = tuple(_ranked(candidate) for candidate in recommendation.ranking)
    table = Table(
        caption="Frameworks that fit, best first",
        head=("Framework", "Score of 100", "First in", "Starter"),
        rows=rows,
        numeric=(2,),
    )
    return Section(id="ranking", title="Ranking", blocks=(table,)) if rows else None


def _ranked(candidate: Candidate) -> tuple[Cell, ...]:
    score = decimal(candidate.score)
    name = f"{candidate.rank}. {candidate.name}"
    heading: Line = (Strong(text=name),) if candidate.in_top_group else (name,)
    bar = Bar(share=candidate.score / 100, text=score, says=f"{score} of 100 points", width=14)
    starter = "yes" if candidate.has_starter else "not yet"
    return (heading, bar, (percent(candidate.first_share),), (starter,))


def criteria_bars(recommendation: Recommendation, words: Words) -> Section | None:
    """Return how the first three do on what matters to the user, most important first."""
    shown = recommendation.ranking[:SHOWN]
    if not shown:
        return None
    table = Table(
        caption="How well each does on what matters to you, most important first",
        head=("What matters", "Weight", *(candidate.name for candidate in shown)),
        rows=tuple(
            ((capital(words.criterion(term.criterion)),), (percent(term.weight),), *_bars(term, shown))
            for term in weighted(shown[0])
        ),
        numeric=(1,),
    )
    return Section(id="criteria", title="On what matters to you", blocks=(table,))


def weighted(candidate: Candidate) -> list[Contribution]:
    """Return the terms that count, most important first."""
    return sorted(
        (term for term in candidate.contributions if term.points),
        key=lambda term: (-term.points, term.criterion),
    )


def _bars(term: Contribution, shown: tuple[Candidate, ...]) -> tuple[Bar, ...]:
    return tuple(_bar(value_on(candidate, term.criterion)) for candidate in shown)


def _bar(value: Fraction) -> Bar:
    level = exact(10 * value)
    return Bar(share=value, text=level, says=f"{level} of 10, {grade(value)}")


def value_on(candidate: Candidate, criterion: str) -> Fraction:
    """Return a candidate's value on a criterion, 0 when it has no such term."""
    terms = (term.value for term in candidate.contributions if term.criterion == criterion)
    return next(terms, Fraction(0))


def side_by_side(recommendation: Recommendation, words: Words) -> Section | None:
    """Return the facts of the first three in one table."""
    shown = recommendation.ranking[:SHOWN]
    if len(shown) < 2:  # noqa: PLR2004 - one has nothing beside it
        return None
    facts = [_facts(candidate, words.frameworks.get(candidate.id), words) for candidate in shown]
    rows = [((label,), *((column[label],) for column in facts)) for label in facts[0]]
    levels = [
        (
            (capital(words.criterion(term.criterion)),),
            *(_in_words(candidate, term.criterion) for candidate in shown),
        )
        for term in weighted(shown[0])
    ]
    table = Table(
        caption="The first three beside each other",
        head=("Compared", *(candidate.name for candidate in shown)),
        rows=(*rows, *levels),
    )
    return Section(id="side-by-side", title="Side by side", blocks=(table,))


def _in_words(candidate: Candidate, criterion: str) -> Line:
    return (grade(value_on(candidate, criterion)),)


def _facts(candidate: Candidate, framework: Framework | None, words: Words) -> dict[str, str]:
    return {
        "Language": words.answer("languages", framework.language) if framework else "unknown",
        "Kind": spoken(framework.kind) if framework else "unknown",
        "Release": _release(framework) if framework else "unknown",
        "Support": framework.support.rstrip(".") if framework else "unknown",
        "Supported until": _until(framework),
        "Checked on": framework.checked_on.isoformat() if framework else "unknown",
        "Needs add-ons": joined(candidate.addons) or "none",
        "Starter": "yes" if candidate.has_starter else "not yet",
    }


def _release(framework: Framework) -> str:
    return f"{framework.release} ({framework.released})" if framework.released else framework.release


def _until(framework: Framework | None) -> str:
    if framework is None:
        return "unknown"
    return framework.supported_until.isoformat() if framework.supported_until else "no date promised"
