"""What is asked, and what was answered."""

from collections.abc import Mapping, Sequence
from enum import IntEnum
from typing import Literal, NamedTuple

Value = str | bool | tuple[str, ...]


class AnswerSource(IntEnum):
    """Where an answer came from; a higher source wins over a lower one."""

    DEFAULTS_FILE = 1
    ANSWERS_FILE = 2
    ENVIRONMENT = 3
    OPTION = 4
    PROMPT = 5


class Answer(NamedTuple):
    """One answer and its origin: ``where`` is a file and line, a variable or a flag.

    An empty tuple stands for a question that was skipped on purpose.
    """

    key: str
    value: Value
    source: AnswerSource
    where: str = ""


Answers = Mapping[str, Answer]


class Choice(NamedTuple):
    """One possible answer: ``value`` in files and JSON, ``label`` for people."""

    value: str
    label: str
    help: str = ""


class Question(NamedTuple):
    """One question of the interview.

    ``kind`` says what an answer is: ``single`` one of the choices, ``multiple``
    and ``ranked`` tuples of at most ``limit`` of them (ranked: the first matters
    most), ``text`` any text on one line, ``switch`` true or false. ``follows``
    names the question this one belongs to: it is asked, and counted, together
    with it, and only when that one was answered.
    """

    id: str
    text: str
    why: str
    kind: Literal["single", "multiple", "ranked", "text", "switch"]
    choices: Sequence[Choice] = ()
    limit: int = 1
    follows: str = ""
