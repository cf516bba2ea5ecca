"""Files below a template, a stage or a target are reached through `confined_fs` only."""

import ast
from pathlib import Path

import pytest

import scaffold

ROOT = Path(scaffold.__file__).parent
PACKAGE = ROOT / "project"
FILE_CALLS = {
    *("open", "fdopen", "read_text", "write_text", "read_bytes", "write_bytes", "touch", "truncate"),
    *("copy", "copy2", "copyfile", "copytree", "move", "symlink_to", "symlink", "chmod", "lchmod"),
}
ALLOWED = {
    "project/confined_fs.py": {"open", "fdopen"},
    "project/lock.py": {"open"},  # the lock of a stage, or a folder to lock
    "project/publish.py": {"open"},  # a folder, to make its names durable
    "regular_file.py": {"open", "fdopen"},  # a file that somebody named, or one beside a template
    "catalog/digest.py": {"read_bytes"},  # every file of a template, whatever it is called
    "cli/report_file.py": {"open", "chmod", "write_text"},  # the report, where the user wants it
    "console.py": {"open"},  # the null device
    "report/page.py": {"read_text"},  # a file of this package
    "toolchain/find.py": {"symlink_to"},  # tools, in a temporary folder
    "toolchain/install_hints.py": {"read_text"},  # /etc/os-release
    "toolchain/run.py": {"read_text", "open"},  # /proc, and what a process says, in a temporary folder
    "toolchain/watch.py": {"open"},  # the null device
    "verify/contract/api_document.py": {"read_text"},  # a file of this package
    "verify/contract/log.py": {"read_text"},  # what the server said, in a temporary folder
    "verify/contract/tokens.py": {"read_bytes"},  # the database of verify's own
    "verify/credentials.py": {"read_text"},  # what a command said, in a temporary folder
    "verify/production.py": {"copy2", "write_text"},  # the copy of a project, in a temporary folder
    "verify/served.py": {"read_text"},  # what the server said, in a temporary folder
    "verify/matrix.py": {"write_text"},  # the record beside a template of this checkout
    "verify/sample.py": {"read_text", "read_bytes"},  # a project that a test of a template has made
    "verify/side_effects.py": {"read_bytes"},  # a project that is verified, by the names that git lists
}
MODULES = {path.relative_to(ROOT).as_posix(): path for path in sorted(ROOT.rglob("*.py"))}


@pytest.mark.parametrize("module", MODULES)
def test_a_module_opens_no_file_on_its_own(module):
    tree = ast.parse(MODULES[module].read_text(encoding="utf-8"))
    calls = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    names = {call.attr if isinstance(call, ast.Attribute) else getattr(call, "id", "") for call in calls}
    assert names & FILE_CALLS == ALLOWED.get(module, set())


def test_only_one_module_knows_cookiecutter():
    users = {
        path.stem for path in PACKAGE.glob("*.py") if "from cookiecutter" in path.read_text(encoding="utf-8")
    }
    assert users == {"template_language"}
