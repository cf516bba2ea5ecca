"""What would change the first: other answers, other prices, and answers to what is still open."""

from collections.abc import Iterator, Sequence
from itertools import combinations

from scaffold.model.answers import Question, Value
from scaffold.model.recommendation import AnswerFlip, AskNext, Change, PriceFlip
from scaffold.recommend.ranking import Ranking
from scaffold.recommend.scoring import Answers, Case

DECISIONS = ("language_policy", "style", "hosting", "house", "deadline", "languages", "priorities")
"""What a team can decide; the other questions ask for facts."""
CUT = 200
"""Tenths of a point that it would cost to have taken what then turns out not to run."""
WORTH_ASKING = 0.1
"""Points below which no further answer is likely to change the first."""
DEAREST = 3


def answer_flips(ranking: Ranking, questions: Sequence[Question]) -> tuple[AnswerFlip, ...]:
    """Return each answer that would bring another first, decisions before facts; else pairs of decisions."""
    changes = [
        change
        for question in _decisions_first(questions)
        for change in _changes(question, ranking.case.given)
    ]
    found = [flip for change in changes if (flip := _flip(ranking, (change,)))]
    if found:
        return tuple(found)
    pairs = combinations([change for change in changes if change.question in DECISIONS], 2)
    apart = (pair for pair in pairs if pair[0].question != pair[1].question)
    return tuple(flip for pair in apart if (flip := _flip(ranking, pair)))


def _decisions_first(questions: Sequence[Question]) -> list[Question]:
    places = {id: place for place, id in enumerate(DECISIONS)}
    return sorted(questions, key=lambda question: places.get(question.id, len(places)))


def _changes(question: Question, given: Answers) -> Iterator[Change]:
    before = given.get(question.id, ())
    for value in _alternatives(question, before):
        if value != before:
            yield Change(question=question.id, given=before, imagined=value)


def _alternatives(question: Question, before: Value) -> Iterator[Value]:
    """Yield what else could be answered: of languages only those named, of the house that it runs none."""
    several = before if isinstance(before, tuple) else ()
    if question.id == "languages":
        yield from ((name,) for name in several)
        yield from ((name, *(other for other in several if other != name)) for name in several[1:])
    elif question.id == "house":
        yield from ((),) if several else ()
    elif question.kind == "single":
        yield from (choice.value for choice in question.choices)
    else:
        yield from ((choice.value,) for choice in question.choices if choice.value not in several)


def imagined(given: Answers, changes: Sequence[Change]) -> dict[str, Value]:
    """Return the answers with some changed; one that is taken back leaves its question open."""
    changed = {**given, **{change.question: change.imagined for change in changes}}
    return {question: value for question, value in changed.items() if value != ()}


def _flip(ranking: Ranking, changes: tuple[Change, ...]) -> AnswerFlip | None:
    then = Ranking(Case(imagined(ranking.case.given, changes), ranking.case.field))
    if then.first == ranking.first or then.broken[then.first]:
        return None
    return AnswerFlip(
        changes=changes,
        winner=then.first,
        bill=then.bills[then.first],
        criterion="" if then.broken[ranking.first] or ranking.broken[then.first] else _moved(ranking, then),
    )


def _moved(before: Ranking, after: Ranking) -> str:
    """Return the criterion on which the new first gains most on the old one."""
    gained: dict[str, int] = {}
    for ranking, sign in ((after, 1), (before, -1)):
        for id, side in ((before.first, 1), (after.first, -1)):
            for term in ranking.terms[id]:
                gained[term.criterion] = gained.get(term.criterion, 0) + sign * side * term.cost
    return max(gained, key=lambda criterion: (gained[criterion], criterion))


def price_flips(ranking: Ranking) -> tuple[PriceFlip, ...]:
    """Return for the dearest lines of the first how dear each must get, alone, to bring another first.

    With all costs of that line multiplied by k the two are level at k = 1 + lead ÷ (my cost − their cost).
    """
    mine = ranking.terms[ranking.first]
    dearest = sorted((term for term in mine if term.cost > 0), key=lambda term: -term.cost)[:DEAREST]
    return tuple(_price_flip(ranking, mine.index(term)) for term in dearest)


def _price_flip(ranking: Ranking, line: int) -> PriceFlip:
    term = ranking.terms[ranking.first][line]
    needed = []
    for id in ranking.able:
        gain = term.cost - ranking.terms[id][line].cost
        if gain > 0:
            lead = ranking.bills[id] - ranking.bills[ranking.first]
            needed.append((term.cost + -(-term.cost * lead // gain), id))
    cost, winner = min(needed, default=(0, ""))
    return PriceFlip(
        criterion=term.criterion, question=term.question, cost=term.cost, needed=cost, winner=winner
    )


def values_of_asking(ranking: Ranking, questions: Sequence[Question]) -> tuple[AskNext, ...]:
    """Return the open questions by the mean of what keeping the first would lose, the most first."""
    found = []
    for question in questions:
        if question.id not in ranking.case.given:
            answers = [_as_value(question, choice.value) for choice in question.choices]
            lost = sum(_lost(ranking, question.id, answer) for answer in answers)
            found.append(AskNext(question=question.id, value=lost / 10 / len(answers)))
    return tuple(sorted(found, key=lambda ask: (-ask.value, ask.question)))


def _as_value(question: Question, choice: str) -> Value:
    return choice if question.kind == "single" else (choice,)


def _lost(ranking: Ranking, question: str, answer: Value) -> int:
    """Return the tenths of a point by which the first of now would be dearer than the first then."""
    then = Ranking(Case({**ranking.case.given, question: answer}, ranking.case.field))
    if then.broken[ranking.first] and not then.broken[then.first]:
        return CUT
    return max(0, then.bills[ranking.first] - then.bills[then.first])
