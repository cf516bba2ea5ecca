"""The reasons as lines: what speaks for and against, what would change the answer, what is left out."""

from fractions import Fraction

from scaffold.model.answers import Value
from scaffold.model.recommendation import (
    AnswerFlip,
    AskNext,
    Candidate,
    Contrast,
    Elimination,
    Gap,
    Recommendation,
    Relaxation,
    Violation,
    WeightFlip,
)
from scaffold.report.blocks import Code, Line, Strong
from scaffold.report.wording import (
    BASE,
    FIELD,
    Words,
    capital,
    decimal,
    importance,
    joined,
    percent,
    quoted,
    sentence,
    top_group,
)


def verdict(recommendation: Recommendation) -> str:
    """Return the answer and its confidence in one sentence."""
    if recommendation.status == "infeasible":
        return "Nothing in the catalogue meets all your requirements"
    if recommendation.status == "insufficient":
        return "Too few answers for a recommendation"
    confidence = recommendation.confidence.label
    if recommendation.status == "ok":
        return f"{recommendation.ranking[0].name} fits you best ({confidence} confidence)"
    names = [candidate.name for candidate in top_group(recommendation)]
    return f"{joined(names)} are equal for you ({confidence} confidence)"


def lead(recommendation: Recommendation) -> tuple[Line, ...]:
    """Return what stands right below the answer: how it came about, and the engine's notes."""
    return ((_standing(recommendation),), *notes(recommendation))


def notes(recommendation: Recommendation) -> tuple[Line, ...]:
    """Return the engine's remarks on the answers."""
    return tuple((sentence(note),) for note in recommendation.notes)


def _standing(recommendation: Recommendation) -> str:
    confidence = recommendation.confidence
    if recommendation.status == "infeasible":
        return f"All {len(recommendation.eliminated)} frameworks break at least one. These could be given up:"
    if recommendation.status == "insufficient":
        return f"{_answered(recommendation)}. What you build and which languages you know decide most."
    first, *equals = top_group(recommendation)
    scores = joined(
        [f"{decimal(first.score)} of 100 points", *(f"{one.name} {decimal(one.score)}" for one in equals)]
    )
    share = f"comes first in {percent(confidence.first_share)} of all plausible readings of your answers."
    return (
        f"{first.name} has {scores}; {first.name} {share}"
        if equals
        else f"{first.name} has {scores} and {share}"
    )


def _answered(recommendation: Recommendation) -> str:
    confidence = recommendation.confidence
    return f"{confidence.answered} of {confidence.applicable} questions are answered"


def meaning(recommendation: Recommendation) -> tuple[Line, ...]:
    """Return what choosing the first means on day one."""
    return tuple((sentence(consequence),) for consequence in recommendation.consequences)


def decisive(recommendation: Recommendation, words: Words, *, counted: bool = True) -> tuple[Line, ...]:
    """Return the criteria that put the first ahead, ``counted`` with the points they gave."""
    return differences(recommendation.decided_by, words, "ahead of", counted=counted)


def differences(
    gaps: tuple[Gap, ...], words: Words, relation: str, *, counted: bool = True
) -> tuple[Line, ...]:
    """Return a line for each criterion: what it means, and how many points that is against whom."""
    distances = _distances(gaps, words, relation)
    meanings = {gap.criterion: gap.text.rstrip(".") for gap in reversed(gaps)}
    return tuple(
        (
            Strong(text=capital(words.criterion(criterion))),
            f": {meanings[criterion]}" * bool(meanings[criterion]),
            f" ({distance})" * counted,
        )
        for criterion, distance in distances.items()
    )


