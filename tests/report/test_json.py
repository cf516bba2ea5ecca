"""JSON reports: every value of the recommendation, and as the published schema says."""

import json
from dataclasses import fields
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

import scaffold
from scaffold.catalog import load_knowledge
from scaffold.model import recommendation as model
from scaffold.model.knowledge import Evidence, Level

PROFILES = ("ok", "tie", "infeasible", "insufficient", "sole", "unmet")
SCHEMA = json.loads(
    (Path(scaffold.__file__).parent / "schemas" / "recommendation.schema.json").read_text(encoding="utf-8")
)
VALUES = {
    "candidate": model.Candidate,
    "lead": model.Lead,
    "way_out": model.WayOut,
    "conflict": model.Conflict,
    "confidence": model.Confidence,
    "change": model.Change,
    "answer_flip": model.AnswerFlip,
    "price_flip": model.PriceFlip,
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


def closed(schema):
    """Find every object in the schema that names its keys."""
    if isinstance(schema, dict):
        if "properties" in schema and schema.get("type") == "object":
            yield schema
        schema = list(schema.values())
    if isinstance(schema, list):
        for part in schema:
            yield from closed(part)


def test_every_object_is_closed_and_complete():
    Draft202012Validator.check_schema(SCHEMA)
    for found in closed(SCHEMA):
        assert found["additionalProperties"] is False
        assert found["required"] == list(found["properties"])


@pytest.mark.parametrize("name", VALUES)
def test_the_schema_names_exactly_the_fields_of_the_value(name):
    more = ["score"] if name == "candidate" else []
    assert list(SCHEMA["$defs"][name]["properties"]) == [field.name for field in fields(VALUES[name])] + more


def test_the_report_has_every_field_of_the_recommendation():
    assert {field.name for field in fields(model.Recommendation)} < set(SCHEMA["properties"])


@pytest.mark.parametrize("profile", PROFILES)
def test_json_follows_the_schema_and_every_bill_is_the_sum_of_its_terms(every, reporter, profile):
    document = validated(reporter("json").report(every[profile]))
    assert document["status"] == every[profile].status
    for candidate in document["ranking"]:
        assert sum(term["cost"] for term in candidate["terms"]) == candidate["bill"]
        assert all(t["cost"] == t["price"] * t["shortfall"] - t["spared"] for t in candidate["terms"])


@pytest.mark.parametrize("change", [{"more": 1}, {"status": "fine"}, {"schema": "scaffold.recommendation/2"}])
def test_the_schema_refuses_other_documents(every, reporter, change):
    document = json.loads(reporter("json").report(every["ok"])) | change
    assert not Draft202012Validator(SCHEMA).is_valid(document)


def test_json_is_the_same_at_every_level_of_detail(every, reporter):
    json_reporter = reporter("json")
    assert json_reporter.report(every["ok"], "brief") == json_reporter.report(every["ok"], "full")


@pytest.mark.parametrize("framework", ["django", "go", "meteor"])
def test_why_follows_the_schema(every, reporter, framework):
    document = validated(reporter("json").why(every["sole"], framework), "why")
    assert document["candidate"]["id"] == framework


def test_compare_and_what_if_follow_the_schema(advise, every, reporter):
    two = {id: load_knowledge()[id] for id in ("rails", "laravel")}
    validated(reporter("json").compare(advise(every["ok"].answers, knowledge=two)), "compare")
    document = validated(reporter("json").what_if(every["ok"], every["infeasible"]), "what_if")
    assert document["after"]["status"] == "infeasible"


def test_the_template_is_the_first_where_it_has_a_starter(every, reporter):
    documents = {name: json.loads(reporter("json").report(found)) for name, found in every.items()}
    assert documents["ok"]["template"]["id"] == "django"
    assert documents["infeasible"]["template"] is None
    assert documents["insufficient"]["template"] is None
