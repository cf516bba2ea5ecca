"""What each command prints: data on standard output, and the same data as JSON."""

import json
import tomllib
from pathlib import Path

import jsonschema
import pytest

from scaffold.catalog import load_frameworks, load_knowledge_of
from scaffold.console import Console

ROOT = Path(__file__).parent.parent.parent
SHOP = ROOT / "examples" / "shop.yaml"


def test_list_shows_every_framework_once_and_json_says_the_same(scaffold):
    lines = scaffold("list").stdout.splitlines()
    assert [line.split()[0] for line in lines[1:]] == list(load_frameworks())
    assert [each["id"] for each in json.loads(scaffold("list", "--json").stdout)["templates"]] == list(
        load_frameworks()
    )


def test_list_filters_by_language_kind_and_text(scaffold):
    def ids(*options):
        return {each["id"] for each in json.loads(scaffold("list", "--json", *options).stdout)["templates"]}

    assert ids("--language", "ruby") == {"rails", "sinatra"}
    assert ids("--kind", "micro", "--language", "ruby") == {"sinatra"}
    assert "rails" in ids("--search", "RAILS")
    assert ids("--search", "no such text") == set()


def test_show_has_claims_with_verdicts_and_evidence_on_demand(scaffold):
    brief, full = scaffold("show", "django").stdout, scaffold("show", "django", "--evidence").stdout
    assert "D8 " in brief
    assert "Levels, 0 to 10" not in brief
    assert "Levels, 0 to 10" in full
    document = json.loads(scaffold("show", "django", "--json").stdout)
    assert document["framework"]["id"] == "django"
    assert len(document["knowledge"]["levels"]) == 20
    admin = load_knowledge_of("express").levels["admin"]
    shown = scaffold("show", "express", "--evidence").stdout.split("  admin  ")[2]
    for words in (f" {admin.level}  grade {admin.grade}  {admin.why}\n", admin.addon, str(admin.checked_on)):
        assert words in shown


def test_questions_describe_every_key_and_the_schema_accepts_the_examples(scaffold):
    text = scaffold("questions").stdout
    schema = json.loads(scaffold("questions", "--json").stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert all(f"{key}: " in text for key in schema["properties"] if key != "template")
    jsonschema.validate(json.loads((ROOT / "examples/chat.json").read_text()), schema)
    jsonschema.validate(tomllib.loads((ROOT / "examples/webhook.toml").read_text()), schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"wat": "api"}, schema)


def test_recommend_gives_the_same_bytes_for_the_same_answers(scaffold):
    arguments = ("recommend", "--answers", SHOP, "--format", "json")
    first, second = (
        scaffold(*arguments).stdout,
        scaffold(*arguments, environment={"PYTHONHASHSEED": "7"}).stdout,
    )
    assert first == second
    assert json.loads(first)["ranking"][0]["id"] == "django"


def test_recommend_reads_standard_input_and_options_win(scaffold):
    outcome = scaffold(
        "recommend", "--answers", "-", "--set", "languages=php", "--format", "json", stdin=SHOP.read_text()
    )
    assert json.loads(outcome.stdout)["ranking"][0]["id"] == "laravel"


@pytest.mark.parametrize(
    "view",
    [
        ["--why", "django"],
        ["--why-not", "flask"],
        ["--compare", "django", "rails"],
        ["--what-if", "languages=php"],
    ],
)
def test_a_view_of_the_recommendation_comes_as_text_and_json(scaffold, view):
    arguments = ("recommend", "--answers", SHOP, *view)
    assert "Django" in scaffold(*arguments).stdout
    document = scaffold(*arguments, "--format", "json").stdout
    assert json.loads(document)["schema"].startswith("scaffold.")
    assert scaffold(*arguments, "--json").stdout == document


def test_old_answers_are_read_with_a_note_and_imagined_ones_too(scaffold, tmp_path):
    (tmp_path / "old.yaml").write_text("what: api\nlanguages: [go, python, ruby, php, java]\nteam: lasting\n")
    arguments = ("recommend", "--answers", "old.yaml", "--format", "json")
    outcome = scaffold(*arguments)
    answers = json.loads(outcome.stdout)["answers"]
    assert answers["languages"] == ["go", "python", "ruby", "php"]
    assert (answers["team"], answers["lifetime"]) == ("small", "long")
    assert outcome.stderr.splitlines() == [
        "warning: old.yaml:2: of 5 languages the first 4 count: go, python, ruby, php",
        "warning: old.yaml:3: `team: lasting` is read as `team: small` and `lifetime: long`",
    ]
    imagined = scaffold(*arguments[:3], "--set", "lifetime=short", "--what-if", "team=lasting")
    assert "warning: --what-if team: " in imagined.stderr
    assert "How long will it be in use?" not in imagined.stdout


