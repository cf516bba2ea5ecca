"""The words of the reports: names instead of ids, numbers as people read them."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain

from scaffold.model.answers import Question, Value
from scaffold.model.framework import Framework
from scaffold.model.recommendation import Candidate, Change, Recommendation, WeightFlip

BASE = "base"
FIELD = "field"
_JOINERS = "\u200c\u200d"


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What ids are called."""

    questions: Mapping[str, Question]
    frameworks: Mapping[str, Framework]
    names: Mapping[str, str]
    criteria: Mapping[str, str]

    def name(self, framework: str) -> str:
        """Return a framework's name."""
        known = self.frameworks.get(framework)
        return known.name if known else self.names.get(framework, framework)

    def listed(self, frameworks: Iterable[str]) -> str:
        """Return the names of several frameworks as one phrase."""
        return joined([self.name(framework) for framework in frameworks])

    def criterion(self, criterion: str) -> str:
        """Return what people call a criterion."""
        return self.criteria.get(criterion, spoken(criterion))

    def question(self, question: str) -> str:
        """Return a question as it was asked."""
        if question == BASE:
            return "Always counted"
        known = self.questions.get(question)
        return known.text if known else spoken(question)

    def answer(self, question: str, value: Value) -> str:
        """Return an answer in the words of its choices."""
        if value == ():
            return "no answer"
        kind = self.questions[question].kind if question in self.questions else "single"
        labels = [self._label(question, one) for one in _parts(value, several=kind != "single")]
        if kind == "ranked":
            return "; ".join(f"{place}. {label}" for place, label in enumerate(labels, 1))
        return " + ".join(labels)

    def change(self, change: Change) -> str:
        """Return one imagined answer as a condition."""
        imagined = self.answer(change.question, change.imagined)
        return f"{self.question(change.question)} {quoted(imagined)}"

    def _label(self, question: str, value: str | bool) -> str:  # noqa: FBT001 - an answer may be yes or no
        if isinstance(value, bool):
            return "yes" if value else "no"
        known = self.questions.get(question)
        labels = {choice.value: choice.label for choice in known.choices} if known else {}
        return labels.get(value, value)


def words_for(
    recommendations: Sequence[Recommendation],
    questions: Sequence[Question],
    frameworks: Mapping[str, Framework],
) -> Words:
    """Gather the words for some recommendations."""
    from scaffold.recommend.criteria import CRITERIA

    return Words(
        questions={question.id: question for question in questions},
        frameworks=frameworks,
        names=dict(chain.from_iterable(map(_names, recommendations))),
        criteria={criterion.id: criterion.name for criterion in CRITERIA},
    )


def _parts(value: Value, *, several: bool) -> tuple[str | bool, ...]:
    if isinstance(value, str) and several:
        return tuple(value.split(", "))
    return value if isinstance(value, tuple) else (value,)


def _names(recommendation: Recommendation) -> Iterable[tuple[str, str]]:
    yield from ((entry.id, entry.name) for entry in recommendation.ranking)
    yield from ((entry.id, entry.name) for entry in recommendation.eliminated)


def clean(text: str) -> str:
    """Return text on one line; what would hide, move or reorder it becomes a replacement character."""
    return re.sub(" +", " ", text if text.isascii() and text.isprintable() else "".join(map(_visible, text)))


def _visible(char: str) -> str:
    if char.isspace():
        return " "
    hidden = unicodedata.category(char) in {"Cc", "Cf", "Cs"} and char not in _JOINERS
    return "\N{REPLACEMENT CHARACTER}" if hidden else char


def capital(text: str) -> str:
    """Return text with a capital first."""
    return text[:1].upper() + text[1:]


def spoken(id: str) -> str:
    """Return an id as words."""
    return id.replace("-", " ").replace("_", " ")


def joined(parts: Sequence[str], conjunction: str = "and") -> str:
    """Return parts as one phrase: `a, b and c`."""
    if len(parts) < 2:  # noqa: PLR2004 - one part needs no conjunction
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {conjunction} {parts[-1]}"


def quoted(text: str) -> str:
    """Return text in quotation marks."""
    return f"“{text}”"


def sentence(text: str) -> str:
    """Return text as a sentence: a capital first, a full stop last."""
    text = text.strip()
    return f"{capital(text)}{'' if text.endswith(('.', '!', '?', '…')) else '.'}"


def decimal(number: Fraction, places: int = 1) -> str:
    """Return a fraction with so many decimal places, ties to even, the same on every machine."""
    scaled = round(number * 10**places)
    sign, digits = "−" * (scaled < 0), str(abs(scaled)).rjust(places + 1, "0")
    return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else f"{sign}{digits}"


def exact(number: Fraction) -> str:
    """Return a fraction without loss: as a decimal when it is short, else as `a/b`."""
    for places in range(4):
        if (number * 10**places).denominator == 1:
            return decimal(number, places)
    return f"{number.numerator}/{number.denominator}"


def percent(share: float | Fraction) -> str:
    """Return a share between 0 and 1 in whole per cent; only certainty is 100 %."""
    whole = round(share * 100)
    if whole == 100 and share < 1:  # noqa: PLR2004 - per cent
        return "> 99%"
    if whole == 0 and share > 0:
        return "< 1%"
    return f"{whole}%"


def grade(value: Fraction) -> str:
    """Return how good a value between 0 and 1 is, as a word."""
    words = ("poor", "weak", "fair", "good", "excellent")
    return words[sum(value * 10 > limit for limit in (2, 4, 6, 8))]


def importance(flip: WeightFlip) -> str:
    """Return how much the weight of a criterion would have to change, in words."""
    if flip.needed == 0:
        return "did not matter at all"
    if flip.points == 0:
        return f"mattered (about {decimal(flip.needed, 0)} points instead of none)"
    factor = flip.needed / flip.points
    if factor > 1:
        return f"mattered {decimal(factor)} times as much"
    return f"mattered only {percent(factor)} as much"


def top_group(recommendation: Recommendation) -> tuple[Candidate, ...]:
    """Return the candidates that are equal for the user; one, when there is a winner."""
    return tuple(candidate for candidate in recommendation.ranking if candidate.in_top_group)
