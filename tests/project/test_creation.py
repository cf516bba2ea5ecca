"""What a project looks like when all goes well."""

import os
import stat
import subprocess
import sys
import tomllib
from hashlib import sha256
from pathlib import Path

import pytest

from scaffold import __version__
from scaffold.catalog import template_folder, templates_root
from scaffold.catalog.digest import template_digest
from scaffold.catalog.options import option_value
from scaffold.project.planning import DECISION
from scaffold.project.provenance import PROVENANCE

posix = pytest.mark.skipif(os.name == "nt", reason="modes of POSIX")
STARTERS = [
    file.parent.name
    for file in sorted(templates_root().glob("*/template.toml"))
    if "[starter]" in file.read_text()
]


def test_the_project_has_exactly_the_planned_files(maker, tmp_path):
    plan = maker.plan(tmp_path / "shop", decision="# Why\n")
    maker.create(plan)
    found = {
        p.relative_to(tmp_path / "shop").as_posix() for p in (tmp_path / "shop").rglob("*") if p.is_file()
    }
    assert found == {file.path for file in plan.files}


def test_planning_writes_nothing(maker, tmp_path, snapshot):
    before = snapshot(tmp_path)
    maker.plan(tmp_path / "deep" / "down" / "shop")
    assert snapshot(tmp_path) == before


def test_the_same_answers_give_the_same_bytes_and_modes(maker, tmp_path, snapshot):
    first = maker.make(tmp_path / "a" / "shop")
    second = maker.make(tmp_path / "b" / "shop")
    (first / ".env").unlink()
    (second / ".env").unlink()
    assert snapshot(first) == snapshot(second)


def test_copied_files_keep_every_byte(maker, tmp_path):
    shop = maker.make(tmp_path / "shop")
    for name in ("windows.txt", "latin.txt", "logo.png", "foreign/page.html"):
        assert (shop / name).read_bytes() == (maker.project / name).read_bytes()


def test_a_file_without_braces_is_copied_whatever_its_encoding(make_template, tmp_path):
    maker = make_template({"other.txt": b"caf\xe9"})
    assert (maker.make(tmp_path / "shop") / "other.txt").read_bytes() == b"caf\xe9"


@pytest.mark.parametrize(
    ("path", "pattern"),
    [
        ("keep.txt", "keep.txt"),
        ("keep.txt", "*.txt"),
        ("a/keep.txt", "a"),
        ("a/b/keep.txt", "a/b"),
        ("a/b/keep.txt", "a/b/*.txt"),
        ("a/b/c/keep.txt", "a/*/c"),
    ],
)
def test_a_file_that_a_pattern_names_is_copied_with_its_braces(make_template, tmp_path, path, pattern):
    maker = make_template(
        {path: "{{ cookiecutter.author }}"}, {"_copy_without_render": [pattern, "foreign/*.html"]}
    )
    shop = maker.make(tmp_path / "shop")
    assert (shop / path).read_text() == "{{ cookiecutter.author }}"


@posix
def test_executable_bits_are_kept_and_no_others_are_made(maker, tmp_path):
    shop = maker.make(tmp_path / "shop")
    executable = {
        path.name for path in shop.rglob("*") if path.is_file() and path.stat().st_mode & stat.S_IXUSR
    }
    assert executable == {"run"}


def test_answers_are_rendered_literally_whatever_they_hold(maker, tmp_path):
    nasty = "{{ 7*7 }} {% raw %} {# x #} $HOME `id` \\ \" ' <b> 😀"
    shop = maker.make(tmp_path / "shop", {"description": nasty, "author": nasty, "project_name": nasty})
    assert nasty in (shop / "README.md").read_text()
    assert tomllib.loads((shop / "pyproject.toml").read_text())["project"]["description"] == nasty


def test_derived_names_reach_folder_names(maker, tmp_path):
    shop = maker.make(tmp_path / "web-shop")
    assert (shop / "web_shop" / "__init__.py").is_file()


@pytest.mark.parametrize(
    ("given", "left_out"),
    [
        ({"container": False}, {"Dockerfile"}),
        ({"ci": "none"}, {".github/workflows/ci.yml", ".github/dependabot.yml"}),
    ],
)
def test_an_option_leaves_its_files_out_and_only_those(maker, tmp_path, given, left_out):
    everything = {file.path for file in maker.plan(tmp_path / "shop").files}
    assert everything - {file.path for file in maker.plan(tmp_path / "shop", given).files} == left_out


def test_bytecode_in_the_template_does_not_reach_the_project(maker, tmp_path):
    cache = maker.project / "pkg" / "__pycache__"
    cache.mkdir(parents=True)
    (cache / "x.cpython-311.pyc").write_bytes(b"\0")
    (maker.project / "pkg" / "y.pyc").write_bytes(b"\0")
    assert not list(maker.make(tmp_path / "shop").rglob("*pyc*"))


def test_a_decision_is_recorded_only_when_there_is_one(maker, tmp_path):
    assert (maker.make(tmp_path / "recommended", decision="# Why\n") / DECISION).read_text() == "# Why\n"
    assert not (maker.make(tmp_path / "chosen") / "docs").exists()


