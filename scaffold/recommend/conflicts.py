"""Answers that cannot all be met: which they are, and what each way out would save."""

from collections.abc import Collection, Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from scaffold.catalog.packaged import read_own_table
from scaffold.model.answers import Value
from scaffold.model.recommendation import Conflict, ConflictKind, Demand, WayOut
from scaffold.recommend.limits import LIMITS, ONLY
from scaffold.recommend.prices import ESSENTIAL, PART
from scaffold.recommend.ranking import Ranking
from scaffold.recommend.scoring import AMOUNT_LINES, BASE_QUESTION, FULL, Case, chosen

MET, UNMET = 4, 6
"""Tenths of its price up to which an answer is met, and from which on it is unmet."""
COVER = 3
"""The most answers that are named together as ruling something out."""
SAVING = 20
"""Tenths of a point that a way out must save to be worth a line."""

Table = Mapping[Demand, Mapping[str, int]]


_STILL_PAID = frozenset({"languages", "language_policy", "house"})
"""What a team or a house pays for, whether it is answered or not."""


class Tension(NamedTuple):
    """Two questions with the answers that contradict each other, and why."""

    one: tuple[str, tuple[str, ...]]
    other: tuple[str, tuple[str, ...]]
    text: str


@cache
def tensions() -> tuple[Tension, ...]:
    """Return the plain contradictions."""
    rows = _table()["tensions"]
    return tuple(Tension(_side(row["one"]), _side(row["other"]), row["text"]) for row in rows)


@cache
def _table() -> dict[str, Any]:
    return read_own_table("recommend/conflicts.toml")


def _side(text: str) -> tuple[str, tuple[str, ...]]:
    question, _, answers = text.partition(": ")
    return question, tuple(answers.split())


def conflicts(ranking: Ranking) -> tuple[Conflict, ...]:
    """Return what cannot be had together: the firm first, of these what cannot run, then the dearest."""
    found = [*_strangers(ranking), *_shortages(ranking), *_tensions(ranking)]
    prices: dict[tuple[str, str], int] = {}
    for term in next(iter(ranking.terms.values())):
        key = term.question, term.answer
        prices[key] = max(prices.get(key, 0), term.price)

    def weight(conflict: Conflict) -> tuple[bool, bool, int]:
        dearest = max(prices.get(demand, 0) for demand in (conflict.want, *conflict.against))
        return not conflict.firm, conflict.kind not in {"outside", "limit"}, -dearest

    return tuple(sorted(found, key=weight))


def demands(ranking: Ranking) -> dict[Demand, dict[str, int]]:
    """Return what weighs at least a missing part: the tenths of its price that each framework pays."""
    table: dict[Demand, dict[str, int]] = {}
    for id, terms in ranking.terms.items():
        for term in terms:
            if term.price >= PART and term.question != BASE_QUESTION and term.criterion not in AMOUNT_LINES:
                row = table.setdefault(Demand(term.question, term.answer), {})
                row[id] = max(row.get(id, 0), term.shortfall)
        for limit in LIMITS:
            if limit.answer in ranking.case.chosen(limit.question):
                table.setdefault(limit, {})[id] = FULL * (limit in ranking.broken[id])
    if ONLY in table:  # which says it more strongly
        return {demand: row for demand, row in table.items() if demand.question != "languages"}
    return table


def unmet(ranking: Ranking, table: Table) -> list[Demand]:
    """Return the answers of which the first pays at least six tenths."""
    return [demand for demand, row in table.items() if row.get(ranking.first, 0) >= UNMET]


def is_firm(ranking: Ranking, demand: Demand) -> bool:
    """Return whether an answer was meant firmly: a limit, or the price of an essential part."""
    any_terms = next(iter(ranking.terms.values()))
    return demand in LIMITS or any(
        term.price >= ESSENTIAL for term in any_terms if (term.question, term.answer) == demand
    )


def _strangers(ranking: Ranking) -> Iterator[Conflict]:
    """Yield the strongest language where nothing of the catalog can be taken for it."""
    case = ranking.case
    if case.chosen("languages")[:1] == ("other",):
        want = Demand("languages", "other")
        yield _conflict(
            ranking, "outside", want, (want,), text="nothing here is written in it, so it counted for nothing"
        )
    if not case.languages:
        return
    strongest, field = case.languages[0], case.field
    want = Demand("languages", strongest)
    ours = [entry.id for entry in field.entries.values() if entry.language == strongest]
    if not ours:
        text = "nothing in the catalog is written in it"
        yield _conflict(ranking, "outside", want, (want,), text=text)
        return
    for limit in sorted(set.intersection(*(set(ranking.broken[id]) for id in ours))):
        if limit != ONLY:
            yield _conflict(ranking, "limit", want, (limit,), text="nothing that is written in it runs there")


def _shortages(ranking: Ranking) -> Iterator[Conflict]:
    """Yield each answer that the first leaves unmet, with what rules out all that would meet it."""
    table = demands(ranking)
    for want in unmet(ranking, table):
        givers = [id for id, short in table[want].items() if short <= MET]
        if not givers and want == ONLY:
            named = Demand("languages", " > ".join(ranking.case.chosen("languages")))
            yield _conflict(ranking, "limit", want, (named,))
        elif not givers and want in LIMITS:
            yield _conflict(ranking, "limit", want, (want,), text="nothing in the catalog runs there")
        alone, against = _against(ranking, table, want, givers)
        if against:
            yield _conflict(ranking, "shortage", want, against, givers=tuple(givers), together=not alone)


