"""Naming a template: by id, by path, or nearly right."""

import shutil
from datetime import date
from types import SimpleNamespace

import pytest

from scaffold.catalog import (
    load_frameworks,
    load_knowledge,
    load_languages,
    template_folder,
    templates_root,
)
from scaffold.catalog.template import read_framework
from scaffold.cli import framework_choice
from scaffold.console import Console
from scaffold.errors import InvalidInput, TemplateProblem
from scaffold.interview.questions import QUESTIONS
from scaffold.model.plan import Step
from scaffold.recommend import recommend


@pytest.mark.parametrize("name", ["DJANGO", "Django", "djnago", "djang", "dajngo"])
@pytest.mark.parametrize("command", [("new", "shop", "-y", "-t"), ("show",)], ids=lambda words: words[0])
def test_a_name_that_is_nearly_an_id_gets_that_id(scaffold, command, name):
    outcome = scaffold(*command, name)
    assert outcome.returncode == 2
    assert f"error: There is no template `{name}`" in outcome.stderr
    assert "hint: Did you mean `django`?" in outcome.stderr


def test_an_id_wins_over_a_folder_of_that_name(tmp_path, monkeypatch):
    shutil.copytree(templates_root() / "flask", tmp_path / "django")
    monkeypatch.chdir(tmp_path)
    assert template_folder("django") == templates_root() / "django"
    assert template_folder("./django") == tmp_path / "django"


def test_a_folder_with_a_template_is_a_path_without_a_slash_too(tmp_path, monkeypatch):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "template.toml").touch()
    monkeypatch.chdir(tmp_path)
    assert template_folder("mine") == tmp_path / "mine"
    monkeypatch.chdir(tmp_path / "mine")
    assert template_folder(".") == tmp_path / "mine"
    monkeypatch.setenv("HOME", str(tmp_path))
    assert template_folder("~/mine/") == tmp_path / "mine"


@pytest.mark.parametrize("name", ["./none", "none/", "/", "~nobody/x", "..", "a\0/b", "./" + "x" * 5000])
def test_a_path_without_a_template_is_said_to_have_none(name):
    with pytest.raises(
        InvalidInput, match=r"^There is no template at `.*: the folder has no template\.toml$"
    ):
        template_folder(name)


def test_a_framework_without_levels_leaves_all_others_ranked(tmp_path):
    catalog = tmp_path / "templates"
    shutil.copytree(templates_root(), catalog, ignore=shutil.ignore_patterns("{{*"))
    (catalog / "flask" / "knowledge.toml").unlink()
    text = (catalog / "go" / "knowledge.toml").read_text()
    (catalog / "go" / "knowledge.toml").write_text(
        text[: text.index("[levels]")] + text[text.index("[claims]") :]
    )
    frameworks, knowledge = load_frameworks(catalog), load_knowledge(catalog)
    assert frameworks.keys() - knowledge.keys() == {"flask", "go"}
    found = recommend(
        {"what": ("api",)},
        frameworks=frameworks,
        knowledge=knowledge,
        languages=load_languages(catalog),
        questions=QUESTIONS,
        today=date(2026, 11, 27),
    )
    assert {candidate.id for candidate in found.ranking} <= knowledge.keys()


def test_a_template_whose_folder_is_damaged_is_a_problem_of_the_template(tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "template.toml").write_text("[framework]")
    with pytest.raises(TemplateProblem, match=r"^mine/template\.toml: framework: `id` is missing"):
        load_frameworks(tmp_path)


@pytest.mark.parametrize("step", ["install", "verify"])
@pytest.mark.parametrize("own", [True, False], ids=["foreign", "built-in"])
def test_a_person_is_asked_before_the_commands_of_a_foreign_template_run(tmp_path, monkeypatch, step, own):
    source = templates_root() / "flask"
    if own:
        source = shutil.copytree(source, tmp_path / "flask")
    asked = []
    monkeypatch.setattr(framework_choice, "confirm", asked.append)
    chosen = framework_choice.FrameworkChoice(
        framework=read_framework(source), template=source, named="flask", answers={}
    )
    plan = SimpleNamespace(steps=(Step(name=step, commands=()),))
    framework_choice.agree_to_commands(Console({}), chosen, plan, framework_choice.Asking.POSSIBLE)
    assert asked == (["Run these commands?"] if own else [])
