"""The recommendation as JSON: the same values under the same names, as `recommendation.schema.json` says.

An exact number appears twice: rounded to four places, and without loss as
``<name>_exact``, a string ``numerator/denominator``.
"""

import json
from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from fractions import Fraction
from functools import cache

from scaffold.model.framework import Framework
from scaffold.model.knowledge import Knowledge
from scaffold.model.recommendation import Recommendation
from scaffold.report.reasons import starter_command, starter_id

SCHEMA = "scaffold.recommendation/1"
_FRAMEWORK = (
    "id",
    "name",
    "language",
    "kind",
    "summary",
    "homepage",
    "release",
    "released",
    "supported_until",
    "support",
    "checked_on",
    "source",
)


def to_json(document: object) -> str:
    """Return one JSON document; the same values give the same bytes."""
    return json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def recommendation_object(
    recommendation: Recommendation,
    frameworks: Mapping[str, Framework],
    knowledge: Mapping[str, Knowledge] | None,
) -> dict[str, object]:
    """Return the whole recommendation, with the facts and evidence it rests on."""
    ranked = [candidate.id for candidate in recommendation.ranking]
    shown = [*ranked, *(elimination.id for elimination in recommendation.eliminated)]
    return {
        "schema": SCHEMA,
        **plain_object(recommendation),
        "frameworks": [_framework(frameworks[id]) for id in shown if id in frameworks],
        "evidence": [
            {"id": id, "levels": as_json(tuple(knowledge[id].levels.values()))}
            for id in ranked
            if knowledge and id in knowledge
        ],
        "template": _template(recommendation),
    }


def _framework(framework: Framework) -> dict[str, object]:
    return {name: as_json(getattr(framework, name)) for name in _FRAMEWORK}


def _template(recommendation: Recommendation) -> dict[str, str] | None:
    if recommendation.status not in {"ok", "tie"} or not starter_id(recommendation):
        return None
    return {"id": starter_id(recommendation), "command": starter_command(recommendation)}


def plain_object(value: object) -> dict[str, object]:
    """Return a frozen value as an object with the same keys; fractions appear rounded and exact."""
    found: dict[str, object] = {}
    for name in _names(type(value)):  # type: ignore[arg-type]  # a class is hashable
        part = getattr(value, name)
        found[name] = as_json(part)
        if isinstance(part, Fraction):
            found[f"{name}_exact"] = f"{part.numerator}/{part.denominator}"
    return found


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def as_json(value: object) -> object:
    """Return a value as JSON has it."""
    match value:
        case None | str() | bool() | int() | float():
            return value
        case tuple():
            return [as_json(part) for part in value]
        case Fraction():
            return float(round(value, 4))
        case date():
            return value.isoformat()
        case Mapping():
            return {str(key): as_json(part) for key, part in value.items()}
        case _:
            return plain_object(value)
