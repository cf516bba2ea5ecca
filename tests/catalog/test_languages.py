import keyword
import sys

import pytest

from scaffold.catalog import load_frameworks, templates_root
from scaffold.catalog.languages import read_languages
from scaffold.errors import TemplateProblem
from scaffold.interview.questions import QUESTIONS

PYTHON = read_languages(templates_root())["python"]


def test_every_keyword_of_this_python_is_reserved():
    assert {word.lower() for word in keyword.kwlist} <= PYTHON.reserved["a Python keyword"]


def test_every_module_of_this_python_is_reserved():
    names = {name.lower().replace("_", "-") for name in sys.stdlib_module_names if name[0] != "_"}
    assert names <= PYTHON.reserved["a module of Python's standard library"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[elm]\nnmae = "Elm"', "languages.toml: elm: `name` is missing"),
        ('[elm]\nname = "Elm"\nresrved = {}', "elm: `resrved` is not a known key Did you mean `reserved`?"),
        ('[elm]\nname = "Elm"\nreserved = { word = 1 }', "elm: reserved: `word` must be text"),
        ("elm = 1", "`elm` must be a table"),
        ('[elm]\nname = "Elm"\ndistance = 11', "elm: `distance` is 11, and must be 0 to 10"),
        ('[elm]\nname = "Elm"\ndistance = -1', "elm: `distance` is -1, and must be 0 to 10"),
        ('[elm]\nname = "Elm"\ndistance = "near"', "elm: `distance` must be a whole number"),
        ('[elm]\nname = "Elm"\ndistnce = 3', "elm: `distnce` is not a known key Did you mean `distance`?"),
        ('[elm]\nname = "Elm"\nkin = { go = 11 }', "elm: kin: `go` is 11, and must be 0 to 10"),
        ('[elm]\nname = "Elm"\nkin = "go"', "elm: `kin` must be a table"),
        ('[elm]\nname = "Elm"\noutside = { api = "Hop" }', "elm: outside: `api` must be a list"),
        ('[elm]\nname = "Elm"\noutside = { api = [1] }', "elm: outside: `api` must be a list of texts"),
        ('[elm]\nname = "Elm"\nshared = 1', "elm: `shared` must be true or false"),
        ('[elm]\nname = "Elm"\nshard = true', "elm: `shard` is not a known key Did you mean `shared`?"),
        ('[elm]\nname = "Elm"\nhelp = 1', "elm: `help` must be text"),
    ],
)
def test_a_mistake_in_the_table_of_languages_is_named_with_its_place(tmp_path, text, message):
    (tmp_path / "languages.toml").write_text(text)
    with pytest.raises(TemplateProblem) as caught:
        read_languages(tmp_path)
    assert message in f"{caught.value.message} {caught.value.hint}"


def test_a_language_is_far_has_no_kin_and_runs_on_no_shared_host_unless_said(tmp_path):
    (tmp_path / "languages.toml").write_text('[elm]\nname = "Elm"')
    elm = read_languages(tmp_path)["elm"]
    assert (elm.distance, elm.kin, elm.outside, elm.shared, elm.help) == (10, {}, {}, False, "")


def test_what_is_said_of_a_language_is_read(tmp_path):
    (tmp_path / "languages.toml").write_text(
        '[elm]\nname = "Elm"\nhelp = "Not the tree."\ndistance = 7\nkin = { go = 3 }\n'
        'outside = { api = ["Hop", "Lamdera"] }\nshared = true'
    )
    elm = read_languages(tmp_path)["elm"]
    assert (elm.distance, elm.kin, elm.outside) == (7, {"go": 3}, {"api": ("Hop", "Lamdera")})
    assert (elm.shared, elm.help) == (True, "Not the tree.")


def test_kin_and_what_is_built_outside_are_names_that_exist():
    languages = read_languages(templates_root())
    built = {choice.value for question in QUESTIONS if question.id == "what" for choice in question.choices}
    written_in = {framework.language for framework in load_frameworks().values()}
    for language in languages.values():
        assert language.kin.keys() <= written_in
        assert language.outside.keys() <= {*built, "any"}
        assert not (language.kin and language.id in written_in)
