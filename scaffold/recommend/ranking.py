"""The ranking, who is near enough to the first to be its equal, and how sure the first is."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from scaffold.model.recommendation import Candidate, Confidence, Elimination, Violation
from scaffold.recommend.case import Case
from scaffold.recommend.constraints import requirements
from scaffold.recommend.explanation import contributions, watchouts
from scaffold.recommend.field import Entry, unpack
from scaffold.recommend.robustness import Chance, sample
from scaffold.recommend.tally import Places

NEAR = 3  # points of score
RIVAL_SHARE = 0.30
HIGH, MEDIUM = 0.80, 0.55
THOROUGH = Fraction(3, 5)  # of the questions


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a framework stands: its exact score and its shares of the draws."""

    rank: int
    score: Fraction
    behind: Fraction
    first_share: float
    beats_first_share: float

    @property
    def in_top_group(self) -> bool:
        """Whether it is as good as the first, within the accuracy of the comparison."""
        return self.behind < NEAR or self.beats_first_share >= RIVAL_SHARE


def rank(case: Case, places: Places, draws: int) -> tuple[Candidate, ...]:
    """Return the candidates in order: the score decides, then the id."""
    total = case.tally.total(case.answers)
    votes = unpack(total.votes, len(case.field))
    order = tuple(sorted(places, key=lambda place: (-votes[place], place)))
    shares = sample(case.tally, case.answers, case.open_slots, order, Chance(seed=case.seed, draws=draws))
    return tuple(
        _candidate(
            case,
            case.field[place],
            Standing(
                rank=number,
                score=Fraction(10 * votes[place], total.points),
                behind=Fraction(10 * (votes[order[0]] - votes[place]), total.points),
                first_share=shares.first[place],
                beats_first_share=shares.beats_leader[place],
            ),
        )
        for number, place in enumerate(order, 1)
    )


def _candidate(case: Case, entry: Entry, standing: Standing) -> Candidate:
    terms = contributions(entry, case.answers, case.awards)
    findings = [requirement.judge(entry) for requirement in requirements(case.answers)]
    return Candidate(
        id=entry.framework.id,
        name=entry.name,
        rank=standing.rank,
        score=standing.score,
        in_top_group=standing.in_top_group,
        first_share=standing.first_share,
        beats_first_share=standing.beats_first_share,
        has_starter=entry.framework.starter is not None,
        addons=tuple(finding.text for finding in findings if finding),
        watchouts=watchouts(entry, case.answers, terms),
        contributions=terms,
    )


def eliminate(case: Case) -> tuple[Elimination, ...]:
    """Return the frameworks that break a requirement, with every one they break."""
    violations = [(entry, _violations(case, entry)) for entry in case.field]
    return tuple(
        Elimination(id=entry.framework.id, name=entry.name, violations=found)
        for entry, found in violations
        if found
    )


def _violations(case: Case, entry: Entry) -> tuple[Violation, ...]:
    judged = [(requirement, requirement.judge(entry)) for requirement in requirements(case.answers)]
    return tuple(
        Violation(
            constraint=requirement.name,
            question=requirement.question,
            answer=requirement.answer,
            fact=finding.text,
        )
        for requirement, finding in judged
        if finding and finding.violated
    )


def is_tie(ranking: Sequence[Candidate]) -> bool:
    """Return whether several are first."""
    return sum(candidate.in_top_group for candidate in ranking) > 1


def judge_confidence(case: Case, ranking: Sequence[Candidate], draws: int) -> Confidence:
    """Return how sure the first is; several that are equal are never said with high confidence."""
    share = ranking[0].first_share
    thorough = case.answered >= THOROUGH * case.applicable
    remarks = (
        (True, f"First in {share:.0%} of {draws} plausible readings of the answers"),
        (is_tie(ranking), "Others are as good within the accuracy of the comparison"),
        (not thorough, f"Only {case.answered} of {case.applicable} questions are answered"),
        (len(ranking) == 1, "Nothing else meets the requirements"),
    )
    return Confidence(
        label=_label(share, may_be_high=thorough and not is_tie(ranking)),
        first_share=share,
        answered=case.answered,
        applicable=case.applicable,
        reasons=tuple(remark for holds, remark in remarks if holds),
    )


def no_confidence(case: Case) -> Confidence:
    """Return the confidence of no recommendation."""
    return Confidence(
        label="none", first_share=0.0, answered=case.answered, applicable=case.applicable, reasons=()
    )


def _label(share: float, *, may_be_high: bool) -> Literal["high", "medium", "low"]:
    if share >= HIGH and may_be_high:
        return "high"
    return "medium" if share >= MEDIUM else "low"
