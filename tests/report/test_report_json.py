"""JSON reports: every value of the recommendation, exact, and as the published schema says."""

import json
from dataclasses import fields, replace
from fractions import Fraction
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from scaffold.model import recommendation as model
from scaffold.model.knowledge import Evidence, Level
from scaffold.report import objects, what_if, why, why_not

STATUSES = ("ok", "tie", "infeasible", "insufficient")
SCHEMA = json.loads(
    (Path(objects.__file__).parent.parent / "schemas" / "recommendation.schema.json").read_text(
        encoding="utf-8"
    )
)
VALUES = {
    "because": model.Because,
    "contribution": model.Contribution,
    "watchout": model.Watchout,
    "candidate": model.Candidate,
    "violation": model.Violation,
    "elimination": model.Elimination,
    "gap": model.Gap,
    "contrast": model.Contrast,
    "confidence": model.Confidence,
    "change": model.Change,
    "answer_flip": model.AnswerFlip,
    "weight_flip": model.WeightFlip,
    "ask_next": model.AskNext,
    "regret": model.Regret,
    "relaxation": model.Relaxation,
    "archetype": model.Archetype,
    "evidence": Evidence,
    "level": Level,
}


def refuse_twins(pairs):
    assert len(dict(pairs)) == len(pairs)
    return dict(pairs)


def validated(text, definition=None):
    document = json.loads(text, object_pairs_hook=refuse_twins)
    view = {"$schema": SCHEMA["$schema"], "$ref": f"#/$defs/{definition}", "$defs": SCHEMA["$defs"]}
    schema = view if definition else SCHEMA
    Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER).validate(document)
    return document


def objects(schema):
    """Find every object in the schema."""
    if isinstance(schema, dict):
        if schema.get("type") == "object":
            yield schema
        schema = list(schema.values())
    if isinstance(schema, list):
        for part in schema:
            yield from objects(part)


def test_the_schema_is_a_schema():
    Draft202012Validator.check_schema(SCHEMA)


def test_no_object_takes_keys_that_the_schema_does_not_name():
    maps = [found for found in objects(SCHEMA) if found["additionalProperties"] is not False]
    assert maps == [{"type": "object", "additionalProperties": {"$ref": "#/$defs/value"}}]


def test_every_key_is_always_there():
    closed = [found for found in objects(SCHEMA) if "properties" in found]
    assert len(closed) > len(VALUES)
    assert all(found["required"] == list(found["properties"]) for found in closed)


@pytest.mark.parametrize("name", VALUES)
def test_the_schema_names_exactly_the_fields_of_the_value(name):
    named = [key for key in SCHEMA["$defs"][name]["properties"] if not key.endswith("_exact")]
    assert named == [field.name for field in fields(VALUES[name])]


def test_the_report_has_every_field_of_the_recommendation():
    assert {field.name for field in fields(model.Recommendation)} < set(SCHEMA["properties"])


@pytest.mark.parametrize("status", STATUSES)
def test_json_follows_the_schema(written, status):
    assert validated(written(status, "json"))["status"] == status


@pytest.mark.parametrize("change", [{"more": 1}, {"status": "fine"}, {"schema": "scaffold.recommendation/2"}])
def test_the_schema_refuses_other_documents(written, change):
    document = json.loads(written("ok", "json")) | change
    assert not Draft202012Validator(SCHEMA).is_valid(document)


@pytest.mark.parametrize("status", STATUSES)
def test_json_is_the_same_at_every_level_of_detail(written, status):
    assert written(status, "json", "brief") == written(status, "json", "full")


@pytest.mark.parametrize("status", STATUSES)
def test_json_is_as_reviewed(written, golden, status):
    golden(f"{status}.json", written(status, "json"))


def test_contributions_sum_to_the_score_exactly(written):
    for candidate in json.loads(written("ok", "json"))["ranking"]:
        terms = [Fraction(term["contribution_exact"]) for term in candidate["contributions"]]
        assert sum(terms) == Fraction(candidate["score_exact"])
        assert candidate["score"] == pytest.approx(float(sum(terms)), abs=5e-5)


def test_sources_sum_to_the_points(written):
    for candidate in json.loads(written("ok", "json"))["ranking"]:
        for term in candidate["contributions"]:
            assert sum(because["points"] for because in term["because"]) == term["points"]


def test_evidence_is_dated(written):
    evidence = json.loads(written("ok", "json"))["evidence"]
    assert [entry["id"] for entry in evidence] == ["django", "laravel", "go"]
    dates = {
        source["as_of"] for entry in evidence for level in entry["levels"] for source in level["evidence"]
    }
    assert dates == {"2026-11-20"}


def test_the_template_is_the_first_of_the_top_group_that_has_one(every, written):
    assert json.loads(written("tie", "json"))["template"] == {
        "id": "django",
        "command": "scaffold new my-project --template django",
    }
    assert json.loads(written("infeasible", "json"))["template"] is None
    first, second, third = every["tie"].ranking
    every["tie"] = replace(every["tie"], ranking=(replace(first, has_starter=False), second, third))
    assert json.loads(written("tie", "json"))["template"]["id"] == "laravel"


@pytest.mark.parametrize("framework", ["django", "go", "meteor"])
@pytest.mark.parametrize(("view", "name"), [(why, "why"), (why_not, "why_not")])
def test_views_follow_the_schema(ok, view, name, framework):
    assert validated(view(ok, framework, "json"), name)["id"] == framework


@pytest.mark.parametrize("status", STATUSES)
def test_a_comparison_follows_the_schema(every, status):
    document = validated(what_if(every["ok"], every[status], "json"), "what_if")
    assert document["after"]["status"] == status
