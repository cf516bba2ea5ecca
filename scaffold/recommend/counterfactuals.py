"""What would change the answer: other answers, or another importance of one criterion."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations

from scaffold.model.answers import Question, Value
from scaffold.model.recommendation import AnswerFlip, Change, WeightFlip
from scaffold.recommend.criteria import CRITERIA
from scaffold.recommend.field import value
from scaffold.recommend.imagination import changed, neighbours
from scaffold.recommend.insufficiency import is_insufficient
from scaffold.recommend.points import POOL, target
from scaffold.recommend.tally import Places, Tally

Answers = Mapping[str, Value]
UNITS = 2520  # the least common multiple of 1 … 10
IMAGINABLE = 2 * POOL[1][0]  # points; nobody means twice as much as their first priority
# What a team can decide comes before what it cannot change.
DECISIONS = (
    "priorities", "deadline", "live", "admin", "screens", "hosting", "data", "background", "language_policy",
)  # fmt: skip


def answer_flips(
    tally: Tally, questions: Mapping[str, Question], answers: Answers, leader: int
) -> tuple[AnswerFlip, ...]:
    """Return the single changed answers that bring another first, decisions before facts.

    Where no single decision does, pairs of decisions follow. Changes after which
    nothing fits come last.
    """
    single = [change for slot in tally.slots for change in neighbours(slot, questions, answers)]
    decisions = [change for change in single if change.question in DECISIONS]
    facts = [change for change in single if change.question not in DECISIONS]
    decided = list(_flips(tally, answers, leader, [(change,) for change in decisions]))
    if not any(flip.winner for flip in decided):
        decided += [flip for flip in _flips(tally, answers, leader, _pairs(decisions)) if flip.winner]
    found = (*decided, *_flips(tally, answers, leader, [(change,) for change in facts]))
    return tuple(sorted(found, key=lambda flip: (not flip.winner, len(flip.changes))))


def weight_flips(
    tally: Tally, answers: Answers, points: Mapping[str, int], places: Places
) -> tuple[WeightFlip, ...]:
    """Return, by criterion, the nearest importance at which another draws level with the leader.

    Beyond it that other is first. What needs the fewest points comes first.
    """
    names = [criterion.id for criterion in CRITERIA if _can_weigh(criterion.id, answers)]
    levels = {id: [value(tally.field[place], id, answers) for place in places] for id in names}
    margins = [
        sum(count * (levels[id][0] - levels[id][lane]) for id, count in points.items())
        for lane in range(len(places))
    ]
    flips = [
        (abs(needed - points.get(id, 0)), id, places[lane], needed)
        for id in names
        for lane, needed in _nearest(levels[id], margins, points.get(id, 0))
        if needed <= IMAGINABLE
    ]
    return tuple(
        WeightFlip(
            criterion=id, points=points.get(id, 0), needed=needed, winner=tally.field[place].framework.id
        )
        for _, id, place, needed in sorted(flips)
    )


def _flips(
    tally: Tally, answers: Answers, leader: int, imagined: Sequence[tuple[Change, ...]]
) -> Iterator[AnswerFlip]:
    total = tally.total(answers)
    for changes in imagined:
        first = tally.first_if(total, answers, changed({}, *changes))
        if first != leader and not is_insufficient(tally.slots, changed(answers, *changes)):
            winner = "" if first is None else tally.field[first].framework.id
            yield AnswerFlip(changes=changes, winner=winner)


def _pairs(changes: Sequence[Change]) -> list[tuple[Change, ...]]:
    return [(one, other) for one, other in combinations(changes, 2) if one.question != other.question]


def _can_weigh(criterion: str, answers: Answers) -> bool:
    """Return whether the criterion has a meaning for these answers."""
    if criterion == "scope":
        return target(answers) is not None
    return criterion != "language" or bool(answers.get("languages"))


def _nearest(levels: Sequence[int], margins: Sequence[int], points: int) -> Iterator[tuple[int, Fraction]]:
    """Yield the lane that first draws level when the importance is raised, and when it is lowered.

    A margin is made up at one level difference a point; in units of 1/2520 every quotient is whole.
    """
    steps = [
        (margin * UNITS // abs(level - levels[0]), level, lane)
        for lane, (level, margin) in enumerate(zip(levels, margins, strict=True))
        if level != levels[0]
    ]
    raised = [(step, -level, lane) for step, level, lane in steps if level > levels[0]]
    lowered = [
        (step, level, lane) for step, level, lane in steps if level < levels[0] and step <= points * UNITS
    ]
    for sign, side in ((1, raised), (-1, lowered)):
        if side:
            step, _, lane = min(side)
            yield lane, points + Fraction(sign * step, UNITS)
