"""What must hold whatever the frameworks are and whatever is answered."""

from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from worlds import ANSWERS, CATALOG, WORLDS, said

from scaffold.interview.questions import QUESTIONS
from scaffold.recommend.confidence import judge
from scaffold.recommend.conflicts import conflicts
from scaffold.recommend.hypotheticals import answer_flips, imagined
from scaffold.recommend.limits import LIMITS
from scaffold.recommend.ranking import Ranking
from scaffold.recommend.scoring import BASE_QUESTION, Case

LANGUAGES = ("javascript", "python", "php", "ruby", "csharp", "go", "java", "cpp", "rust")
RISING = {
    "live": ("live", ("unneeded", "nice", "must")),
    "admin": ("admin", ("unneeded", "nice", "must")),
    "background": ("jobs", ("unneeded", "needed")),
    "traffic": ("speed", ("ordinary", "busy", "high")),
}


def asked_again(ranking, answers):
    return Ranking(Case(answers, ranking.case.field))


@settings(max_examples=60)
@given(world=WORLDS, answers=ANSWERS)
def test_the_order_of_keys_and_of_choices_without_a_rank_changes_nothing(world, answers):
    unranked = {question.id for question in QUESTIONS if question.kind == "multiple"}
    turned = {key: value[::-1] if key in unranked else value for key, value in reversed(answers.items())}
    one, other = world.rank(answers), world.rank(turned)
    assert (one.order, one.terms, conflicts(one)) == (other.order, other.terms, conflicts(other))


@settings(max_examples=5)
@given(answers=ANSWERS)
def test_same_answers_same_bytes(answers):
    copied = {key: value if isinstance(value, str) else (*value,) for key, value in answers.items()}
    assert repr(CATALOG.recommend(answers)) == repr(CATALOG.recommend(copied))


@settings(max_examples=150)
@given(world=WORLDS, answers=ANSWERS, language=st.sampled_from(LANGUAGES), data=st.data())
def test_naming_a_language_or_moving_it_forward_never_lowers_its_frameworks(world, answers, language, data):
    before = world.rank(answers)
    named = [name for name in answers.get("languages", ()) if name not in (language, "none")]
    place = (
        answers.get("languages", ()).index(language)
        if language in answers.get("languages", ())
        else len(named)
    )
    named.insert(data.draw(st.integers(0, place)), language)
    after = world.rank({**answers, "languages": tuple(named)})
    for id in before.order:
        if before.case.field.entries[id].language == language:
            assert after.order.index(id) <= before.order.index(id)


@settings(max_examples=80)
@given(world=WORLDS, answers=ANSWERS, question=st.sampled_from(sorted(RISING)))
def test_wanting_something_more_never_helps_who_lacks_it_against_who_has_it(world, answers, question):
    criterion, steps = RISING[question]
    orders = [world.rank({**answers, question: step}).order for step in steps]
    levels = {id: known.levels[criterion].level for id, known in world.knowledge.items()}
    for before, after in pairwise(orders):
        for good, bad in combinations(before, 2):
            if levels[good] >= levels[bad]:
                assert after.index(good) < after.index(bad)


@settings(max_examples=80)
@given(world=WORLDS, answers=ANSWERS, data=st.data())
def test_without_one_framework_the_others_keep_their_places_and_bills(world, answers, data):
    before = world.rank(answers)
    gone = data.draw(st.sampled_from(before.order))
    if len(before.order) == 1:
        return
    after = world.without(gone).rank(answers)
    assert after.order == tuple(id for id in before.order if id != gone)
    assert after.bills == {id: bill for id, bill in before.bills.items() if id != gone}


@settings(max_examples=100)
@given(world=WORLDS, answers=ANSWERS)
def test_the_terms_add_up_to_the_bill_and_come_from_answers(world, answers):
    ranking = world.rank(answers)
    answered = {BASE_QUESTION, *ranking.case.given, *ranking.case.assumed}
    for id, terms in ranking.terms.items():
        assert ranking.bills[id] == sum(term.price * term.shortfall - term.spared for term in terms)
        assert all(term.cost >= 0 and 0 <= term.shortfall <= 10 for term in terms)
        assert {term.question for term in terms} <= answered
        priced = [term.criterion for term in terms if term.question != "priorities"]
        assert len(priced) == len(set(priced))


