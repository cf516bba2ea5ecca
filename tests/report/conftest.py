"""Reports of what the engine really answers, one for each status."""

import os
from datetime import date
from pathlib import Path

import pytest

from scaffold.catalog import load_frameworks, load_knowledge, load_languages
from scaffold.interview.questions import QUESTIONS
from scaffold.recommend import recommend
from scaffold.report import Reporter

TODAY = date(2026, 11, 27)
PROFILES = {
    "ok": {
        "what": ("back-office",),
        "languages": ("javascript", "python"),
        "admin": "must",
        "deadline": "days",
        "data": "sql",
    },
    "tie": {
        "what": ("api",),
        "languages": ("java",),
        "team": "large",
        "sensitivity": "sensitive",
        "house": ("django",),
        "hosting": "serverless",
        "background": "needed",
    },
    "infeasible": {
        "what": ("site",),
        "languages": ("javascript",),
        "language_policy": "only",
        "hosting": "shared",
        "live": "nice",
        "team": "alone",
    },
    "insufficient": {"deadline": "days"},
    "sole": {"what": ("api",), "languages": ("csharp",), "language_policy": "only", "team": "small"},
    "unmet": {
        "what": ("back-office",),
        "languages": ("javascript",),
        "language_policy": "only",
        "admin": "must",
        "team": "small",
        "lifetime": "long",
    },
}


@pytest.fixture(scope="session")
def advise():
    """Recommend from the whole catalog, on a day that is handed in."""

    def answer(answers, today=TODAY, knowledge=None, frameworks=None):
        return recommend(
            answers,
            frameworks=frameworks or load_frameworks(),
            knowledge=knowledge or load_knowledge(),
            languages=load_languages(),
            questions=QUESTIONS,
            today=today,
        )

    return answer


@pytest.fixture(scope="session")
def every(advise):
    """Give a recommendation for each profile."""
    return {name: advise(answers) for name, answers in PROFILES.items()}


@pytest.fixture(scope="session")
def reporter():
    """Make the writer of reports in a format."""

    def make(format="text", **more):
        known = {"frameworks": load_frameworks(), "knowledge": load_knowledge()}
        return Reporter(**{"questions": QUESTIONS, "format": format, **known, **more})

    return make


@pytest.fixture
def golden():
    """Compare with a file that a person has read; GOLDEN=write writes it anew, to be read again."""

    def compare(name, text):
        path = Path(__file__).with_name("golden") / name
        if os.environ.get("GOLDEN") == "write":
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        assert text == path.read_text(encoding="utf-8")

    return compare
