"""The reasons as lines: what decided, what speaks against, what is paid, what would change it."""

from collections.abc import Collection

from scaffold.model.age import long_ago
from scaffold.model.recommendation import (
    AnswerFlip,
    Candidate,
    Conflict,
    Demand,
    Lead,
    PriceFlip,
    Recommendation,
    Term,
    WayOut,
)
from scaffold.recommend.confidence import DEAR
from scaffold.recommend.explanation import FIELD, dearest, differences, firm_conflicts, is_said
from scaffold.recommend.hypotheticals import WORTH_ASKING
from scaffold.report.blocks import Code, Line, Strong
from scaffold.report.wording import Words, capital, exact, joined, parts, points, rounded, sentence

POINT = 10  # tenths
NAMED = 40  # tenths of a point, from which on a line is said with its reason
FAR = 5  # times the cost


def verdict(recommendation: Recommendation) -> str:  # noqa: PLR0911 - one sentence for each case
    """Return the answer in one sentence."""
    first, *others = recommendation.ranking
    cost = f"{points(first.bill)} of extra cost"
    equals = [each.name for each in recommendation.ranking if each.equal]
    bills = joined([rounded(each.bill) for each in recommendation.ranking if each.equal])
    if recommendation.status == "infeasible":
        return "Nothing can be taken: each framework breaks a limit that you set"
    if recommendation.status == "insufficient":
        return "Too few answers for a recommendation"
    if all(each.breaks for each in others):
        return f"{first.name} is the only one left: {cost}"
    if first.bill >= DEAR:
        nearest = (
            f"comes nearest: {cost}" if not equals[1:] else f"come nearest: {bills} points of extra cost"
        )
        return f"Nothing fits well; {joined(equals)} {nearest}"
    if equals[1:]:
        return f"{joined(equals)} are equal for you: {bills} points of extra cost"
    if any(found.kind != "tension" for found in firm_conflicts(recommendation)):
        return f"{first.name} comes first, but not all can be met: {cost}"
    return f"{first.name} fits best: {cost}"


def milder(recommendation: Recommendation, words: Words) -> tuple[Line, ...]:
    """Return the conflicts that are only a part of the price."""
    firm = firm_conflicts(recommendation)
    return tuple(conflict(each, words) for each in recommendation.conflicts if not is_said(each, firm))


def conflict(found: Conflict, words: Words) -> Line:
    """Return what cannot be had together."""
    if found.kind == "tension":
        return (found.text,)
    want = Strong(capital(words.demand(found.want)))
    ruling = joined([f"“{words.demand(demand)}”" for demand in found.against])
    if found.kind != "shortage":
        why = found.text or "no framework is left"
        return (want, f": {why}" + (f" ({ruling})" if found.want not in found.against else ""))
    few, more = found.givers[:3], len(found.givers) - 3
    givers = joined([*map(words.name, few), *([f"{more} more"] if more > 0 else [])])
    verb = (
        "rules out" if not found.against[1:] else "together rule out" if found.together else "each rule out"
    )
    return (want, f": to be had with {givers}, which {ruling} {verb}")


def ways_out(found: Conflict, words: Words, said: Collection[Line] = ()) -> tuple[Line, ...]:
    """Return what can be done about a conflict, with what it saves or costs, unless it was said already."""
    return tuple(line for line in (_way_out(way, words) for way in found.ways) if line not in said)


def _way_out(way: WayOut, words: Words) -> Line:
    name = words.name(way.first)
    if way.answers is None:
        return (f"stay with {name} and {way.text}: {points(-way.saves)}",)
    return (f"{way.text}: {name}" + (f", saves {points(way.saves)}" if way.saves > 0 else ""),)


def ranked(recommendation: Recommendation) -> Line:
    """Return the next three with their bills, and how many cannot be taken."""
    first, *others = recommendation.ranking
    fits = [each for each in others if not each.breaks]
    shown = [f"{each.name} {rounded(each.bill)}" for each in (fits or others)[:3]]
    if recommendation.status not in {"ok", "tie"}:
        shown.insert(0, f"{first.name} {rounded(first.bill)}")
    cut = sum(bool(each.breaks) for each in recommendation.ranking)
    broken = [f"{cut} break a limit"] if cut and fits else []
    return (" · ".join([*shown, *broken]),)


