"""How sure a place is: the ranking is repeated for many plausible readings of the answers.

In every draw each importance is multiplied by 2^z with z uniform in -1 … 1
(4^z where it is in more doubt), each level moves by up to its spread and stays
on its scale, and each skipped question is answered at random, with one of its
choices or not at all. Requirements are not drawn. How often a framework beats
the leader is counted without the answers at random: that a question is open
makes the leader less sure, but nobody else equal. All chance comes from
SHAKE-256 of the seed and all arithmetic is on integers, so the shares are the
same on every machine. (SMAA: Lahdelma, Hokkanen and Salminen, 1998.)
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import shake_256
from itertools import accumulate, chain, repeat
from math import isqrt
from operator import add, mul
from struct import Struct, iter_unpack
from typing import Literal

from scaffold.model.answers import Value
from scaffold.recommend.criteria import BY_ID, CRITERIA, TOP
from scaffold.recommend.field import LANE, LANE_BITS, LANE_MASK, Entry, Field, level, pack, spread, unpack
from scaffold.recommend.imagination import changed, possible
from scaffold.recommend.points import Awards, awards, base_awards, target
from scaffold.recommend.tally import Places, Slot, Tally

Answers = Mapping[str, Value]
STEP = 25  # a level is so many units: a noisy value of 0 … 10 fits into a byte
BYTE = 256
# From the level's own place on, an offset around half the scale leads to the moved level, kept on its scale.
CLAMPED = bytes(min(TOP * STEP, max(0, units - TOP * STEP // 2)) for units in range(TOP * STEP + BYTE))


@dataclass(frozen=True, slots=True, kw_only=True)
class Shares:
    """In which share of the draws each place came first, and in which it beat the leader."""

    first: Mapping[int, float]
    beats_leader: Mapping[int, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chance:
    """Independent streams of uniform bytes, one byte a draw, by name."""

    seed: str
    draws: int

    def stream(self, *name: str) -> bytes:
        """Return the bytes of a stream."""
        return shake_256("\0".join((self.seed, *name)).encode()).digest(self.draws)


@dataclass(frozen=True, slots=True, kw_only=True)
class Guesses:
    """A skipped question: the answers it could have, and which of them each draw takes."""

    slot: Slot
    options: tuple[Answers, ...]
    picks: Sequence[int]


def sample(
    tally: Tally, answers: Answers, open_slots: Sequence[Slot], places: Places, chance: Chance
) -> Shares:
    """Return how the places fare over all draws; the first of ``places`` is the leader."""
    guesses = {slot.id: _guesses(slot, chance) for slot in open_slots}
    field = tuple(tally.field[place] for place in places)
    fixed = _sums(base_awards(), awards(answers, [key for slot in tally.slots for key in slot.keys]))
    drawn = _drawn(guesses.values())
    given = extra = [0] * chance.draws
    for criterion in (criterion.id for criterion in CRITERIA if criterion.id in fixed.keys() | drawn.keys()):
        values = _values(field, criterion, answers, guesses, chance)
        factors = chance.stream("importance", criterion)
        powers = _powers(BY_ID[criterion].doubt)
        if criterion in fixed:
            weights = [fixed[criterion] * power for power in powers]
            given = list(map(add, given, map(mul, map(weights.__getitem__, factors), values)))
        if criterion in drawn:
            weighted = map(mul, drawn[criterion], map(powers.__getitem__, factors))
            extra = list(map(add, extra, map(mul, weighted, values)))
    everything = list(map(add, given, extra))
    return Shares(first=_first(everything, places), beats_leader=_beats_leader(given, places))


def _guesses(slot: Slot, chance: Chance) -> Guesses:
    """Draw a choice or none, each as likely; a ranking is as likely left empty as not."""
    choices = [changed({}, change) for change in possible(slot)]
    none: Answers = {}
    options = (*choices, *([none] * (len(choices) if slot.question.kind == "ranked" else 1)))
    scale = bytes(byte * len(options) // BYTE for byte in range(BYTE))
    return Guesses(slot=slot, options=options, picks=chance.stream("answer", slot.id).translate(scale))


def _drawn(guesses: Iterable[Guesses]) -> dict[str, Sequence[int]]:
    """Return, by criterion, the points that the answers at random give in every draw."""
    columns: dict[str, Sequence[int]] = {}
    for guess in guesses:
        for id, table in _tables(guess).items():
            drawn = map(table.__getitem__, guess.picks)
            columns[id] = list(map(add, columns[id], drawn) if id in columns else drawn)
    return columns


def _tables(guess: Guesses) -> dict[str, list[int]]:
    """Return, by criterion, the points of each possible answer."""
    points = [_sums(awards(option, guess.slot.keys)) for option in guess.options]
    criteria = sorted({id for option in points for id in option})
    return {id: [option.get(id, 0) for option in points] for id in criteria}


def _sums(*given: Awards) -> dict[str, int]:
    sums: dict[str, int] = {}
    for awarded in given:
        for id, reasons in awarded.items():
            sums[id] = sums.get(id, 0) + sum(reason.points for reason in reasons)
    return sums


@cache
def _powers(doubt: int) -> tuple[int, ...]:
    """Return 256 × 2^(doubt × z) for 256 z spread evenly over -1 … 1, rounded the same everywhere."""
    one = 1 << 64
    step = one << doubt
    for _ in range(7):
        step = isqrt(step * one)  # the 128th root of 2^doubt
    chain = accumulate(
        repeat(step, BYTE - 1), lambda power, factor: power * factor // one, initial=one >> doubt
    )
    return tuple((power * BYTE + one // 2) // one for power in chain)


def _values(
    field: Field, criterion: str, answers: Answers, guesses: Mapping[str, Guesses], chance: Chance
) -> Sequence[int]:
    """Return the values of all frameworks on a criterion in every draw, packed."""
    guess = guesses.get({"scope": "what", "language": "languages"}.get(criterion, ""))
    if guess is None:
        return _column(field, criterion, answers, chance)
    columns = [_column(field, criterion, option, chance) for option in guess.options]
    return [columns[pick][draw] for draw, pick in enumerate(guess.picks)]


def _column(field: Field, criterion: str, answers: Answers, chance: Chance) -> Sequence[int]:
    if criterion == "language":  # which is known, not judged
        return [pack([STEP * level(entry, criterion, answers) for entry in field])] * chance.draws
    return _packed([_noisy(entry, criterion, answers, chance) for entry in field])


def _noisy(entry: Entry, criterion: str, answers: Answers, chance: Chance) -> bytes:
    """Return a framework's value on a criterion in every draw, in units of 1/25 level."""
    noise = chance.stream("level", entry.framework.id, criterion).translate(
        _offsets(spread(entry, criterion))
    )
    centre = level(entry, criterion, answers) * STEP
    noisy = noise.translate(CLAMPED[centre : centre + BYTE])
    wanted = target(answers) if criterion == "scope" else None
    return noisy if wanted is None else noisy.translate(_distances(wanted))


