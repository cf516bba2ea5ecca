"""The values of a template's variables: given, by default, derived."""

import runpy
from pathlib import Path

import pytest

from scaffold.catalog.cookiecutter_json import read_declared
from scaffold.errors import InvalidInput, TemplateProblem
from scaffold.project import project_variables
from scaffold.project.variables import finished_context

TEMPLATE_TOML = runpy.run_path(str(Path(__file__).with_name("conftest.py")))["TEMPLATE_TOML"]


def values(maker, given=None, folder="shop"):
    return project_variables(maker.framework, maker.template, given or {}, folder)


def test_defaults_come_from_the_template_and_names_from_the_folder(maker):
    assert values(maker, folder="web_shop") == {
        "project_name": "Web Shop",
        "project_slug": "web-shop",
        "description": "A small thing.",
        "author": "",
        "license": "MIT",
        "database": "sqlite",
        "container": True,
        "ci": "github",
    }


def test_without_a_folder_the_slug_follows_the_title(maker):
    assert values(maker, {"project_name": "Größe & Co"}, folder="")["project_slug"] == "grosse-co"


def test_what_is_given_wins(maker):
    given = {"project_name": "X", "project_slug": "other", "license": "Proprietary", "container": False}
    given |= {"description": " ", "author": ""}
    assert values(maker, given).items() >= given.items()


@pytest.mark.parametrize(
    ("given", "message", "hint"),
    [
        ({"licence": "MIT"}, "no variable `licence`", "Did you mean `license`"),
        ({"zzz": "MIT"}, "no variable `zzz`", "The variables are project_name"),
        ({"license": "GPL"}, "`license` cannot be `GPL`", "MIT, Apache-2.0, Proprietary"),
        ({"container": "maybe"}, "`container` is `maybe`", "true or false"),
        ({"ci": True}, "`ci` must be text", "quotes"),
        ({"ci": ("github",)}, "`ci` must be text", "quotes"),
        ({"project_name": "  "}, "`project_name` is empty", "title"),
        ({"project_slug": ""}, "cannot be the name of the project: it is empty", "project_slug=my-project"),
        ({"description": "a\nb"}, "`description` holds U\\+000A", "one line"),
        ({"project_slug": "class"}, "a Python keyword", "project_slug=class-app"),
    ],
)
def test_a_value_that_cannot_be_used_is_refused(maker, given, message, hint):
    with pytest.raises(InvalidInput, match=message) as caught:
        values(maker, given)
    assert hint in caught.value.hint


TEXT_OPTION = """
[options.module_path]
label = "Module path"
pattern = "[a-z./]+"
example = "example.org/shop"
[options.jobs]
offered = false
why = "Take Celery"
"""


def with_text_option(make_template, toml=TEMPLATE_TOML):
    return make_template(
        variables={"module_path": "{{ cookiecutter.project_slug }}"}, toml=toml + TEXT_OPTION
    )


def test_a_text_option_has_a_default_of_its_own_and_takes_what_matches_its_pattern(make_template):
    maker = with_text_option(make_template)
    assert values(maker)["module_path"] == "shop"
    assert values(maker, {"module_path": "github.com/ann/shop"})["module_path"] == "github.com/ann/shop"


@pytest.mark.parametrize("name", ["area", "project_nature", "zone"])
def test_a_default_may_refer_to_earlier_values_whatever_the_option_is_called(make_template, name):
    option = f'[options.{name}]\nlabel = "Place"\npattern = ".+"\nexample = "x"\n'
    maker = make_template(variables={name: "{{ cookiecutter.project_slug }}-eu"}, toml=TEMPLATE_TOML + option)
    assert values(maker, folder="web_shop")[name] == "web-shop-eu"


@pytest.mark.parametrize("text", ["", "Shop", " shop", "shop!"])
def test_a_text_that_does_not_match_whole_is_refused_with_the_example(make_template, text):
    with pytest.raises(InvalidInput, match="`module_path` cannot be") as caught:
        values(with_text_option(make_template), {"module_path": text})
    assert caught.value.hint == "Give one such as example.org/shop"


