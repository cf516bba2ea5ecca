"""What a program gets from ``import scaffold``."""

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import jsonschema
import pytest

import scaffold
from scaffold import documents

SCHEMAS = Path(documents.__file__).parent / "schemas"
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


def valid(document):
    name = document["schema"].removeprefix("scaffold.").partition("/")[0]
    schema = json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(json.loads(json.dumps(document)), schema)
    return document


def command(*words, **options):
    outcome = subprocess.run(
        [sys.executable, "-m", "scaffold", *map(str, words)], capture_output=True, check=False, **options
    )
    assert outcome.returncode == 0, outcome.stderr.decode()
    return json.loads(outcome.stdout)


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


def test_what_is_rendered_is_what_is_created(plan):
    rendered = scaffold.render(plan)
    project = scaffold.create(plan)
    found = {
        path.relative_to(project.root).as_posix(): (path.read_bytes(), os.access(path, os.X_OK))
        for path in project.root.rglob("*")
        if path.is_file() and ".git" not in path.relative_to(project.root).parts
    }
    del found[".env"]
    assert {path: (file.content, file.executable) for path, file in rendered.items()} == found


def test_a_recommendation_leaves_its_record_in_the_project(plan):
    rendered = scaffold.render(plan)
    assert b"Flask" in rendered["docs/decisions/0001-framework.md"].content
    assert b'what = ["api"]' in rendered[".scaffold.toml"].content


def test_documents_are_valid_and_what_the_commands_print(tmp_path, recommendation):
    settings = ["--set", "what=api", "--set", "languages=go,python", "--set", "team=small"]
    printed = command("recommend", *settings, "--format", "json")
    assert valid(scaffold.as_json(recommendation)) == printed
    template = next(each for each in scaffold.templates() if each.framework.id == "flask")
    assert valid(scaffold.as_json(template)) == command("show", "flask", "--json")
    planned = scaffold.plan("flask", tmp_path / "shop")
    assert valid(scaffold.as_json(planned)) == command(
        "new", tmp_path / "shop", "-t", "flask", "-y", "--dry-run", "--json"
    )
    made = command("new", tmp_path / "other", "-t", "flask", "-y", "--no-git", "--json")
    assert valid(made["plan"])
    assert valid(made["project"])["root"] == str(tmp_path / "other")
    assert valid(scaffold.as_json(scaffold.create(planned)))["commit"]["made"]


def test_a_verification_is_a_document_too(tmp_path):
    project = scaffold.create(scaffold.plan("flask", tmp_path / "shop"))
    checks = []
    verification = scaffold.verify(project.root, only=["doctor"], on_check=checks.append)
    assert tuple(checks) == verification.checks
    assert valid(scaffold.as_json(verification)) == command("verify", project.root, "--only=doctor", "--json")


def test_what_has_no_document_is_said():
    with pytest.raises(scaffold.InvalidInput, match="no document of a int"):
        scaffold.as_json(7)


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


def test_threads_get_what_one_thread_gets(recommendation, tmp_path):
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda _: scaffold.recommend(ANSWERS), range(64)))
        made = threads.submit(lambda: scaffold.create(scaffold.plan("go", tmp_path / "shop", git=False)))
    assert all(each == recommendation for each in found)
    assert (made.result().root / "go.mod").is_file()


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
