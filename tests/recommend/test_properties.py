"""What holds for any frameworks and any answers: the properties of the method."""

from collections import Counter
from dataclasses import replace
from fractions import Fraction

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from scaffold.interview.questions import QUESTIONS
from scaffold.model.recommendation import Because
from scaffold.recommend.explanation import contributions
from scaffold.recommend.field import make_field
from scaffold.recommend.points import BASE, KINSHIP, LANGUAGE_POINTS, POINTS, POOL, PRIORITIES, TARGETS

FEW = settings(max_examples=40)
DATA = st.data()
WEIGHTS = st.dictionaries(
    st.sampled_from(["admin", "pages", "api", "realtime", "learn", "security"]),
    st.integers(1, 40),
    min_size=1,
)


def scores(world, weights, answers=None):
    """Score all frameworks of a world with importances given outright."""
    given_points = {
        criterion: (Because(question="test", answer="", points=points),)
        for criterion, points in weights.items()
    }
    return {
        entry.framework.id: sum(
            (term.contribution for term in contributions(entry, answers or {}, given_points)), Fraction(0)
        )
        for entry in make_field(world.frameworks, world.knowledge)
    }


def relevelled(world, id, criterion, level):
    known = world.knowledge[id]
    levels = {**known.levels, criterion: replace(known.levels[criterion], level=level)}
    return type(world)(world.frameworks, {**world.knowledge, id: replace(known, levels=levels)})


def by_hand(known, language, answers):
    """The score from first principles: a second implementation, which shares only the tables."""
    points = {criterion: count for criterion, count in points_by_hand(answers).items() if count}
    votes = sum(
        count * value_by_hand(criterion, known, language, answers) for criterion, count in points.items()
    )
    return Fraction(10 * votes, sum(points.values()))


def points_by_hand(answers):
    points = Counter(BASE)
    for question, answer in answers.items():
        values = (answer,) if isinstance(answer, str) else answer
        table = [POINTS.get(question, {}).get(value, {}) for value in values]
        for criterion in {name for row in table for name in row}:
            points[criterion] += max(row.get(criterion, 0) for row in table)
    ranks = answers.get("priorities", ())
    for place, priority in enumerate(ranks):
        points[PRIORITIES[priority]] += POOL[len(ranks)][place]
    languages = answers.get("languages", ())
    points["learn"] += 6 * (languages == ("none",))
    if set(languages) - {"other", "none"}:
        points["language"] += LANGUAGE_POINTS[answers.get("language_policy", "prefer")]
    return points


def value_by_hand(criterion, known, language, answers):
    if criterion == "language":
        near = [KINSHIP.get(name, {}).get(language, 0) for name in answers["languages"]]
        return 10 if language in answers["languages"] else max(near)
    level = known.levels[criterion].level
    if criterion != "scope":
        return level
    wanted = max(TARGETS[what] for what in answers["what"])
    if "tiny" in answers["what"]:
        wanted = (wanted + TARGETS["tiny"]) // 2
    return 10 - abs(level - wanted)


@FEW
@given(data=DATA)
def test_the_same_answers_give_the_same_recommendation_to_the_last_digit(drawn, data):
    world, answers = data.draw(drawn.worlds), data.draw(drawn.answers)
    assert world.recommend(answers, draws=50) == world.recommend(answers, draws=50)


@FEW
@given(data=DATA)
def test_the_order_of_answers_choices_and_frameworks_does_not_matter(drawn, data):
    world, answers = data.draw(drawn.worlds), data.draw(drawn.answers)
    turned = {
        key: value[::-1] if isinstance(value, tuple) and key != "priorities" else value
        for key, value in reversed(answers.items())
    }
    mirrored = type(world)(dict(reversed(world.frameworks.items())), dict(reversed(world.knowledge.items())))
    assert mirrored.recommend(turned) == world.recommend(answers)


@FEW
@given(data=DATA)
def test_taking_frameworks_away_changes_no_score_and_no_order_of_the_rest(drawn, data):
    world, answers = data.draw(drawn.worlds), data.draw(drawn.open_answers)
    gone = data.draw(st.sampled_from(sorted(world.frameworks)))
    before = [(one.id, one.score) for one in world.recommend(answers).ranking if one.id != gone]
    after = [(one.id, one.score) for one in world.without(gone).recommend(answers).ranking]
    assert after == before


@FEW
@given(data=DATA)
def test_the_score_is_what_a_second_implementation_computes(drawn, data):
    world, answers = data.draw(drawn.worlds), data.draw(drawn.answers)
    for candidate in world.recommend(answers).ranking:
        language = world.frameworks[candidate.id].language
        assert candidate.score == by_hand(world.knowledge[candidate.id], language, answers)


@FEW
@given(data=DATA)
def test_contributions_sum_to_the_score_and_reasons_to_the_points(drawn, data):
    for candidate in data.draw(drawn.worlds).recommend(data.draw(drawn.answers)).ranking:
        assert sum(term.contribution for term in candidate.contributions) == candidate.score
        assert sum(term.weight for term in candidate.contributions) == 1
        for term in candidate.contributions:
            assert sum(because.points for because in term.because) == term.points > 0


@given(data=DATA, weights=WEIGHTS)
def test_better_on_some_and_worse_on_no_weighted_criterion_means_a_higher_score(
    drawn, worlds_of, data, weights
):
    levels, facts, language = data.draw(drawn.columns)
    worse = {**levels, **{criterion: data.draw(st.integers(0, levels[criterion])) for criterion in weights}}
    assume(any(worse[criterion] < levels[criterion] for criterion in weights))
    found = scores(worlds_of({"a": (levels, facts, language), "b": (worse, facts, language)}), weights)
    assert found["a"] > found["b"]


