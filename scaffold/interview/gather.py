"""All answers given before anyone is asked: defaults file, answers file, environment, options."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from scaffold.errors import InvalidInput
from scaffold.interview.former import Tell, in_todays_words
from scaffold.interview.values import SKIPPED, RawAnswer, parse_value
from scaffold.model.answers import Answer, Answers, AnswerSource, Question, Value
from scaffold.text import did_you_mean, printable

PREFIX = "SCAFFOLD_"
RESERVED = frozenset({"DEFAULTS"})
_MISSPELT = 0.75


def gather_answers(  # noqa: PLR0913 - one argument for each source
    questions: Sequence[Question],
    *,
    settings: Sequence[str] = (),
    environment: Mapping[str, str],
    answers_file: tuple[str, bytes] | None = None,
    defaults_file: tuple[str, bytes] | None = None,
    elsewhere: Callable[[], Collection[str]] = tuple,
    tell: Tell = lambda _: None,
    option: str = "--set",
) -> Answers:
    """Return the answers of all sources by key; a higher source wins.

    ``settings`` are the ``KEY=VALUE`` of ``option``; a file is its name and
    content; ``elsewhere`` gives the keys that no question here has and some
    template knows: their values are not looked at. ``tell`` gets a note on each
    answer of an earlier version. Raises InvalidInput for the first key or value
    that cannot be used.
    """
    by_id = {question.id: question for question in questions}
    sources = (
        (AnswerSource.DEFAULTS_FILE, _raw_answers(defaults_file)),
        (AnswerSource.ANSWERS_FILE, _raw_answers(answers_file)),
        (AnswerSource.ENVIRONMENT, _from_environment(environment, by_id)),
        (AnswerSource.OPTION, _from_settings(settings, option)),
    )
    given = {
        entry.key: _answer(by_id, elsewhere, entry, source)
        for source, entries in sources
        for entry in entries
    }
    return in_todays_words(by_id, given, tell)


def check_answers(questions: Sequence[Question], answers: Mapping[str, Value]) -> dict[str, Value]:
    """Return the values that a program gave, or raise InvalidInput for the first that cannot be used."""
    by_id = {question.id: question for question in questions}
    raw = [
        RawAnswer(key=key, raw=list(value) if isinstance(value, tuple) else value, where="answers")
        for key, value in answers.items()
    ]
    given = {entry.key: _answer(by_id, tuple, entry, AnswerSource.OPTION) for entry in raw}
    found = in_todays_words(by_id, given, lambda _: None)
    return {id: found[id].value for id in by_id if id in found and found[id].value != ()}


def misspelt_variables(
    questions: Sequence[Question],
    environment: Mapping[str, str],
    elsewhere: Callable[[], Collection[str]] = tuple,
) -> Iterator[str]:
    """Yield a warning for each variable that is nearly one of ours; others may belong to somebody else.

    ``elsewhere`` gives more keys, as for :func:`gather_answers`.
    """
    known = {question.id.upper() for question in questions} | RESERVED
    for name in sorted(name for name in environment if name.startswith(PREFIX)):
        word = name.removeprefix(PREFIX)
        if word in known or word.lower() in elsewhere():
            continue
        if suggestion := did_you_mean(word, known, _MISSPELT):
            meant = suggestion.replace("`", f"`{PREFIX}", 1).rstrip()
            yield f"The environment variable {printable(name)} is not known. {meant}"


def _raw_answers(file: tuple[str, bytes] | None) -> tuple[RawAnswer, ...]:
    if file is None:
        return ()
    from scaffold.interview.files import read_raw_answers

    return read_raw_answers(*file)


def _from_settings(settings: Sequence[str], option: str) -> list[RawAnswer]:
    entries: dict[str, RawAnswer] = {}
    for setting in settings:
        key, equals, raw = setting.partition("=")
        if not equals:
            raise InvalidInput(
                f"{option} {printable(setting)} has no value", hint=f"Write {option} KEY=VALUE"
            )
        if key in entries:
            raise InvalidInput(
                f"{option} {printable(key)} stands twice",
                hint="Give each key once; lists are comma-separated",
            )
        entries[key] = RawAnswer(key=key, raw=raw, where=f"{option} {printable(key)}")
    return list(entries.values())


def _from_environment(environment: Mapping[str, str], questions: Mapping[str, Question]) -> list[RawAnswer]:
    names = {PREFIX + id.upper(): id for id in questions}
    return [
        RawAnswer(key=names[name], raw=environment[name], where=name)
        for name in sorted(environment)
        if name in names
    ]


def _answer(
    questions: Mapping[str, Question],
    elsewhere: Callable[[], Collection[str]],
    entry: RawAnswer,
    source: AnswerSource,
) -> Answer:
    question = questions.get(entry.key)
    if question is None and entry.key not in (others := elsewhere()):
        raise InvalidInput(
            f"{entry.where}: there is no question `{printable(entry.key)}`",
            hint=f"{did_you_mean(entry.key, (*questions, *others))}`scaffold questions` lists them all",
        )
    value = parse_value(question, entry.raw, entry.where) if question else SKIPPED
    return Answer(key=entry.key, value=value, source=source, where=entry.where)