def test_the_provenance_file_names_template_answers_and_every_hash(maker, tmp_path):
    shop = maker.make(
        tmp_path / "shop",
        {"description": 'quote " and \\ and \u00a0'},
        answers={"team": "small", "needs": ("api", "admin"), "realtime": False},
    )
    provenance = tomllib.loads((shop / PROVENANCE).read_text())
    assert provenance["template"] == {
        "id": "tiny",
        "version": "1.2.3",
        "digest": template_digest(maker.template),
    }
    again = "scaffold new shop -t tiny -y --set team=small --set needs=api,admin "
    assert provenance["scaffold"]["reproduce"].startswith(again)
    del provenance["scaffold"]["reproduce"]
    assert provenance["scaffold"] == {"format": 2, "version": __version__, "lock": "missing", "contract": 2}
    assert provenance["variables"]["description"] == 'quote " and \\ and \u00a0'
    assert provenance["answers"] == {"team": "small", "needs": ["api", "admin"], "realtime": False}
    files = {path.relative_to(shop).as_posix(): path for path in shop.rglob("*") if path.is_file()}
    expected = {name: sha256(path.read_bytes()).hexdigest() for name, path in files.items()}
    assert provenance["files"] == {
        name: digest for name, digest in expected.items() if name not in {".env", PROVENANCE}
    }


def test_secrets_are_fresh_private_and_nowhere_else(maker, tmp_path):
    first, second = maker.make(tmp_path / "a"), maker.make(tmp_path / "b")
    lines = [(shop / ".env").read_text().splitlines() for shop in (first, second)]
    assert [line.split("=")[0] for line in lines[0]] == ["# Settings", "DEBUG", "SECRET_KEY", "SALT"]
    values = [line.split("=", 1)[1] for env in lines for line in env[2:]]
    assert len(set(values)) == 4
    assert [len(value) for value in values] == [64, 32, 64, 32]
    assert "change-me" not in values
    others = [path for path in first.rglob("*") if path.is_file() and path.name != ".env"]
    assert not [path for path in others for value in values[:2] if value.encode() in path.read_bytes()]


@posix
def test_secrets_can_be_read_by_their_owner_only(maker, tmp_path):
    assert stat.S_IMODE((maker.make(tmp_path / "shop") / ".env").stat().st_mode) == 0o600


def test_secret_files_are_ignored_by_git(maker, tmp_path):
    shop = maker.make(tmp_path / "shop")
    subprocess.run(["git", "init", "--quiet", str(shop)], check=True)
    ignored = subprocess.run(
        ["git", "-C", str(shop), "check-ignore", ".env"], check=False, capture_output=True
    )
    assert ignored.stdout == b".env\n"


def test_missing_parents_are_made(maker, tmp_path):
    assert (maker.make(tmp_path / "some" / "where" / "shop") / "README.md").is_file()


def test_nothing_but_the_project_is_left(maker, tmp_path):
    maker.make(tmp_path / "place" / "shop")
    assert [path.name for path in (tmp_path / "place").iterdir()] == ["shop"]


@posix
def test_the_umask_is_respected(maker, tmp_path):
    before = os.umask(0o077)
    try:
        shop = maker.make(tmp_path / "shop")
    finally:
        os.umask(before)
    assert not [path for path in (shop, *shop.rglob("*")) if path.stat().st_mode & 0o077]


def by_cookiecutter(template: Path, output: Path, **values) -> Path:
    """Run plain cookiecutter as a user would, with a home of its own."""
    home = output / "home"
    home.mkdir(parents=True)
    command = ["cookiecutter", "--no-input", "--output-dir", str(output / "out"), str(template)]
    command += [f"{key}={value}" for key, value in values.items()]
    environment = {**os.environ, "HOME": str(home), "XDG_CONFIG_HOME": str(home)}
    subprocess.run([sys.executable, "-m", *command], check=True, env=environment, capture_output=True)
    (project,) = (output / "out").iterdir()
    return project


@pytest.mark.parametrize(
    "lines",
    [
        "{}\none\n",
        "{}\r\none\r\n",
        "{}\none\r\n",
        "one\r\n{}\n\n",
        "{}",
        "{}\rone\r",
        "\ufeff{}\n",
        "\n\n{}\n\n",
    ],
)
def test_lines_end_as_plain_cookiecutter_ends_them(make_template, tmp_path, lines):
    content = lines.format("{{ cookiecutter.author }}").encode()
    maker = make_template({"lines.txt": content})
    ours = maker.make(tmp_path / "ours" / "shop", {"project_slug": "shop", "author": "Ada"})
    theirs = by_cookiecutter(maker.template, tmp_path / "theirs", project_slug="shop", author="Ada")
    assert (ours / "lines.txt").read_bytes() == (theirs / "lines.txt").read_bytes()


SAME = {"project_name": "Web Shop", "project_slug": "web-shop", "description": "It sells.", "author": "Ada"}


@pytest.mark.parametrize(
    "choice", [{}, {"license": "Apache-2.0", "database": "postgresql"}], ids=["defaults", "others"]
)
@pytest.mark.parametrize("id", ["tiny", *STARTERS])
def test_plain_cookiecutter_gives_the_same_tree(maker, tmp_path, snapshot, id, choice):
    template = maker.template if id == "tiny" else template_folder(id)
    maker.template = template
    ours = snapshot(maker.make(tmp_path / "ours" / "web-shop", {**SAME, **choice}))
    private = {secret.file for secret in maker.framework.starter.secrets}
    theirs = snapshot(by_cookiecutter(template, tmp_path / "theirs", **SAME, **choice))
    options = maker.framework.starter.options.values()
    omitted = [path for option in options for path in option.omits.get(option_value(option.default), ())]
    assert {path: ours[path] for path in ours if path not in {PROVENANCE, *private}} == {
        path: theirs[path]
        for path in theirs
        if "__pycache__" not in path
        and not any(f"{path}/".startswith(f"{each.rstrip('/')}/") for each in omitted)
    }
