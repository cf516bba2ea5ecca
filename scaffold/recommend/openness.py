"""What the skipped questions leave open: which to answer next, and the worst that can come of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from scaffold.model.answers import Value
from scaffold.model.recommendation import AskNext, Change, Regret
from scaffold.recommend.field import unpack
from scaffold.recommend.imagination import changed, possible
from scaffold.recommend.tally import Places, Slot, Tally

Answers = Mapping[str, Value]


def values_of_asking(tally: Tally, answers: Answers, open_slots: Sequence[Slot]) -> tuple[AskNext, ...]:
    """Return each skipped question with the share of its answers that change the first, largest first."""
    first, total = tally.first(answers), tally.total(answers)
    asked = []
    for slot in open_slots:
        winners = [tally.first_if(total, answers, changed({}, change)) for change in possible(slot)]
        asked.append(
            AskNext(question=slot.id, value=sum(winner != first for winner in winners) / len(winners))
        )
    return tuple(sorted(asked, key=lambda ask: -ask.value))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Option:
    """A possible answer: the points it gives and the votes it makes, by place; no change is no answer."""

    change: Change | None
    points: int
    votes: Sequence[int]


def regret(tally: Tally, answers: Answers, open_slots: Sequence[Slot], places: Places) -> Regret | None:
    """Return how far the first of ``places`` can be behind, over all answers to all skipped questions.

    Requirements that those answers would make are left aside: this is about points.
    """
    if not open_slots:
        return None
    lanes = len(tally.field)
    total = tally.total(answers)
    given = _Option(change=None, points=total.points, votes=unpack(total.votes, lanes))
    options = [_options(tally, slot) for slot in open_slots]
    worst = [_worst(given, options, places[0], rival) for rival in places[1:]]
    points, cases = max(worst, key=lambda case: case[0], default=(Fraction(0), ()))
    return Regret(points=max(points, Fraction(0)), worst_case=cases if points > 0 else ())


def _options(tally: Tally, slot: Slot) -> tuple[_Option, ...]:
    lanes = len(tally.field)
    none = _Option(change=None, points=0, votes=[0] * lanes)
    ballots = [(change, tally.ballot(slot, changed({}, change))) for change in possible(slot)]
    return (
        none,
        *(
            _Option(change=change, points=ballot.points, votes=unpack(ballot.votes, lanes))
            for change, ballot in ballots
        ),
    )


def _worst(
    given: _Option, options: Sequence[tuple[_Option, ...]], leader: int, rival: int
) -> tuple[Fraction, tuple[Change, ...]]:
    """Maximise the rival's lead, a ratio of sums over the questions, with Dinkelbach's method.

    For a guess of the ratio every question can be decided by itself; the
    decisions give a better guess, until it stays the same.
    """
    lead, points = given.votes[rival] - given.votes[leader], given.points
    picks: list[_Option] = []
    while True:
        guess = (lead, points)
        picks = [
            max(slot, key=lambda o: (o.votes[rival] - o.votes[leader]) * guess[1] - o.points * guess[0])
            for slot in options
        ]
        lead = given.votes[rival] - given.votes[leader]
        lead += sum(option.votes[rival] - option.votes[leader] for option in picks)
        points = given.points + sum(option.points for option in picks)
        if lead * guess[1] <= guess[0] * points:
            break
    changes = tuple(option.change for option in picks if option.change)
    return Fraction(10 * lead, points), changes
