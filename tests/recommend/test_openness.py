"""What the skipped questions leave open, against trying everything."""

from fractions import Fraction
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from scaffold.interview.questions import QUESTIONS
from scaffold.recommend.points import chosen

OPEN = ("experience", "traffic")
CLOSED = {
    "what": ("api",),
    "languages": ("python",),
    "team": "small",
    "deadline": "months",
    "screens": "client",
    "live": "unneeded",
    "admin": "unneeded",
    "data": "sql",
    "hosting": "container",
    "sensitivity": "public",
    "background": "unneeded",
    "priorities": ("small",),
}


def choices(question):
    return [choice.value for asked in QUESTIONS if asked.id == question for choice in asked.choices]


@settings(max_examples=10)
@given(data=st.data())
def test_the_worst_that_skipping_can_cost_is_what_trying_all_answers_finds(drawn, data):
    world = data.draw(drawn.worlds)
    found = world.recommend(CLOSED)
    if not found.ranking:
        return
    leader = found.ranking[0].id
    behind = Fraction(0)
    for values in product(*(((), *choices(question)) for question in OPEN)):
        answers = {**CLOSED, **dict(zip(OPEN, values, strict=True))}
        scores = {one.id: one.score for one in world.recommend(answers, draws=1).ranking}
        behind = max(behind, max(scores.values()) - scores[leader])
    assert found.regret.points == behind


@settings(max_examples=25)
@given(data=st.data())
def test_the_worst_case_is_reached_by_its_answers(drawn, data):
    world, answers = data.draw(drawn.worlds), data.draw(drawn.open_answers)
    found = world.recommend(answers)
    if not (found.regret and found.regret.worst_case):
        return
    worst = {change.question: change.imagined for change in found.regret.worst_case}
    softened = {key: "nice" if value == "must" else value for key, value in worst.items()}
    scores = {one.id: one.score for one in world.recommend({**answers, **softened}).ranking}
    leader = found.ranking[0].id
    if leader in scores and len(scores) == len(found.ranking):
        assert max(scores.values()) - scores[leader] == found.regret.points


@settings(max_examples=15)
@given(data=st.data())
def test_the_value_of_asking_is_the_share_of_answers_that_change_the_first(drawn, data):
    world = data.draw(drawn.worlds)
    found = world.recommend(CLOSED)
    asked = {ask.question: ask.value for ask in found.ask_next}
    for question in OPEN if found.ranking else ():
        firsts = [
            world.recommend({**CLOSED, question: value}, draws=1).ranking[0].id for value in choices(question)
        ]
        changed = sum(first != found.ranking[0].id for first in firsts)
        assert asked.get(question, 0) == changed / len(firsts)


def test_what_was_answered_is_neither_asked_again_nor_part_of_the_worst_case(ask):
    found = ask(CLOSED)
    assert {ask.question for ask in found.ask_next} <= set(OPEN)
    assert {change.question for change in found.regret.worst_case} <= set(OPEN)
    assert all(chosen(change.given) == () for change in found.regret.worst_case)


def test_a_complete_interview_leaves_no_regret(ask):
    full = {**CLOSED, "experience": "some", "traffic": "ordinary"}
    found = ask(full)
    assert (found.skipped, found.ask_next, found.regret) == ((), (), None)