def test_the_report_goes_to_a_file(scaffold, tmp_path):
    outcome = scaffold("recommend", "--answers", SHOP, "--format", "html", "--output", "report.html")
    assert (outcome.returncode, outcome.stdout) == (0, "")
    assert (tmp_path / "report.html").read_text(encoding="utf-8").startswith("<!doctype html>")


def test_no_colour_is_written_to_a_file_and_none_with_no_color(scaffold):
    outcome = scaffold("new", "shop", "-t", "django", "-y", environment={"NO_COLOR": "1"})
    assert "\x1b" not in outcome.stdout + outcome.stderr


def test_dry_run_lists_the_files_that_new_then_makes(scaffold, tmp_path):
    planned = json.loads(
        scaffold("new", "shop", "-t", "django", "-y", "--no-git", "--dry-run", "--json").stdout
    )
    assert not (tmp_path / "shop").exists()
    made = json.loads(scaffold("new", "shop", "-t", "django", "-y", "--no-git", "--json").stdout)
    assert made["plan"] == planned
    files = {
        str(path.relative_to(tmp_path / "shop")) for path in (tmp_path / "shop").rglob("*") if path.is_file()
    }
    assert {file["path"] for file in planned["files"]} == files


def test_a_recommended_project_carries_its_decision_and_its_answers(scaffold, tmp_path):
    outcome = scaffold("new", "shop", "--answers", SHOP, "-y", "--no-git")
    assert outcome.stdout.strip() == str(tmp_path / "shop")
    record = (tmp_path / "shop/docs/decisions/0001-framework.md").read_text(encoding="utf-8")
    provenance = tomllib.loads((tmp_path / "shop/.scaffold.toml").read_text(encoding="utf-8"))
    assert "Django" in record
    assert provenance["answers"]["what"] == ["site", "back-office"]
    assert provenance["variables"]["author"] == "The Tea Company"


def test_the_recorded_command_makes_the_same_project_again(scaffold, tmp_path):
    import shlex

    scaffold("new", "shop", "--answers", SHOP, "-y", "--no-git")
    provenance = tomllib.loads((tmp_path / "shop/.scaffold.toml").read_text(encoding="utf-8"))
    (tmp_path / "again").mkdir()
    program, *arguments = shlex.split(provenance["scaffold"]["reproduce"])
    assert program == "scaffold"
    assert scaffold(*arguments, "--no-git", cwd=tmp_path / "again").returncode == 0
    assert contents(tmp_path / "shop") == contents(tmp_path / "again/shop")


def test_what_is_known_of_a_person_stays_out_of_the_project(scaffold, tmp_path):
    scaffold("new", "shop", "-t", "django", "-y")
    secret = next(
        line.partition("=")[2]
        for line in (tmp_path / "shop/.env").read_text().splitlines()
        if line.startswith("SECRET_KEY=")
    )
    others = (path for path in (tmp_path / "shop").rglob("*") if path.is_file() and path.name != ".env")
    assert not [path for path in others if secret.encode() in path.read_bytes()]


def test_a_defaults_file_answers_what_nothing_else_does(scaffold, tmp_path):
    (tmp_path / "config" / "scaffold").mkdir(parents=True)
    (tmp_path / "config" / "scaffold" / "defaults.toml").write_text(
        'author = "Ada"\nlicense = "Apache-2.0"\n'
    )
    (tmp_path / "mine.yaml").write_text("author: Grace\n")
    usual, named = {"XDG_CONFIG_HOME": str(tmp_path / "config")}, {"SCAFFOLD_DEFAULTS": "mine.yaml"}
    for environment, options, expected in (
        (usual, (), ("Ada", "Apache-2.0")),
        (usual, ("--set", "license=MIT"), ("Ada", "MIT")),
        (named, (), ("Grace", "MIT")),
    ):
        arguments = ("new", "shop", "-t", "django", "-y", "--dry-run", "--json", *options)
        variables = json.loads(scaffold(*arguments, environment=environment).stdout)["variables"]
        assert (variables["author"], variables["license"]) == expected


def contents(root):
    files = (path for path in root.rglob("*") if path.is_file() and path.name != ".env")
    return {path.relative_to(root): path.read_bytes() for path in files}


def test_what_a_text_option_became_is_told_with_the_next_steps(scaffold, tmp_path):
    told = scaffold("new", tmp_path / "shop", "-t", "go", "-y", "--no-git").stderr
    assert "Go module path: shop (--set module_path=… makes it another)" in told
    assert "module path" not in scaffold("new", tmp_path / "other", "-t", "flask", "-y", "--no-git").stderr


@pytest.mark.parametrize(("columns", "widest"), [("60", 60), ("90", 90), ("300", 100)])
def test_a_report_is_as_wide_as_the_terminal(monkeypatch, columns, widest):
    monkeypatch.setenv("COLUMNS", columns)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    assert Console({}).columns == widest


def test_without_a_terminal_a_report_is_80_wide(monkeypatch):
    monkeypatch.setenv("COLUMNS", "60")
    assert Console({}).columns == 80