def _against(
    ranking: Ranking, table: Table, want: Demand, givers: list[str]
) -> tuple[bool, tuple[Demand, ...]]:
    """Return what the first meets and the givers do not: true and each that rules out all, or the fewest."""
    ruled_out = {
        demand: {id for id in givers if row.get(id, 0) >= UNMET}
        for demand, row in table.items()
        if demand != want and row.get(ranking.first, 0) <= MET
    }
    alone = tuple(demand for demand, lost in ruled_out.items() if lost and len(lost) == len(givers))
    return bool(alone), alone[:COVER] or _cover(ruled_out, set(givers))


def _cover(ruled_out: Mapping[Demand, Collection[str]], givers: set[str]) -> tuple[Demand, ...]:
    """Return up to three demands that together rule out all givers, the greatest first; or none."""
    found: list[Demand] = []
    while givers and len(found) < COVER:
        best = max(
            ruled_out, key=lambda demand: (len(givers.intersection(ruled_out[demand])), demand), default=None
        )
        if best is None or not givers.intersection(ruled_out[best]):
            return ()
        found.append(best)
        givers = givers.difference(ruled_out[best])
    return () if givers else tuple(found)


def _tensions(ranking: Ranking) -> Iterator[Conflict]:
    case = ranking.case
    for tension in tensions():
        (one, values), (other, others) = tension.one, tension.other
        mine, theirs = (
            set(values).intersection(case.chosen(one)),
            set(others).intersection(case.chosen(other)),
        )
        if mine and theirs:
            sides = Demand(one, min(mine)), (Demand(other, min(theirs)),)
            yield _conflict(ranking, "tension", *sides, text=tension.text)


def _conflict(  # noqa: PLR0913 - one argument for each thing that differs
    ranking: Ranking,
    kind: ConflictKind,
    want: Demand,
    against: tuple[Demand, ...],
    *,
    givers: tuple[str, ...] = (),
    together: bool = False,
    text: str = "",
) -> Conflict:
    questions = {want.question, *(demand.question for demand in against)}
    firm = not questions & ranking.case.assumed.keys() if kind == "tension" else is_firm(ranking, want)
    return Conflict(
        kind=kind,
        want=want,
        against=against,
        givers=givers,
        together=together,
        text=text,
        firm=firm or kind in {"outside", "limit"},
        ways=(*ways_out(ranking, want, against), *_paying(ranking, want)),
    )


def ways_out(ranking: Ranking, want: Demand, against: tuple[Demand, ...]) -> tuple[WayOut, ...]:
    """Return the weaker answers that save something: the wanted one, each against it, and these together."""
    ways: dict[str, WayOut] = {}
    for group in ((want,), *((demand,) for demand in against), against):
        weaker = weaken(ranking.case, group)
        if weaker and weaker[1] not in ways:
            then = Ranking(Case(weaker[0], ranking.case.field))
            saves = ranking.bills[ranking.first] - then.bills[then.first]
            # The same framework for the same people costs what it did, whatever is said of it.
            is_same = then.first == ranking.first and {demand.question for demand in group} <= _STILL_PAID
            is_more = all(way.first != then.first or saves > way.saves for way in ways.values())
            if then.able and (ranking.broken[ranking.first] or (saves >= SAVING and not is_same)) and is_more:
                ways[weaker[1]] = WayOut(text=weaker[1], first=then.first, saves=saves, answers=weaker[0])
    return tuple(ways.values())


def _paying(ranking: Ranking, want: Demand) -> Iterator[WayOut]:
    """Yield the way of paying for what the first lacks, with the parts that are usually added."""
    # The line on languages names all of them, a conflict only the strongest.
    terms = [
        term
        for term in ranking.terms[ranking.first]
        if term.cost
        and term.question == want.question
        and (want.question == "languages" or term.answer == want.answer)
    ]
    if terms and not ranking.broken[ranking.first]:
        addons = ranking.case.field.entries[ranking.first].addons
        parts = [addons[term.criterion] for term in terms if term.criterion in addons]
        text = f"add {' and '.join(parts)}" if parts else "pay for it"
        yield WayOut(text=text, first=ranking.first, saves=-sum(term.cost for term in terms), answers=None)


def weaken(case: Case, group: tuple[Demand, ...]) -> tuple[Mapping[str, Value], str] | None:
    """Return the answers with some demands weakened, and what a person would call that, if it makes sense."""
    changed, texts = dict(case.answers), []
    for question, answer in group:
        rows = _table()["weaker"].get(question, {})
        weaker = rows.get(answer) or rows.get("*")
        if weaker is None:
            return None
        texts.append(weaker["text"])
        value: Value = weaker.get("answer", ())
        if question in {"what", "priorities"}:
            value = tuple(each for each in chosen(changed, question) if each != answer)
        changed["language_policy" if question == "languages" else question] = value
    return {question: value for question, value in changed.items() if value != ()}, " and ".join(
        dict.fromkeys(texts)
    )