def test_an_option_that_is_not_offered_is_refused_with_the_reason(make_template):
    with pytest.raises(InvalidInput, match="no variable `jobs`") as caught:
        values(with_text_option(make_template), {"jobs": True})
    assert caught.value.hint == "Take Celery"


@pytest.mark.parametrize(
    ("given", "refused"),
    [({}, False), ({"container": False}, True), ({"container": False, "ci": "none"}, False)],
)
def test_a_value_that_needs_another_one_is_refused_without_it(make_template, given, refused):
    needy = TEMPLATE_TOML.replace(
        "[options.ci]", "[options.ci]\nrequires = { github = { container = true } }"
    )
    maker = make_template(toml=needy)
    if not refused:
        assert values(maker, given).items() >= given.items()
        return
    with pytest.raises(InvalidInput, match="`ci=github` needs `container=true`") as caught:
        values(maker, given)
    assert "--set container=true" in caught.value.hint


@pytest.mark.parametrize("folder", ["class", "json", "2048", "店"])
def test_a_folder_that_gives_no_good_name_is_refused_with_one(maker, folder):
    with pytest.raises(InvalidInput, match=r"cannot be the name of the project|needs Latin letters"):
        values(maker, folder=folder)


def test_derived_variables_are_computed_from_values_as_data(maker):
    nasty = '{{ 7*7 }} "quoted" \\ {% raw %}'
    context = finished_context(read_declared(maker.template), values(maker, {"description": nasty}))
    assert context["__package"] == "shop"
    assert context["__description_quoted"] == nasty.replace("\\", "\\\\").replace('"', '\\"')


@pytest.mark.parametrize(
    "expression",
    [
        "{{ cookiecutter.__class__ }}",
        "{{ cookiecutter.project_name.__class__ }}",
        "{{ cookiecutter['project_name'].upper() }}",
        "{{ ''.__class__.__mro__ }}",
        "{{ cookiecutter.unknown }}",
        "{{ range(10) }}",
        "{{ self }}",
        "{% for x in cookiecutter %}{{ x }}{% endfor %}",
        "{% include 'x' %}",
        "{% import 'x' as y %}",
        "{{ cookiecutter.project_name|attr('upper') }}",
        "{{ cookiecutter.project_name|format }}",
        "{{ 'a' * 10**10 }}",
        "{{ cookiecutter.project_name",
        "{% now 'utc' %}",
        "{{ random_ascii_string(5) }}",
    ],
)
def test_an_expression_that_does_more_than_text_is_refused_and_not_run(make_template, expression):
    maker = make_template(variables={"__evil": expression})
    with pytest.raises(TemplateProblem, match=r"^cookiecutter\.json: __evil, line 1: "):
        finished_context(read_declared(maker.template), values(maker))


@pytest.mark.parametrize(
    ("variables", "message"),
    [
        ({"_extensions": ["os.path"]}, "_extensions"),
        ({"_jinja2_env_vars": {"finalize": "x"}}, "_jinja2_env_vars"),
        ({"_jinja2_env_vars": {"trim_blocks": "yes"}}, "_jinja2_env_vars"),
        ({"_copy_without_render": "*.html"}, "_copy_without_render"),
        ({"__package": 3}, "__package"),
        ({"port": 8000}, "port"),
        ({"license": []}, "license"),
        ({"nested": {"a": "b"}}, "nested"),
    ],
)
def test_a_cookiecutter_json_that_could_do_more_is_refused(make_template, variables, message):
    with pytest.raises(TemplateProblem, match=message):
        read_declared(make_template(variables=variables).template)


@pytest.mark.parametrize(
    "text", ["", "[]", "{", "[" * 100_000, '"x"', "\xff"], ids=lambda text: ascii(text)[:9]
)
def test_a_damaged_cookiecutter_json_is_named(maker, text):
    (maker.template / "cookiecutter.json").write_text(text, encoding="latin-1")
    with pytest.raises(TemplateProblem, match=r"cookiecutter\.json"):
        read_declared(maker.template)
