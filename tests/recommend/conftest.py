"""Frameworks and answers to recommend from: made up for the properties, real for the decisions."""

from dataclasses import dataclass
from datetime import date
from functools import partial

import pytest
from hypothesis import strategies as st

from scaffold.catalog import load_frameworks, load_knowledge
from scaffold.interview.questions import QUESTIONS
from scaffold.model.framework import Framework
from scaffold.model.knowledge import Evidence, Fact, Knowledge, Level
from scaffold.recommend import recommend
from scaffold.recommend.criteria import CRITERIA

DAY = date(2026, 11, 22)
EVIDENCE = (Evidence(source="TEST", locator="", as_of=DAY),)
LANGUAGES = ("javascript", "python", "php", "ruby", "csharp", "go")
LEVELLED = tuple(criterion.id for criterion in CRITERIA if criterion.id != "language")
FACTS = {
    "sql": ("included", "first-party", "partial", "third-party", "none"),
    "mongodb": ("included", "third-party", "none"),
    "admin": ("included", "third-party", "none"),
    "push": ("included", "third-party", "none"),
    "routing": ("included", "none"),
    "windows": ("supported", "caveat", "discouraged"),
}


@dataclass(frozen=True)
class World:
    """Some frameworks and what is known of them."""

    frameworks: dict[str, Framework]
    knowledge: dict[str, Knowledge]

    def without(self, *ids):
        return World(
            {id: framework for id, framework in self.frameworks.items() if id not in ids},
            {id: known for id, known in self.knowledge.items() if id not in ids},
        )

    def joined(self, other):
        return World(self.frameworks | other.frameworks, self.knowledge | other.knowledge)

    def recommend(self, answers, draws=10):
        return recommend(
            answers,
            frameworks=self.frameworks,
            knowledge=self.knowledge,
            questions=QUESTIONS,
            draws=draws,
        )


def make_world(  # noqa: PLR0913 - one argument for each thing that a test varies
    id, levels=None, facts=None, *, language="python", kind="full-stack", grade="B", notes=None
):
    """Return a world of one framework; what is not said is middling and allowed."""
    levels = dict.fromkeys(LEVELLED, 5) | (levels or {})
    facts = {name: values[0] for name, values in FACTS.items()} | (facts or {})
    framework = Framework(
        id=id,
        name=id.title(),
        language=language,
        kind=kind,
        summary="",
        homepage="",
        release="1.0",
        released=DAY,
        supported_until=None,
        support="",
        checked_on=DAY,
        source="",
        starter=None,
    )
    knowledge = Knowledge(
        id=id,
        facts={
            name: Fact(id=name, value=value, note=(notes or {}).get(name, ""), evidence=EVIDENCE)
            for name, value in facts.items()
        },
        levels={
            criterion: Level(
                criterion=criterion,
                level=level,
                rule="judgement",
                inputs=(),
                grade=grade,
                evidence=EVIDENCE,
                expires_on=date(2027, 11, 22),
            )
            for criterion, level in levels.items()
            if level is not None
        },
        claims=(),
    )
    return World({id: framework}, {id: knowledge})


def make_worlds(columns):
    world = World({}, {})
    for id, (levels, facts, language) in columns.items():
        world = world.joined(make_world(id, levels, facts, language=language))
    return world


# Levels and facts are read from bytes, which hypothesis draws far faster than so many numbers.
COLUMNS = st.tuples(
    st.binary(min_size=len(LEVELLED), max_size=len(LEVELLED)).map(
        lambda drawn: {criterion: byte % 11 for criterion, byte in zip(LEVELLED, drawn, strict=True)}
    ),
    st.binary(min_size=len(FACTS), max_size=len(FACTS)).map(
        lambda drawn: {
            name: values[byte % len(values)]
            for (name, values), byte in zip(FACTS.items(), drawn, strict=True)
        }
    ),
    st.sampled_from(LANGUAGES),
)
WORLDS = st.lists(COLUMNS, min_size=1, max_size=5).map(
    lambda columns: make_worlds(dict(zip(("b", "ab", "a", "c", "ca"), columns, strict=False)))
)


def answers_to(question):
    values = [choice.value for choice in question.choices]
    if question.kind == "single":
        return st.sampled_from(values)
    several = st.lists(st.sampled_from(values), min_size=1, max_size=min(3, question.limit), unique=True)
    return several.map(tuple)


ANSWERS = st.fixed_dictionaries({}, optional={question.id: answers_to(question) for question in QUESTIONS})


@dataclass(frozen=True)
class Strategies:
    """What hypothesis draws from."""

    worlds: st.SearchStrategy[World]
    columns: st.SearchStrategy[tuple]
    answers: st.SearchStrategy[dict]
    # With little ruled out, so that there is a ranking to look at.
    open_answers: st.SearchStrategy[dict]


@pytest.fixture(scope="session")
def drawn():
    """Strategies for worlds and answers."""
    ruled = ("language_policy", "live", "admin", "data", "hosting", "screens", "sensitivity")
    free = {question.id: answers_to(question) for question in QUESTIONS if question.id not in ruled}
    required = {"what": free.pop("what"), "team": free.pop("team"), "deadline": free.pop("deadline")}
    return Strategies(
        worlds=WORLDS,
        columns=COLUMNS,
        answers=ANSWERS,
        open_answers=st.fixed_dictionaries(required, optional=free),
    )


@pytest.fixture(scope="session")
def one():
    """Make a world of one framework."""
    return make_world


@pytest.fixture(scope="session")
def worlds_of():
    """Make a world of columns: id to levels, facts and language."""
    return make_worlds


@pytest.fixture(scope="session")
def catalogue():
    """The world of all frameworks in this repository."""
    return World(dict(load_frameworks()), dict(load_knowledge()))


@pytest.fixture(scope="session")
def ask(catalogue):
    """Recommend from the whole catalogue."""
    return partial(catalogue.recommend)
