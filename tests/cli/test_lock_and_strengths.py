"""What a person is told of lock files, of strengths, and of what a starter leaves to her."""

import json
import os
import shutil
import sys

import pytest

from scaffold.catalog import templates_root

COOKIECUTTER = {
    "project_name": "My Project",
    "project_slug": "my-project",
    "description": "",
    "author": "",
    "container": False,
    "ci": ["github", "none"],
}
TOML = """
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
version = "2.0.0"
gives = ["something to test with"]
url = "http://127.0.0.1:8000/"
[contract]
version = 2
strengths = ["docs"]
[process]
lock_files = ["tiny.lock"]
[commands]
lock = [LOCK]
install = [["install-it"]]
[options.container]
label = "Container"
requires = { true = { ci = "github" } }
[options.ci]
label = "CI"
choices = { github = "GitHub", none = "None" }
omits = { none = [".github"] }
[options.accounts]
offered = false
why = "Take Tiny-Login"
"""


@pytest.fixture
def tiny(tmp_path):
    """The path of a template of contract 2 that locks with Python."""
    folder = tmp_path / "catalog" / "tiny"
    project = folder / "{{cookiecutter.project_slug}}"
    (project / ".github" / "workflows").mkdir(parents=True)
    (project / ".github" / "workflows" / "ci.yml").write_text("on: push\n")
    (project / ".gitignore").write_text(".env\n")
    shutil.copy(templates_root() / "languages.toml", folder.parent)
    lock = json.dumps([sys.executable, "-c", "open('tiny.lock', 'w').write('locked')"])
    (folder / "template.toml").write_text(TOML.replace("LOCK", lock), encoding="utf-8")
    (folder / "cookiecutter.json").write_text(json.dumps(COOKIECUTTER), encoding="utf-8")
    return folder


def test_the_lock_file_is_named_and_the_next_step_is_to_install(scaffold, tiny, tmp_path):
    made = scaffold("new", "shop", "-t", tiny, "-y")
    assert made.returncode == 0, made.stderr
    assert "   locked  tiny.lock\n" in made.stderr
    assert "cd shop\n  install-it\n" in made.stderr
    assert (tmp_path / "shop" / "tiny.lock").read_text() == "locked"


def test_without_a_lock_file_one_line_says_who_misses_it_and_what_makes_it(scaffold, tiny):
    made = scaffold("new", "shop", "-t", tiny, "-y", "--no-lock")
    assert made.returncode == 0, made.stderr
    line = next(line for line in made.stderr.splitlines() if "no lock" in line)
    assert "tiny.lock (not wanted): CI and the container image need it; to make it: " in line
    following = made.stderr.partition("\nNext\n")[2].splitlines()
    assert (following[0], "tiny.lock" in following[1], following[2]) == ("  cd shop", True, "  install-it")


@pytest.mark.skipif(sys.platform == "win32", reason="the program here is a shell script")
def test_a_tool_that_the_next_steps_would_find_in_another_version_is_named_first(scaffold, tiny, tmp_path):
    with (tiny / "template.toml").open("a", encoding="utf-8") as file:
        file.write('[[tools]]\nname = "tinytool"\nneeds = ">=2"\nwhy = "it is so"\nget = "a shop"\n')
    for folder, version in (("old", "1.0"), ("new", "2.0")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "tinytool").write_text(f"#!/bin/sh\necho {version}\n")
        (tmp_path / folder / "tinytool").chmod(0o755)
    path = os.pathsep.join([str(tmp_path / "old"), str(tmp_path / "new"), os.environ["PATH"]])
    made = scaffold("new", "shop", "-t", tiny, "-y", environment={"PATH": path})
    line = f"tinytool: {tmp_path}/old/tinytool: 1.0 is not >=2; put {tmp_path}/new at the front of PATH\n"
    assert line in made.stderr.partition("\nNext\n")[0]


def test_a_dry_run_and_its_document_name_the_step_and_the_file(scaffold, tiny, tmp_path):
    shown = scaffold("new", "shop", "-t", tiny, "-y", "--dry-run").stdout
    assert "tiny.lock  made by the step `lock`" in shown
    plan = json.loads(scaffold("new", "shop", "-t", tiny, "-y", "--dry-run", "--json").stdout)
    assert (plan["lock"], plan["contract"], plan["steps"][0]["name"]) == ("made", 2, "lock")
    assert not (tmp_path / "shop").exists()


def test_a_foreign_lock_command_is_run_only_when_somebody_agrees(scaffold, tiny, tmp_path):
    refused = scaffold("new", "shop", "-t", tiny)
    assert refused.returncode == 2
    assert "Nobody is here to agree" in refused.stderr
    assert "--no-lock" in refused.stderr
    assert not (tmp_path / "shop").exists()


def test_an_option_that_is_not_offered_is_refused_with_what_to_take(scaffold, tiny):
    refused = scaffold("new", "shop", "-t", tiny, "-y", "--set", "accounts=true")
    assert (refused.returncode, "Take Tiny-Login" in refused.stderr) == (2, True)


def test_options_that_do_not_go_together_are_refused(scaffold, tiny):
    refused = scaffold("new", "shop", "-t", tiny, "-y", "--set", "container=true", "--set", "ci=none")
    assert refused.returncode == 2
    assert "`container=true` needs `ci=github`" in refused.stderr


def test_in_somebodys_repository_the_workflow_is_said_not_to_be_read(scaffold, tiny, tmp_path):
    (tmp_path / "theirs" / ".git").mkdir(parents=True)
    said = scaffold("new", "theirs/shop", "-t", tiny, "-y").stderr
    assert f"GitHub reads it only in {tmp_path / 'theirs'}. Move it there, or leave it out" in said
    assert "GitHub" not in scaffold("new", "theirs/other", "-t", tiny, "-y", "--set", "ci=none").stderr


def test_what_is_shown_begins_with_what_one_gets_and_what_is_left_to_do(scaffold, tiny):
    shown = scaffold("show", tiny).stdout
    order = ["Tiny (tiny)", "What you get", "Options", "What it leaves to you", "About", "Commands"]
    assert [heading for heading in shown.splitlines() if heading.split(",")[0] in order] == [
        heading if heading != "Options" else "Options, each with `--set OPTION=VALUE`" for heading in order
    ]
    gets, left = shown.split("What it leaves to you")
    assert "  - pages at /docs on which the API can be read and tried (claimed, not proved)\n" in gets
    assert "ci            github, none; the first unless you say" in gets
    assert "  - two people who change the same thing at once: the last one wins\n" in left
    assert "  - accounts: Take Tiny-Login\n" in left
    document = json.loads(scaffold("show", tiny, "--json").stdout)
    assert document["framework"]["starter"]["strengths"] == ["docs"]
    assert "etag" in document["leaves_to_you"]
    assert "docs" not in document["leaves_to_you"]
