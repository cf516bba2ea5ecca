"""The bill: how much framework is needed, how far a language is, what a house costs, what is implied."""

import pytest
from worlds import one, said

PAIR = one("a") | one("b", language="ruby")


def line(ranking, id, criterion):
    """Return (price, shortfall, cost) of a line; None where there is none."""
    found = [term for term in ranking.terms[id] if term.criterion == criterion]
    return (found[-1].price, found[-1].shortfall, found[-1].cost) if found else None


@pytest.mark.parametrize(
    ("amount", "answers"),
    [
        (None, {}),
        (8, {"what": "saas"}),
        (7, {"what": "site api"}),
        (5, {"what": "tiny saas"}),
        (4, {"what": "site tiny"}),
        (2, {"what": "tiny gateway"}),
        (8, {"what": "tiny", "style": "complete"}),
        (8, {"style": "complete"}),
        (3, {"what": "saas", "style": "lean"}),
        (2, {"what": "tiny", "style": "lean"}),
        (3, {"style": "lean"}),
        (1, {"what": "saas", "style": "bare"}),
        (7, {"what": "site", "style": "either"}),
    ],
)
def test_how_much_framework_is_needed(amount, answers):
    assert PAIR.rank(said(**answers)).case.amount == amount


def test_more_and_less_framework_than_needed_cost_a_point_for_each_step():
    world = one("a", {"carries": 6, "brings": 9}) | one("b", {"carries": 1, "brings": 2})
    ranking = world.rank(said(what="api"))
    assert [line(ranking, "a", name)[2] for name in ("more-than-needed", "less-than-needed")] == [20, 0]
    assert [line(ranking, "b", name)[2] for name in ("more-than-needed", "less-than-needed")] == [0, 20]


@pytest.mark.parametrize(
    ("cost", "answers"),
    [
        (60, {}),
        (60, {"what": "service"}),
        (None, {"what": "tiny"}),
        (None, {"what": "saas", "style": "bare"}),
    ],
)
def test_a_runtime_pays_for_what_a_framework_would_do_unless_hardly_anything_is_needed(cost, answers):
    ranking = (one("a", kind="runtime") | one("b", kind="standard-library")).rank(said(**answers))
    found = [line(ranking, id, "no-framework") for id in ("a", "b")]
    assert found == ([None, None] if cost is None else [(6, 10, cost), (6, 0, 0)])


def test_few_dependencies_go_by_kind_and_freedom_by_what_a_framework_carries():
    kinds = ("runtime", "standard-library", "micro", "full-stack")
    world = one("x", {"carries": 7})
    for kind in kinds:
        world |= one(kind, kind=kind)
    bare, lean = world.rank(said(style="bare")), world.rank(said(style="lean"))
    assert [line(bare, kind, "few-dependencies")[2] for kind in kinds] == [0, 0, 72, 120]
    assert line(lean, "x", "freedom") == (12, 7, 84)


def test_a_criterion_is_priced_once_by_the_dearest_answer_and_priorities_come_on_top():
    world = one("a", {"security": 0, "speed": 0})
    ranking = world.rank(said(sensitivity="sensitive", experience="first", traffic="busy", what="gateway"))
    priced = [
        (term.price, term.question) for term in ranking.terms["a"] if term.criterion in ("security", "speed")
    ]
    assert sorted(priced) == [(12, "sensitivity"), (12, "what")]
    ranked = world.rank(said(priorities="security raw-speed small", sensitivity="internal"))
    assert [term.price for term in ranked.terms["a"] if term.criterion == "security"] == [3, 15]


def test_a_model_computes_itself_so_that_speed_weighs_less_around_it():
    world = one("a", {"speed": 0})
    assert line(world.rank(said(traffic="high")), "a", "speed") == (36, 10, 360)
    assert line(world.rank(said(traffic="high", what="ml api")), "a", "speed") == (12, 10, 120)


@pytest.mark.parametrize(("what", "price"), [("saas", 12), ("api", 6), ("tiny", 3), ("", 7)])
def test_the_price_of_building_soon_grows_with_what_is_to_be_built(what, price):
    ranking = PAIR.rank(said(deadline="days", **({"what": what} if what else {})))
    assert line(ranking, "a", "build")[0] == price


@pytest.mark.parametrize(
    ("what", "assumed"),
    [
        ("site", {"screens": "server"}),
        ("site api", {"screens": "both"}),
        ("site tiny", {"screens": "server"}),
        ("service api", {"screens": "client"}),
        ("back-office saas", {"admin": "nice", "screens": "both", "sensitivity": "accounts", "data": "sql",
                              "background": "needed"}),
        ("saas back-office", {"admin": "nice", "screens": "both", "sensitivity": "accounts", "data": "sql",
                              "background": "needed"}),
    ],
)  # fmt: skip
def test_what_a_product_implies_is_assumed_of_two_the_stronger(what, assumed):
    assert PAIR.rank(said(what=what)).case.assumed == assumed


