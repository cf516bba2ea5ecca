"""The bill: what choosing a framework would cost a project beyond a perfect fit.

Every answer puts a price on a few criteria, and a framework pays the tenths of it by which it falls short.
This is the only place where a bill is made; ranking, conflicts, confidence and words all read its terms.
"""

from collections.abc import Iterator, Mapping
from functools import cached_property

from scaffold.model.answers import Value
from scaffold.model.recommendation import Term
from scaffold.recommend.field import Entry, Field
from scaffold.recommend.prices import (
    AMOUNTS,
    BARE,
    BASE,
    COMPLETE,
    ESSENTIAL,
    GROWS,
    HOUSE_LEAST,
    HOUSE_MOST,
    HOUSE_STEP,
    IMPLIED,
    KINDRED,
    LADDER,
    LEAN,
    LEARN,
    PART,
    PRICES,
    PRIORITIES,
    RANKS,
    SLOWER,
    SMALL,
    STAY,
    STEP,
    STRENGTH,
    UNKNOWN_AMOUNT,
)

Answers = Mapping[str, Value]
BASE_QUESTION = "base"
FULL = 10  # a shortfall, or a distance: all of the price is paid
_MORE, _LESS, _NONE = "more-than-needed", "less-than-needed", "no-framework"
AMOUNT_LINES = frozenset({_MORE, _LESS, _NONE})
"""Lines that say how much framework it is, not how well something is done."""
_DEPENDENCIES: Mapping[str, int] = {"runtime": 0, "standard-library": 0, "micro": 6, "full-stack": FULL}


def chosen(answers: Answers, question: str) -> tuple[str, ...]:
    """Return the answers to a question as texts; none when it is open."""
    value = answers.get(question, ())
    return value if isinstance(value, tuple) else (str(value),)


class Case:
    """Some answers, and everything that follows from them whatever the framework is."""

    def __init__(self, given: Answers, field: Field) -> None:
        self.given, self.field = given, field

    @cached_property
    def assumed(self) -> Mapping[str, str]:
        """The answers that the product implies to questions that are open."""
        found: dict[str, str] = {}
        for what in chosen(self.given, "what"):
            for question, answer in IMPLIED.get(what, {}).items():
                found[question] = _stronger(found.get(question), answer)
        return {question: answer for question, answer in found.items() if question not in self.given}

    @cached_property
    def answers(self) -> Answers:
        """The answers given and assumed."""
        return {**self.assumed, **self.given}

    def chosen(self, question: str) -> tuple[str, ...]:
        """Return what is answered to a question, given or assumed."""
        return chosen(self.answers, question)

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages that are named, the strongest first."""
        return tuple(name for name in self.chosen("languages") if name not in {"none", "other"})

    @cached_property
    def amount(self) -> int | None:
        """How much framework is needed, 0 to 10; None when nothing says so."""
        whats = [what for what in self.chosen("what") if what in AMOUNTS]
        need = max((AMOUNTS[what] for what in whats), default=None)
        if "tiny" in whats and need is not None and need > SMALL:
            need = (need + SMALL) // 2  # tiny is a size as well as a thing
        match self.style:
            case "complete":
                return max(need or 0, COMPLETE)
            case "lean":
                return LEAN if need is None else min(need, LEAN)
            case "bare":
                return BARE
        return need

    @cached_property
    def style(self) -> str:
        """How much the framework shall decide, or an empty text when that is left open."""
        return next((style for style in self.chosen("style") if style != "either"), "")

    @cached_property
    def prices(self) -> tuple[Term, ...]:
        """The prices that do not depend on the framework, as terms that nothing was paid of yet."""
        dearest = {
            criterion: Term(criterion, BASE_QUESTION, "", price, 0) for criterion, price in BASE.items()
        }
        for question, answer, criterion, price in self._priced():
            if criterion not in dearest or price > dearest[criterion].price:
                dearest[criterion] = Term(criterion, question, answer, price, 0)
        ranked = self.chosen("priorities")[:3]
        named = [
            Term(PRIORITIES[answer], "priorities", answer, price, 0)
            for answer, price in zip(ranked, RANKS[len(ranked)], strict=True)
        ]
        return tuple(term for term in (*dearest.values(), *named, *self._amounts()) if term.price)

    def _priced(self) -> Iterator[tuple[str, str, str, int]]:
        for question, rows in PRICES.items():
            answers = self.chosen(question)
            if question == "languages" and len(answers) > 1:
                continue
            for answer in answers:
                for criterion, price in rows.get(answer, {}).items():
                    yield question, answer, criterion, self._scaled(question, criterion, price)

    def _scaled(self, question: str, criterion: str, price: int) -> int:
        if (question, criterion) in GROWS:
            return price * (UNKNOWN_AMOUNT if self.amount is None else self.amount) // COMPLETE
        if criterion == "speed" and "ml" in self.chosen("what"):
            return min(price, ESSENTIAL)  # the model computes, not the framework
        return price

    def _amounts(self) -> Iterator[Term]:
        whats = self.chosen("what")
        because = (
            ("style", self.style)
            if self.style
            else ("what", "+".join(whats))
            if whats
            else (BASE_QUESTION, "")
        )
        if self.amount is not None:
            yield Term(_MORE, *because, STEP, 0)
            yield Term(_LESS, *because, STEP, 0)
        if self.amount is None or self.amount > SMALL:
            yield Term(_NONE, *because, PART, 0)

    def distance(self, language: str) -> int:
        """Return how far a language is for the team, 0 to 10; some are named."""
        known = self.field.languages
        distance = known[language].distance
        if language in self.languages:
            return LADDER[min(self.languages.index(language), len(LADDER) - 1)]
        kin = [known[name].kin for name in self.languages if name in known]
        if not all(kin):  # one of those that are named has frameworks here
            return distance
        return min([distance, *(near.get(language, FULL) for near in kin)])

    def language_price(self, language: str) -> int:
        """Return what a full distance from the team's languages costs in a language, in points."""
        price = LEARN if "any" in self.chosen("language_policy") else STAY
        if language not in self.languages:
            for (question, answer), per_cent in SLOWER.items():
                if answer in self.chosen(question):
                    price = price * per_cent // 100
        return price

    @cached_property
    def house(self) -> tuple[str, ...]:
        """What the house runs already."""
        return tuple(id for id in self.chosen("house") if id in self.field.written_in)

    @cached_property
    def house_price(self) -> int:
        """What leaving the house's framework costs, in points."""
        need = UNKNOWN_AMOUNT if self.amount is None else self.amount
        return min(HOUSE_MOST, max(HOUSE_LEAST, HOUSE_STEP * need))

    def toll(self, language: str) -> int:
        """Return what a language costs the team, in tenths of a point."""
        return self.language_price(language) * self.distance(language) if self.languages else 0


