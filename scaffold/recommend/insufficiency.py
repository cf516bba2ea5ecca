"""Too few answers: kinds of frameworks to look at, and what to answer first."""

from collections.abc import Mapping, Sequence

from scaffold.model.answers import Value
from scaffold.model.recommendation import Archetype, AskNext
from scaffold.recommend.case import Case
from scaffold.recommend.field import Entry, Field
from scaffold.recommend.openness import values_of_asking
from scaffold.recommend.points import UNPLACED, chosen
from scaffold.recommend.tally import Slot

Answers = Mapping[str, Value]

FEWEST_ANSWERS = 3
ESSENTIAL = frozenset({"what", "languages"})
COMPILED = frozenset({"go", "csharp", "java", "cpp", "rust"})


def is_insufficient(slots: Sequence[Slot], answers: Answers) -> bool:
    """Return whether a recommendation would be a confident answer to nothing."""
    named = set(chosen(answers.get("languages"))) - UNPLACED
    answered = sum(slot.is_answered(answers) for slot in slots)
    return answered < FEWEST_ANSWERS or not (chosen(answers.get("what")) or named)


def essentials(case: Case) -> tuple[AskNext, ...]:
    """Return the two open questions to answer first: what is built and in what, then what changes most."""
    asks = values_of_asking(case.tally, case.answers, case.open_slots)
    return tuple(sorted(asks, key=lambda ask: ask.question not in ESSENTIAL)[:2])


def archetypes(field: Field) -> tuple[Archetype, ...]:
    """Return the kinds of frameworks, with their members."""
    compiled = [entry for entry in field if entry.framework.language in COMPILED]
    others = [entry for entry in field if entry not in compiled]
    full = [entry for entry in others if entry.framework.kind == "full-stack"]
    micro = [entry for entry in others if entry.framework.kind == "micro"]
    return (
        _archetype("full-stack", "Brings everything a product needs, and decides much for you", full),
        _archetype("micro", "Brings routing and little else; you choose the rest", micro),
        _archetype("compiled", "Fast and typed: for load, long life and large teams", compiled),
    )


def _archetype(name: str, text: str, entries: Sequence[Entry]) -> Archetype:
    return Archetype(name=name, text=text, ids=tuple(entry.framework.id for entry in entries))
