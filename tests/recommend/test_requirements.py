"""What rules a framework out, and what an add-on can mend."""

import pytest

BUILD = {"what": ("site",), "team": "small", "deadline": "months"}


def violations(world, answers):
    found = world.recommend({**BUILD, **answers})
    return [violation.question for gone in found.eliminated for violation in gone.violations]


@pytest.mark.parametrize(
    ("answers", "bad", "good", "question"),
    [
        ({"live": "must"}, {"levels": {"realtime": 5}}, {"levels": {"realtime": 6}}, "live"),
        ({"admin": "must"}, {"levels": {"admin": 3}}, {"levels": {"admin": 4}}, "admin"),
        ({"screens": "server"}, {"levels": {"pages": 2}}, {"levels": {"pages": 3}}, "screens"),
        ({}, {"levels": {"pages": 2}}, {"levels": {"pages": 3}}, "what"),
        (
            {"sensitivity": "sensitive"},
            {"levels": {"security": 2}},
            {"levels": {"security": 3}},
            "sensitivity",
        ),
        ({"data": "sql"}, {"facts": {"sql": "none"}}, {"facts": {"sql": "partial"}}, "data"),
        ({"data": "mongodb"}, {"facts": {"mongodb": "none"}}, {"facts": {"mongodb": "third-party"}}, "data"),
        (
            {"hosting": "windows"},
            {"facts": {"windows": "discouraged"}},
            {"facts": {"windows": "caveat"}},
            "hosting",
        ),
        ({"hosting": "shared"}, {"language": "ruby"}, {"language": "php"}, "hosting"),
        (
            {"languages": ("ruby", "go"), "language_policy": "only"},
            {"language": "php"},
            {"language": "go"},
            "language_policy",
        ),
        ({}, {"kind": "runtime"}, {"kind": "micro"}, "what"),
        ({}, {"facts": {"routing": "none"}}, {"facts": {"routing": "included"}}, "what"),
    ],
)
def test_a_requirement_excludes_just_below_its_line(one, answers, bad, good, question):
    assert violations(one("a", **bad), answers) == [question]
    assert violations(one("a", **good), answers) == []


def test_what_is_not_known_does_not_meet_a_requirement(one):
    assert violations(one("a", {"realtime": None}), {"live": "must"}) == ["live"]


@pytest.mark.parametrize(
    "answers",
    [{"what": ("tiny",)}, {"what": ("gateway",)}, {"priorities": ("small",)}, {"priorities": ("freedom",)}],
)
def test_a_bare_runtime_fits_the_tiny_and_those_who_want_little(one, answers):
    assert violations(one("a", kind="runtime"), answers) == []


def test_server_pages_are_not_required_where_an_app_draws_the_screens(one):
    assert violations(one("a", {"pages": 0}), {"what": ("saas",), "screens": "client"}) == []


def test_every_broken_requirement_is_named_with_its_fact(one):
    world = one("a", {"realtime": 0}, {"sql": "none"}, notes={"sql": "documents only."})
    found = world.recommend({**BUILD, "live": "must", "data": "sql"}).eliminated[0].violations
    assert [violation.constraint for violation in found] == ["live updates", "an SQL database"]
    assert found[0].fact == ("A is level 0 of 10 in live updates and open connections; at least 6 is needed")
    assert found[1].fact.endswith("an SQL database: documents only")


@pytest.mark.parametrize(
    ("answers", "addon"),
    [
        ({"data": "sql"}, "access to an SQL database: Knex"),
        ({"live": "must"}, "live updates: Socket.IO"),
        ({"admin": "must"}, "the admin: Kit"),
        ({"hosting": "windows"}, "Windows Server: waitress"),
        (
            {"hosting": "serverless", "live": "must"},
            "live updates: a push service run by others; this hosting has none",
        ),
    ],
)
def test_what_an_addon_mends_is_said_with_its_name(one, answers, addon):
    facts = {"sql": "third-party", "push": "third-party", "admin": "third-party", "windows": "caveat"}
    notes = {"sql": "Knex", "push": "Socket.IO", "admin": "Kit", "windows": "waitress"}
    world = one("a", {"realtime": 6}, facts, notes=notes)
    assert world.recommend({**BUILD, **answers}).ranking[0].addons == (addon,)


def test_nothing_has_to_be_added_to_what_is_included(one):
    assert (
        one("a", {"realtime": 6}).recommend({**BUILD, "live": "must", "data": "sql"}).ranking[0].addons == ()
    )


def test_the_smallest_sets_to_give_up_are_found_and_the_gate_is_not_among_them(one):
    world = (
        one("node", {"realtime": 9}, language="javascript", kind="runtime")
        .joined(one("meteor", {"realtime": 9, "admin": 2}, {"sql": "none"}, language="javascript"))
        .joined(one("django", {"realtime": 3, "admin": 9}))
    )
    answers = {
        "languages": ("javascript",),
        "language_policy": "only",
        "live": "must",
        "admin": "must",
        "data": "sql",
    }
    found = world.recommend({**BUILD, **answers})
    assert found.status == "infeasible"
    assert {relaxation.drop: relaxation.opens for relaxation in found.relaxations} == {
        ("staying with JavaScript", "live updates"): ("django",),
        ("a ready-made admin", "an SQL database"): ("meteor",),
    }
