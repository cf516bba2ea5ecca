"""A raw answer, from whatever source, becomes the value its question asks for, or one clear line."""

from dataclasses import dataclass
from typing import Any

from scaffold.errors import InvalidInput
from scaffold.interview.former import FORMER, ONCE_UNLIMITED
from scaffold.model.answers import Question, Value
from scaffold.text import did_you_mean, printable

SKIPPED: Value = ()
SWITCH = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class RawAnswer:
    """One key of a file: ``raw`` is a text, a list or true/false; ``where`` is ``FILE:LINE``."""

    key: str
    raw: Any
    where: str


def parse_value(question: Question, raw: Any, where: str) -> Value:  # noqa: ANN401 - it comes from a file
    """Return the value of ``raw`` for ``question``; an empty ``raw`` is a skipped question.

    What earlier versions took is taken too: ``former.in_todays_words`` says it in today's.
    Raises InvalidInput that names ``where``, the key and the nearest right word.
    """
    if raw is None or raw in ("", [], ()):
        return "" if question.kind == "text" and raw == "" else SKIPPED
    if question.kind in {"multiple", "ranked"}:
        return _several(question, raw, where)
    if question.kind == "switch":
        return _switch(question, raw, where)
    if not isinstance(raw, str):
        raise _problem(question, where, f"takes one text, not {_kind(raw)}")
    return raw if question.kind == "text" else _choice(question, raw, where)


def _several(question: Question, raw: object, where: str) -> Value:
    words = [word.strip() for word in raw.split(",")] if isinstance(raw, str) else raw
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        raise _problem(question, where, f"takes a list of texts, not {_kind(raw)}")
    values = tuple(_choice(question, word, where) for word in words if word)
    if len(set(values)) < len(values):
        raise _problem(question, where, "names a choice twice")
    if len(values) > question.limit and question.id not in ONCE_UNLIMITED:
        raise _problem(question, where, f"takes at most {question.limit} choices, not {len(values)}")
    return values


def _switch(question: Question, raw: object, where: str) -> bool:
    if isinstance(raw, bool):
        return raw
    if not isinstance(raw, str):
        raise _problem(question, where, f"takes true or false, not {_kind(raw)}")
    if raw.lower() not in SWITCH:
        raise _problem(question, where, f"takes true or false, not `{printable(raw)}`")
    return SWITCH[raw.lower()]


def _choice(question: Question, word: str, where: str) -> str:
    values = [choice.value for choice in question.choices]
    if word in values or word in FORMER.get(question.id, ()):
        return word
    raise InvalidInput(
        f"{where}: `{question.id}` cannot be `{printable(word)}`",
        hint=f"{did_you_mean(word, values)}Choices: {', '.join(values)}",
    )


def _problem(question: Question, where: str, fact: str) -> InvalidInput:
    hint = f"Choices: {', '.join(c.value for c in question.choices)}" if question.choices else ""
    return InvalidInput(f"{where}: `{question.id}` {fact}", hint=hint)


def _kind(raw: object) -> str:
    names = {bool: "true or false", list: "a list", dict: "a table", int: "a number", float: "a number"}
    return names.get(type(raw), f"a {type(raw).__name__}")
