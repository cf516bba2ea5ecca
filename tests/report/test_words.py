"""What the reports say, and what they must not say."""

import re
import shlex
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scaffold.catalog import load_frameworks, load_knowledge
from scaffold.catalog.knowledge import CRITERIA
from scaffold.interview.gather import gather_answers
from scaffold.interview.questions import QUESTIONS
from scaffold.recommend.explanation import firm_conflicts
from scaffold.report.wording import exact, joined, percent, phrases, points, rounded

PROFILES = ("ok", "tie", "infeasible", "insufficient", "sole", "unmet")


def flat(text):
    return " ".join(text.split())


@pytest.mark.parametrize(
    "question", [q for q in QUESTIONS if q.id not in {"languages", "house"}], ids=lambda q: q.id
)
def test_every_answer_has_a_phrase(question):
    assert {choice.value for choice in question.choices} == set(phrases()[question.id])


def test_every_criterion_has_a_name():
    assert set(CRITERIA) - {"carries", "brings"} < set(phrases()["criteria"])


@pytest.mark.parametrize("profile", PROFILES)
def test_no_id_stands_where_a_person_reads(every, reporter, profile):
    words = set(re.findall(r"[\w-]+", reporter().report(every[profile]).split("Start ")[0]))
    assert not {"language_policy", "back-office", "fast-to-build", "csharp", "more-than-needed"} & words


def test_fits_best_is_said_only_of_a_clear_first(every, reporter):
    titles = {name: reporter().report(found).split("\n")[0] for name, found in every.items()}
    assert [name for name, title in titles.items() if "fits best" in title] == ["ok"]
    assert titles["tie"].startswith("Nothing fits well; ASP.NET Core and Django come nearest")
    assert titles["sole"].startswith("ASP.NET Core is the only one left")
    assert titles["unmet"].startswith("Express comes first, but not all can be met")
    assert titles["infeasible"] == "Nothing can be taken: each framework breaks a limit that you set"
    assert titles["insufficient"] == "Too few answers for a recommendation"


def test_equals_are_said_to_be_equal(advise, reporter):
    either = {"what": ("site",), "languages": ("csharp", "python"), "language_policy": "any", "admin": "nice"}
    found = advise(either)
    equals = [each.name for each in found.ranking if each.equal]
    assert len(equals) > 1
    assert reporter().report(found).startswith(f"{joined(equals)} are equal for you")


def test_a_conflict_stands_above_the_ranking_with_what_each_way_out_costs(every, reporter):
    report = flat(reporter().report(every["unmet"]))
    conflict, ranking = report.index("Conflict"), report.index("Behind it")
    assert conflict < report.index("Way out") < ranking
    assert "“no other language” rules out" in report[conflict:ranking]
    assert re.search(r"be ready to learn another language: Django, saves \d+ points", report)
    assert re.search(r"stay with Express and add AdminJS: 8 points", report)


def test_the_bill_is_whole(every, reporter):
    """What is paid is never dropped: the parts add up to the cost in the title, each rounded."""
    for name in ("ok", "tie", "sole", "unmet"):
        paid = re.search(
            r"^You pay +(.*?)\n(?=\S)", reporter().report(every[name]), re.MULTILINE | re.DOTALL
        )[1]
        parts = [0 if part.endswith("<1") else int(part.split()[-1]) for part in flat(paid).split(" · ")]
        assert abs(sum(parts) - every[name].ranking[0].bill / 10) <= len(parts) / 2


def test_the_command_begins_the_first_with_the_same_answers(every, reporter):
    report = reporter().report(every["ok"])
    command = shlex.split(re.search(r"^Start +(.*)$", report, re.MULTILINE)[1])
    assert command[:5] == ["scaffold", "new", "my-app", "-t", "django"]
    settings = command[6::2]
    assert set(command[5::2]) == {"--set"}
    answers = gather_answers(QUESTIONS, settings=settings, environment={})
    assert {key: answer.value for key, answer in answers.items()} == every["ok"].answers


