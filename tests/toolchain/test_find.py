import os
import sys
from pathlib import Path

import pytest

from scaffold.model.framework import Tool
from scaffold.toolchain import find as finding
from scaffold.toolchain.find import child_environment, find_tools, not_first_on_path
from scaffold.toolchain.run import run

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the programs here are shell scripts")


def tool(name="node", needs=">=22", **environment):
    return Tool(name=name, needs=needs, why="why", get="https://example.org/get", environment=environment)


def program(folder, name, says, status=0):
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(f"#!/bin/sh\necho '{says}'\nexit {status}\n")
    path.chmod(0o755)
    return path


@pytest.fixture
def machine(tmp_path, monkeypatch):
    """Return an environment with an empty home and one empty folder on the PATH, /bin/sh aside."""
    monkeypatch.setattr("scaffold.toolchain.search_paths.sys.executable", str(tmp_path / "ours" / "python"))
    managers = finding.folders.__globals__["_MANAGERS"]
    at_home = tuple(entry for entry in managers if not entry[1].startswith("/"))
    monkeypatch.setattr("scaffold.toolchain.search_paths._MANAGERS", at_home)
    return {"PATH": str(tmp_path / "path"), "HOME": str(tmp_path / "home")}


@pytest.fixture
def path(tmp_path):
    return tmp_path / "path"


@pytest.fixture
def home(tmp_path):
    return tmp_path / "home"


def find_one(wanted, machine, **options):
    return find_tools([wanted], machine, **options)[0]


def test_a_tool_on_the_path_that_fits_wins_over_newer_ones_elsewhere(machine, path, home):
    expected = program(path, "node", "v22.1.0")
    program(home / ".nvm/versions/node/v24.0.0/bin", "node", "v24.0.0")
    found = find_one(tool(), machine)
    assert (found.path, found.version, found.rejected) == (str(expected), "22.1.0", ())


@pytest.mark.parametrize(
    "folder",
    [
        ".nvm/versions/node/v24.0.0/bin",
        ".local/share/fnm/node-versions/v24.0.0/installation/bin",
        ".volta/tools/image/node/24.0.0/bin",
        ".asdf/installs/nodejs/24.0.0/bin",
        ".local/share/mise/installs/node/24.0.0/bin",
        ".pyenv/versions/24.0.0/bin",
        ".rbenv/versions/24.0.0/bin",
        ".local/share/uv/python/cpython-24/bin",
        ".local/bin",
    ],
)
def test_version_managers_are_looked_through_when_the_path_has_none_that_fits(machine, path, home, folder):
    old = program(path, "node", "v18.0.0")
    expected = program(home / folder, "node", "v24.0.0")
    found = find_one(tool(), machine)
    assert (found.path, found.rejected) == (str(expected), (f"{old}: 18.0.0 is not >=22",))


@pytest.mark.parametrize(
    ("variable", "folder"),
    [
        ("NVM_DIR", "versions/node/v24.0.0/bin"),
        ("PYENV_ROOT", "versions/3/bin"),
        ("MISE_DATA_DIR", "installs/n/1/bin"),
    ],
)
def test_a_version_manager_that_was_moved_is_found_there(machine, tmp_path, variable, folder):
    expected = program(tmp_path / "moved" / folder, "node", "v24.0.0")
    assert find_one(tool(), machine | {variable: str(tmp_path / "moved")}).path == str(expected)


def test_a_tool_beside_our_own_interpreter_is_found(machine, tmp_path):
    expected = program(tmp_path / "ours", "uv", "uv 0.9.1")
    assert find_one(tool("uv", ">=0.5"), machine).path == str(expected)


def test_the_newest_release_of_one_folder_wins(machine, path):
    for name in ("python3.12", "python3.9", "python3.14"):
        program(path, name, f"Python {name[6:]}.1")
    program(path, "python3", "Python 3.12.1")
    assert find_one(tool("python", ">=3.12", UV_PYTHON="{path}"), machine).version == "3.14.1"


