"""What would change the first: prices, answers, pairs of decisions."""

from fractions import Fraction

from hypothesis import given, settings
from worlds import ANSWERS, WORLDS, one, said

from scaffold.recommend.hypotheticals import answer_flips, price_flips


def flips(world, **answers):
    return answer_flips(world.rank(said(**answers)), world.questions)


def lead_of_first(ranking, line, cost, id):
    """Return by how much the first leads over another when this line is as dear for it as ``cost`` says."""
    bills = []
    for each in (id, ranking.first):
        mine, theirs = ranking.terms[ranking.first][line].cost, ranking.terms[each][line].cost
        bills.append(ranking.bills[each] - theirs + Fraction(theirs * cost, mine))
    return bills[0] - bills[1]


@settings(max_examples=100)
@given(world=WORLDS, answers=ANSWERS)
def test_at_the_price_that_is_named_another_is_level_and_a_tenth_below_it_none(world, answers):
    ranking = world.rank(answers)
    keys = [(term.criterion, term.question) for term in ranking.terms[ranking.first]]
    for flip in price_flips(ranking):
        line = keys.index((flip.criterion, flip.question))
        gaining = [id for id in ranking.able if ranking.terms[id][line].cost < flip.cost]
        assert (flip.winner in gaining) == bool(gaining)
        if gaining:
            assert flip.needed >= flip.cost
            assert lead_of_first(ranking, line, flip.needed, flip.winner) <= 0
            assert all(lead_of_first(ranking, line, flip.needed - 1, id) > 0 for id in gaining)


def test_how_dear_a_line_must_get_by_hand():
    """A pays 7.2 for screens, B 2.4 and 12 for live updates, so A leads by 7.2."""
    world = one("a", {"admin": 4}) | one("b", {"live": 0, "admin": 8})
    [flip] = price_flips(world.rank(said(admin="must", live="must")))
    assert (flip.criterion, flip.cost, flip.winner) == ("admin", 72, "b")
    assert flip.needed == 72 + 72 * 72 // 48


def test_where_nobody_pays_less_for_a_line_no_price_changes_the_first():
    [flip] = price_flips((one("a", {"admin": 4}) | one("b", {"admin": 3})).rank(said(admin="must")))
    assert (flip.winner, flip.needed) == ("", 0)


def test_single_answers_come_decisions_before_facts():
    world = one("a", {"live": 6, "ecosystem": 5}) | one("b", {"light": 5})
    found = flips(world, hosting="serverless")
    questions = [flip.changes[0].question for flip in found]
    assert {"hosting", "live"} <= set(questions)
    assert questions.index("hosting") < questions.index("live")
    assert {len(flip.changes) for flip in found} == {1}


def test_pairs_of_decisions_are_tried_where_no_single_answer_changes_the_first():
    """A pays 6 always; B 7.2 for starting on demand, and 7.2 and more for what it carries."""
    world = one("a", {"ecosystem": 0}) | one("b", {"light": 4, "carries": 6})
    found = flips(world, hosting="serverless", style="lean")
    assert {tuple(change.question for change in flip.changes) for flip in found} == {("style", "hosting")}
    assert {flip.winner for flip in found} == {"b"}


def test_a_flip_names_the_line_that_moves_most_or_none_where_a_limit_cuts():
    world = one("a", {"live": 0}) | one("b", {"ecosystem": 5}, language="php")
    found = {
        flip.changes[0].imagined: flip.criterion for flip in flips(world, what="api", languages="python php")
    }
    assert found["must"] == "live"
    assert found["shared"] == ""


def test_what_is_not_asked_is_not_imagined_other_languages_and_another_house():
    world = one("a") | one("b", language="ruby")
    imagined = {
        flip.changes[0].imagined
        for flip in flips(world, languages="python ruby")
        if flip.changes[0].question == "languages"
    }
    assert imagined == {("ruby",), ("ruby", "python")}
    changed = {
        flip.changes[0].imagined for flip in flips(world, house="b") if flip.changes[0].question == "house"
    }
    assert changed == {()}
