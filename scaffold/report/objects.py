"""The recommendation as JSON: the same values under the same names, as `recommendation.schema.json` says."""

import json
from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from functools import cache
from typing import Any, cast

from scaffold.model.framework import Framework
from scaffold.model.knowledge import Knowledge
from scaffold.model.recommendation import Candidate, Demand, Recommendation, Term
from scaffold.report.reasons import start_command

SCHEMA = "scaffold.recommendation/1"
EVIDENT = 3
_FRAMEWORK = (
    *("id", "name", "language", "kind", "summary", "homepage", "release", "released", "supported_until"),
    *("support", "checked_on", "source"),
)


def to_json(document: object) -> str:
    """Return one JSON document; the same values give the same bytes."""
    return json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def recommendation_object(
    recommendation: Recommendation,
    frameworks: Mapping[str, Framework],
    knowledge: Mapping[str, Knowledge],
    given: str | None = "",
) -> dict[str, object]:
    """Return the whole recommendation, with the levels and evidence that the first three rest on."""
    shown = [candidate.id for candidate in recommendation.ranking]
    command = start_command(recommendation, given)
    return {
        "schema": SCHEMA,
        **plain_object(recommendation),
        "frameworks": [
            {name: as_json(getattr(frameworks[id], name)) for name in _FRAMEWORK}
            for id in shown
            if id in frameworks
        ],
        "evidence": [
            {"id": id, "levels": as_json(tuple(knowledge[id].levels.values()))}
            for id in shown[:EVIDENT]
            if id in knowledge
        ],
        "template": {"id": recommendation.ranking[0].id, "command": command} if command else None,
    }


def plain_object(value: object) -> dict[str, object]:
    """Return a frozen value as an object with the same keys."""
    found = {name: as_json(getattr(value, name)) for name in _names(cast("Any", type(value)))}
    return {**found, "score": value.score} if isinstance(value, Candidate) else found


@cache
def _names(kind: Any) -> tuple[str, ...]:  # noqa: ANN401 - a class
    return tuple(field.name for field in fields(kind))


def as_json(value: object) -> object:  # noqa: PLR0911 - one for each kind
    """Return a value as JSON has it."""
    match value:
        case None | str() | bool() | int():
            return value
        case float():
            return round(value, 4)
        case Term():
            return {**value._asdict(), "cost": value.cost}
        case Demand():
            return value._asdict()
        case tuple():
            return [as_json(part) for part in value]
        case date():
            return value.isoformat()
        case Mapping():
            return {str(key): as_json(part) for key, part in value.items()}
        case _:
            return plain_object(value)
