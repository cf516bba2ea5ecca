"""What a program gets from ``import scaffold``."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from itertools import product
from pathlib import Path

import pytest

import scaffold
from scaffold.api import decision_record
from scaffold.catalog import load_frameworks
from scaffold.catalog.options import unmet_requirement

SURFACE = Path(__file__).with_name("surface.txt")
ANSWERS = {"what": ("api",), "languages": ("go", "python"), "team": "small"}
HEAVY = {"click", "jinja2", "yaml", "cookiecutter", "questionary", "tomllib", "dataclasses", "scaffold.api"}


@pytest.fixture(scope="module")
def recommendation():
    return scaffold.recommend(ANSWERS)


@pytest.fixture
def plan(tmp_path, recommendation):
    return scaffold.plan(
        "flask", tmp_path / "shop", {"database": "postgresql"}, recommendation=recommendation
    )


def test_importing_the_package_imports_nothing_of_weight():
    code = "import sys, scaffold; dir(scaffold); print(*sys.modules)"
    outcome = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not HEAVY & set(outcome.stdout.split())


def test_the_names_are_those_that_are_written_down():
    names = [name for name in dir(scaffold) if not name.startswith("__")]
    assert names == sorted(scaffold.__all__, key=str)
    assert names == SURFACE.read_text(encoding="utf-8").split()
    assert all(getattr(scaffold, name) is not None for name in names)


def test_a_name_that_is_none_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'recomend'"):
        _ = scaffold.recomend


def test_a_function_is_not_hidden_by_the_package_of_its_name():
    code = (
        "import scaffold, scaffold.verify.project, scaffold.report.text, scaffold.recommend.engine\n"
        "print(*(callable(getattr(scaffold, n)) for n in ('verify', 'report', 'recommend')))"
    )
    outcome = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert outcome.stdout.split() == ["True"] * 3


def test_a_function_cannot_be_replaced_unnoticed():
    with pytest.raises(AttributeError, match="cannot be set"):
        scaffold.plan = None


STARTERS = [id for id, framework in load_frameworks().items() if framework.starter]


def option_sets(id):
    """Every set of options that can be chosen; of a text its default and its example."""
    options = load_frameworks()[id].starter.options

    def values(option):
        if isinstance(option.default, bool):
            return (True, False)
        return [choice.value for choice in option.choices] or [option.example, None]

    for chosen in product(*map(values, options.values())):
        given = {key: value for key, value in zip(options, chosen, strict=True) if value is not None}
        if unmet_requirement(options, {**dict.fromkeys(options, ""), **given}) is None:
            yield given


@pytest.mark.parametrize("id", STARTERS)
def test_what_is_rendered_is_what_is_created_with_every_set_of_options(id, tmp_path):
    sets = list(option_sets(id))
    assert len(sets) > 1
    for number, given in enumerate(sets):
        plan = scaffold.plan(id, tmp_path / f"shop{number}", given, git=False)
        rendered = scaffold.render(plan)
        root = scaffold.create(plan).root
        found = {
            path.relative_to(root).as_posix(): (path.read_bytes(), os.access(path, os.X_OK))
            for path in root.rglob("*")
            if path.is_file()
        }
        secret = {file.path for file in plan.files if file.origin == "secret"}
        assert found.keys() - rendered.keys() == secret
        assert {path: (file.content, file.executable) for path, file in rendered.items()} == {
            path: each for path, each in found.items() if path not in secret
        }


def test_a_recommendation_leaves_its_record_in_the_project(plan):
    rendered = scaffold.render(plan)
    assert b"Flask" in rendered["docs/decisions/0001-framework.md"].content
    assert b'what = ["api"]' in rendered[".scaffold.toml"].content


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"langauges": ("go",)}, "no question `langauges`"),
        ({"languages": ("gol",)}, "cannot be `gol`"),
        ({"team": 7}, "takes one text, not a number"),
    ],
)
def test_an_answer_that_is_none_is_refused(answers, message):
    with pytest.raises(scaffold.InvalidInput, match=message):
        scaffold.recommend(answers)


def test_a_recommendation_is_of_today(monkeypatch):
    monkeypatch.setattr("scaffold.clock.today", lambda: date(2028, 1, 28))
    found = scaffold.recommend(ANSWERS)
    assert found.as_of == date(2028, 1, 28)
    assert {each.checked_on < found.as_of for each in found.overdue} == {True}


def test_answers_of_earlier_versions_are_read_without_a_word(capsys):
    found = scaffold.recommend({"languages": ("go", "python", "ruby", "php", "java"), "team": "lasting"})
    assert found.answers == {
        "languages": ("go", "python", "ruby", "php"),
        "team": "small",
        "lifetime": "long",
    }
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("calls", [8, pytest.param(100, marks=pytest.mark.slow)])
def test_eight_threads_get_what_one_gets(calls):
    asked = [{**ANSWERS, "languages": (language,)} for language in ("go", "python", "php", "ruby")]
    alone = [scaffold.recommend(answers) for answers in asked]

    def ask(_):
        return all(scaffold.recommend(asked[n % 4]) == alone[n % 4] for n in range(calls))

    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(ask, range(8)))


def test_a_project_can_be_made_in_a_thread(tmp_path):
    with ThreadPoolExecutor(1) as threads:
        made = threads.submit(lambda: scaffold.create(scaffold.plan("go", tmp_path / "shop")))
    assert (made.result().root / "go.mod").is_file()


def test_without_a_recommendation_or_a_rank_there_is_no_decision_to_record(recommendation, tmp_path):
    assert decision_record(recommendation, "flask")
    assert decision_record(recommendation, "fastapi") == ""
    assert not scaffold.plan("flask", tmp_path / "shop", recommendation=scaffold.recommend({})).decision


AUDITED = """
import os, pathlib, sys
before = dict(os.environ), os.getcwd()
import scaffold
FORBIDDEN = {"os.chdir", "os.putenv", "os.unsetenv", "builtins.input"}
found = []
def hook(event, arguments):
    home = event == "open" and str(arguments[0]).startswith("/nowhere")
    if event in FORBIDDEN or home:
        found.append(event)
sys.addaudithook(hook)
scaffold.questions(); scaffold.templates()
advice = scaffold.recommend({"what": ("api",), "languages": ("go",), "team": "small"})
scaffold.report(advice)
plan = scaffold.plan("go", sys.argv[1], recommendation=advice)
scaffold.render(plan); scaffold.create(plan)
scaffold.verify(sys.argv[1], only=["doctor"])
scaffold.as_json(plan)
assert (dict(os.environ), os.getcwd()) == before
assert not found, found
"""


def test_no_call_prints_asks_or_changes_the_process_or_needs_a_home(tmp_path):
    outcome = subprocess.run(
        [sys.executable, "-c", AUDITED, str(tmp_path / "shop")],
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
        env={"PATH": os.environ["PATH"], "HOME": "/nowhere", "PYTHONDONTWRITEBYTECODE": "1"},
    )
    assert (outcome.returncode, outcome.stdout, outcome.stderr) == (0, "", "")
