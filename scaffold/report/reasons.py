"""The reasons as lines: what decided, what speaks against, what is paid, what would change it."""

from collections.abc import Collection

from scaffold.model.answers import Value
from scaffold.model.recommendation import (
    AnswerFlip,
    Candidate,
    Confidence,
    Conflict,
    Demand,
    Lead,
    PriceFlip,
    Recommendation,
    Term,
    WayOut,
)
from scaffold.report.blocks import Code, Line, Strong
from scaffold.report.wording import Words, capital, exact, joined, points, rounded, sentence

DEAR = 300  # tenths of a point, from which on nothing fits well
POINT = 10  # tenths
SHOWN = 40  # tenths of a point, from which on a line is named with its reason
ASKED = 0.1  # points below which no further answer is likely to change the first


def verdict(recommendation: Recommendation) -> str:
    """Return the answer in one sentence."""
    first = recommendation.ranking[0]
    cost = f"{points(first.bill)} of extra cost"
    able = [each for each in recommendation.ranking if not each.breaks]
    equals = [each.name for each in recommendation.ranking if each.equal]
    if recommendation.status == "infeasible":
        return "Nothing can be taken: each framework breaks a limit that you set"
    if recommendation.status == "insufficient":
        return "Too few answers for a recommendation"
    if len(able) == 1:
        return f"{first.name} is the only one left: {cost}"
    if first.bill >= DEAR:
        return (
            f"Nothing fits well; {joined(equals)} {'comes' if len(equals) == 1 else 'come'} nearest: {cost}"
        )
    if len(equals) > 1:
        return f"{joined(equals)} are equal for you: {cost} for {first.name}"
    if any(found.kind != "tension" for found in firm_conflicts(recommendation)):
        return f"{first.name} comes first, but not all can be met: {cost}"
    return f"{first.name} fits best: {cost}"


def firm_conflicts(recommendation: Recommendation) -> tuple[Conflict, ...]:
    """Return the conflicts that stand above the ranking: at most two, and none that says a part of another."""
    found: list[Conflict] = []
    for each in recommendation.conflicts:
        if each.firm and not any(_sides(each) <= _sides(other) for other in found):
            found.append(each)
    return tuple(found[:2])


def _sides(found: Conflict) -> set[Demand]:
    return {found.want, *found.against}


def conflict(found: Conflict, words: Words) -> Line:
    """Return what cannot be had together."""
    want = capital(words.demand(found.want))
    ruling = joined([f"“{words.demand(demand)}”" for demand in found.against])
    if found.kind in {"outside", "limit"}:
        return (Strong(text=want), f": {found.text or f'no framework is left with {ruling}'}")
    if found.kind == "tension":
        return (found.text,)
    rules = "rules out" if len(found.against) == 1 else "together rule out"
    givers = [words.name(id) for id in found.givers]
    few = [*givers[:3], *([f"{len(givers) - 3} more"] if givers[3:] else [])]
    return (Strong(text=want), f": to be had with {joined(few)}, which {ruling} {rules}")


def way_out(way: WayOut, words: Words) -> Line:
    """Return something to do about a conflict, and what that saves or costs."""
    if way.answers is None:
        return (f"stay with {words.name(way.first)} and {way.text}: {points(-way.saves)}",)
    saves = f", saves {points(way.saves)}" if way.saves > 0 else ""
    return (f"{way.text}: {words.name(way.first)}{saves}",)


def ways_out(found: Conflict, words: Words, said: Collection[Line] = ()) -> tuple[Line, ...]:
    """Return the ways out of a conflict that were not said yet."""
    return tuple(line for line in (way_out(way, words) for way in found.ways) if line not in said)


def ranked(recommendation: Recommendation, places: int = 3) -> Line:
    """Return the next few with their bills, and how many are cut."""
    first, *others = recommendation.ranking
    fits = [each for each in others if not each.breaks]
    shown = " · ".join(f"{each.name} {rounded(each.bill)}" for each in (fits or others)[:places])
    broken = len(others) - len(fits)
    if not fits:
        return (f"nearest: {first.name} {rounded(first.bill)} · {shown}",)
    return (shown + (f" · {broken} break a limit" if broken else ""),)


def how_sure(confidence: Confidence) -> str:
    """Return what the label has meant on cases that were not used to set the prices."""
    share = confidence.right / confidence.of
    often = "more than 95 of 100" if share > 0.95 else f"about {round(10 * share)} of 10"  # noqa: PLR2004
    return f"right in {often} such cases"