def test_an_answer_that_is_given_wins_over_what_is_implied():
    case = PAIR.rank(said(what="back-office", admin="unneeded", data="mongodb")).case
    assert case.assumed == {"screens": "server", "sensitivity": "internal"}
    assert case.chosen("data") == ("mongodb",)


@pytest.mark.parametrize(
    ("languages", "distances"),
    [
        ("python ruby", {"python": 0, "ruby": 2, "php": 9, "go": 8, "csharp": 10}),
        ("go java php ruby", {"go": 0, "php": 3, "ruby": 4, "python": 8}),
        ("java", {"csharp": 5, "go": 7, "python": 8, "ruby": 9}),
        ("cpp rust", {"go": 6, "csharp": 7, "python": 8}),
        ("java python", {"python": 2, "csharp": 10, "go": 8}),
    ],
)
def test_how_far_a_language_is(languages, distances):
    world = PAIR | one("c", language="go")
    case = world.rank(said(languages=languages)).case
    assert {language: case.distance(language) for language in distances} == distances


@pytest.mark.parametrize(
    ("answers", "known", "new"),
    [
        ({}, 36, 36),
        ({"language_policy": "prefer"}, 36, 36),
        ({"language_policy": "any"}, 24, 24),
        ({"team": "large"}, 36, 45),
        ({"deadline": "days"}, 36, 54),
        ({"language_policy": "any", "deadline": "days", "team": "large"}, 24, 45),
    ],
)
def test_a_language_to_learn_is_dearer_for_many_people_and_in_days(answers, known, new):
    case = PAIR.rank(said(languages="python", **answers)).case
    assert (case.language_price("python"), case.language_price("ruby")) == (known, new)


def test_without_a_language_nobody_pays_for_one():
    assert line(PAIR.rank(said(what="api")), "a", "language") is None
    none = PAIR.rank(said(languages="none"))
    assert line(none, "a", "language") is None
    assert line(none, "a", "learn")[0] == 12


@pytest.mark.parametrize(
    ("what", "price"), [("tiny", 8), ("service", 12), ("", 20), ("api", 16), ("saas", 24)]
)
def test_the_house_weighs_by_what_is_to_be_built_between_its_bounds(what, price):
    ranking = PAIR.rank(said(house="a", **({"what": what} if what else {})))
    assert line(ranking, "a", "house") == (price, 0, 0)
    assert line(ranking, "b", "house") == (price, 10, 10 * price)


def test_another_of_the_languages_of_the_house_pays_six_tenths():
    world = PAIR | one("c")
    assert line(world.rank(said(house="a", what="service")), "c", "house") == (12, 6, 72)


def test_leaving_what_is_known_is_paid_once():
    knows = PAIR.rank(said(house="a", languages="python", what="saas"))
    assert (line(knows, "b", "language")[2], line(knows, "b", "house")[2]) == (324, 0)
    other = PAIR.rank(said(house="a", languages="javascript", what="saas"))
    assert (line(other, "b", "language")[2], line(other, "b", "house")[2]) == (324, 240 - 36)
    assert line(other, "a", "language")[2] == 288


def test_a_house_that_runs_nothing_of_these_costs_nothing():
    assert line(PAIR.rank(said(house="none")), "a", "house") is None


@pytest.mark.parametrize(
    ("answers", "cut"),
    [
        ({"languages": "ruby", "language_policy": "only"}, {"a": "language_policy", "c": "language_policy"}),
        ({"hosting": "shared"}, {"a": "hosting", "b": "hosting"}),
        ({"hosting": "windows"}, {"b": "hosting"}),
        ({"languages": "none", "language_policy": "only"}, {}),
        ({"languages": "ruby", "admin": "must", "style": "bare", "hosting": "device"}, {}),
    ],
)
def test_only_what_cannot_be_is_cut(answers, cut):
    world = one("a") | one("b", language="ruby", windows=False) | one("c", language="php")
    broken = world.rank(said(**answers)).broken
    assert {id: limits[0].question for id, limits in broken.items() if limits} == cut


def test_of_several_houses_the_nearest_language_counts():
    """JavaScript, the second language, costs 7.2 points; all of it is spared, since Python costs none."""
    world = one("a", language="python") | one("b", language="ruby") | one("c", language="javascript")
    ranking = world.rank(said(languages="python javascript", house="a b", what="api"))
    assert [term.spared for term in ranking.terms["c"] if term.criterion == "house"] == [72]
