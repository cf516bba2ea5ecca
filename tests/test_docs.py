"""The documentation fails the tests when it lies."""

import re
from pathlib import Path

import click
import pytest

from scaffold.cli import COMMANDS, commands
from scaffold.cli.options import all_project_questions
from scaffold.interview.gather import gather_answers
from scaffold.interview.questions import QUESTIONS
from scaffold.interview.variables import TEMPLATE_QUESTION

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md")]
PAGES += sorted((ROOT / "docs").glob("*.md"))


def _command(name):
    return commands.get_command(click.Context(commands), name)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_in_the_readme_and_has_help(name):
    assert f"`scaffold {name}" in README
    assert _command(name).help


@pytest.mark.parametrize(
    ("command", "option"),
    [
        (name, option)
        for name in COMMANDS
        for option in _command(name).params
        if isinstance(option, click.Option)
    ],
    ids=lambda value: value.name if isinstance(value, click.Option) else value,
)
def test_every_option_has_help(command, option):
    del command
    assert option.help or option.show_default


def test_every_task_of_the_readme_is_in_the_makefile():
    tasks = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = {
        task
        for line in re.findall(r"(?:^|`)make ([a-z -]+?) *(?:`|#|$)", README, re.MULTILINE)
        for task in line.split()
    }
    assert {"demo", "test", "lint"} <= tasks
    assert named <= tasks


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_to_a_file(page):
    links = re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text(encoding="utf-8"))
    missing = [link for link in links if "://" not in link and not (page.parent / link).exists()]
    assert missing == []


@pytest.mark.parametrize("example", sorted((ROOT / "examples").iterdir()), ids=lambda path: path.name)
def test_every_example_answers_known_questions(example):
    questions = (TEMPLATE_QUESTION, *QUESTIONS, *all_project_questions())
    assert gather_answers(questions, environment={}, answers_file=(str(example), example.read_bytes()))


def test_no_page_names_a_path_of_somebodys_machine():
    assert not [
        page for page in PAGES if re.search(r"(?<![\w.])/(root|home/\w+|Users/\w+)/", page.read_text())
    ]