def sureness(recommendation: Recommendation) -> Line:
    """Return the label, what it means, and the doubts."""
    confidence, doubts = recommendation.confidence, recommendation.confidence.doubts
    if recommendation.status == "insufficient":
        return (
            "not at all: answer what you build, or which languages you write, and three questions in all",
        )
    if recommendation.status == "infeasible":
        return (Strong(text=confidence.label),)
    more = [f"{len(doubts) - 2} more doubts"] if len(doubts) > 3 else []  # noqa: PLR2004 - three fit
    named = doubts[:2] if more else doubts
    reasons = f": {joined([*named, *more])}" if doubts else ""
    return (Strong(text=confidence.label), f", {how_sure(confidence)}{reasons}")


def decided(recommendation: Recommendation, words: Words) -> tuple[Line, ...]:
    """Return the answers that put the first ahead, with the points."""
    return tuple((_lead(lead, words),) for lead in recommendation.decided_by)


def decided_briefly(recommendation: Recommendation, words: Words) -> Line:
    """Return the same on one line: the points ahead of the field, or of the framework that is named."""
    named = []
    for lead in recommendation.decided_by[:3]:
        over = "" if lead.versus == "field" else f" over {words.name(lead.versus)}"
        named.append(f"{words.demand(Demand(lead.question, lead.answer))} ({rounded(lead.tenths)}{over})")
    return (" · ".join(named),) if named else ()


def _lead(lead: Lead, words: Words) -> str:
    over = "the field" if lead.versus == "field" else words.name(lead.versus)
    return f"{words.demand(Demand(lead.question, lead.answer))}: {points(lead.tenths)} ahead of {over}"


def against(recommendation: Recommendation, words: Words) -> tuple[Line, ...]:
    """Return where the runner-up pays less, then every dear line of the first with its reason."""
    first, *others = recommendation.ranking
    behind = [
        (
            f"{capital(words.demand(Demand(lead.question, lead.answer)))}: {first.name} pays "
            f"{rounded(paid(first, lead.question, lead.answer))}, "
            f"{others[0].name} {rounded(paid(others[0], lead.question, lead.answer))}",
        )
        for lead in recommendation.against
    ]
    said = {(lead.question, lead.answer) for lead in recommendation.against}
    dear = [
        term for term in dearest(first) if term.cost >= SHOWN and (term.question, term.answer) not in said
    ]
    return (*behind, *(dear_line(first, term, words) for term in dear))


def paid(candidate: Candidate, question: str, answer: str) -> int:
    """Return the tenths of a point that a framework pays for one answer; for languages whatever was named."""
    return sum(term.cost for term in candidate.terms if (term.question, term.answer) == (question, answer))


def dearest(candidate: Candidate) -> list[Term]:
    """Return the lines that are paid, the dearest first."""
    return sorted(
        (term for term in candidate.terms if term.cost), key=lambda term: (-term.cost, term.criterion)
    )


def dear_line(candidate: Candidate, term: Term, words: Words) -> Line:
    """Return one line of a bill with its reason and the part that is usually added."""
    addon = words.addon(candidate.id, term.criterion)
    why = words.why(candidate.id, term)
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


def milder(recommendation: Recommendation, words: Words) -> tuple[Line, ...]:
    """Return the conflicts that are only a part of the price."""
    firm = firm_conflicts(recommendation)
    said = [_sides(each) for each in firm]
    rest = [each for each in recommendation.conflicts if not any(_sides(each) <= sides for sides in said)]
    return tuple(conflict(each, words) for each in rest)


def contrast(recommendation: Recommendation, other: Candidate, words: Words) -> Line:
    """Return what another framework would cost more, with the usual parts, and where it costs less."""
    rows = differences(recommendation.ranking[0], other)
    more = [_extra(other, criterion, tenths, words) for criterion, tenths in rows if tenths >= POINT][:3]
    less = [f"{words.criterion(criterion)} ({-tenths // 10})" for criterion, tenths in rows if tenths <= -10][
        -2:
    ]  # noqa: PLR2004
    costs = f"costs more for {joined(more)}" if more else "costs hardly more"
    return (costs + (f", less for {joined(less[::-1])}" if less else ""),)


def _extra(other: Candidate, criterion: str, tenths: int, words: Words) -> str:
    addon = words.addon(other.id, criterion)
    return f"{words.criterion(criterion)} ({addon + ', ' if addon else ''}{rounded(tenths)})"