@settings(max_examples=80)
@given(world=WORLDS, answers=ANSWERS, data=st.data())
def test_a_higher_level_never_worsens_a_rank(world, answers, data):
    before = world.rank(answers)
    id = data.draw(st.sampled_from(before.order))
    levels = world.knowledge[id].levels
    criterion = data.draw(st.sampled_from(sorted(levels.keys() - {"carries"})))
    after = world.with_level(id, criterion, data.draw(st.integers(levels[criterion].level, 10))).rank(answers)
    assert after.order.index(id) <= before.order.index(id)


@settings(max_examples=60)
@given(world=WORLDS, answers=ANSWERS)
def test_every_way_out_gives_what_it_says(world, answers):
    ranking = world.rank(answers)
    for way in (way for conflict in conflicts(ranking) for way in conflict.ways):
        if way.answers is None:
            assert way.first == ranking.first
            assert way.saves < 0
        else:
            then = asked_again(ranking, way.answers)
            assert not then.broken[then.first]
            assert (then.first, ranking.bills[ranking.first] - then.bills[then.first]) == (
                way.first,
                way.saves,
            )


@settings(max_examples=10)
@given(answers=ANSWERS)
def test_every_flip_gives_what_it_says(answers):
    ranking = CATALOG.rank(answers)
    for flip in answer_flips(ranking, QUESTIONS):
        then = asked_again(ranking, imagined(ranking.case.given, flip.changes))
        assert (flip.winner, flip.bill) == (then.first, then.bills[then.first])
        assert then.first != ranking.first
        assert not then.broken[then.first]
        assert all(change.given == ranking.case.given.get(change.question, ()) for change in flip.changes)


@settings(max_examples=100)
@given(world=WORLDS, answers=ANSWERS)
def test_only_limits_cut_and_the_cut_stand_last(world, answers):
    ranking = world.rank(answers)
    cut = [bool(ranking.broken[id]) for id in ranking.order]
    assert cut == sorted(cut)
    assert {limit for limits in ranking.broken.values() for limit in limits} <= set(LIMITS)
    for limit in LIMITS:
        if answers.get(limit.question) != limit.answer:
            assert all(limit not in limits for limits in ranking.broken.values())


@settings(max_examples=60)
@given(world=WORLDS, answers=ANSWERS)
def test_with_only_these_languages_nothing_else_is_first(world, answers):
    named = answers.get("languages", ())
    ranking = world.rank({**answers, "language_policy": "only"})
    if set(named) - {"none"} and ranking.able:
        assert world.frameworks[ranking.first].language in named


@settings(max_examples=60)
@given(world=WORLDS, answers=ANSWERS, hosting=st.sampled_from(["shared", "windows"]))
def test_what_cannot_be_at_all_names_a_conflict_and_is_never_sure(world, answers, hosting):
    ranking = world.rank({**answers, "language_policy": "only", "hosting": hosting})
    if not ranking.able:
        found = conflicts(ranking)
        assert any(conflict.firm for conflict in found)
        assert judge(ranking, found).label in ("low", "none")


EXAMPLES = {
    "aspnetcore": said(what="saas", languages="csharp", team="large", sensitivity="sensitive"),
    "cakephp": said(what="site", languages="php", house="cakephp"),
    "django": said(what="back-office", languages="python", admin="must"),
    "express": said(what="api", languages="javascript", screens="client"),
    "flask": said(what="tiny", languages="python", team="alone"),
    "go": said(what="gateway", languages="go", traffic="high"),
    "laravel": said(what="saas", languages="php", background="needed"),
    "meteor": said(
        what="realtime site", languages="javascript", data="mongodb", deadline="days", house="meteor"
    ),
    "nodejs": said(what="tiny", languages="javascript", style="bare"),
    "python": said(what="tiny", languages="python", style="bare"),
    "rails": said(what="saas", languages="ruby", deadline="months"),
    "sinatra": said(what="tiny", languages="ruby", style="lean"),
}


@pytest.mark.parametrize("id", CATALOG.knowledge)
def test_each_framework_is_first_for_somebody(id):
    assert CATALOG.rank(EXAMPLES[id]).first == id
