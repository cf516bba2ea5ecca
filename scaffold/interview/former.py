"""What earlier versions asked differently: old answers are read as today's, and the person is told."""

from collections.abc import Callable, Mapping

from scaffold.model.answers import Answer, Answers, Question

FORMER: Mapping[str, Mapping[str, Mapping[str, str]]] = {
    "team": {"lasting": {"team": "small", "lifetime": "long"}}
}
"""By question the answers that are none any more, and what each says today."""
ONCE_UNLIMITED = frozenset({"languages"})

Tell = Callable[[str], object]


def in_todays_words(questions: Mapping[str, Question], answers: Answers, tell: Tell) -> dict[str, Answer]:
    """Return the answers as one would give them today, and tell what was read as something else.

    What an old answer says beside its own question yields to an answer to that.
    """
    found = dict(answers)
    for answer in answers.values():
        key, value = answer.key, answer.value
        if isinstance(value, str) and (said := FORMER.get(key, {}).get(value)):
            read = {each: word for each, word in said.items() if each == key or each not in found}
            found |= {each: answer._replace(key=each, value=word) for each, word in read.items()}
            shown = " and ".join(f"`{each}: {word}`" for each, word in read.items())
            tell(f"{answer.where}: `{key}: {value}` is read as {shown}")
        elif key in ONCE_UNLIMITED and isinstance(value, tuple) and len(value) > questions[key].limit:
            kept = value[: questions[key].limit]
            found[key] = answer._replace(value=kept)
            tell(f"{answer.where}: of {len(value)} {key} the first {len(kept)} count: {', '.join(kept)}")
    return found
