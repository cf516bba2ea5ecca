"""Files below a template, a stage or a target are reached through `confined_fs` only."""

import ast
from pathlib import Path

import pytest

import scaffold.project

PACKAGE = Path(scaffold.project.__file__).parent
FILE_CALLS = {
    *("open", "fdopen", "read_text", "write_text", "read_bytes", "write_bytes", "touch", "truncate"),
    *("copy", "copy2", "copyfile", "copytree", "move", "symlink_to", "symlink", "chmod", "lchmod"),
}
ALLOWED = {
    "confined_fs": {"open", "fdopen"},
    "lock": {"open"},  # the lock of a stage, or a folder to lock
    "publish": {"open"},  # a folder, to make its names durable
    "provenance": {"read_text"},  # of a project that exists, by its path
}


@pytest.mark.parametrize("module", sorted(PACKAGE.glob("*.py")), ids=lambda path: path.stem)
def test_a_module_opens_no_file_on_its_own(module):
    calls = [
        node.func
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
    ]
    names = {call.attr if isinstance(call, ast.Attribute) else getattr(call, "id", "") for call in calls}
    assert names & FILE_CALLS <= ALLOWED.get(module.stem, set())


def test_only_one_module_knows_cookiecutter():
    users = {
        path.stem for path in PACKAGE.glob("*.py") if "from cookiecutter" in path.read_text(encoding="utf-8")
    }
    assert users == {"template_language"}