def test_a_numbered_name_is_of_no_use_to_a_project_that_cannot_be_told(machine, path):
    program(path, "python3.12", "Python 3.12.1")
    assert find_one(tool("python", ">=3.12"), machine).path == ""


def test_a_shim_that_does_not_run_is_rejected_with_what_it_said(machine, path, home):
    shim = program(path, "node", "nodenv: version 24 is not installed", status=127)
    program(home / ".nvm/versions/node/v24.0.0/bin", "node", "v24.0.0")
    found = find_one(tool(), machine)
    assert found.rejected == (f"{shim}: does not run: nodenv: version 24 is not installed",)
    assert found.version == "24.0.0"


@pytest.mark.parametrize(
    ("says", "reason"),
    [("v25.0.0-nightly", "25.0.0-nightly is a pre-release"), ("hello", "does not say its version")],
)
def test_what_is_no_release_is_rejected(machine, path, says, reason):
    shim = program(path, "node", says)
    found = find_one(tool(), machine)
    assert (found.path, found.rejected) == ("", (f"{shim}: {reason}",))


def test_a_tool_that_does_not_answer_is_rejected(machine, path, monkeypatch):
    monkeypatch.setattr(finding, "_TIMEOUT", 0.2)
    slow = program(path, "node", "v24.0.0")
    slow.write_text("#!/bin/sh\nexec /bin/sleep 600\n")
    assert "no answer to" in find_one(tool(), machine).rejected[0]


def test_programs_are_asked_in_the_project_folder(machine, path, tmp_path):
    shim = program(path, "node", "")
    shim.write_text('#!/bin/sh\nread version < .node-version\necho "v$version"\n')
    (tmp_path / "project").mkdir()
    (tmp_path / "project" / ".node-version").write_text("22.5.0\n")
    assert find_one(tool(), machine, directory=tmp_path / "project").version == "22.5.0"


def test_go_is_asked_in_its_own_way(machine, path):
    shim = program(path, "go", "")
    shim.write_text('#!/bin/sh\n[ "$1" = version ] && echo go version go1.27.3 linux/amd64\n')
    assert find_one(tool("go", ">=1.25"), machine).version == "1.27.3"


def test_a_missing_tool_has_no_path_and_says_how_to_get_it(machine):
    found = find_one(tool("meteor", ">=3"), machine)
    assert (found.path, found.version, found.get) == ("", "", "https://example.org/get")


def test_a_tool_that_belongs_to_another_comes_from_the_same_folder(machine, path, home):
    program(path, "npm", "9.0.0")
    beside = home / ".nvm/versions/node/v24.0.0/bin"
    program(beside, "node", "v24.0.0")
    expected = program(beside, "npm", "11.0.0")
    assert find_tools([tool(), tool("npm", ">=9")], machine)[1].path == str(expected)


@pytest.fixture
def child(machine, tmp_path):
    """Return the environment of a child that is to have these tools."""

    def make(*tools):
        return child_environment(tools, find_tools(tools, machine), machine, tmp_path / "links")

    return make


def says(name, environment):
    return run((name,), cwd=Path("/"), environment=environment, timeout=20, watched=False).tail


def test_a_found_tool_is_the_one_that_children_run(child, path, home):
    program(path, "node", "v18.0.0")
    program(home / ".nvm/versions/node/v24.0.0/bin", "node", "v24.0.0")
    assert says("node", child(tool())) == "v24.0.0"


@pytest.mark.parametrize("foreign", ["uv", "node", "python"])
def test_what_lies_beside_a_found_tool_hides_nothing_on_the_path(child, path, home, foreign):
    program(path, foreign, "1.0 of the user")
    folder = home / ".pyenv/versions/3.13.0/bin"
    program(folder, foreign, "2.0 of somebody else")
    program(folder, "python3.13", "Python 3.13.0")
    environment = child(tool("python", ">=3.12", UV_PYTHON="{path}"))
    assert says(foreign, environment) == "1.0 of the user"
    assert says("python3.13", environment) == "Python 3.13.0"