@cache
def _offsets(width: int) -> bytes:
    """Return by how many units each byte moves a level: up to ``width`` levels, around half the scale."""
    return bytes(
        TOP * STEP // 2 + (2 * byte - (BYTE - 1)) * STEP * width // (BYTE - 1) for byte in range(BYTE)
    )


@cache
def _distances(wanted: int) -> bytes:
    return bytes(TOP * STEP - min(TOP * STEP, abs(units - wanted * STEP)) for units in range(BYTE))


def _packed(columns: Sequence[bytes]) -> list[int]:
    """Pack one value of each framework into one integer a draw."""
    width = LANE * len(columns)
    memory = bytearray(width * len(columns[0]))
    for lane, column in enumerate(columns):
        memory[lane * LANE :: width] = column
    draws = chain.from_iterable(iter_unpack(f"{width}s", memory))
    order: Literal["little"] = "little"
    return list(map(int.from_bytes, draws, repeat(order)))


def _first(total: Sequence[int], places: Places) -> dict[int, float]:
    lanes = Struct(f"<{len(places)}I")
    rows = [lanes.unpack(packed.to_bytes(lanes.size, "little")) for packed in total]
    winners = list(map(tuple.index, rows, map(max, rows)))
    return {place: winners.count(lane) / len(rows) for lane, place in enumerate(places)}


def _beats_leader(total: Sequence[int], places: Places) -> dict[int, float]:
    """Count, in all lanes at once: the top bit of a lane stays set where it is above the leader's.

    Votes stay below half of what a lane holds, so no lane borrows from the next.
    """
    ones = pack([1] * len(places))
    top = ones << LANE_BITS - 1
    counts = sum(
        ((packed | top) - ((packed & LANE_MASK) + 1) * ones) >> LANE_BITS - 1 & ones for packed in total
    )
    return {
        place: count / len(total) for place, count in zip(places, unpack(counts, len(places)), strict=True)
    }