def sureness(recommendation: Recommendation, most: int = 2) -> Line:
    """Return the label, what it has meant on cases that set no price, and some of the doubts."""
    confidence, doubts = recommendation.confidence, recommendation.confidence.doubts
    if recommendation.status == "insufficient":
        return ("not at all: answer three questions, what you build or your languages among them",)
    if recommendation.status == "infeasible":
        return ()
    doubts = tuple(dict.fromkeys(doubts))
    more = [f"{len(doubts) - most + 1} more doubts"] if len(doubts) > most else []
    named = joined([*(doubts[: most - 1] if more else doubts), *more])
    return (
        Strong(confidence.label),
        f", right in {confidence.right} of {confidence.of} such cases{f': {named}' if named else ''}",
    )


def price_flips(recommendation: Recommendation, words: Words, winner: str = "") -> tuple[Line, ...]:
    """Return how dear a line may get before another, or ``winner``, is first, within reason."""
    near = [flip for flip in recommendation.price_flips if flip.winner and flip.needed <= FAR * flip.cost]
    return tuple(_price_flip(flip, words) for flip in near if winner in {"", flip.winner})


def decided(recommendation: Recommendation, words: Words) -> tuple[Line, ...]:
    """Return the answers that put the first ahead: by how many points of the field, or of the one named."""
    return tuple(
        (f"{words.demand(Demand(lead.question, lead.answer))} ({rounded(lead.tenths)}{_over(lead, words)})",)
        for lead in recommendation.decided_by
    )


def _over(lead: Lead, words: Words) -> str:
    return "" if lead.versus == FIELD else f" over {words.name(lead.versus)}"


def against(recommendation: Recommendation, words: Words) -> tuple[Line, ...]:
    """Return where the runner-up pays less, then every dear line of the first with its reason."""
    first, *others = recommendation.ranking
    said = [Demand(lead.question, lead.answer) for lead in recommendation.against]
    behind = [
        (f"{words.demand(demand)}: {_cost(first, demand)}, {_cost(others[0], demand)}",) for demand in said
    ]
    dear = [
        term for term in dearest(first) if term.cost >= NAMED and (term.question, term.answer) not in said
    ]
    return (*behind, *(dear_line(first, term, words) for term in dear))


def _cost(candidate: Candidate, demand: Demand) -> str:
    paid = sum(term.cost for term in candidate.terms if (term.question, term.answer) == demand)
    return f"{candidate.name} pays {rounded(paid)}"


def dear_line(candidate: Candidate, term: Term, words: Words) -> Line:
    """Return one line of a bill with its reason and the part that is usually added."""
    why, addon = words.why(candidate.id, term), words.addon(candidate.id, term.criterion)
    usual = f"; usually added: {addon}" if addon else ""
    return (f"{points(term.cost)} for {words.criterion(term.criterion)}{f': {why}' if why else ''}{usual}",)


def payment(candidate: Candidate, words: Words) -> Line:
    """Return the whole bill on one line; what costs less than a point stands together at its end."""
    bill: dict[str, int] = {}
    for term in dearest(candidate):
        bill[term.criterion] = bill.get(term.criterion, 0) + term.cost
    rows = sorted(bill.items(), key=lambda row: -row[1])
    named = [f"{words.criterion(criterion)} {rounded(cost)}" for criterion, cost in rows if cost >= POINT]
    small = sum(cost for _, cost in rows if cost < POINT)
    return (" · ".join([*named, *([f"small things {rounded(small)}"] if small else [])]) or "nothing",)


def contrast(first: Candidate, other: Candidate, words: Words) -> Line:
    """Return where another framework costs more than the first, with the usual parts, and where less."""
    rows = differences(first, other)
    more = [_extra(other, *row, words) for row in rows[:3] if row[1] >= POINT]
    less = [
        f"{words.criterion(each)} ({rounded(-tenths)})" for each, tenths in rows[:-3:-1] if tenths <= -POINT
    ]
    costs = f"costs more for {joined(more)}" if more else "costs hardly more"
    return (Strong(other.name), f" {costs}{f', less for {joined(less)}' if less else ''}")


