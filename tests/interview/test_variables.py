"""The questions about a project: its identity, and the options that templates declare."""

import runpy
from pathlib import Path

import pytest

from scaffold import catalog
from scaffold.catalog.cookiecutter_json import IDENTITY
from scaffold.catalog.template import read_framework
from scaffold.cli.options import given_answers
from scaffold.console import Console
from scaffold.errors import InvalidInput
from scaffold.interview.variables import IDENTITY_QUESTIONS, given_variables, project_questions

TEMPLATE = runpy.run_path(str(Path(__file__).parents[1] / "catalog" / "test_template.py"))


@pytest.fixture
def template(tmp_path, monkeypatch):
    """The path of a template with four options, one of them not offered; no defaults file."""
    folder = tmp_path / "tiny"
    folder.mkdir()
    (folder / "template.toml").write_text(TEMPLATE["MINIMAL"] + TEMPLATE["STARTER"])
    (folder / "cookiecutter.json").write_text(TEMPLATE["VARIABLES"])
    (tmp_path / "defaults.toml").touch()
    monkeypatch.setenv("SCAFFOLD_DEFAULTS", str(tmp_path / "defaults.toml"))
    return folder


def variables(template, *settings, answers_file=None):
    framework = read_framework(template)
    answers = given_answers(Console({}), answers_file and str(answers_file), settings, str(template))
    return given_variables(framework, framework.starter, answers)


def test_identity_is_asked_of_every_template():
    assert tuple(question.id for question in IDENTITY_QUESTIONS) == IDENTITY


def test_options_are_asked_in_the_words_of_the_template(template):
    asked = {question.id: question for question in project_questions([read_framework(template).starter])}
    assert list(asked) == [*IDENTITY, "module_path", "container", "database"]
    assert [asked[id].kind for id in ("module_path", "container", "database")] == ["text", "switch", "single"]
    assert asked["module_path"].text == "Module path"
    assert asked["module_path"].why == "Where it is imported from"


def test_without_a_template_the_options_of_all_are_asked_with_all_their_choices(template):
    more = (template / "cookiecutter.json").read_text().replace('"postgresql"', '"postgresql", "mysql"')
    starter = read_framework(template).starter
    (template / "cookiecutter.json").write_text(more)
    toml = (template / "template.toml").read_text()
    (template / "template.toml").write_text(
        toml.replace('sqlite = "SQLite"', 'mysql = "MySQL", sqlite = "S"')
    )
    asked = {
        question.id: question for question in project_questions([starter, read_framework(template).starter])
    }
    assert [choice.label for choice in asked["database"].choices] == ["SQLite", "PostgreSQL", "MySQL"]
    assert len(asked) == len(IDENTITY) + 3


def test_an_option_has_the_same_kind_in_every_template_of_the_catalog():
    kinds = {}
    for framework in catalog.load_frameworks().values():
        for question in project_questions([framework.starter])[len(IDENTITY) :] if framework.starter else ():
            assert kinds.setdefault(question.id, question.kind) == question.kind, framework.id


def test_options_of_the_template_are_answered_and_the_interview_is_not_among_them(template):
    assert variables(template, "database=postgresql", "container=yes", "team=small", "module_path=a/b") == {
        "database": "postgresql",
        "container": True,
        "module_path": "a/b",
    }


def test_an_option_of_another_template_is_refused_with_those_it_has(template, tmp_path):
    (tmp_path / "answers.yaml").write_text("license: MIT")
    for given in ({"answers_file": tmp_path / "answers.yaml"}, {}):
        with pytest.raises(InvalidInput, match="Tiny has no option `license`") as caught:
            variables(template, *() if given else ("license=MIT",), **given)
        assert caught.value.hint == "Its options are module_path, container, database"


def test_an_option_that_is_not_offered_is_refused_with_the_reason(template):
    with pytest.raises(InvalidInput, match="--set jobs: Tiny has no option `jobs`") as caught:
        variables(template, "jobs=true")
    assert caught.value.hint == "Take Celery"


def test_what_the_environment_and_the_defaults_say_of_other_templates_is_left_alone(
    template, tmp_path, monkeypatch
):
    monkeypatch.setenv("SCAFFOLD_LICENSE", "MIT")
    (tmp_path / "defaults.toml").write_text(
        'license = "MIT"\njobs = "sqs"\nci = "none"\ndatabase = "sqlite"\n'
    )
    assert variables(template) == {"database": "sqlite"}


def test_a_key_that_no_template_has_is_refused_with_the_nearest_one(template):
    with pytest.raises(InvalidInput, match="there is no question `licence`") as caught:
        variables(template, "licence=MIT")
    assert caught.value.hint.startswith("Did you mean `license`?")


def test_a_named_template_is_the_only_one_that_is_read(template, monkeypatch):
    monkeypatch.setattr(catalog, "load_frameworks", lambda: pytest.fail("all were read"))
    assert variables(template, "database=sqlite") == {"database": "sqlite"}
