import shutil
from datetime import date

import pytest

from scaffold.catalog import load_framework, load_frameworks, template_folder, templates_root
from scaffold.catalog.template import COMMANDS, read_framework
from scaffold.errors import InvalidInput, TemplateProblem

MINIMAL = """
[framework]
id = "tiny"
name = "Tiny"
language = "python"
kind = "micro"
summary = "A framework"
homepage = "https://example.com"
release = "1.0"
support = "Nobody knows"
checked_on = 2026-11-22
source = "Its home page"
"""
STARTER = """
[starter]
version = "1.0.0"
gives = ["a page"]
url = "http://127.0.0.1:8000/"
[[tools]]
name = "python"
needs = ">=3.12"
why = "It runs on it"
get = "https://www.python.org"
environment = { UV_PYTHON = "{path}" }
[commands]
install = [["uv", "sync"]]
[environment]
ALLOWED_HOSTS = "127.0.0.1"
[options.container]
omits = { false = ["Dockerfile"] }
[[secrets]]
variable = "SECRET_KEY"
file = ".env"
example = ".env.example"
bytes = 48
[[claims]]
id = "D8"
shows = "admin.py"
test = "test_admin.py"
"""


@pytest.fixture
def folder(tmp_path):
    """Write a template.toml into a folder called ``tiny``."""

    def write(text):
        (tmp_path / "tiny").mkdir(exist_ok=True)
        (tmp_path / "tiny" / "template.toml").write_text(text)
        return tmp_path / "tiny"

    return write


def test_a_framework_without_a_starter_is_complete(folder):
    framework = read_framework(folder(MINIMAL))
    assert (framework.id, framework.starter, framework.supported_until) == ("tiny", None, None)
    assert framework.checked_on == date(2026, 11, 22)


def test_a_starter_is_read_whole(folder):
    starter = read_framework(folder(MINIMAL + STARTER)).starter
    assert starter.commands["install"] == (("uv", "sync"),)
    assert tuple(starter.commands) == COMMANDS
    assert starter.tools[0].environment == {"UV_PYTHON": "{path}"}
    assert starter.omits == {"container": {"false": ("Dockerfile",)}}
    assert (starter.secrets[0].variable, starter.secrets[0].format) == ("SECRET_KEY", "urlsafe")
    assert starter.claims[0].shows == "admin.py"


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ('name = "Tiny"', "", "tiny/template.toml: framework: `name` is missing"),
        ('name = "Tiny"', "name = 3", "framework: `name` must be text"),
        ('id = "tiny"', 'id = "huge"', "`id` is `huge`, and must be one of tiny"),
        ('kind = "micro"', 'kind = "mirco"', "`kind` is `mirco`, and must be one of full-stack"),
        ("checked_on = 2026-11-22", 'checked_on = "today"', "`checked_on` must be a date"),
        ('summary = "A framework"', 'sumary = "A framework"', "`summary` is missing"),
        (
            'release = "1.0"',
            'release = "1.0"\nrelaesed = 1',
            "`relaesed` is not a known key Did you mean `release",
        ),
        ("bytes = 48", "bytes = true", "secrets[0]: `bytes` must be a whole number"),
        ('install = [["uv", "sync"]]', 'install = ["uv sync"]', "`install` must be a list of argument lists"),
        ('install = [["uv", "sync"]]', 'isntall = [["uv", "sync"]]', "Did you mean `install`?"),
        ('gives = ["a page"]', "gives = [1]", "`gives` must be a list of texts"),
        ("[starter]", "[starter", "cannot be read"),
    ],
)
def test_a_mistake_is_named_with_its_place(folder, before, after, message):
    assert before in MINIMAL + STARTER
    with pytest.raises(TemplateProblem) as caught:
        read_framework(folder((MINIMAL + STARTER).replace(before, after)))
    assert message in f"{caught.value.message} {caught.value.hint}"


def test_every_template_of_the_catalogue_loads_and_is_sorted():
    frameworks = load_frameworks()
    assert list(frameworks) == sorted(frameworks)
    assert {"django"} <= set(frameworks)


def test_an_unknown_id_gets_the_nearest_one():
    with pytest.raises(InvalidInput) as caught:
        load_framework("djnago")
    assert "Did you mean `django`?" in caught.value.hint


@pytest.mark.parametrize("id", [id for id, framework in load_frameworks().items() if framework.starter])
def test_what_a_template_says_of_its_files_is_true(id):
    starter = load_framework(id).starter
    project = template_folder(id) / "{{cookiecutter.project_slug}}"
    named = [path for values in starter.omits.values() for paths in values.values() for path in paths]
    named += [secret.example for secret in starter.secrets]
    named += [place for claim in starter.claims for place in (claim.shows, claim.test)]
    missing = [path for path in named if "{{" not in path and not (project / path.split("::")[0]).exists()]
    assert missing == []


def test_a_new_folder_under_templates_is_a_new_framework(tmp_path, monkeypatch):
    """The one-folder rule: no Python changes for a framework."""
    from scaffold import catalog

    shutil.copytree(
        templates_root() / "flask", tmp_path / "tiny", ignore=lambda *_: ["{{cookiecutter.project_slug}}"]
    )
    (tmp_path / "tiny" / "template.toml").write_text(MINIMAL)
    shutil.copy(templates_root() / "sources.toml", tmp_path)
    monkeypatch.setattr(catalog, "templates_root", lambda: tmp_path)
    catalog._folders.cache_clear()
    try:
        assert list(catalog.load_frameworks()) == ["tiny"]
        assert list(catalog.load_knowledge()) == ["tiny"]
    finally:
        catalog._folders.cache_clear()
