"""The words of the reports: names instead of ids, numbers as people read them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from scaffold.catalog.packaged import read_own_table
from scaffold.model.answers import Question, Value
from scaffold.model.framework import Framework
from scaffold.model.knowledge import Knowledge, Level
from scaffold.model.recommendation import Change, Demand, Term
from scaffold.text import printable

SUREST = 0.95


@cache
def phrases() -> Mapping[str, Mapping[str, str]]:
    """Return what criteria and answers are called; see ``phrases.toml``."""
    return read_own_table("report/phrases.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What ids are called, why levels are what they are, and the options by which the answers were given."""

    questions: Mapping[str, Question]
    frameworks: Mapping[str, Framework]
    knowledge: Mapping[str, Knowledge]
    given: str | None

    def name(self, framework: str) -> str:
        """Return a framework's name."""
        return self.frameworks[framework].name if framework in self.frameworks else framework

    def criterion(self, criterion: str) -> str:
        """Return what people call a criterion, as it reads after `for`."""
        return phrases()["criteria"].get(criterion, criterion)

    def question(self, question: str) -> str:
        """Return a question as it was asked."""
        return self.questions[question].text

    def demand(self, demand: Demand) -> str:
        """Return an answer as a phrase that reads after `with`."""
        question, answer = demand
        if question == "languages" and answer != "none":
            return self._languages(answer.split(" > "))
        if question == "house" and answer != "none":
            return f"a house that runs {joined([self.name(id) for id in answer.split(' + ')])}"
        if "+" in answer:
            return joined([self.demand(Demand(question, part)) for part in answer.split("+")])
        return phrases().get(question, {}).get(answer) or self._label(question, answer)

    def _languages(self, ids: Sequence[str]) -> str:
        labels = [self._label("languages", id) for id in ids]
        return f"your languages, {' then '.join(labels)}" if labels[1:] else f"{labels[0]} as your language"

    def change(self, change: Change) -> str:
        """Return one imagined answer as a phrase that reads after `with`."""
        question, value = change.question, change.imagined
        if question == "languages":
            first, *others = parts(value)
            return f"{self._label(question, first)} {'as your strongest language' if others else 'alone'}"
        return joined([self.demand(Demand(question, part)) for part in parts(value) or ("none",)])

    def answer(self, question: str, value: Value) -> str:
        """Return an answer in the words of its choices."""
        labels = [self._label(question, part) for part in parts(value)]
        if self.questions[question].kind == "ranked" and labels[1:]:
            return "; ".join(f"{place}. {label}" for place, label in enumerate(labels, 1))
        return " + ".join(labels) or "no answer"

    def _label(self, question: str, value: str) -> str:
        choices = self.questions[question].choices
        return next((choice.label for choice in choices if choice.value == value), value)

    def why(self, framework: str, term: Term) -> str:
        """Return why a framework pays for something, as a clause; it may be empty."""
        if term.criterion == "language":
            return self._language_why(framework, term)
        if term.criterion == "house":
            return f"your house runs {joined([self.name(id) for id in term.answer.split(' + ')])}"
        level = self.level(framework, term.criterion)
        if level:
            return level.why
        return phrases()["why"].get(term.criterion, "") if term.cost else ""

    def level(self, framework: str, criterion: str) -> Level | None:
        """Return what is known of a framework on a criterion."""
        known = self.knowledge.get(framework)
        return known.levels.get(criterion) if known else None

    def addon(self, framework: str, criterion: str) -> str:
        """Return the part that is usually added for a criterion; it may be empty."""
        level = self.level(framework, criterion)
        return level.addon if level else ""

    def _language_why(self, framework: str, term: Term) -> str:
        known = self.frameworks.get(framework)
        if not known:
            return ""
        named, label = term.answer.split(" > "), self._label("languages", known.language)
        if known.language not in named:
            return f"the team would learn {label}"
        return (
            f"{label} is not your strongest language" if named[0] != known.language else f"{label} is yours"
        )


def parts(value: Value) -> tuple[str, ...]:
    """Return the choices of an answer as texts."""
    return value if isinstance(value, tuple) else (str(value),)


def clean(text: str) -> str:
    """Return text on one line; what would hide, move or reorder it becomes a replacement character."""
    return printable(re.sub(r"\s+", " ", text), len(text))


def capital(text: str) -> str:
    """Return text with a capital first."""
    return text[:1].upper() + text[1:]


def joined(texts: Sequence[str]) -> str:
    """Return texts as one phrase: `a, b and c`."""
    if len(texts) < 2:  # noqa: PLR2004 - one part needs no conjunction
        return "".join(texts)
    return f"{', '.join(texts[:-1])} and {texts[-1]}"


def sentence(text: str) -> str:
    """Return text as a sentence: a capital first, a full stop last."""
    text = text.strip()
    return f"{capital(text)}{'' if text.endswith(('.', '!', '?', '…')) else '.'}"


def exact(tenths: int) -> str:
    """Return tenths of a point with their decimal place."""
    sign, size = "−" * (tenths < 0), abs(tenths)
    return f"{sign}{size // 10}.{size % 10}"


def rounded(tenths: int) -> str:
    """Return tenths of a point in whole points, halves up; what is under half a point is `<1`."""
    sign, size = "−" * (tenths < 0), abs(tenths)
    return f"{sign}{(size + 5) // 10}" if size >= 5 or not size else f"{sign}<1"  # noqa: PLR2004 - half a point


def points(tenths: int) -> str:
    """Return tenths of a point as whole points with their word."""
    number = rounded(tenths)
    return f"{number} point{'' if number in {'1', '−1', '<1'} else 's'}"


def percent(share: float) -> str:
    """Return a share between 0 and 1 in whole per cent; a comparison is never surer than 95."""
    return f"{round(share * 100)} %" if share <= SUREST else "over 95 %"
