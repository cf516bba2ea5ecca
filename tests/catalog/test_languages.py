import keyword
import sys

import pytest

from scaffold.catalog import templates_root
from scaffold.catalog.languages import read_languages
from scaffold.errors import TemplateProblem

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
        ('[elm]\nname = "Elm"\nease = 11', "elm: `ease` is 11, and must be 0 to 10"),
        ('[elm]\nname = "Elm"\nkin = { go = -1 }', "elm: kin: `go` is -1, and must be 0 to 10"),
        ('[elm]\nname = "Elm"\noutside = { any = "Lamdera" }', "elm: outside: `any` must be a list"),
        ('[elm]\nname = "Elm"\nshared = 1', "elm: `shared` must be true or false"),
        ("elm = 1", "`elm` must be a table"),
    ],
)
def test_a_mistake_in_the_table_of_languages_is_named_with_its_place(tmp_path, text, message):
    (tmp_path / "languages.toml").write_text(text)
    with pytest.raises(TemplateProblem) as caught:
        read_languages(tmp_path)
    assert message in f"{caught.value.message} {caught.value.hint}"


def test_only_what_is_said_brings_a_language_nearer(tmp_path):
    (tmp_path / "languages.toml").write_text(
        '[elm]\nname = "Elm"\n[oak]\nname = "Oak"\nease = 7\nkin = { go = 5 }\n'
        'outside = { any = ["Acorn"] }\nshared = true\n'
    )
    elm, oak = read_languages(tmp_path).values()
    assert (elm.ease, elm.kin, elm.outside, elm.shared) == (10, {}, {}, False)
    assert (oak.ease, oak.kin, oak.outside, oak.shared) == (7, {"go": 5}, {"any": ("Acorn",)}, True)
