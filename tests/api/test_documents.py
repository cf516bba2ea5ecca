"""Every JSON document: the command that prints it, its schema, and the value of the API it is made of."""

import json
import shutil
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator, ValidationError
from referencing import Registry, Resource

import scaffold
from scaffold import documents
from scaffold.cli import COMMANDS, boundary, commands

SCHEMAS = {
    path.name.removesuffix(".schema.json"): json.loads(path.read_text(encoding="utf-8"))
    for path in (Path(documents.__file__).parent / "schemas").iterdir()
}
REGISTRY = Registry().with_resources(
    (schema["$id"], Resource.from_contents(schema)) for schema in SCHEMAS.values()
)
VIEWS = {name: f"recommendation:1#/$defs/{name.replace('-', '_')}" for name in ("why", "compare", "what-if")}
ANSWERS = {"what": ("api",), "languages": ("go", "python"), "team": "small"}
RECOMMEND = [
    *("recommend", "--set", "what=api", "--set", "languages=go,python", "--set", "team=small"),
    *("--format", "json"),
]
PRINTED = {
    "list": ["list", "--json"],
    "template": ["show", "flask", "--json"],
    "doctor": ["doctor", "flask", "go", "--json"],
    "plan": ["new", "shop", "-t", "flask", "-y", "--dry-run", "--json"],
    "new": ["new", "shop", "-t", "flask", "-y", "--no-git", "--json"],
    "verification": ["verify", "made", "--only", "doctor", "--json"],
    "recommendation": RECOMMEND,
    "why": [*RECOMMEND, "--why", "flask"],
    "compare": [*RECOMMEND, "--compare", "flask", "go"],
    "what-if": [*RECOMMEND, "--what-if", "team=large"],
    "error": ["show", "djnago", "--json"],
}


@pytest.fixture
def printed(tmp_path, monkeypatch, capfd):
    """Run a command in ``tmp_path`` and return the document that it prints."""

    def printed(*words):
        monkeypatch.setattr(sys, "argv", ["scaffold", *map(str, words)])
        boundary.run(commands)
        return json.loads(capfd.readouterr().out)

    monkeypatch.chdir(tmp_path)
    return printed


def check(document):
    name, _, version = document["schema"].removeprefix("scaffold.").partition("/")
    place = VIEWS.get(name, f"{name}:{version}")
    schema = {"$ref": f"urn:scaffold:{place}"}
    Draft202012Validator(
        schema, registry=REGISTRY, format_checker=Draft202012Validator.FORMAT_CHECKER
    ).validate(document)


@pytest.mark.parametrize("name", PRINTED)
def test_a_document_names_its_schema_and_is_valid_by_it_and_by_no_less(printed, name):
    scaffold.create(scaffold.plan("flask", "made", git=False))
    document = printed(*PRINTED[name])
    assert document["schema"] == f"scaffold.{name}/1"
    check(document)
    for key in document.keys() - {"schema"}:
        with pytest.raises(ValidationError):
            check({other: value for other, value in document.items() if other != key})
    with pytest.raises(ValidationError):
        check({**document, "more": 1})


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_one_and_is_called_like_its_file(name):
    Draft202012Validator.check_schema(SCHEMAS[name])
    assert SCHEMAS[name]["$id"] == f"urn:scaffold:{name}:1"
    assert SCHEMAS[name]["properties"]["schema"] == {"const": f"scaffold.{name}/1"}


def test_every_schema_and_every_command_with_json_is_tried_here():
    assert {*SCHEMAS} - {"project"} == PRINTED.keys() - VIEWS.keys()
    with_json = {
        name
        for name in COMMANDS
        if any({"--json", "--format"} & {*option.opts} for option in commands.get_command(None, name).params)
    }
    assert with_json - {"questions"} == {words[0] for words in PRINTED.values()}


def test_the_questions_are_a_schema_themselves(printed):
    Draft202012Validator.check_schema(printed("questions", "--json"))


def test_as_json_is_what_the_command_prints(printed, tmp_path):
    made = scaffold.create(scaffold.plan("flask", "made", git=False)).root
    with pytest.raises(scaffold.ScaffoldError) as caught:
        scaffold.plan("djnago", "shop")
    values = {
        "template": next(each for each in scaffold.templates() if each.framework.id == "flask"),
        "plan": scaffold.plan("flask", tmp_path / "shop"),
        "verification": scaffold.verify(made, only=["doctor"]),
        "recommendation": scaffold.recommend(ANSWERS),
        "error": caught.value,
    }
    assert {name: scaffold.as_json(value) for name, value in values.items()} == {
        name: printed(*PRINTED[name]) for name in values
    }


def test_as_json_of_a_project_is_what_new_prints_of_it(printed, tmp_path):
    document = printed("new", "shop", "-t", "flask", "-y", "--no-git", "--json")
    shutil.rmtree(tmp_path / "shop")
    plan = scaffold.plan("flask", tmp_path / "shop", git=False)
    assert (document["plan"], document["verification"]) == (scaffold.as_json(plan), None)
    project = scaffold.create(plan)
    assert document["project"] == scaffold.as_json(project)
    check({**document, "verification": scaffold.as_json(scaffold.verify(project.root, only=["doctor"]))})


def test_what_has_no_document_is_said():
    with pytest.raises(scaffold.InvalidInput, match="no document of a int"):
        scaffold.as_json(7)
