"""Templates to measure with: a Django starter for copier, and generated ones of any size.

The translation for copier is checked: both tools must make the same files.
"""

import json
import re
import shutil
from collections.abc import Iterator, Mapping
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

PROJECT = "{{cookiecutter.project_slug}}"
MARKS = (b"{{", b"{%", b"{#")
SUBSTITUTED = 10
"""Every tenth file of a generated template has something to substitute."""
IN_A_FOLDER = 50

_NAME = re.compile(r"cookiecutter\.(_*)(\w+)")
_TOML = """\
[framework]
id = "{id}"
name = "Files"
language = "python"
kind = "standard-library"
summary = "Files of a benchmark"
homepage = "https://example.org"
release = "1.0"
support = "None"
checked_on = 2026-01-01
source = "Generated"

[contract]
version = 2

[starter]
version = "1.0.0"
gives = ["files"]
url = "http://127.0.0.1:8000/"

[commands]
"""


def translate(template: Path, folder: Path) -> None:
    """Write the template for copier: the same files, variables and conditions."""
    document = json.loads((template / "cookiecutter.json").read_text())
    settings = document.pop("_jinja2_env_vars", {})
    copied = document.pop("_copy_without_render", [])
    folder.mkdir(parents=True)
    questions = {_renamed(key): _question(key, value) for key, value in document.items()}
    envops = {"keep_trailing_newline": True, **settings}
    # JSON is YAML, so copier reads it.
    (folder / "copier.yml").write_text(
        json.dumps({"_subdirectory": "project", "_envops": envops, **questions})
    )
    for path in sorted((template / PROJECT).rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            _translate_file(path, path.relative_to(template / PROJECT).as_posix(), folder / "project", copied)


def _translate_file(path: Path, name: str, project: Path, copied: list[str]) -> None:
    content = path.read_bytes()
    ways = [name, *(parent.as_posix() for parent in Path(name).parents)]
    raw = any(fnmatch(way, pattern) for way in ways for pattern in copied)
    rendered = not raw and any(mark in content for mark in MARKS)
    target = project / (_text(name) + ".jinja" * rendered)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(_text(content.decode()).encode() if rendered else content)
    shutil.copymode(path, target)


def _question(key: str, value: Any) -> dict[str, Any]:  # noqa: ANN401 - a value of JSON
    if isinstance(value, list):
        return {"type": "str", "choices": value, "default": value[0]}
    kind = {"type": "bool" if isinstance(value, bool) else "str"}
    default = _text(value) if isinstance(value, str) else value
    return {**kind, "default": default, **({"when": False} if key.startswith("__") else {})}


def _renamed(key: str) -> str:
    """Return copier's name: what begins with an underscore is a setting there."""
    return f"derived_{key.lstrip('_')}" if key.startswith("_") else key


def _text(text: str) -> str:
    return _NAME.sub(lambda found: _renamed(found[1] + found[2]), text)


def generate(template: Path, files: int) -> None:
    """Write a template of this many files of about one kilobyte, in folders of fifty."""
    project = template / PROJECT
    for index in range(files):
        path = project / f"part_{index // IN_A_FOLDER}" / f"module_{index}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(_lines(index)))
    variables = {"project_name": "My Project", "project_slug": "my-project", "description": "", "author": ""}
    (template / "cookiecutter.json").write_text(json.dumps(variables))
    (template / "template.toml").write_text(_TOML.format(id=template.name))


def _lines(index: int) -> Iterator[str]:
    if index % SUBSTITUTED == 0:
        yield '"""{{ cookiecutter.project_name }}, by {{ cookiecutter.author }}."""\n'
        yield "{% if cookiecutter.author %}\n# {{ cookiecutter.author }}\n{% endif %}\n"
    for line in range(20):
        yield f"def function_{index}_{line}(value: int) -> int:\n    return value + {line}\n"


def same_files(one: Path, other: Path, *, but: frozenset[str]) -> bool:
    """Say whether two projects have the same files, bytes and modes, ``but`` some."""
    return _files(one, but) == _files(other, but)


def _files(project: Path, but: frozenset[str]) -> Mapping[str, tuple[bytes, int]]:
    found = {path.relative_to(project).as_posix(): path for path in project.rglob("*") if path.is_file()}
    return {
        name: (path.read_bytes(), path.stat().st_mode)
        for name, path in found.items()
        if name not in but and "__pycache__" not in name
    }