def _distances(gaps: tuple[Gap, ...], words: Words, relation: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for gap in gaps:
        versus = "the average" if gap.versus == FIELD else words.name(gap.versus)
        distance = f"{decimal(abs(gap.gap))} points {relation} {versus}"
        found[gap.criterion] = f"{found[gap.criterion]}, {distance}" if gap.criterion in found else distance
    return found


def losses(recommendation: Recommendation, words: Words, *, counted: bool = True) -> tuple[Line, ...]:
    """Return all that speaks against the first."""
    if not recommendation.ranking:
        return ()
    first, against = recommendation.ranking[0], recommendation.against
    known = {watchout.criterion for watchout in first.watchouts}
    others = tuple(gap for gap in against if gap.criterion not in known)
    behind = differences(others, words, "behind", counted=counted)
    return (*watchouts(first, words, against * counted), *behind, *_needs(first))


def watchouts(candidate: Candidate, words: Words, against: tuple[Gap, ...] = ()) -> tuple[Line, ...]:
    """Return the weaknesses to know before choosing a framework, with what each costs it."""
    costs = _distances(against, words, "behind")
    return tuple(
        (
            Strong(text=capital(words.criterion(one.criterion))),
            f": {one.text.rstrip('.')} (level {one.level} of 10",
            f"; {costs[one.criterion]})" if one.criterion in costs else ")",
        )
        for one in candidate.watchouts
    )


def warnings(candidates: tuple[Candidate, ...], words: Words) -> tuple[Line, ...]:
    """Return what to know about each of several frameworks, under their names."""
    return tuple(
        (f"{candidate.name} – ", *line)
        for candidate in candidates
        for line in (*watchouts(candidate, words), *_needs(candidate))
    )


def _needs(candidate: Candidate) -> tuple[Line, ...]:
    return tuple((f"Needs an add-on: {addon}",) for addon in candidate.addons)


def changes(recommendation: Recommendation, words: Words, *, answers: int, weights: int) -> tuple[Line, ...]:
    """Return the first few changes that would bring another framework to the first place."""
    return (
        *(answer_flip(flip, words) for flip in recommendation.answer_flips[:answers]),
        *(weight_flip(flip, words) for flip in recommendation.weight_flips[:weights]),
    )


def answer_flip(flip: AnswerFlip, words: Words) -> Line:
    """Return changed answers and who would be first then."""
    conditions = joined([words.change(change) for change in flip.changes])
    if flip.winner:
        return (f"{conditions} → ", Strong(text=words.name(flip.winner)))
    return (f"{conditions} → ", Strong(text="nothing fits"))


def weight_flip(flip: WeightFlip, words: Words) -> Line:
    """Return how much more or less a criterion would have to matter for another first."""
    return (
        f"If {quoted(words.criterion(flip.criterion))} {importance(flip)} → ",
        Strong(text=words.name(flip.winner)),
        " draws level",
    )


def uncertainty(recommendation: Recommendation, words: Words) -> tuple[Line, ...]:
    """Return what the skipped answers leave open: which to give next, and the worst that can happen."""
    if recommendation.status == "insufficient":
        return tuple((words.question(asked.question),) for asked in recommendation.ask_next)
    lines: list[Line] = [(_value_of_asking(asked, words),) for asked in recommendation.ask_next]
    regret = recommendation.regret
    if regret and regret.points > 0 and regret.worst_case:
        worst = joined([words.change(change) for change in regret.worst_case])
        bound = f"at most {decimal(regret.points)} points behind the best; that would be with: {worst}"
        lines.append((f"Whatever you would have said, the first is {bound}",))
    return tuple(lines)


def _value_of_asking(asked: AskNext, words: Words) -> str:
    share = percent(asked.value)
    return f"{words.question(asked.question)} Of the possible answers, {share} would change the first place."


def exclusion(elimination: Elimination) -> str:
    """Return every requirement that a framework breaks, with the fact against it."""
    return "; ".join(fact(violation) for violation in elimination.violations)


def fact(violation: Violation) -> str:
    """Return the fact that breaks a requirement."""
    return violation.fact.rstrip(".")


def asked_by(question: str, answer: Value, words: Words) -> str:
    """Return which answer asked for a requirement."""
    if question == BASE:
        return "asked for always"
    return f"{words.question(question)} {quoted(words.answer(question, answer))}"


def exclusions_by_reason(recommendation: Recommendation) -> tuple[Line, ...]:
    """Return what is left out, grouped by the first requirement each one breaks."""
    groups: dict[tuple[str, str], list[str]] = {}
    for elimination in recommendation.eliminated:
        first = elimination.violations[0]
        groups.setdefault((first.question, first.constraint), []).append(elimination.name)
    return tuple(
        (f"{capital(constraint)} rules out {joined(names)}",) for (_, constraint), names in groups.items()
    )


def relaxation(option: Relaxation, words: Words) -> Line:
    """Return what to give up, and what that opens."""
    given_up = joined(option.drop)
    others = [words.name(framework) for framework in option.opens if framework != option.best]
    more = f"; also {joined(others)}" if others else ""
    return (
        f"Give up {given_up} → ",
        Strong(text=words.name(option.best)),
        f" ({decimal(option.score)} points){more}",
    )


def apart(recommendation: Recommendation, words: Words) -> tuple[Line, ...]:
    """Return, for each pair of the top group, the criterion on which the two differ most."""
    group = top_group(recommendation)
    pairs = [(one, other) for place, one in enumerate(group) for other in group[place + 1 :]]
    return tuple(line for one, other in pairs if (line := _pair(one, other, words)))


def _pair(one: Candidate, other: Candidate, words: Words) -> Line:
    theirs = {term.criterion: term.contribution for term in other.contributions}
    gaps = [
        (term.contribution - theirs.get(term.criterion, Fraction(0)), term.criterion)
        for term in one.contributions
    ]
    gap, criterion = max(gaps, key=lambda entry: (abs(entry[0]), entry[1]), default=(Fraction(0), ""))
    if not gap:
        return ()
    better = one if gap > 0 else other
    return (
        f"{one.name} or {other.name}: ",
        Strong(text=words.criterion(criterion)),
        f" speaks for {better.name} ({decimal(abs(gap))} points)",
    )


def contrast(entry: Contrast, words: Words) -> Line:
    """Return why a framework is not the first: where it is better, where worse."""
    if entry.dominated_by:
        return (f"{words.name(entry.dominated_by)} is as good or better in everything that matters to you",)
    pros = joined([f"{words.criterion(gap.criterion)} (+{decimal(abs(gap.gap))})" for gap in entry.pros])
    cons = joined([f"{words.criterion(gap.criterion)} (−{decimal(abs(gap.gap))})" for gap in entry.cons])
    parts = (f"better in {pros}" * bool(pros), f"worse in {cons}" * bool(cons))
    return ("; ".join(part for part in parts if part),)


def start(recommendation: Recommendation) -> Line:
    """Return the command that makes the recommended project, or why there is none."""
    if recommendation.status not in {"ok", "tie"}:
        return ()
    command = starter_command(recommendation)
    names = joined([candidate.name for candidate in top_group(recommendation)], "or")
    return (Code(text=command),) if command else (f"There is no starter for {names} here yet",)


def starter_id(recommendation: Recommendation) -> str:
    """Return the first of the top group that has a starter; empty when none has."""
    ready = (candidate.id for candidate in top_group(recommendation) if candidate.has_starter)
    return next(ready, "")


def starter_command(recommendation: Recommendation) -> str:
    """Return the command that makes the recommended project; empty when there is no starter."""
    ready = starter_id(recommendation)
    return f"scaffold new my-project --template {ready}" if ready else ""


def footer(recommendation: Recommendation) -> tuple[Line, ...]:
    """Return where the answer comes from: enough to get the same one again."""
    confidence = recommendation.confidence
    knowledge = f"{recommendation.knowledge_as_of.isoformat()} ({recommendation.knowledge_version})"
    return (
        (f"Knowledge {knowledge} · {confidence.answered} of {confidence.applicable} answered",),
        (f"Engine {recommendation.engine_version} · seed {recommendation.seed}",),
    )
