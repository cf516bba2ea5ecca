"""What is written on the command line: refused in one line when it cannot be meant, completed, explained."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest

from scaffold.catalog import load_frameworks
from scaffold.cli import COMMANDS, commands
from scaffold.cli.command import StrictCommand
from scaffold.errors import ExitStatus

README = Path(__file__).parent.parent.parent / "README.md"
SHOP = str(README.parent / "examples" / "shop.yaml")


@pytest.mark.parametrize(
    ("arguments", "name"),
    [
        (("new", "shop", "-t", ""), "--template"),
        (("new", "shop", "--template=", "-y"), "--template"),
        (("new", "", "-t", "flask", "-y"), "DIRECTORY"),
        (("new", "shop", "--answers", ""), "--answers"),
        (("new", "shop", "--set", "team=small", "--set", ""), "--set"),
        (("recommend", "--answers", SHOP, "--why="), "--why"),
        (("recommend", "--answers", SHOP, "--why-not="), "--why-not"),
        (("recommend", "--answers", SHOP, "--compare", "django", ""), "--compare"),
        (("recommend", "--answers", SHOP, "--what-if", ""), "--what-if"),
        (("recommend", "--answers", SHOP, "--output", ""), "--output"),
        (("list", "--language", ""), "--language"),
        (("list", "--search="), "--search"),
        (("show", ""), "ID"),
        (("doctor", "django", ""), "IDS"),
        (("verify", "--url", ""), "--url"),
        (("verify", "--database-url="), "--database-url"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_an_empty_value_is_refused(scaffold, tmp_path, arguments, name):
    outcome = scaffold(*arguments)
    assert (outcome.returncode, outcome.stdout) == (ExitStatus.USAGE, "")
    assert outcome.stderr.startswith(f"error: {name} is empty\n")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("new", "shop", "-t", "flask", "-t", "go"), "--template stands twice"),
        (("new", "shop", "-t", "flask", "--template", "flask"), "--template stands twice"),
        (("recommend", "--answers", SHOP, "--answers", SHOP), "--answers stands twice"),
        (("recommend", "--answers", SHOP, "--format", "html", "--format", "text"), "--format stands twice"),
        (("new", "shop", "-y", "-t", "flask", "--set", "template=django"), "The framework is named twice"),
        (("new", "shop", "-y", "--all"), "--all asks every question, and -y and -t ask none"),
        (("new", "shop", "-t", "flask", "--all"), "--all asks every question, and -y and -t ask none"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_one_thing_said_twice_or_against_another_is_refused(scaffold, tmp_path, arguments, message):
    outcome = scaffold(*arguments)
    assert (outcome.returncode, outcome.stdout) == (ExitStatus.USAGE, "")
    assert outcome.stderr.startswith(f"error: {message}")
    assert list(tmp_path.iterdir()) == []


def test_what_may_stand_twice_may(scaffold):
    outcome = scaffold(
        "new", "a", "-t", "go", "-yy", "--set", "author=A", "--set", "license=MIT", "--dry-run"
    )
    assert outcome.returncode == 0, outcome.stderr


def test_an_option_wins_over_a_template_in_the_answers(scaffold, tmp_path):
    (tmp_path / "a.yaml").write_text("template: django\n")
    outcome = scaffold("new", "a", "-t", "go", "-y", "--answers", "a.yaml", "--dry-run", "--json")
    assert json.loads(outcome.stdout)["template"] == "go"


WORDS = {"--json", "--format", "json"}


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (("list", "--json", "--nope"), ExitStatus.USAGE),
        (("list", "--language", "pyhton", "--json"), ExitStatus.USAGE),
        (("show", "--json"), ExitStatus.USAGE),
        (("show", "djnago", "--json"), ExitStatus.USAGE),
        (("questions", "x", "--json"), ExitStatus.USAGE),
        (("doctor", "djnago", "--json"), ExitStatus.USAGE),
        (("verify", "nowhere", "--json"), ExitStatus.USAGE),
        (("verify", "--only", "nothing", "--json"), ExitStatus.USAGE),
        (("new", "taken", "-t", "django", "-y", "--json"), ExitStatus.REFUSED),
        (("new", "shop", "--json"), ExitStatus.USAGE),
        (("recommend", "--format", "json"), ExitStatus.USAGE),
        (("recommend", "--set", "what=api", "--format=json", "--why", "djnago"), ExitStatus.USAGE),
        (("recommend", "--answers", SHOP, "--output", SHOP, "--format", "json"), ExitStatus.REFUSED),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_with_json_every_error_is_one_document(scaffold, tmp_path, arguments, status):
    (tmp_path / "taken").touch()
    outcome = scaffold(*arguments)
    error = json.loads(outcome.stdout)["error"]
    assert (outcome.returncode, error["status"], outcome.stderr) == (status, status, "")
    plain = scaffold(*(word for word in arguments if word.removeprefix("--format=") not in WORDS))
    assert plain.stderr.startswith(f"error: {error['message']}\n\nhint: {error['hint']}")


def test_with_json_a_bug_is_a_document_too(scaffold, tmp_path):
    (tmp_path / "sitecustomize.py").write_text(
        "import scaffold.catalog\nscaffold.catalog.load_frameworks = None\n"
    )
    outcome = scaffold("list", "--json", environment={"PYTHONPATH": f"{tmp_path}:{README.parent}"})
    assert outcome.returncode == json.loads(outcome.stdout)["error"]["status"] == ExitStatus.BUG
    assert "TypeError" in outcome.stderr


def test_the_word_json_is_an_argument_like_others_after_two_dashes(scaffold):
    outcome = scaffold("show", "--", "--json")
    assert (outcome.returncode, outcome.stdout) == (ExitStatus.USAGE, "")


def test_after_the_document_an_error_is_no_second_one(scaffold, tmp_path):
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop" / "README.md").write_text("mine")
    outcome = scaffold("new", "shop", "-t", "flask", "-y", "--on-conflict", "skip", "--json")
    assert (outcome.returncode, json.loads(outcome.stdout)["schema"]) == (
        ExitStatus.CONFLICTS,
        "scaffold.new/1",
    )
    assert "\nerror: " in outcome.stderr


@pytest.mark.parametrize(
    "arguments", [("verify", "shop", "--only", "doctor"), ("doctor", "flask"), ("list",)]
)
def test_each_command_prints_one_document(scaffold, arguments):
    scaffold("new", "shop", "-t", "flask", "-y", "--no-git")
    outcome = scaffold(*arguments, "--json")
    assert json.loads(outcome.stdout)
    assert "error" not in outcome.stdout.split('"')[1]


def test_without_a_command_the_help_is_shown_and_nothing_is_wrong_with_it(scaffold):
    outcome = scaffold()
    assert (outcome.returncode, outcome.stdout) == (ExitStatus.USAGE, "")
    assert outcome.stderr == scaffold("--help").stdout


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_the_help_cuts_nothing(scaffold, command):
    text = scaffold(*command.split(), "--help", environment={"COLUMNS": "80"}).stdout
    assert "..." not in text.replace("[ARGS]...", "")
    assert max(map(len, text.splitlines())) <= 80


@pytest.mark.parametrize("columns", ["40", "200"])
def test_the_help_cuts_nothing_in_another_width(scaffold, columns):
    text = " ".join(scaffold("--help", environment={"COLUMNS": columns}).stdout.split())
    assert all(str(_command(name).short_help) in text for name in COMMANDS)


COMPLETED = [
    ("new shop -t dj", ["django"]),
    ("new shop --template fl", ["flask"]),
    ("show dj", ["django"]),
    ("doctor go dj", ["django"]),
    ("recommend --why ra", ["rails"]),
    ("recommend --why-not ra", ["rails"]),
    ("recommend --compare django ra", ["rails"]),
    ("show ", sorted(load_frameworks())),
]


@pytest.mark.parametrize(("typed", "expected"), COMPLETED)
def test_an_id_is_completed(scaffold, typed, expected):
    words = typed.split(" ")
    environment = {
        "_SCAFFOLD_COMPLETE": "bash_complete",
        "COMP_WORDS": f"scaffold {typed}",
        "COMP_CWORD": str(len(words)),
    }
    outcome = scaffold(environment=environment)
    assert outcome.stdout.splitlines() == [f"plain,{id}" for id in expected]


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
@pytest.mark.parametrize("program", ["scaffold", "scaffold-backend"])
def test_bash_completes_an_id(tmp_path, program):
    (tmp_path / program).write_text(f'#!/bin/sh\nexec "{sys.executable}" -m scaffold "$@"\n')
    (tmp_path / program).chmod(0o755)
    name = program.replace("-", "_")
    script = (
        f'eval "$(_{name.upper()}_COMPLETE=bash_source {program})"; COMP_WORDS=({program} show dj); '
        f'COMP_CWORD=2; _{name}_completion {program} dj show; echo "${{COMPREPLY[@]}}"; complete -p {program}'
    )
    outcome = subprocess.run(
        ["bash", "-c", script],
        env={**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert outcome.stdout.splitlines()[0] == "django"
    assert f"_{name}_completion {program}" in outcome.stdout.splitlines()[1]


def test_every_command_has_the_same_manners():
    assert {type(_command(name)) for name in COMMANDS} == {StrictCommand}


def _command(name):
    return commands.get_command(click.Context(commands), name)
