"""The wheel, as somebody gets it: what it holds, and that it works without our development tools."""

import json
import subprocess
import sys
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
pytestmark = pytest.mark.xdist_group("wheel")


def run(*command, cwd):
    outcome = subprocess.run([*map(str, command)], cwd=cwd, capture_output=True, text=True, check=False)
    assert outcome.returncode == 0, f"{outcome.stdout}\n{outcome.stderr}"
    return outcome.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", folder, ROOT, cwd=folder)
    return next(folder.glob("scaffold_backend-*.whl"))


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """An environment with the wheel and what it depends on, and nothing else."""
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder, with_pip=True)
    scripts = folder / ("Scripts" if sys.platform == "win32" else "bin")
    run(scripts / "python", "-m", "pip", "install", "--quiet", wheel, cwd=folder)
    return scripts / "scaffold"


def test_the_wheel_holds_exactly_the_templates_that_git_knows(wheel):
    tracked = run("git", "ls-files", "-z", "templates", cwd=ROOT).split("\0")
    expected = {name.removeprefix("templates/") for name in tracked if name}
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    shipped = {
        name.removeprefix("scaffold/_templates/") for name in names if name.startswith("scaffold/_templates/")
    }
    assert shipped == expected | {"digests.json", "tables.jsonl"}


def test_the_wheel_holds_nothing_but_the_package_and_its_metadata(wheel):
    with zipfile.ZipFile(wheel) as archive:
        tops = {name.split("/")[0] for name in archive.namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"scaffold"}


def test_the_installed_wheel_helps_lists_recommends_and_creates(installed, tmp_path):
    assert "Usage: scaffold" in run(installed, "--help", cwd=tmp_path)
    assert "django" in run(installed, "list", cwd=tmp_path)
    assert "What are you building?" in run(installed, "questions", cwd=tmp_path)
    assert "Django" in run(installed, "recommend", "--answers", ROOT / "examples/shop.yaml", cwd=tmp_path)
    assert "<meter" in run(
        installed, "recommend", "--answers", ROOT / "examples/shop.yaml", "--format=html", cwd=tmp_path
    )
    assert "Django" in run(installed, "show", "django", "--evidence", cwd=tmp_path)
    run(installed, "new", "shop", "-t", "django", "-y", cwd=tmp_path)
    made = [path.name for path in (tmp_path / "shop").rglob("*")]
    assert "manage.py" in made
    assert not {"__pycache__"} & set(made)
    assert not [name for name in made if name.endswith(".pyc")]


def test_the_program_is_also_called_as_the_distribution(installed, tmp_path):
    assert "Usage: scaffold" in run(installed.with_name("scaffold-backend"), "--help", cwd=tmp_path)


def damage(change, path):
    """Change a file of the installation and return what takes it back."""
    content = path.read_bytes()
    change(path, content)
    return lambda: path.write_bytes(content)


@pytest.mark.skipif(sys.platform == "win32", reason="nothing is compared there: modes say nothing")
@pytest.mark.parametrize(
    "change",
    [
        lambda path, content: path.write_bytes(content[:-1]),
        lambda path, content: path.write_bytes(bytes([content[0] ^ 1]) + content[1:]),
        lambda path, _content: path.unlink(),
    ],
    ids=["cut", "changed", "lost"],
)
@pytest.mark.parametrize("name", ["manage.py", "LICENSE"])
def test_a_damaged_template_makes_no_project(installed, tmp_path, change, name):
    templates = next(installed.parent.parent.rglob("_templates"))
    restore = damage(change, templates / "django" / "{{cookiecutter.project_slug}}" / name)
    outcome = subprocess.run(
        [installed, "new", "shop", "-t", "django", "-y"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    listed = run(installed, "list", "--json", cwd=tmp_path)
    restore()
    assert outcome.returncode == 5
    assert "`django` of this installation is damaged" in outcome.stderr
    assert not list(tmp_path.iterdir())
    verified = {each["id"]: each["verified"] for each in json.loads(listed)["templates"]}
    assert verified["django"] is None
    assert verified["go"] is not None


@pytest.mark.skipif(sys.platform == "win32", reason="nothing is compared there: modes say nothing")
@pytest.mark.parametrize(
    "change",
    [
        lambda path, content: path.write_bytes(content + b"\n"),
        lambda path, _content: path.write_bytes(b""),
        lambda path, _content: path.unlink(),
    ],
    ids=["changed", "empty", "lost"],
)
@pytest.mark.parametrize(
    "name",
    [
        *("go/knowledge.toml", "go/template.toml", "sources.toml", "languages.toml", "tables.jsonl"),
        *("../recommend/calibration.toml", "../recommend/conflicts.toml", "../report/phrases.toml"),
    ],
)
def test_a_damaged_table_gives_no_advice(installed, tmp_path, name, change):
    templates = next(installed.parent.parent.rglob("_templates"))
    restore = damage(change, templates / name)
    command = [installed, "recommend", "--answers", ROOT / "examples/shop.yaml"]
    outcome = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    restore()
    assert outcome.returncode == 5
    assert f"`{name.removeprefix('../')}` of this installation is damaged" in outcome.stderr


@pytest.mark.parametrize("name", ["flask/knowledge.toml", "sources.toml", "digests.json", "tables.jsonl"])
def test_an_installation_with_a_lost_table_makes_no_project(installed, tmp_path, name):
    templates = next(installed.parent.parent.rglob("_templates"))
    restore = damage(lambda path, _content: path.unlink(), templates / name)
    command = [installed, "new", "shop", "-t", "flask", "-y"]
    outcome = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    restore()
    assert outcome.returncode == 5
    assert f"`{name}` of this installation is damaged" in outcome.stderr
    assert not list(tmp_path.iterdir())


def test_what_the_wheel_reads_as_json_says_what_its_tables_say(installed, tmp_path):
    templates = next(installed.parent.parent.rglob("_templates"))
    for line in (templates / "tables.jsonl").read_text(encoding="utf-8").rstrip("\n").split("\n"):
        name, table = line.split("\t")
        said = tomllib.loads((templates / name).read_text(encoding="utf-8"))
        assert json.loads(json.dumps(said, default=str)) == json.loads(table)
    here = Path(sys.executable).with_name("scaffold")
    shown = [
        json.loads(run(each, "show", "django", "--evidence", "--json", cwd=tmp_path))
        for each in (installed, here)
    ]
    assert shown[0]["knowledge"] == shown[1]["knowledge"]
    assert shown[0]["framework"] == shown[1]["framework"]


def test_a_template_that_was_lost_is_missed(installed, tmp_path):
    templates = next(installed.parent.parent.rglob("_templates"))
    (templates / "go").rename(tmp_path / "go")
    outcome = subprocess.run([installed, "list"], cwd=tmp_path, capture_output=True, text=True, check=False)
    (tmp_path / "go").rename(templates / "go")
    assert outcome.returncode == 5
    assert "`go` of this installation is damaged" in outcome.stderr
