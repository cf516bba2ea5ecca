"""The engine with plain values, for measuring it: any program that ranks can be measured in its place.

``IDS`` and ``LEVEL`` are read at every call, so that a program that measures from outside can change them, as
it can look at the lines of a bill with ``score``.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from scaffold.catalog import load_frameworks, load_knowledge, load_languages
from scaffold.interview.questions import QUESTIONS
from scaffold.recommend import order as engine_order
from scaffold.recommend import recommend as engine_recommend
from scaffold.recommend.engine import canonical
from scaffold.recommend.field import make_field
from scaffold.recommend.scoring import Case
from scaffold.recommend.scoring import score as engine_score

TODAY = date(2026, 11, 27)
FRAMEWORKS, KNOWLEDGE, LANGUAGES = load_frameworks(), load_knowledge(), load_languages()
IDS = list(KNOWLEDGE)
LEVEL = {(level.criterion, id): level.level for id in IDS for level in KNOWLEDGE[id].levels.values()}
_found: dict[str, Any] = {"levels": None}


def recommend(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return the recommendation as names and numbers; costs are points."""
    found = engine_recommend(
        _values(answers),
        frameworks=FRAMEWORKS,
        knowledge=_knowledge(),
        languages=LANGUAGES,
        questions=QUESTIONS,
        today=TODAY,
    )
    shown = [each for each in found.ranking if each.id in IDS]
    return {
        "status": found.status,
        "ranking": [each.id for each in shown],
        "bills": {each.id: each.bill / 10 for each in shown},
        "confidence": found.confidence.label,
        "equal": [each.id for each in shown[1:] if each.equal],
        "eliminated": {each.id: list(each.breaks) for each in shown if each.breaks},
        "decided_by": [(lead.question, lead.answer, lead.tenths / 10) for lead in found.decided_by],
        "conflicts": [
            {
                "kind": conflict.kind,
                "want": conflict.want,
                "against": list(conflict.against),
                "firm": conflict.firm,
                "ways": [
                    (way.text, way.first, way.saves / 10, way.answers)
                    for way in conflict.ways
                    if way.answers is not None
                ],
            }
            for conflict in found.conflicts
        ],
        "ask_next": [(ask.question, ask.value) for ask in found.ask_next],
    }


def order(answers: Mapping[str, Any]) -> list[str]:
    """Return the ids, the first in front."""
    return [id for id in engine_order(_values(answers), _field(), QUESTIONS) if id in IDS]


def score(answers: Mapping[str, Any], id: str) -> tuple[Any, ...]:
    """Return the terms of one bill."""
    field = _field()
    return engine_score(Case(canonical(_values(answers), QUESTIONS), field), field.entries[id])


def _values(answers: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in answers.items()}


def _knowledge() -> dict[str, Any]:
    return {
        id: replace(
            known, levels={name: replace(each, level=LEVEL[name, id]) for name, each in known.levels.items()}
        )
        for id, known in KNOWLEDGE.items()
    }


def _field() -> Any:  # noqa: ANN401 - the engine's own
    if _found["levels"] != LEVEL:
        _found.update(levels=dict(LEVEL), field=make_field(FRAMEWORKS, _knowledge(), LANGUAGES, TODAY))
    return _found["field"]