def differences(one: Candidate, other: Candidate) -> list[tuple[str, int]]:
    """Return by criterion how many tenths more the other pays than the first of the two, the most first."""
    gaps: dict[str, int] = {}
    for candidate, sign in ((other, 1), (one, -1)):
        for term in candidate.terms:
            gaps[term.criterion] = gaps.get(term.criterion, 0) + sign * term.cost
    return sorted(gaps.items(), key=lambda row: (-row[1], row[0]))


def answer_flip(flip: AnswerFlip, words: Words) -> Line:
    """Return other answers, and who is first then."""
    changed = joined([words.change(change) for change in flip.changes])
    turns = f"{words.criterion(flip.criterion)} turns it" if flip.criterion else "the first does not go there"
    return (f"with {changed}: ", Strong(text=words.name(flip.winner)), f", {points(flip.bill)}; {turns}")


def price_flip(flip: PriceFlip, words: Words) -> Line:
    """Return how dear a line may get before another is first."""
    now = f"{words.criterion(flip.criterion)} costs {exact(flip.cost)} points"
    if not flip.winner:
        return (f"{now}; no price of that alone brings another first",)
    return (f"{now}; from {exact(flip.needed)} on ", Strong(text=words.name(flip.winner)), " is first")


def changes(recommendation: Recommendation, words: Words, most: int) -> tuple[Line, ...]:
    """Return answers that would bring another first, each other framework once before any comes again."""
    seen: dict[str, list[AnswerFlip]] = {}
    for flip in recommendation.answer_flips:
        seen.setdefault(flip.winner, []).append(flip)
    rounds = max(map(len, seen.values()), default=0)
    mixed = [flips[turn] for turn in range(rounds) for flips in seen.values() if turn < len(flips)]
    return tuple(answer_flip(flip, words) for flip in mixed[:most])


def next_question(recommendation: Recommendation, words: Words) -> tuple[Line, ...]:
    """Return the questions that are worth an answer."""
    worth = [ask for ask in recommendation.ask_next if ask.value >= ASKED]
    return tuple(
        (
            f"{words.question(ask.question)} ",
            Code(text=f"--set {ask.question}=…"),
            f" ({ask.value:.1f} points)",
        )
        for ask in worth
    )


def assumed(recommendation: Recommendation, words: Words) -> Line:
    """Return what was taken for granted, because the product implies it."""
    taken = [words.demand(Demand(*each)) for each in recommendation.assumed.items()]
    return (joined(taken),) if taken else ()


def limits(candidate: Candidate, words: Words) -> str:
    """Return the limits that rule a framework out."""
    return joined([words.demand(limit) for limit in candidate.breaks])


def notes(recommendation: Recommendation, words: Words) -> tuple[Line, ...]:
    """Return what must be known beside the reasons: the end of support, and what was read long ago."""
    from scaffold.model.knowledge import months_between

    old = [
        f"{words.name(each.framework)}: {words.criterion(each.what)} was "
        f"checked {months_between(each.checked_on, recommendation.as_of)} months ago"
        for each in recommendation.overdue
    ]
    return tuple((sentence(note),) for note in (*recommendation.notes, *old))


def start(recommendation: Recommendation, given: str) -> Line:
    """Return the command that makes the project of the first with the answers that were given."""
    first = recommendation.ranking[0]
    if recommendation.status not in {"ok", "tie"}:
        return ()
    if not first.has_starter:
        return (f"{first.name} has no starter here yet; begin with what its makers offer",)
    return (Code(text=start_command(recommendation, given)),)


def start_command(recommendation: Recommendation, given: str) -> str:
    """Return that command, or an empty text where there is no starter."""
    first = recommendation.ranking[0]
    if recommendation.status not in {"ok", "tie"} or not first.has_starter:
        return ""
    answers = [f"--set {key}={_argument(value)}" for key, value in recommendation.answers.items()]
    return f"scaffold new my-app -t {first.id} {given or ' '.join(answers)}"


def _argument(value: Value) -> str:
    return ",".join(value) if isinstance(value, tuple) else str(value)


def footer(recommendation: Recommendation) -> tuple[Line, ...]:
    """Return what the numbers mean and what they rest on."""
    known = recommendation.knowledge_as_of.isoformat()
    return ((f"A point stands for a day's work in the first year. Facts checked on {known}.",),)
