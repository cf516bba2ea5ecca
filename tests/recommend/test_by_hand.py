"""docs/advice.md: its example can be checked with a pencil, and its numbers are those of the engine."""

import importlib
import re
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml
from worlds import CATALOG, SEVERAL

from scaffold.recommend import scoring
from scaffold.recommend.prices import BASE, PRICES

PAGE = (Path(__file__).parents[2] / "docs" / "advice.md").read_text(encoding="utf-8")
EXAMPLE, *BILLS = re.findall(r"^\|? ?`(\{what.*\})`(?: \| (.*) \|)?$", PAGE, re.MULTILINE)
NUMBERS = re.findall(r"^\| `(\w+)\.(\w+)` \| (.*?) \|", PAGE, re.MULTILINE)


def rank(text):
    answers = yaml.safe_load(text)
    return CATALOG.rank({key: tuple(value) if key in SEVERAL else value for key, value in answers.items()})


def tenths(text):
    return round(float(text.strip("* ")) * 10)


def test_every_line_of_the_example_is_right_and_adds_up():
    section = PAGE.partition("## By hand")[2].partition("More bills")[0]
    header, _, *rows, sums = [
        row.strip("| ").split(" | ") for row in section.splitlines() if row.startswith("|")
    ]
    ranking = rank(EXAMPLE[0])
    for id, column, bill in zip(header[3:], range(3, len(header)), sums[-len(header[3:]) :], strict=True):
        written = {}
        for row in rows:
            shortfall, cost = row[column].split(": ")
            assert int(row[2]) * int(shortfall) == tenths(cost)
            written[row[0].strip("`")] = (int(row[2]), int(shortfall), tenths(cost))
        terms = ranking.terms[id]
        assert written == {term.criterion: (term.price, term.shortfall, term.cost) for term in terms}
        assert sum(cost for *_, cost in written.values()) == tenths(bill) == ranking.bills[id]
    assert ranking.order[: len(header) - 3] == tuple(header[3:])


def test_the_bills_of_the_design_stand():
    assert {id: rank(EXAMPLE[0]).bills[id] for id in ("go", "sinatra", "rails", "aspnetcore")} == {
        "go": 156, "sinatra": 334, "rails": 372, "aspnetcore": 441,
    }  # fmt: skip


@pytest.mark.parametrize(("answers", "bills"), BILLS)
def test_the_other_bills_are_right(answers, bills):
    written = dict(bill.split() for bill in bills.split(", "))
    assert {id: tenths(bill) for id, bill in written.items()} == {
        id: rank(answers).bills[id] for id in written
    }


def test_every_price_is_written_down():
    rows = re.findall(r"^\| `(always|\w+: [\w-]+)` \| (.*) \|$", PAGE, re.MULTILINE)
    answers = {
        f"{question}: {answer}": costs for question, rows in PRICES.items() for answer, costs in rows.items()
    }
    assert dict(rows) == {answer: shown(costs) for answer, costs in {"always": BASE, **answers}.items()}


@pytest.mark.parametrize(("module", "name", "value"), NUMBERS)
def test_every_number_is_written_down(module, name, value):
    assert value == shown(getattr(importlib.import_module(f"scaffold.recommend.{module}"), name))


def test_no_number_of_a_module_is_left_out():
    written = {name for _, name, _ in NUMBERS} | {"MINOR", "PART", "ESSENTIAL", "DECISIVE", "OVERRIDING"}
    for path in Path(scoring.__file__).parent.glob("*.py"):
        for names in re.findall(r"^([A-Z][A-Z_, ]+) = [\d.]", path.read_text(encoding="utf-8"), re.MULTILINE):
            assert {*names.split(", ")} <= written | {"FULL"}, path.name


def shown(value):
    if isinstance(value, Mapping):
        return ", ".join(
            f"{' '.join(key) if isinstance(key, tuple) else key} {shown(each)}" for key, each in value.items()
        )
    return " + ".join(map(str, value)) if isinstance(value, tuple) else str(value)
