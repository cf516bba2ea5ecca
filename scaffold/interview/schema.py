"""The JSON Schema of an answers file, made from the questions."""

from collections.abc import Sequence
from typing import Any

from scaffold.interview.former import FORMER, ONCE_UNLIMITED
from scaffold.interview.values import SWITCH
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
    skipped = {"title": "No answer", "enum": [None, ""]}
    return {"title": question.text, "description": question.why, "anyOf": [*_accepted(question), skipped]}


def _accepted(question: Question) -> list[dict[str, Any]]:
    """Return a schema for each way to write an answer, those of earlier versions last."""
    if question.kind == "switch":
        return [{"type": "boolean"}, {"enum": list(SWITCH)}]
    if question.kind == "text":
        return [{"type": "string"}]
    values = [{"const": choice.value, "title": choice.label} for choice in question.choices]
    if question.kind == "single":
        return values + [{"const": value, "deprecated": True} for value in FORMER.get(question.id, ())]
    limit = {} if question.id in ONCE_UNLIMITED else {"maxItems": question.limit}
    word = f"({'|'.join(choice.value for choice in question.choices)})"
    return [
        {"type": "array", "items": {"anyOf": values}, "uniqueItems": True, **limit},
        {"title": "The same, with commas between", "type": "string", "pattern": f"^{word}( *, *{word})*$"},
    ]
