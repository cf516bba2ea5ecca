"""Why this place, which of two, what if; and the decision record."""

import re
from datetime import date

import pytest

from scaffold.catalog import load_knowledge
from scaffold.errors import InvalidInput


def flat(text):
    return " ".join(text.replace("─", "").split())


def test_why_the_first_is_first(every, reporter):
    report = flat(reporter().why(every["ok"], "django"))
    assert report.startswith("Django comes first with 9 points of extra cost")
    assert "your languages, JavaScript then Python (21)" in report
    assert "Django pays 7, Express pays 0" in report


def test_why_another_is_not_first_and_what_would_put_it_there(every, reporter):
    report = flat(reporter().why(every["ok"], "express"))
    assert report.startswith("Express is number 2 with 29 points of extra cost, 20.5 behind Django")
    assert "8.4 for ready-made screens: AdminJS makes screens from the models" in report
    assert "Where it costs less + 7.2 for the language" in report
    assert "with JavaScript alone: Express, 29 points" in report


def test_why_something_cannot_be_taken(every, reporter):
    report = flat(reporter().why(every["sole"], "django"))
    assert report.startswith("Django cannot be taken")
    assert "What rules it out − No other language" in report


def test_an_unknown_framework_is_refused_with_the_nearest(every, reporter):
    with pytest.raises(InvalidInput) as caught:
        reporter().why(every["ok"], "djnago")
    assert caught.value.hint.startswith("Did you mean `django`? ")


def test_two_are_compared_criterion_by_criterion_and_the_leads_add_up(advise, every, reporter):
    two = {id: load_knowledge()[id] for id in ("express", "django")}
    found = advise(every["ok"].answers, knowledge=two)
    report = reporter().compare(found)
    assert report.startswith("Django is ahead of Express: 8.7 points against 29.2")
    ahead = re.findall(r"^\S.*?\s{2,}\S+\s+\S+\s+(−?[\d.]+)\s", report.split("Why\n")[1], re.MULTILINE)
    assert sum(float(number.replace("−", "-")) for number in ahead) == pytest.approx(29.2 - 8.7)
    assert "from 27.7 on Express is first" in report


def test_the_bills_of_two_are_those_of_the_whole_ranking(advise, every):
    two = {id: load_knowledge()[id] for id in ("sinatra", "go")}
    for name in ("ok", "tie", "unmet", "infeasible"):
        alone = {each.id: each.bill for each in advise(every[name].answers, knowledge=two).ranking}
        assert alone == {each.id: each.bill for each in every[name].ranking if each.id in two}


def test_what_if_says_what_turns_it(advise, every, reporter):
    after = advise({**every["ok"].answers, "languages": ("javascript",)})
    report = flat(reporter().what_if(every["ok"], after))
    assert report.startswith("Express comes first instead of Django, with 29 points of extra cost")
    assert "36.0 for the language, in favour of Express against Django" in report
    assert "Django 1. (8.7) 3. (44.7)" in report


def test_what_if_of_nothing_says_so(every, reporter):
    assert "the answers are the same" in reporter().what_if(every["ok"], every["ok"])


def test_the_record_has_a_date_only_when_one_is_given(every, reporter):
    dated = reporter().decision_record(every["ok"], "django", date(2026, 12, 1))
    assert dated == reporter().decision_record(every["ok"], "django").replace(
        "Accepted.", "Accepted on 2026-12-01."
    )


@pytest.mark.parametrize(
    ("profile", "chosen", "said"),
    [
        ("ok", "django", "It comes first with 9 points of extra cost (medium confidence)."),
        ("ok", "go", "It was chosen although Django comes first: it is number 11"),
        ("sole", "rails", "This goes against the answers: with no other language it does not go."),
        ("tie", "django", "is as good for this project as ASP.NET Core (low confidence)"),
    ],
)
def test_the_record_says_how_the_choice_stands_to_the_advice(every, reporter, profile, chosen, said):
    assert said in reporter().decision_record(every[profile], chosen)


def test_the_record_of_another_says_where_it_costs_less(every, reporter):
    record = reporter().decision_record(every["ok"], "express")
    assert "## Where it costs less than Django\n\n- 7.2 for the language" in record.replace("\\", "")


def test_the_record_of_an_unknown_framework_is_refused(every, reporter):
    with pytest.raises(InvalidInput):
        reporter().decision_record(every["ok"], "djnago")


def test_two_of_which_none_can_be_taken_are_not_called_ahead(advise, every, reporter):
    two = {id: load_knowledge()[id] for id in ("rails", "django")}
    report = flat(reporter().compare(advise({**every["ok"].answers, "hosting": "shared"}, knowledge=two)))
    assert report.startswith("Neither Django nor Ruby on Rails can be taken")
    assert "Django: plain shared hosting" in report


def test_two_that_are_equal_are_said_to_be(advise, reporter):
    two = {id: load_knowledge()[id] for id in ("rails", "laravel")}
    report = reporter().compare(
        advise({"what": ("saas",), "team": "small", "languages": ("other",)}, knowledge=two)
    )
    assert "are too near to tell apart" in report.split("\n")[0]
