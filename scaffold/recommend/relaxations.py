"""When nothing fits: the smallest sets of requirements to give up."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import combinations

from scaffold.model.answers import Value
from scaffold.model.recommendation import Relaxation
from scaffold.recommend.constraints import Requirement, requirements
from scaffold.recommend.field import unpack
from scaffold.recommend.tally import Tally

Answers = Mapping[str, Value]


def relaxations(tally: Tally, answers: Answers) -> tuple[Relaxation, ...]:
    """Return every set of requirements to give up of which no smaller one helps."""
    demanded = requirements(answers)
    waivable = [requirement for requirement in demanded if requirement.waivable]
    found: list[tuple[Requirement, ...]] = []
    for size in range(1, len(waivable) + 1):
        for dropped in combinations(waivable, size):
            smaller = any(set(map(id, other)) <= set(map(id, dropped)) for other in found)
            if not smaller and _opens(tally, demanded, dropped):
                found.append(dropped)
    return tuple(_relaxation(tally, answers, dropped, _opens(tally, demanded, dropped)) for dropped in found)


def _opens(tally: Tally, demanded: Sequence[Requirement], dropped: Sequence[Requirement]) -> tuple[int, ...]:
    """Return the places that meet everything but what was dropped."""
    kept = [requirement for requirement in demanded if requirement not in dropped]
    return tuple(
        place
        for place, entry in enumerate(tally.field)
        if not any((finding := requirement.judge(entry)) and finding.violated for requirement in kept)
    )


def _relaxation(
    tally: Tally, answers: Answers, dropped: Sequence[Requirement], places: tuple[int, ...]
) -> Relaxation:
    total = tally.total(answers)
    votes = unpack(total.votes, len(tally.field))
    order = sorted(places, key=lambda place: (-votes[place], place))
    return Relaxation(
        drop=tuple(requirement.name for requirement in dropped),
        opens=tuple(tally.field[place].framework.id for place in order),
        best=tally.field[order[0]].framework.id,
        score=Fraction(10 * votes[order[0]], total.points),
    )
