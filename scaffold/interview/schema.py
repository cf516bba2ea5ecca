"""The JSON Schema of an answers file, made from the questions."""

from collections.abc import Sequence
from typing import Any

from scaffold.model.answers import Question


def answers_schema(questions: Sequence[Question], template_ids: Sequence[str]) -> dict[str, Any]:
    """Return the schema: every key is optional, an unknown one is not allowed."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Answers for scaffold",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "template": {"description": "The framework to use, without asking", "enum": list(template_ids)},
            **{question.id: _property(question) for question in questions},
        },
    }


def _property(question: Question) -> dict[str, Any]:
    about = {"title": question.text, "description": question.why}
    values = [{"const": choice.value, "title": choice.label} for choice in question.choices]
    if question.kind == "switch":
        return {**about, "type": "boolean"}
    if question.kind == "text":
        return {**about, "type": "string"}
    if question.kind == "single":
        return {**about, "oneOf": values}
    return {
        **about,
        "type": "array",
        "items": {"oneOf": values},
        "uniqueItems": True,
        "maxItems": question.limit,
    }