def _extra(other: Candidate, criterion: str, tenths: int, words: Words) -> str:
    parts = [words.addon(other.id, criterion), rounded(tenths)]
    return f"{words.criterion(criterion)} ({', '.join(filter(None, parts))})"


def answer_flip(flip: AnswerFlip, words: Words) -> Line:
    """Return other answers, and who is first then."""
    changed = joined([words.change(change) for change in flip.changes])
    turns = f"turned by {words.criterion(flip.criterion)}" if flip.criterion else "a limit decides"
    return (f"with {changed}: ", Strong(words.name(flip.winner)), f", {points(flip.bill)}; {turns}")


def _price_flip(flip: PriceFlip, words: Words) -> Line:
    """Return how dear a line may get before another is first."""
    now = f"{words.criterion(flip.criterion)} costs {exact(flip.cost)} points"
    return (f"{now}; from {exact(flip.needed)} on ", Strong(words.name(flip.winner)), " is first")


def changes(recommendation: Recommendation, words: Words, most: int) -> tuple[Line, ...]:
    """Return answers that would bring another first, each other framework once before any comes again."""
    seen: dict[str, list[AnswerFlip]] = {}
    for flip in recommendation.answer_flips:
        seen.setdefault(flip.winner, []).append(flip)
    turns = range(max(map(len, seen.values()), default=0))
    mixed = [flips[turn] for turn in turns for flips in seen.values() if turn < len(flips)]
    return tuple(answer_flip(flip, words) for flip in mixed[:most])


def next_questions(recommendation: Recommendation, words: Words) -> tuple[Line, ...]:
    """Return the questions that are worth an answer."""
    return tuple(
        (
            f"{words.question(ask.question)} ",
            Code(f"--set {ask.question}=…"),
            f" ({ask.value:.1f} points on average)",
        )
        for ask in recommendation.ask_next
        if ask.value >= WORTH_ASKING
    )


def assumed(recommendation: Recommendation, words: Words) -> Line:
    """Return what was taken for granted, because the product implies it."""
    taken = [words.demand(Demand(*each)) for each in recommendation.assumed.items()]
    return (joined(taken),) if taken else ()


def broken(recommendation: Recommendation, words: Words) -> tuple[Line, ...]:
    """Return what rules each framework out."""
    cut = [each for each in recommendation.ranking if each.breaks]
    return tuple((f"{each.name}: {joined([words.demand(limit) for limit in each.breaks])}",) for each in cut)


def outside(recommendation: Recommendation) -> Line:
    """Return what many would take for this and the catalog lacks."""
    return (f"{joined(recommendation.outside)}, which this catalog lacks",) if recommendation.outside else ()


def notes(recommendation: Recommendation, words: Words) -> tuple[Line, ...]:
    """Return what must be known beside the reasons: the end of support, and what was read long ago."""
    old = [
        f"{words.name(each.framework)}: {words.criterion(each.what)} was "
        f"{long_ago(each.checked_on, each.what, recommendation.as_of)}"
        for each in recommendation.overdue
    ]
    return tuple((sentence(note),) for note in (*recommendation.notes, *old))


def start(recommendation: Recommendation, given: str | None) -> Line:
    """Return how to begin with the first: the command that keeps the answers, where there is a starter.

    Nothing when ``given`` is None: it has begun.
    """
    if recommendation.status not in {"ok", "tie"} or given is None:
        return ()
    command = start_command(recommendation, given)
    no_starter = f"{recommendation.ranking[0].name} has no starter here yet: take what its makers offer"
    return (Code(command),) if command else (no_starter,)


def start_command(recommendation: Recommendation, given: str | None) -> str:
    """Return that command; ``given`` are the options by which the answers were given, if they are known."""
    first = recommendation.ranking[0]
    if recommendation.status not in {"ok", "tie"} or not first.has_starter:
        return ""
    answers = [f"--set {key}={','.join(parts(value))}" for key, value in recommendation.answers.items()]
    return f"scaffold new my-app -t {first.id} {given or ' '.join(answers)}"


def footer(recommendation: Recommendation) -> Line:
    """Return what the numbers mean and what they rest on."""
    known = recommendation.knowledge_as_of.isoformat()
    return (f"A point stands for a day's work in the first year. Facts checked on {known}.",)
