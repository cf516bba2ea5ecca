"""What a text of a template may do, to the letter."""

import pytest

from scaffold.errors import TemplateProblem
from scaffold.project.template_language import evaluate, rendered

VALUES = {"name": "Shop", "container": True}


def made(text, settings=()):
    return rendered(text, "file.txt", VALUES, dict(settings))


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("{{ cookiecutter.name }}", "Shop"),
        ("{{ cookiecutter['name'] }}", "Shop"),
        ("{{ cookiecutter.name|lower|replace('s', 'c') }}", "chop"),
        ("{% if cookiecutter.container and not false %}a{% else %}b{% endif %}", "a"),
        ("{% set x = 'y' %}{{ x }}{{ x ~ 1 }}", "yy1"),
        ("{{ 'in' if cookiecutter.name in ('Shop', 'Web') else 'out' }}", "in"),
        ("{# a comment #}x\n", "x\n"),
    ],
)
def test_variables_conditions_and_filters_on_text_are_rendered(text, result):
    assert made(text) == result


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{{ cookiecutter.nmae }}", "`cookiecutter.nmae` is not in cookiecutter.json. Did you mean `name`?"),
        ("{{ cookiecutter[1] }}", "`cookiecutter.1` is not in cookiecutter.json"),
        ("{{ cookiecutter[cookiecutter.name] }}", "`cookiecutter.None` is not in cookiecutter.json"),
        ("{{ cookiecutter.name.upper }}", "only `cookiecutter` has attributes"),
        ("{% set x = 'y' %}{{ x.upper }}", "only `cookiecutter` has attributes"),
        ("{{ name }}", "`name` is not a variable"),
        ("{{ [1][0] }}", "only `cookiecutter` has attributes"),
        ("{{ cookiecutter.name() }}", "`Call` is more than a starter may do"),
        ("{{ 'x'|upper|wordcount }}", "the filter `wordcount` is not one of capitalize, default, e, escape"),
    ],
)
def test_everything_else_is_refused_with_its_place(text, reason):
    with pytest.raises(TemplateProblem) as caught:
        made(f"\n{text}")
    assert caught.value.message.startswith(f"file.txt, line 2: {reason}")


def test_a_variable_that_was_not_set_on_the_way_is_named():
    with pytest.raises(TemplateProblem, match=r"^file\.txt, line 1: 'x' is undefined"):
        made("{% if not cookiecutter.container %}{% set x = 1 %}{% endif %}{{ x }}")


@pytest.mark.parametrize(
    ("filters", "length", "fine"), [(40, 0, True), (41, 0, False), (41, 3_999, False), (41, 4_000, True)]
)
def test_forty_filters_are_enough_for_a_short_text(filters, length, fine):
    text = ("{{ ''" + "|e" * filters + " }}").ljust(length)
    if fine:
        made(text)
        return
    with pytest.raises(TemplateProblem, match="line 1: more than 40 filters"):
        made(text)


def test_blocks_are_trimmed_as_the_template_asks():
    text = "  {% if true %}\nx\n  {% endif %}\n"
    assert made(text) == "  \nx\n  \n"
    assert made(text, {"trim_blocks": True, "lstrip_blocks": True}.items()) == "x\n"


@pytest.mark.parametrize("text", ["plain", "{ cookiecutter.name }", "%} }}"])
def test_a_text_without_marks_is_itself(text):
    assert evaluate(text, "cookiecutter.json", {}, {}) == text


@pytest.mark.parametrize("text", ["{{ 'x' }}", "{% if true %}x{% endif %}", "{# a comment #}x"])
def test_each_mark_is_evaluated(text):
    assert evaluate(text, "cookiecutter.json", {}, {}) == "x"