def _stronger(one: str | None, other: str) -> str:
    """Return the stronger of two implied answers; pages from the server and for an app are both."""
    if one in {None, other, "none"}:
        return other
    if other == "none":
        return one
    if one in STRENGTH and other in STRENGTH:
        return max(one, other, key=STRENGTH.index)
    return "both"


def score(case: Case, entry: Entry) -> tuple[Term, ...]:
    """Return the bill of a framework, as terms that add up to it."""
    terms = [Term(*term[:4], _shortfall(case, term.criterion, entry)) for term in case.prices]
    if case.languages:
        named, price = " > ".join(case.chosen("languages")), case.language_price(entry.language)
        terms.append(Term("language", "languages", named, price, case.distance(entry.language)))
    if case.house:
        terms.append(_house(case, entry))
    return tuple(terms)


def _shortfall(case: Case, criterion: str, entry: Entry) -> int:
    """Return by how much a framework falls short of what a criterion asks, from 0 to 10."""
    if criterion in entry.levels:
        return FULL - entry.levels[criterion]
    need = case.amount or 0
    match criterion:
        case "freedom":
            return entry.levels["carries"]
        case "few-dependencies":
            return _DEPENDENCIES[entry.framework.kind]
        case "more-than-needed":
            return max(0, entry.levels["carries"] - need)
        case "less-than-needed":
            return max(0, need - entry.levels["brings"])
        case "no-framework":
            return FULL * (entry.framework.kind == "runtime")
    raise ValueError(criterion)


def _house(case: Case, entry: Entry) -> Term:
    """Return what it costs that the house does not run this.

    Leaving the language of the house is paid once: what the language line charges for it already is spared.
    """
    price, named = case.house_price, " + ".join(sorted(case.house))
    if entry.id in case.house:
        return Term("house", "house", named, price, 0)
    languages = [case.field.written_in[id] for id in case.house]
    if entry.language in languages:
        return Term("house", "house", named, price, KINDRED)
    beyond = max(0, case.toll(entry.language) - min(map(case.toll, languages)))
    return Term("house", "house", named, price, FULL, min(beyond, FULL * price))
