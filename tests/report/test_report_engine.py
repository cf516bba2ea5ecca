"""Reports of what the engine really answers: the shape holds for every kind of project."""

import json
from fractions import Fraction
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from scaffold.catalog import load_frameworks, load_knowledge
from scaffold.interview.questions import QUESTIONS
from scaffold.recommend import recommend
from scaffold.report import FORMATS, decision_record, objects, render, what_if, why, why_not
from scaffold.report.text import COLUMNS, LINES, width

SCHEMA = json.loads(
    (Path(objects.__file__).parent.parent / "schemas" / "recommendation.schema.json").read_text(
        encoding="utf-8"
    )
)
PROFILES = {
    "shop": {
        "what": ("site", "saas"),
        "languages": ("python", "javascript"),
        "language_policy": "prefer",
        "experience": "some",
        "team": "small",
        "deadline": "months",
        "screens": "server",
        "live": "nice",
        "admin": "must",
        "traffic": "ordinary",
        "data": "sql",
        "hosting": "container",
        "sensitivity": "sensitive",
        "background": "needed",
        "priorities": ("fast-to-build", "security", "long-support"),
    },
    "fast": {"what": ("api",), "traffic": "high", "screens": "none", "priorities": ("raw-speed",)},
    "chat": {"what": ("realtime",), "languages": ("javascript",), "live": "must", "data": "mongodb"},
    "tiny": {"what": ("tiny",), "languages": ("python",), "language_policy": "only", "deadline": "days"},
    "contradictory": {
        "what": ("tiny", "saas"),
        "languages": ("rust", "java"),
        "team": "large",
        "deadline": "days",
        "hosting": "shared",
        "live": "nice",
    },
    "impossible": {
        "what": ("site",),
        "languages": ("ruby",),
        "language_policy": "only",
        "hosting": "windows",
    },
    "unknown": {"deadline": "days"},
}


@pytest.fixture(scope="module")
def catalogue():
    return load_frameworks(), load_knowledge()


@pytest.fixture(params=PROFILES)
def answer(request, catalogue):
    frameworks, knowledge = catalogue
    return recommend(
        PROFILES[request.param], frameworks=frameworks, knowledge=knowledge, questions=QUESTIONS, draws=200
    )


def written(answer, catalogue, format, explain=None):
    frameworks, knowledge = catalogue
    return render(
        answer, format, questions=QUESTIONS, frameworks=frameworks, knowledge=knowledge, explain=explain
    )


def test_the_short_report_fits_a_terminal(answer, catalogue):
    report = written(answer, catalogue, "text")
    assert report.count("\n") <= LINES
    assert max(width(row) for row in report.split("\n")) <= COLUMNS


def test_json_follows_the_schema_and_sums_exactly(answer, catalogue):
    document = json.loads(written(answer, catalogue, "json"))
    Draft202012Validator(SCHEMA).validate(document)
    for candidate in document["ranking"]:
        terms = [Fraction(term["contribution_exact"]) for term in candidate["contributions"]]
        assert sum(terms) == Fraction(candidate["score_exact"])


def test_every_format_names_every_framework(answer, catalogue):
    entries = (*answer.ranking, *answer.eliminated)
    for format in FORMATS:
        report = " ".join(written(answer, catalogue, format, "full").split())
        assert all(word in report for entry in entries for word in entry.name.split())


def test_no_id_stands_where_a_person_reads(answer, catalogue):
    report = written(answer, catalogue, "text", "table")
    assert not {"language_policy", "back-office", "fast-to-build", "javascript"} & set(report.split())


def test_every_view_and_record_can_be_made(answer, catalogue):
    frameworks, _ = catalogue
    for entry in (*answer.ranking, *answer.eliminated):
        for view in (why, why_not):
            assert entry.name in " ".join(view(answer, entry.id, questions=QUESTIONS).split())
        record = decision_record(answer, entry.id, questions=QUESTIONS, frameworks=frameworks)
        assert record.startswith(f"# 1. Use {entry.name}\n")
    assert what_if(answer, answer, questions=QUESTIONS)
