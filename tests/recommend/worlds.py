"""Frameworks and answers to recommend from: made up for exact sums and properties, real for the decisions."""

from dataclasses import dataclass, replace
from datetime import date

from hypothesis import strategies as st

from scaffold.catalog import load_frameworks, load_knowledge, load_languages
from scaffold.catalog.knowledge import CRITERIA
from scaffold.interview.questions import QUESTIONS
from scaffold.model.answers import Choice
from scaffold.model.framework import Framework
from scaffold.model.knowledge import Knowledge, Level
from scaffold.recommend import recommend
from scaffold.recommend.conflicts import conflicts
from scaffold.recommend.engine import canonical
from scaffold.recommend.field import make_field
from scaffold.recommend.ranking import Ranking
from scaffold.recommend.scoring import Case

DAY = date(2026, 11, 27)
PERFECT = dict.fromkeys(CRITERIA, 10) | {"carries": 0}
KINDS = ("full-stack", "micro", "standard-library", "runtime")
MADE_UP = ("b", "ab", "a", "c", "ca")
SEVERAL = {question.id for question in QUESTIONS if question.kind != "single"}


@dataclass(frozen=True)
class World:
    """Some frameworks and what is known of them."""

    frameworks: dict[str, Framework]
    knowledge: dict[str, Knowledge]

    def __or__(self, other):
        return World(self.frameworks | other.frameworks, self.knowledge | other.knowledge)

    def without(self, id):
        return replace(self, knowledge={key: known for key, known in self.knowledge.items() if key != id})

    def with_level(self, id, criterion, level):
        known = self.knowledge[id]
        levels = {**known.levels, criterion: replace(known.levels[criterion], level=level)}
        return replace(self, knowledge={**self.knowledge, id: replace(known, levels=levels)})

    @property
    def questions(self):
        """The questions of the interview; the house runs some of these frameworks."""
        house = (*(Choice(value=id, label=id) for id in self.frameworks), Choice(value="none", label=""))
        return [each._replace(choices=house) if each.id == "house" else each for each in QUESTIONS]

    def rank(self, answers, today=DAY):
        field = make_field(self.frameworks, self.knowledge, load_languages(), today)
        return Ranking(Case(canonical(answers, self.questions), field))

    def conflicts(self, answers):
        return conflicts(self.rank(answers))

    def recommend(self, answers, today=DAY):
        return recommend(
            answers,
            frameworks=self.frameworks,
            knowledge=self.knowledge,
            languages=load_languages(),
            questions=self.questions,
            today=today,
        )


def one(  # noqa: PLR0913 - one argument for each thing that a test varies
    id, levels=None, *, language="python", kind="micro", grade="B", addon="", windows=True, until=None
):
    """Return a world of one framework that costs nothing but where ``levels`` says so."""
    framework = Framework(
        id=id,
        name=id.title(),
        language=language,
        kind=kind,
        summary="",
        homepage="",
        release="1.0",
        released=DAY,
        supported_until=until,
        support="",
        checked_on=DAY,
        source="",
        windows=windows,
        starter=None,
    )
    known = {
        criterion: Level(
            criterion=criterion,
            level=level,
            grade=grade,
            why="",
            addon=addon,
            facts=(),
            evidence=(),
            checked_on=DAY,
        )
        for criterion, level in (PERFECT | (levels or {})).items()
    }
    return World({id: framework}, {id: Knowledge(id=id, facts={}, levels=known, claims=())})


CATALOG = World(dict(load_frameworks()), dict(load_knowledge()))


def said(**answers):
    """Return answers; several are one text."""
    return {key: tuple(value.split()) if key in SEVERAL else value for key, value in answers.items()}


def answers_to(question):
    values = [choice.value for choice in question.choices]
    if question.id == "house":
        values += MADE_UP
    if question.kind == "single":
        return st.sampled_from(values)
    several = st.lists(st.sampled_from(values), min_size=1, max_size=min(3, question.limit), unique=True)
    return several.map(tuple)


ANSWERS = st.fixed_dictionaries({}, optional={question.id: answers_to(question) for question in QUESTIONS})
_COLUMNS = st.tuples(  # from bytes, which hypothesis draws far faster than so many numbers
    st.binary(min_size=len(CRITERIA), max_size=len(CRITERIA)).map(
        lambda drawn: {criterion: byte % 11 for criterion, byte in zip(CRITERIA, drawn, strict=True)}
    ),
    st.sampled_from(("javascript", "python", "php", "ruby", "csharp", "go")),
    st.sampled_from(KINDS),
    st.sampled_from("ABC"),
    st.booleans(),
)


def _world(columns):
    world = World({}, {})
    for id, (levels, language, kind, grade, windows) in zip(
        ("b", "ab", "a", "c", "ca"), columns, strict=False
    ):
        world |= one(id, levels, language=language, kind=kind, grade=grade, windows=windows)
    return world


WORLDS = st.one_of(st.just(CATALOG), st.lists(_COLUMNS, min_size=1, max_size=5).map(_world))
