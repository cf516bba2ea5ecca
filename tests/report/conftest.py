"""Recommendations made by hand, one of each status, and golden files.

`pytest tests/report --regenerate` writes the golden files anew; read the diff before committing it.
"""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from scaffold.interview.questions import QUESTIONS
from scaffold.model.framework import Framework
from scaffold.model.knowledge import Evidence, Knowledge, Level
from scaffold.model.recommendation import (
    AnswerFlip,
    Archetype,
    AskNext,
    Because,
    Candidate,
    Change,
    Confidence,
    Contrast,
    Contribution,
    Elimination,
    Gap,
    Recommendation,
    Regret,
    Relaxation,
    Violation,
    Watchout,
    WeightFlip,
)
from scaffold.report import render

GOLDEN = Path(__file__).with_name("golden")
BECAUSE = {
    "pages": (Because(question="what", answer="site", points=12),),
    "admin": (Because(question="admin", answer="nice", points=9),),
    "security": (
        Because(question="base", answer="", points=3),
        Because(question="sensitivity", answer="sensitive", points=12),
    ),
    "throughput": (Because(question="traffic", answer="busy", points=5),),
}
LEVELS = {
    "django": {"pages": 10, "admin": 10, "security": 10, "throughput": 2},
    "laravel": {"pages": 10, "admin": 6, "security": 9, "throughput": 1},
    "go": {"pages": 4, "admin": 0, "security": 5, "throughput": 8},
}
NAMES = {"django": "Django", "laravel": "Laravel", "go": "Go", "meteor": "Meteor"}
FACTS = {
    "django": ("python", "full-stack", "6.1.3", date(2026, 11, 3), date(2027, 12, 31)),
    "laravel": ("php", "full-stack", "13.2.0", date(2026, 11, 10), date(2028, 3, 17)),
    "go": ("go", "standard-library", "1.27.1", None, None),
    "meteor": ("javascript", "full-stack", "3.5.2", date(2026, 9, 10), None),
}


def pytest_addoption(parser):
    parser.addoption("--regenerate", action="store_true", help="write the golden reports anew")


@pytest.fixture
def golden(request):
    """Compare a report with its golden file, or write that file."""

    def check(name, report):
        path = GOLDEN / name
        if request.config.getoption("--regenerate", default=False):
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(report.encode())
        assert path.read_bytes().decode() == report

    return check


def contributions(levels):
    points = {criterion: sum(because.points for because in why) for criterion, why in BECAUSE.items()}
    total = sum(points.values())
    return tuple(
        Contribution(
            criterion=criterion,
            points=points[criterion],
            weight=Fraction(points[criterion], total),
            level=level,
            value=Fraction(level, 10),
            contribution=Fraction(10 * points[criterion] * level, total),
            because=BECAUSE[criterion],
        )
        for criterion, level in levels.items()
    )


def candidate(id, rank, share, **changes):
    terms = contributions(LEVELS[id])
    made = Candidate(
        id=id,
        name=NAMES[id],
        rank=rank,
        score=sum((term.contribution for term in terms), start=Fraction(0)),
        in_top_group=rank == 1,
        first_share=share,
        beats_first_share=0.5 if rank == 1 else share,
        has_starter=id != "go",
        addons=("Filament for the admin",) if id == "laravel" else (),
        watchouts=(Watchout(criterion="throughput", level=2, text="it answers few requests per machine"),),
        contributions=terms,
    )
    return replace(made, **changes)


def gap(id, criterion, versus, text=""):
    first, second = (
        {term.criterion: term.contribution for term in contributions(LEVELS[one])} for one in (id, versus)
    )
    return Gap(criterion=criterion, gap=first[criterion] - second[criterion], versus=versus, text=text)


METEOR = Elimination(
    id="meteor",
    name="Meteor",
    violations=(
        Violation(
            constraint="an SQL database",
            question="data",
            answer="sql",
            fact="Meteor works with MongoDB only",
        ),
    ),
)


@pytest.fixture
def ok():
    """Django first, Laravel and Go behind, Meteor left out."""
    return Recommendation(
        status="ok",
        answers={
            "what": ("site",),
            "admin": "nice",
            "traffic": "busy",
            "data": "sql",
            "sensitivity": "sensitive",
            "priorities": ("security", "small"),
        },
        skipped=("hosting", "team"),
        ranking=(candidate("django", 1, 0.86), candidate("laravel", 2, 0.138), candidate("go", 3, 0.002)),
        eliminated=(METEOR,),
        decided_by=(
            gap("django", "admin", "laravel", "screens to manage the data are there from the start"),
            gap("django", "security", "laravel", "the usual protection is there and on by default"),
        ),
        against=(gap("django", "throughput", "go", "it answers few requests per machine"),),
        consequences=(
            "You get logins, an admin and migrations on day one",
            "You get pages, forms and sessions that work together",
            "You will add WebSockets yourself",
        ),
        contrasts=(
            Contrast(
                id="laravel",
                pros=(),
                cons=(gap("laravel", "admin", "django", "screens to manage the data need an add-on"),),
                dominated_by="django",
            ),
            Contrast(
                id="go",
                pros=(gap("go", "throughput", "django", "it answers several times as many requests"),),
                cons=(gap("go", "pages", "django"), gap("go", "admin", "django")),
                dominated_by="",
            ),
        ),
        confidence=Confidence(
            label="high",
            first_share=0.86,
            answered=6,
            applicable=14,
            reasons=("It comes first in 86 % of the readings", "6 of 14 questions were answered"),
        ),
        answer_flips=(
            AnswerFlip(changes=(Change(question="traffic", given="busy", imagined="high"),), winner="go"),
            AnswerFlip(
                changes=(
                    Change(question="data", given="sql", imagined="mongodb"),
                    Change(question="admin", given="nice", imagined=()),
                ),
                winner="",
            ),
        ),
        weight_flips=(WeightFlip(criterion="throughput", points=5, needed=Fraction(61, 2), winner="go"),),
        ask_next=(AskNext(question="hosting", value=0.31), AskNext(question="team", value=0.04)),
        regret=Regret(
            points=Fraction(17, 4),
            worst_case=(Change(question="hosting", given=(), imagined="shared"),),
        ),
        relaxations=(),
        archetypes=(),
        notes=("Meteor's starter needs 4 GB of memory",),
        knowledge_as_of=date(2026, 11, 22),
        knowledge_version="1f0c9a2e",
        engine_version="1",
        seed="8a5f10b2c3d4e5f6",
    )


