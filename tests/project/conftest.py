"""A small template of the real format, and the whole way from it to a project."""

import json
import secrets
import sys
from pathlib import Path

import pytest

from scaffold.catalog.template import read_framework
from scaffold.project import check_target, create_project, plan_project, project_variables

PROJECT = "{{cookiecutter.project_slug}}"

TEMPLATE_TOML = """
[framework]
id = "tiny"
name = "Tiny"
language = "python"
kind = "micro"
summary = "A template for tests"
homepage = "https://example.org/"
release = "1.0"
support = "None"
checked_on = 2026-11-22
source = "The tests"

[starter]
version = "1.2.3"
gives = ["something to test with"]
url = "http://127.0.0.1:8000/"

[contract]
version = 2

[commands]
install = [["true"]]
prepare = []
lint = []
test = []
build = []
run = []
serve = []

[options.license]
label = "Licence"
choices = { MIT = "MIT", "Apache-2.0" = "Apache 2.0", Proprietary = "Proprietary" }
[options.database]
label = "Database"
choices = { sqlite = "SQLite", postgresql = "PostgreSQL" }
[options.container]
label = "Container files"
omits = { false = ["Dockerfile"] }
[options.ci]
label = "Continuous integration"
choices = { github = "GitHub Actions", none = "None" }
omits = { none = [".github"] }

[[secrets]]
variable = "SECRET_KEY"
file = ".env"
example = ".env.example"
bytes = 48
[[secrets]]
variable = "SALT"
file = ".env"
example = ".env.example"
bytes = 16
format = "hex"
"""

QUOTE = "{{ cookiecutter.%s|replace('\\\\', '\\\\\\\\')|replace('\"', '\\\\\"') }}"
VARIABLES = {
    "project_name": "My Project",
    "project_slug": "{{ cookiecutter.project_name|lower|replace(' ', '-')|replace('_', '-') }}",
    "description": "A small thing.",
    "author": "",
    "license": ["MIT", "Apache-2.0", "Proprietary"],
    "database": ["sqlite", "postgresql"],
    "container": True,
    "ci": ["github", "none"],
    "__package": "{{ cookiecutter.project_slug|replace('-', '_') }}",
    "__name_quoted": QUOTE % "project_name",
    "__description_quoted": QUOTE % "description",
    "__author_quoted": QUOTE % "author",
    "_jinja2_env_vars": {"trim_blocks": True, "lstrip_blocks": True},
    "_copy_without_render": ["foreign/*.html", "latin.txt"],
}

FILES: dict[str, str | bytes] = {
    "README.md": "# {{ cookiecutter.project_name }}\n\n{{ cookiecutter.description }}\n\n"
    "{% if cookiecutter.license != 'Proprietary' %}\nFree: {{ cookiecutter.license }}\n{% endif %}\n",
    "LICENSE": "{{ cookiecutter.license }} {{ cookiecutter.author }}\n",
    "pyproject.toml": '[project]\nname = "{{ cookiecutter.project_slug }}"\n'
    'description = "{{ cookiecutter.__description_quoted }}"\n'
    'authors = [{ name = "{{ cookiecutter.__author_quoted }}" }]\n',
    "package.json": '{"name": "{{ cookiecutter.project_slug }}",'
    ' "description": "{{ cookiecutter.__description_quoted }}"}\n',
    "compose.yaml": 'name: {{ cookiecutter.project_slug }}\ntitle: "{{ cookiecutter.__name_quoted }}"\n',
    "{{cookiecutter.__package}}/__init__.py": 'TITLE = "{{ cookiecutter.__name_quoted }}"\n',
    "{{cookiecutter.__package}}/empty.py": "",
    "foreign/page.html": "<b>{{ theirs }}</b>{% their tag %}\n",
    "windows.txt": b"one\r\ntwo\r\n",
    "latin.txt": "caf\xe9\n".encode("latin-1"),
    "logo.png": b"\x89PNG\r\n\x1a\n\x00\x00 no braces \xff\xfe",
    "run": "#!/bin/sh\nexit 0\n",
    "Dockerfile": "FROM scratch\n",
    ".github/workflows/ci.yml": "on: push\n",
    ".github/dependabot.yml": "version: 2\n",
    ".env.example": "# Settings\nDEBUG=false\nSECRET_KEY=change-me\nSALT=\n",
    ".gitignore": ".env\n__pycache__/\n",
}
EXECUTABLE = "run"


def write_template(folder: Path, files=FILES, variables=VARIABLES, toml=TEMPLATE_TOML) -> Path:
    for path, content in files.items():
        file = folder / PROJECT / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        if path == EXECUTABLE:
            file.chmod(0o755)
    (folder / "template.toml").write_text(toml.replace('"tiny"', f'"{folder.name}"'), encoding="utf-8")
    (folder / "cookiecutter.json").write_text(json.dumps(variables), encoding="utf-8")
    return folder


class Maker:
    """Makes projects from one template as the command line does."""

    def __init__(self, template: Path):
        self.template = template
        self.project = template / PROJECT

    @property
    def framework(self):
        return read_framework(self.template)

    def plan(self, path, given=None, **options):
        target = check_target(Path(path), options.get("on_conflict", "refuse"))
        variables = project_variables(self.framework, self.template, given or {}, target.name)
        settled = {"git": False, **options}
        return plan_project(self.framework, self.template, variables, target, **settled)

    def create(self, plan, token_bytes=secrets.token_bytes, environment=None):
        return create_project(plan, token_bytes=token_bytes, environment=environment or {})

    def make(self, path, given=None, **options):
        self.create(self.plan(path, given, **options))
        return Path(path)


@pytest.fixture
def maker(tmp_path):
    return Maker(write_template(tmp_path / "templates" / "tiny"))


@pytest.fixture
def make_template(tmp_path):
    """Write a template that differs from the small one, and return its Maker."""

    def write(files=None, variables=None, toml=TEMPLATE_TOML, name="other"):
        folder = tmp_path / "templates" / name
        return Maker(
            write_template(folder, {**FILES, **(files or {})}, {**VARIABLES, **(variables or {})}, toml)
        )

    return write


def snapshot(folder: Path) -> dict[str, tuple[int, bytes | str]]:
    """Every path below ``folder`` with its mode and content; a link with where it leads."""
    return {
        path.relative_to(folder).as_posix(): (
            path.lstat().st_mode,
            str(path.readlink()) if path.is_symlink() else b"" if not path.is_file() else path.read_bytes(),
        )
        for path in sorted(folder.rglob("*"))
    }


@pytest.fixture(name="snapshot")
def _snapshot():
    return snapshot


@pytest.fixture
def driver():
    """The command that makes a project in a process of its own: ``[*driver, template, target, …]``."""
    return [sys.executable, str(Path(__file__).parent / "driver.py")]