def test_a_companion_of_a_found_tool_is_there_where_the_path_has_none(child, home):
    program(home / "sdk/go1.27.3/bin", "go", "go1.27.3")
    program(home / "sdk/go1.27.3/bin", "gofmt", "formatted")
    assert says("gofmt", child(tool("go", ">=1.25"))) == "formatted"


@pytest.mark.parametrize(
    "start", ["node", '"$(dirname "$0")/node"', '"$(dirname "$(readlink "$0")")/private"']
)
def test_a_script_finds_the_tool_it_starts_on_the_path_and_beside_itself(child, machine, path, home, start):
    machine["PATH"] += os.pathsep + os.defpath
    program(path, "node", "v18.0.0")
    folder = home / ".nvm/versions/node/v24.0.0"
    program(folder / "bin", "node", "v24.0.0")
    program(folder / "lib", "private", "v24.0.0")
    script = program(folder / "lib", "npm", "")
    script.write_text(f'#!/bin/sh\n[ "$1" ] && echo 11.0.0 || exec {start}\n')
    (folder / "bin" / "npm").symlink_to("../lib/npm")
    assert says("npm", child(tool(), tool("npm", ">=9"))) == "v24.0.0"


def test_a_tool_the_path_finds_by_itself_leaves_the_path_alone(child, machine, path):
    program(path, "node", "v24.0.0")
    assert child(tool()) == machine


def test_children_are_told_where_a_tool_is(child, home):
    expected = program(home / ".pyenv/versions/3.13.0/bin", "python3", "Python 3.13.0")
    environment = child(tool("python", ">=3.12", UV_PYTHON="{path}", LITERAL="{braces}"))
    assert (environment["UV_PYTHON"], environment["LITERAL"]) == (str(expected), "{braces}")


def test_a_missing_tool_sets_nothing(child, machine):
    assert child(tool("python", ">=3.12", UV_PYTHON="{path}")) == machine


def test_a_relative_home_is_not_followed(machine, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    program(Path("relative/.nvm/versions/node/v24.0.0/bin"), "node", "v24.0.0")
    assert find_one(tool(), machine | {"HOME": "relative"}).path == ""


def test_a_tool_may_go_by_another_of_its_names(machine, path):
    expected = program(path, "caddy2", "v2.10.0")
    caddy = Tool(name="caddy", needs=">=2", why="", get="", names=("caddy", "caddy2"))
    assert find_one(caddy, machine).path == str(expected)


def advice(wanted, machine):
    return list(not_first_on_path([wanted], find_tools([wanted], machine), machine))


def test_a_tool_that_a_shell_finds_in_an_older_version_is_said_with_the_folder_of_the_right_one(
    machine, path, home
):
    older = program(path, "node", "v18.2.0")
    fitting = program(home / ".nvm/versions/node/v24.0.0/bin", "node", "v24.0.0")
    assert advice(tool(), machine) == [
        f"node: {older}: 18.2.0 is not >=22; put {fitting.parent} at the front of PATH"
    ]


def test_a_tool_that_a_shell_does_not_find_is_said(machine, home):
    fitting = program(home / ".nvm/versions/node/v24.0.0/bin", "node", "v24.0.0")
    assert advice(tool(), machine) == [
        f"node: it is not on your PATH; put {fitting.parent} at the front of PATH"
    ]


@pytest.mark.parametrize("folder", ["path", "elsewhere"])
def test_nothing_is_said_of_a_tool_that_is_first_or_missing_or_named_by_a_variable(
    machine, path, home, folder
):
    if folder == "path":
        program(path, "node", "v24.0.0")
    program(home / ".volta/bin", "python", "Python 3.13.0")
    assert advice(tool(), machine) == []
    assert advice(tool("python", ">=3.12", UV_PYTHON="{path}"), machine) == []
