"""Requirements: answers that rule frameworks out, whatever their score.

A requirement finds for each framework that it fits, that it fits with an
add-on, or that it does not fit; the latter two say why. Requirements read
facts and levels, never scores. A ``must`` and a ``nice`` give the same points:
must only adds the requirement.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from scaffold.model.answers import Value
from scaffold.recommend.criteria import BY_ID
from scaffold.recommend.field import Entry
from scaffold.recommend.points import chosen

Answers = Mapping[str, Value]

LANGUAGES: Mapping[str, str] = {
    "javascript": "JavaScript",
    "python": "Python",
    "php": "PHP",
    "ruby": "Ruby",
    "csharp": "C#",
    "go": "Go",
    "java": "Java or Kotlin",
    "cpp": "C or C++",
    "rust": "Rust",
    "other": "another language",
}
NEEDS_PAGES = frozenset({"site", "saas", "back-office"})
SUITS_BARE = frozenset({"tiny", "gateway"})
PREFERS_BARE = frozenset({"small", "freedom"})
NO_CONNECTIONS = frozenset({"shared", "serverless"})
LIVE_LEVEL, ADMIN_LEVEL, PAGES_LEVEL, SECURITY_LEVEL = 6, 4, 3, 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a framework lacks: an add-on can help, or nothing can."""

    violated: bool
    text: str


