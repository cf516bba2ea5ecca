"""The steps of the README that add a framework, run as they stand there in a catalog of their own."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest

from scaffold.catalog import load_frameworks, load_knowledge, templates_root

# One process for all: the steps take long.
pytestmark = pytest.mark.xdist_group("adding a framework")

ROOT = Path(__file__).parent.parent
SECTION = (
    (ROOT / "README.md").read_text(encoding="utf-8").partition("## Add a framework")[2].partition("\n## ")[0]
)
BLOCK = re.compile(r"(?:`([^`\n]+)`:\n\n)?^ *```(\w+)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
STEPS = [(path, kind, dedent(text)) for path, kind, text in BLOCK.findall(SECTION)]


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    """A checkout with the languages and no framework, and the two commands of the steps on its PATH."""
    folder = tmp_path_factory.mktemp("checkout")
    (folder / "scaffold").symlink_to(ROOT / "scaffold")
    (folder / "templates" / "skipper").mkdir(parents=True)
    shutil.copy(templates_root() / "languages.toml", folder / "templates")
    (folder / "tests" / "verify").mkdir(parents=True)
    shutil.copy(ROOT / "tests" / "verify" / "tiny_service.py", folder / "tests" / "verify")
    for name, arguments in {"scaffold": "-m scaffold", "python": ""}.items():
        program = folder / "bin" / name
        program.parent.mkdir(exist_ok=True)
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" {arguments} "$@"\n')
        program.chmod(0o755)
    return folder


def run(folder, script, **environment):
    path = f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}"
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SCAFFOLD_")}
    return subprocess.run(
        ["sh", "-e", "-c", script],
        cwd=folder,
        env={**kept, "PATH": path, "PYTHONPATH": str(folder), **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def said(checkout):
    """What the commands of the steps said, step by step."""
    outputs = []
    for path, kind, text in STEPS:
        if kind == "sh":
            outcome = run(checkout, text)
            assert outcome.returncode == 0, f"{text}\n{outcome.stdout}\n{outcome.stderr}"
            outputs.append(outcome.stdout)
        else:
            with (checkout / path).open("a", encoding="utf-8") as file:
                file.write(text)
    return outputs


def test_the_steps_write_four_files_and_run_two_scripts():
    assert [path or kind for path, kind, _ in STEPS] == [
        "templates/skipper/template.toml",
        "templates/languages.toml",
        "sh",
        "templates/skipper/cookiecutter.json",
        "templates/skipper/template.toml",
        "sh",
    ]


def test_a_made_up_framework_in_a_made_up_language_is_listed_shown_made_and_verified(checkout, said):
    listed, proved = said
    assert re.search(r"^skipper +Skipper +pebble +micro", listed, re.MULTILINE)
    assert "language   Pebble, micro" in proved
    assert "stones        flat, round, none; the first unless you say" in proved
    assert "not ranked: its knowledge.toml has no levels" in proved
    assert re.search(r"^skipper: \d+ checks, .*stones=round$", proved, re.MULTILINE)
    assert (checkout / "try" / "README.md").read_text() == "# Try\n"
    assert not (checkout / "try" / "STONES.md").exists()


@pytest.mark.usefixtures("said")
def test_a_catalog_that_is_handed_in_has_it_unranked(checkout):
    assert load_frameworks(checkout / "templates")["skipper"].language == "pebble"
    assert load_knowledge(checkout / "templates") == {}


@pytest.fixture
def elsewhere(checkout, said, tmp_path):
    """The catalog, in a place that is none of scaffold's; returns the path of its template."""
    del said
    shutil.copytree(checkout / "templates", tmp_path / "mine")
    return tmp_path / "mine" / "skipper"


def test_a_template_that_lies_anywhere_makes_a_project_that_can_be_verified(checkout, elsewhere):
    made = run(checkout, f"scaffold new shop -t '{elsewhere}' -y --no-git --verify --set stones=round")
    assert made.returncode == 0, made.stderr
    listing = made.stderr.index("It runs:\n  lint     python3 -c")
    assert listing < made.stderr.index("serve    python3 service.py") < made.stderr.index("created")
    assert (checkout / "shop" / "STONES.md").read_text() == "Stones: round\n"
    assert f"-t {elsewhere}" in (checkout / "shop" / ".scaffold.toml").read_text()
    again = run(checkout, f"scaffold verify shop --only lint -y -t '{elsewhere}'")
    assert again.returncode == 0, again.stderr
    assert "serve    python3 service.py" in again.stderr


def test_commands_of_a_foreign_template_are_not_run_when_nobody_agrees(checkout, elsewhere):
    made = run(checkout, f"scaffold new unsure -t '{elsewhere}' --no-git --install")
    assert made.returncode == 2
    assert "serve    python3 service.py" in made.stderr
    assert "Nobody is here to agree" in made.stderr
    assert not (checkout / "unsure").exists()


def test_a_foreign_template_is_shown_by_its_path_and_its_words_are_reserved(checkout, elsewhere):
    shown = run(checkout, f"cd '{elsewhere.parent}' && scaffold show ./skipper && scaffold show skipper/")
    assert shown.stdout.count("Skipper (skipper)") == 2
    refused = run(checkout, f"scaffold new stone -t '{elsewhere}' -y --no-git")
    assert refused.returncode == 2
    assert "it is a Pebble keyword" in refused.stderr


def test_a_project_of_a_foreign_template_is_verified_only_with_that_template(checkout, elsewhere):
    run(checkout, f"scaffold new mixed -t '{elsewhere}' -y --no-git")
    other = elsewhere.parent / "other"
    shutil.copytree(elsewhere, other)
    (other / "template.toml").write_text(
        (other / "template.toml").read_text().replace('"skipper"', '"other"')
    )
    refused = run(checkout, f"scaffold verify mixed -t '{other}'")
    assert refused.returncode == 2
    assert "was made by `skipper`, not by `other`" in refused.stderr
    unnamed = run(checkout, f"cd '{other}' && scaffold verify '{checkout}/mixed'", PYTHONPATH=str(ROOT))
    assert unnamed.returncode == 2
    assert "name one of your own by its path" in unnamed.stderr