@pytest.fixture
def tie(ok):
    """Django and Laravel are equal."""
    ranking = (ok.ranking[0], replace(ok.ranking[1], in_top_group=True), ok.ranking[2])
    return replace(
        ok,
        status="tie",
        ranking=ranking,
        confidence=replace(ok.confidence, label="medium", first_share=0.58),
    )


@pytest.fixture
def infeasible(ok):
    """Nothing fits: everything breaks a requirement."""
    broken = tuple(
        Elimination(
            id=id,
            name=NAMES[id],
            violations=(
                Violation(
                    constraint="staying with Ruby",
                    question="language_policy",
                    answer="only",
                    fact=f"{NAMES[id]} is written in another language",
                ),
            ),
        )
        for id in ("django", "laravel", "go")
    )
    return replace(
        ok,
        status="infeasible",
        answers={"languages": ("ruby",), "language_policy": "only", "data": "sql"},
        ranking=(),
        eliminated=(*broken, METEOR),
        decided_by=(),
        against=(),
        consequences=(),
        contrasts=(),
        confidence=Confidence(label="none", first_share=0.0, answered=3, applicable=14, reasons=()),
        answer_flips=(),
        weight_flips=(),
        regret=None,
        relaxations=(
            Relaxation(
                drop=("staying with Ruby",),
                opens=("django", "laravel", "go"),
                best="django",
                score=Fraction(174, 2),
            ),
            Relaxation(
                drop=("staying with Ruby", "an SQL database"),
                opens=("meteor",),
                best="meteor",
                score=Fraction(101, 3),
            ),
        ),
        notes=(),
    )


@pytest.fixture
def insufficient(infeasible):
    """Too little was answered."""
    return replace(
        infeasible,
        status="insufficient",
        answers={"deadline": "days"},
        eliminated=(),
        confidence=Confidence(label="none", first_share=0.0, answered=1, applicable=14, reasons=()),
        ask_next=(AskNext(question="what", value=0.71), AskNext(question="languages", value=0.66)),
        relaxations=(),
        archetypes=(
            Archetype(
                name="Everything included",
                text="You start with pages, logins and an admin.",
                ids=("django", "laravel"),
            ),
            Archetype(name="Small", text="You start with little and choose each part.", ids=("go",)),
        ),
    )


@pytest.fixture
def every(ok, tie, infeasible, insufficient):
    """One recommendation of each status."""
    return {one.status: one for one in (ok, tie, infeasible, insufficient)}


@pytest.fixture
def names():
    """Give the names of the four frameworks, by id."""
    return NAMES


@pytest.fixture
def written(every, frameworks, knowledge):
    """Render the recommendation of a status in a format."""

    def write(status, format, explain=None):
        return render(
            every[status],
            format,
            questions=QUESTIONS,
            frameworks=frameworks,
            knowledge=knowledge,
            explain=explain,
        )

    return write


@pytest.fixture
def frameworks():
    """What is known of the four frameworks."""
    return {
        id: Framework(
            id=id,
            name=NAMES[id],
            language=language,
            kind=kind,
            summary=f"{NAMES[id]} in one line",
            homepage=f"https://{id}.example/",
            release=release,
            released=released,
            supported_until=until,
            support="Security fixes for a while",
            checked_on=date(2026, 11, 22),
            source="the project's own release page",
            starter=None,
        )
        for id, (language, kind, release, released, until) in FACTS.items()
    }


@pytest.fixture
def knowledge():
    """Levels of the ranked frameworks, with their evidence."""
    return {
        id: Knowledge(
            id=id,
            facts={},
            levels={
                criterion: Level(
                    criterion=criterion,
                    level=level,
                    rule="counted",
                    inputs=(),
                    grade="B",
                    evidence=(
                        Evidence(
                            source=f"{NAMES[id]} documentation", locator=criterion, as_of=date(2026, 11, 20)
                        ),
                    ),
                    expires_on=date(2027, 11, 20),
                )
                for criterion, level in levels.items()
            },
            claims=(),
        )
        for id, levels in LEVELS.items()
    }
