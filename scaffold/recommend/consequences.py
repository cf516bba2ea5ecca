"""What choosing a framework means on day one: what is there, what is added, what is left to write."""

from collections.abc import Mapping
from dataclasses import dataclass

from scaffold.model.answers import Value
from scaffold.recommend.field import Entry
from scaffold.recommend.points import chosen

Answers = Mapping[str, Value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """Something products have: the fact that says how a framework does it, the answers that call for it."""

    fact: str
    name: str
    wanted_by: Mapping[str, frozenset[str]]


def _need(fact: str, name: str, **wanted_by: str) -> Need:
    return Need(
        fact=fact,
        name=name,
        wanted_by={question: frozenset(answers.split()) for question, answers in wanted_by.items()},
    )


NEEDS: tuple[Need, ...] = (
    _need("auth", "accounts and login", what="site saas back-office", sensitivity="sensitive"),
    _need("admin", "an admin for the data", what="back-office", admin="must nice"),
    _need("migrations", "database migrations", what="site saas back-office", data="sql"),
    _need("templating", "page templates", what="site saas back-office", screens="server both"),
    _need("csrf", "protection of forms", what="site saas back-office", screens="server both"),
    _need("validation", "validation of input", what="api site saas", screens="client both"),
    _need("openapi", "API documentation made from the code", what="api", screens="client both"),
    _need("push", "live updates", what="realtime", live="must nice"),
    _need("jobs", "background work", what="saas", background="needed"),
    _need("mail", "sending mail", what="saas"),
    _need("tests", "a test client", what="api site saas back-office realtime ml", team="small large lasting"),
)

SENTENCES: tuple[tuple[frozenset[str], str], ...] = (
    (frozenset({"included"}), "On day one you get {}"),
    (frozenset({"first-party"}), "From the makers of {name}, as a separate step: {}"),
    (frozenset({"partial"}), "Only in part: {}"),
    (frozenset({"third-party"}), "You will add, with packages by others: {}"),
    (frozenset({"none"}), "You will write yourself: {}"),
)


def consequences(entry: Entry, answers: Answers) -> tuple[str, ...]:
    """Return one sentence for each way in which the framework does what the answers call for."""
    wanted = [need for need in NEEDS if _is_wanted(need, answers)]
    sentences = []
    for values, sentence in SENTENCES:
        names = [need.name for need in wanted if entry.fact(need.fact) in values]
        if names:
            sentences.append(sentence.format(_joined(names), name=entry.name))
    return tuple(sentences)


def _is_wanted(need: Need, answers: Answers) -> bool:
    return any(
        values.intersection(chosen(answers.get(question))) for question, values in need.wanted_by.items()
    )


def _joined(names: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
