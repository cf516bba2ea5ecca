"""Puts the recommendation together from its parts."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Literal

from scaffold.model.age import is_overdue
from scaffold.model.answers import Question, Value
from scaffold.model.framework import Framework, Language
from scaffold.model.knowledge import Knowledge
from scaffold.model.recommendation import Candidate, Overdue, Recommendation
from scaffold.recommend.confidence import is_enough, judge
from scaffold.recommend.conflicts import conflicts
from scaffold.recommend.explanation import against, decided_by
from scaffold.recommend.field import Entry, Field, make_field
from scaffold.recommend.hypotheticals import answer_flips, price_flips, values_of_asking
from scaffold.recommend.ranking import Ranking
from scaffold.recommend.scoring import Answers, Case, chosen

ENGINE_VERSION = "2"


def recommend(  # noqa: PLR0913 - what is asked, what is known, and the day
    answers: Mapping[str, Value],
    *,
    frameworks: Mapping[str, Framework],
    knowledge: Mapping[str, Knowledge],
    languages: Mapping[str, Language],
    questions: Sequence[Question],
    today: date,
) -> Recommendation:
    """Rank all frameworks for some answers, say why, how sure that is, and what would change it.

    Equal input gives equal output; ``today`` decides what was looked at too long ago.
    """
    field = make_field(frameworks, knowledge, languages, today)
    ranking = Ranking(Case(canonical(answers, questions), field))
    clashes = conflicts(ranking)
    return Recommendation(
        status=_status(ranking),
        answers=ranking.case.given,
        assumed=ranking.case.assumed,
        amount=ranking.case.amount,
        ranking=tuple(_candidate(ranking, id, rank) for rank, id in enumerate(ranking.order, 1)),
        decided_by=decided_by(ranking),
        against=against(ranking),
        conflicts=clashes,
        confidence=judge(ranking, clashes),
        answer_flips=answer_flips(ranking, questions),
        price_flips=price_flips(ranking),
        ask_next=values_of_asking(ranking, questions),
        outside=_outside(ranking.case),
        notes=tuple(_notes(ranking, today)),
        overdue=tuple(_overdue(field.entries[ranking.first], today)),
        as_of=today,
        knowledge_as_of=min(entry.framework.checked_on for entry in field.entries.values()),
        knowledge_version=field.version,
        engine_version=ENGINE_VERSION,
    )


def order(answers: Answers, field: Field, questions: Sequence[Question]) -> tuple[str, ...]:
    """Return the ids of all frameworks, the first in front."""
    return Ranking(Case(canonical(answers, questions), field)).order


def canonical(answers: Answers, questions: Sequence[Question]) -> dict[str, Value]:
    """Return the answers in the order of the questions, and choices without a rank in theirs."""
    return {
        question.id: _ordered(question, answers[question.id])
        for question in questions
        if chosen(answers, question.id)
    }


def _ordered(question: Question, value: Value) -> Value:
    """Return choices without a rank in the order of the question; none of them beside others is no answer."""
    if question.kind == "single":
        return value
    given = value if isinstance(value, tuple) else (str(value),)
    known = [choice.value for choice in question.choices if choice.value in given]
    ordered = given if question.kind == "ranked" else known
    return tuple(each for each in ordered if each != "none") or tuple(ordered)


def _status(ranking: Ranking) -> Literal["ok", "tie", "infeasible", "insufficient"]:
    if not ranking.able:
        return "infeasible"
    if not is_enough(ranking.case):
        return "insufficient"
    return "tie" if ranking.equals else "ok"


def _candidate(ranking: Ranking, id: str, rank: int) -> Candidate:
    entry = ranking.case.field.entries[id]
    return Candidate(
        id=id,
        name=entry.name,
        rank=rank,
        bill=ranking.bills[id],
        terms=ranking.terms[id],
        breaks=ranking.broken[id],
        chance=1.0 if rank == 1 else ranking.chance(id),
        equal=rank == 1 or id in ranking.equals,
        has_starter=entry.framework.starter is not None,
    )


def _outside(case: Case) -> tuple[str, ...]:
    """Return what many would take for this in the team's strongest language, and the catalog lacks."""
    if not case.languages or case.languages[0] not in case.field.languages:
        return ()
    known = case.field.languages[case.languages[0]].outside
    return tuple(
        dict.fromkeys(name for what in (*case.chosen("what"), "any") for name in known.get(what, ()))
    )


def _notes(ranking: Ranking, today: date) -> Iterator[str]:
    """Yield what the reader must know beside the reasons."""
    framework = ranking.case.field.entries[ranking.first].framework
    if framework.supported_until and framework.supported_until < today:
        yield (
            f"The support of {framework.name} {framework.release} ended on {framework.supported_until}; "
            "look for its next release before you begin"
        )


def _overdue(entry: Entry, today: date) -> Iterator[Overdue]:
    """Yield what was looked at too long ago of the first."""
    if is_overdue(entry.framework.checked_on, "release", today):
        yield Overdue(framework=entry.id, what="release", checked_on=entry.framework.checked_on)
    for criterion, checked_on in entry.overdue.items():
        yield Overdue(framework=entry.id, what=criterion, checked_on=checked_on)