@given(data=DATA, weights=WEIGHTS, more=st.integers(1, 50))
def test_raising_an_importance_turns_no_pair_against_the_better_one(drawn, data, weights, more):
    world = data.draw(drawn.worlds)
    criterion = data.draw(st.sampled_from(sorted(weights)))
    before, after = scores(world, weights), scores(world, {**weights, criterion: weights[criterion] + more})
    levels = {id: known.levels[criterion].level for id, known in world.knowledge.items()}
    for one in before:
        for other in before:
            if levels[one] >= levels[other] and before[one] >= before[other]:
                assert after[one] >= after[other]


@FEW
@given(data=DATA)
def test_a_better_level_never_lowers_the_rank(drawn, data):
    world, answers = data.draw(drawn.worlds), data.draw(drawn.open_answers)
    ranks = {one.id: one.rank for one in world.recommend(answers).ranking}
    assume(ranks)
    id = data.draw(st.sampled_from(sorted(ranks)))
    criterion = data.draw(st.sampled_from(sorted(set(world.knowledge[id].levels) - {"scope"})))
    level = data.draw(st.integers(world.knowledge[id].levels[criterion].level, 10))
    better = relevelled(world, id, criterion, level).recommend(answers)
    assert next(one.rank for one in better.ranking if one.id == id) <= ranks[id]


@given(data=DATA, weights=WEIGHTS, factor=st.integers(2, 9))
def test_multiplying_all_importances_changes_no_score(drawn, data, weights, factor):
    world = data.draw(drawn.worlds)
    assert scores(world, {id: points * factor for id, points in weights.items()}) == scores(world, weights)


@FEW
@given(data=DATA)
def test_new_names_for_the_frameworks_change_no_score(drawn, data):
    world, answers = data.draw(drawn.worlds), data.draw(drawn.answers)

    def renamed(entries):
        return {f"z{id[::-1]}": replace(entry, id=f"z{id[::-1]}") for id, entry in entries.items()}

    other = type(world)(renamed(world.frameworks), renamed(world.knowledge))
    assume(len(other.frameworks) == len(world.frameworks))
    before = sorted((f"z{one.id[::-1]}", one.score) for one in world.recommend(answers).ranking)
    assert sorted((one.id, one.score) for one in other.recommend(answers).ranking) == before


@FEW
@given(data=DATA)
def test_must_instead_of_nice_only_takes_frameworks_away(drawn, data):
    world, answers = data.draw(drawn.worlds), data.draw(drawn.answers)
    question = data.draw(st.sampled_from(["live", "admin"]))
    nice = [(one.id, one.score) for one in world.recommend({**answers, question: "nice"}).ranking]
    must = [(one.id, one.score) for one in world.recommend({**answers, question: "must"}).ranking]
    assert must == [pair for pair in nice if pair in must]


@FEW
@given(data=DATA)
def test_a_question_answered_with_nothing_is_a_skipped_question(drawn, data):
    world, answers = data.draw(drawn.worlds), data.draw(drawn.answers)
    question = data.draw(st.sampled_from([question.id for question in QUESTIONS]))
    without = {key: value for key, value in answers.items() if key != question}
    assert world.recommend({**answers, question: ()}) == world.recommend(without)


@FEW
@given(data=DATA)
def test_every_changed_answer_that_is_reported_really_brings_another_first(drawn, data):
    world, answers = data.draw(drawn.worlds), data.draw(drawn.answers)
    found = world.recommend(answers)
    for flip in found.answer_flips[:12]:
        changed = {**answers, **{change.question: change.imagined for change in flip.changes}}
        ranking = world.recommend(changed).ranking
        assert (ranking[0].id if ranking else "") == flip.winner != found.ranking[0].id


@FEW
@given(data=DATA)
def test_beyond_the_importance_that_is_reported_the_other_is_first(drawn, data):
    world, answers = data.draw(drawn.worlds), data.draw(drawn.open_answers)
    found = world.recommend(answers)
    for flip in found.weight_flips:
        beyond = flip.needed + Fraction(1 if flip.needed > flip.points else -1, 10**6)
        if beyond < 0 or flip.needed == flip.points:
            continue
        at, after = (weighted(world, found, flip.criterion, points) for points in (flip.needed, beyond))
        assert at[flip.winner] == at[found.ranking[0].id] == max(at.values())
        assert after[flip.winner] == max(after.values()) > after[found.ranking[0].id]


def weighted(world, found, criterion, points):
    """Votes of the ranked frameworks when one criterion has other points."""
    weights = {term.criterion: Fraction(term.points) for term in found.ranking[0].contributions}
    weights[criterion] = points
    entries = {entry.framework.id: entry for entry in make_field(world.frameworks, world.knowledge)}
    one_point = {id: (Because(question="test", answer="", points=1),) for id in weights}
    return {
        one.id: sum(
            weights[term.criterion] * term.value
            for term in contributions(entries[one.id], found.answers, one_point)
        )
        for one in found.ranking
    }


@FEW
@given(data=DATA)
def test_every_relaxation_opens_something_and_none_holds_another(drawn, data):
    world, answers = data.draw(drawn.worlds), data.draw(drawn.answers)
    found = world.recommend(answers).relaxations
    for relaxation in found:
        assert relaxation.opens
        assert relaxation.best == relaxation.opens[0]
        assert not any(set(other.drop) < set(relaxation.drop) for other in found)
