"""Whatever a person writes, every file of every template stays well-formed and says what they wrote."""

import ast
import json
import shutil
import sys
import tomllib
from xml.etree import ElementTree as ET

import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from scaffold.catalog import template_folder, templates_root
from scaffold.catalog.languages import language_of
from scaffold.errors import InvalidInput
from scaffold.project.names import check_text, suggest_slug

STARTERS = [
    file.parent.name
    for file in sorted(templates_root().glob("*/template.toml"))
    if "[starter]" in file.read_text()
]


def accepted(text):
    try:
        return bool(check_text("description", text).strip())
    except InvalidInput:
        return False


BREAKING = "\"'`\\{}%#$<>&|;:,-=!*[]()@~^?/ \u00a0é店😀"
TEXT = st.one_of(st.text(max_size=60), st.text(alphabet=BREAKING, max_size=30)).filter(accepted)
NASTY = "\\\" ' {{ 7*7 }} {% raw %} {# #} ${x} $(id) `id` #{1} <b>&amp; --> */ ]]> %> ?> : # - \\u0041 \\n 😀"


def xml(text):
    return ET.fromstring(text)  # noqa: S314 - our own files


def json_of_typescript(text):
    """TypeScript's own files may have lines of comment."""
    return json.loads("\n".join(line for line in text.splitlines() if not line.lstrip().startswith("//")))


PARSERS = {
    ".py": ast.parse,
    ".json": json.loads,
    ".toml": tomllib.loads,
    ".yaml": lambda text: list(yaml.safe_load_all(text)),
    ".yml": lambda text: list(yaml.safe_load_all(text)),
    **dict.fromkeys((".xml", ".csproj", ".props", ".slnx", ".svg"), xml),
}
DESCRIBED = {
    "pyproject.toml": lambda document: document["project"]["description"],
    "package.json": lambda document: document["description"],
    "composer.json": lambda document: document["description"],
}


def parser_of(path):
    if path.suffix == ".py" and sys.version_info < (3, 12):
        return None  # the starters may be in newer Python than this
    return json_of_typescript if path.name.startswith("tsconfig") else PARSERS.get(path.suffix)


def check_file(path, description, *, at_top):
    parse = parser_of(path)
    if parse is None:
        return
    try:
        document = parse(path.read_text(encoding="utf-8"))
    except Exception as error:
        raise AssertionError(f"{path.name} is not well-formed: {error}\n{path.read_text()}") from error
    if at_top and path.name in DESCRIBED:
        assert DESCRIBED[path.name](document) == description, path.name


@pytest.mark.parametrize("id", ["tiny", *STARTERS])
@pytest.mark.parametrize(
    "choice", [{}, {"license": "Apache-2.0", "database": "postgresql", "container": False}]
)
def test_every_file_parses_whatever_is_answered(maker, tmp_path, id, choice):
    if id != "tiny":
        maker.template = template_folder(id)
    language = language_of(maker.framework.language, maker.template)

    @settings(max_examples=8, suppress_health_check=list(HealthCheck))
    @given(title=TEXT, description=TEXT, author=TEXT, slug=st.text(max_size=70))
    @example(title=NASTY, description=NASTY, author=NASTY, slug="null")
    @example(title="---", description="- - -: yes", author="@~`!&*", slug="0x1F")
    @example(title="\\", description="trailing \\", author='"', slug="a" * 64)
    def check(title, description, author, slug):
        given_ = {"project_name": title, "description": description, "author": author, **choice}
        project = tmp_path / "shop"
        plan = maker.plan(project, {**given_, "project_slug": suggest_slug(slug, language)})
        maker.create(plan)
        try:
            for file in plan.files:
                if file.origin != "copied":
                    check_file(project / file.path, description, at_top="/" not in file.path)
        finally:
            shutil.rmtree(project)

    check()