def test_the_command_keeps_the_options_that_gave_the_answers(every, reporter):
    report = reporter(given="--answers shop.yaml").report(every["ok"])
    assert report.split("Start ")[1].strip().startswith("scaffold new my-app -t django --answers shop.yaml\n")


def test_a_first_without_a_starter_is_not_offered_as_a_command(every, reporter):
    first, *others = every["ok"].ranking
    found = replace(every["ok"], ranking=(replace(first, has_starter=False), *others))
    report = reporter().report(found)
    assert "scaffold new" not in report
    assert "Django has no starter here yet" in report


def test_what_lies_outside_the_catalog_is_named(every, reporter):
    assert "Spring Boot, Quarkus and Ktor, which this catalog lacks" in flat(reporter().report(every["tie"]))


def test_what_was_assumed_is_said(every, reporter):
    assert "Assumed pages from the server and internal data" in flat(reporter().report(every["ok"]))


def test_an_addon_is_named_with_its_price(every, reporter):
    assert "ready-made screens (AdminJS, 8)" in flat(reporter().report(every["ok"]))


def test_what_is_old_is_said_with_its_age(advise, reporter):
    later = advise({"what": ("site",), "languages": ("python",), "team": "small"}, today=date(2028, 1, 27))
    report = flat(reporter().report(later, "table"))
    assert "Django: long support was checked 14 months ago." in report


def test_the_end_of_support_is_said_of_the_first(advise, reporter):
    known = load_frameworks()
    ended = {**known, "django": known["django"]._replace(supported_until=date(2026, 11, 26))}
    found = advise({"what": ("site",), "languages": ("python",), "team": "small"}, frameworks=ended)
    assert "The support of Django" in flat(reporter().report(found))
    assert "ended on 2026-11-26" in flat(reporter().report(found))


def test_high_is_said_with_what_it_meant(advise, reporter):
    answers = {
        "what": ("site",),
        "languages": ("python",),
        "team": "small",
        "data": "sql",
        "screens": "server",
    }
    assert "high, right in 83 of 85 such cases" in flat(reporter().report(advise(answers)))


def test_a_why_of_every_level_is_shown_in_full(every, reporter):
    full = flat(reporter("markdown").report(every["ok"], "full"))
    for candidate in every["ok"].ranking:
        levels = load_knowledge()[candidate.id].levels
        priced = [levels[term.criterion] for term in candidate.terms if term.criterion in levels]
        assert len(priced) > 5
        assert all(level.why in full.replace("\\", "") for level in priced)


@given(tenths=st.integers(-100_000, 100_000))
@settings(derandomize=True)
def test_points_are_exact_and_rounded_to_the_nearest(tenths):
    assert float(exact(tenths).replace("−", "-")) == tenths / 10
    number = rounded(tenths).replace("−", "-")
    assert number.endswith("<1") if 0 < abs(tenths) < 5 else abs(int(number) - tenths / 10) <= 0.5


def test_numbers_read_well():
    assert [points(tenths) for tenths in (0, 3, 10, 14, 87, -20)] == [
        "0 points", "<1 point", "1 point", "1 point", "9 points", "−2 points",
    ]  # fmt: skip
    assert [percent(share) for share in (0.704, 0.95, 0.951)] == ["70 %", "95 %", "over 95 %"]


def test_what_lies_outside_is_that_of_the_strongest_language(advise, reporter):
    found = advise({"what": ("api",), "languages": ("python", "javascript"), "team": "small"})
    assert found.outside == ("FastAPI",)
    assert "FastAPI, which this catalog lacks" in flat(reporter().report(found))


def test_a_conflict_that_is_a_part_of_another_is_said_once(advise):
    answers = {
        "what": ("site",),
        "languages": ("go", "javascript"),
        "language_policy": "only",
        "style": "lean",
    }
    more = {"admin": "must", "priorities": ("freedom",), "traffic": "busy", "team": "alone"}
    found = firm_conflicts(advise({**answers, **more}))
    sides = [{each.want, *each.against} for each in found]
    assert sides
    assert not any(one <= other for one in sides for other in sides if one is not other)