Judge = Callable[[Entry], Finding | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """What must hold, in words; ``waivable`` is false where giving it up makes no sense."""

    name: str
    question: str
    answer: str
    judge: Judge
    waivable: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Makes a requirement of the answers to some questions, or none."""

    reads: tuple[str, ...]
    make: Callable[[Answers], Requirement | None]


def requirements(answers: Answers) -> tuple[Requirement, ...]:
    """Return every requirement that the answers make."""
    made = (rule.make(answers) for rule in RULES)
    return tuple(requirement for requirement in made if requirement)


def spoken_language(language: str) -> str:
    """Return what people call a language."""
    return LANGUAGES.get(language, language)


def _language(answers: Answers) -> Requirement | None:
    named = tuple(name for name in chosen(answers.get("languages")) if name != "none")
    if not named or chosen(answers.get("language_policy")) != ("only",):
        return None
    names = " or ".join(map(spoken_language, named))

    def judge(entry: Entry) -> Finding | None:
        if entry.framework.language in named:
            return None
        language = spoken_language(entry.framework.language)
        return Finding(violated=True, text=f"{entry.name} is written in {language}, not in {names}")

    return Requirement(name=f"staying with {names}", question="language_policy", answer="only", judge=judge)


def _at_least(entry: Entry, criterion: str, least: int) -> Finding | None:
    found = entry.level(criterion)
    if found is not None and found >= least:
        return None
    subject = BY_ID[criterion].name
    known = f"is level {found} of 10 in {subject}" if found is not None else f"is not known for {subject}"
    return Finding(violated=True, text=f"{entry.name} {known}; at least {least} is needed")


def _addon(entry: Entry, fact: str, purpose: str) -> Finding | None:
    if entry.fact(fact) not in {"third-party", "partial"}:
        return None
    note = entry.note(fact)
    return Finding(violated=False, text=f"{purpose}: {note or 'a package by others'}")


def _live(answers: Answers) -> Requirement | None:
    if chosen(answers.get("live")) != ("must",):
        return None
    keeps_nothing_open = bool(NO_CONNECTIONS.intersection(chosen(answers.get("hosting"))))
    hosted = Finding(violated=False, text="live updates: a push service run by others; this hosting has none")

    def judge(entry: Entry) -> Finding | None:
        too_weak = _at_least(entry, "realtime", LIVE_LEVEL)
        return too_weak or (hosted if keeps_nothing_open else _addon(entry, "push", "live updates"))

    return Requirement(name="live updates", question="live", answer="must", judge=judge)


def _admin(answers: Answers) -> Requirement | None:
    if chosen(answers.get("admin")) != ("must",):
        return None
    return Requirement(
        name="a ready-made admin",
        question="admin",
        answer="must",
        judge=lambda entry: _at_least(entry, "admin", ADMIN_LEVEL) or _addon(entry, "admin", "the admin"),
    )


def _database(answers: Answers) -> Requirement | None:
    data = next(iter(chosen(answers.get("data"))), "none")
    if data not in {"sql", "mongodb"}:
        return None
    name = "an SQL database" if data == "sql" else "MongoDB"

    def judge(entry: Entry) -> Finding | None:
        if entry.fact(data) in {"none", ""}:
            return Finding(
                violated=True, text=_with_note(f"{entry.name} has no usual way to {name}", entry, data)
            )
        return _addon(entry, data, f"access to {name}")

    return Requirement(name=name, question="data", answer=data, judge=judge)


def _windows(answers: Answers) -> Requirement | None:
    if chosen(answers.get("hosting")) != ("windows",):
        return None

    def judge(entry: Entry) -> Finding | None:
        found = entry.fact("windows")
        if found == "supported":
            return None
        if found == "caveat":
            note = entry.note("windows") or "another way to serve it than on Linux"
            return Finding(violated=False, text=f"Windows Server: {note}")
        text = f"{entry.name} is not recommended on Windows Server"
        return Finding(violated=True, text=_with_note(text, entry, "windows"))

    return Requirement(name="Windows Server", question="hosting", answer="windows", judge=judge)


def _shared_hosting(answers: Answers) -> Requirement | None:
    if chosen(answers.get("hosting")) != ("shared",):
        return None

    def judge(entry: Entry) -> Finding | None:
        if entry.framework.language == "php":
            return None
        language = spoken_language(entry.framework.language)
        return Finding(
            violated=True, text=f"{entry.name} is written in {language}; plain shared hosting runs only PHP"
        )

    return Requirement(name="plain shared hosting", question="hosting", answer="shared", judge=judge)


def _protection(answers: Answers) -> Requirement | None:
    if chosen(answers.get("sensitivity")) != ("sensitive",):
        return None
    return Requirement(
        name="protection of sensitive data",
        question="sensitivity",
        answer="sensitive",
        judge=lambda entry: _at_least(entry, "security", SECURITY_LEVEL),
    )


def _pages(answers: Answers) -> Requirement | None:
    screens = chosen(answers.get("screens"))
    kinds = NEEDS_PAGES.intersection(chosen(answers.get("what")))
    if screens and screens[0] not in {"server", "both"}:
        return None
    if not screens and not kinds:
        return None
    question, answer = ("screens", screens[0]) if screens else ("what", min(kinds))
    return Requirement(
        name="pages made on the server",
        question=question,
        answer=answer,
        judge=lambda entry: _at_least(entry, "pages", PAGES_LEVEL),
    )


def _framework(answers: Answers) -> Requirement | None:
    """Bare runtimes are for the tiny, and for those who ask for nothing more."""
    what, priorities = chosen(answers.get("what")), chosen(answers.get("priorities"))
    if SUITS_BARE.intersection(what) or PREFERS_BARE.intersection(priorities):
        return None
    return Requirement(
        name="a framework, not a bare runtime",
        question="what" if what else "base",
        answer=", ".join(what),
        judge=_is_framework,
        waivable=False,
    )


def _is_framework(entry: Entry) -> Finding | None:
    if entry.framework.kind != "runtime" and entry.fact("routing") != "none":
        return None
    text = f"{entry.name}: routing, sessions and protection would be yours to write"
    return Finding(violated=True, text=text)


def _with_note(text: str, entry: Entry, fact: str) -> str:
    note = entry.note(fact)
    return f"{text}: {note}" if note else text


RULES: tuple[Rule, ...] = (
    Rule(reads=("languages", "language_policy"), make=_language),
    Rule(reads=("hosting",), make=_shared_hosting),
    Rule(reads=("hosting",), make=_windows),
    Rule(reads=("live", "hosting"), make=_live),
    Rule(reads=("admin",), make=_admin),
    Rule(reads=("data",), make=_database),
    Rule(reads=("what", "screens"), make=_pages),
    Rule(reads=("sensitivity",), make=_protection),
    Rule(reads=("what", "priorities"), make=_framework),
)
