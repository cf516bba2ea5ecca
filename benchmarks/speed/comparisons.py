"""What is compared with what."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from installation import Installation
from process import Costs, Program, race

from templates import generate, same_files, translate

SIZES = (10, 100, 1_000, 5_000)
BARE = "a bare Click program"
FLOOR = "a Click program that copies the same files"
NAMES = ("project_name=Shop", "project_slug=shop")
ONLY_OURS = frozenset({".env", ".scaffold.toml"})
STEPS = 10
PARTS = {
    "the interpreter": "sys",
    "importing Click": "click",
    "importing Jinja": "jinja2.sandbox",
    "importing cookiecutter's environment": "cookiecutter.environment",
    "importing scaffold": "scaffold.cli.framework_choice, scaffold.cli.create, scaffold.interview.gather",
}

_BARE = """\
import click

@click.command()
def main():
    \"\"\"Do nothing.\"\"\"

main()
"""
_FLOOR = """\
import shutil
import sys

import click

@click.command()
def main():
    \"\"\"Copy a folder.\"\"\"
    shutil.copytree(sys.orig_argv[-2], sys.orig_argv[-1])

main(args=[])
"""
_STEPS = """\
import subprocess
import sys

for _ in range({steps}):
    subprocess.run(["python", "-c", "pass"], check=True, capture_output=True)
"""


def start_up(here: Installation, rounds: int) -> Costs:
    """Compare programs that make nothing."""
    answers = str(here.sources / "examples" / "shop.yaml")
    scaffold = here.program("scaffold")
    programs = (
        _bare(here),
        Program(name="scaffold --help", command=(scaffold, "--help")),
        Program(name="scaffold list", command=(scaffold, "list")),
        Program(
            name="scaffold recommend --answers shop.yaml --format json",
            command=(scaffold, "recommend", "--answers", answers, "--format", "json"),
        ),
        Program(name="cookiecutter --help", command=(here.program("cookiecutter"), "--help")),
        Program(name="copier --help", command=(here.program("copier"), "--help")),
    )
    return race(programs, here.environment, here.work, rounds=rounds)


def creation(here: Installation, rounds: int) -> Costs:
    """Compare programs that make the Django starter; the three generators must make the same files."""
    template = here.sources / "templates" / "django"
    translate(template, here.work / "copier-django")
    generators = _generators(here, "django", template, here.work / "copier-django")
    race(generators, here.environment, here.work, rounds=1)
    made = [here.work / program.leaves for program in generators]
    for other in made[1:]:
        if not same_files(made[0], other / "shop" if (other / "shop").is_dir() else other, but=ONLY_OURS):
            raise SystemExit(f"{made[0]} and {other} differ")
    made[0].rename(here.work / "finished")
    programs = (
        _bare(here),
        *generators,
        Program(
            name="django-admin startproject",
            command=(here.program("django-admin"), "startproject", "started"),
            leaves="started",
        ),
        Program(
            name=FLOOR,
            command=(here.program("python"), _script(here, "floor.py", _FLOOR), "finished", "copied"),
            leaves="copied",
        ),
    )
    return race(programs, here.environment, here.work, rounds=rounds)


def parts(here: Installation, rounds: int) -> Costs:
    """Take `scaffold new` apart: each program does what the one before it does, and one thing more."""
    python, new = here.program("python"), _generators(here, "django", here.work, here.work)[0]
    modules, programs = [], []
    for name, module in PARTS.items():
        modules.append(module)
        programs.append(Program(name=name, command=(python, "-c", f"import {', '.join(modules)}")))
    return race((*programs, replace(new, name="the work itself")), here.environment, here.work, rounds=rounds)


def growth(here: Installation, rounds: int) -> Mapping[int, Costs]:
    """Compare the generators on templates of growing size."""
    found = {}
    for size in SIZES:
        template = here.package / "_templates" / f"files-{size}"
        copier = here.work / f"copier-{size}"
        generate(template, size)
        translate(template, copier)
        programs = (_bare(here), *_generators(here, template.name, template, copier))
        found[size] = race(programs, here.environment, here.work, rounds=rounds if size < SIZES[2] else 3)
    return found


def verification(here: Installation, rounds: int) -> Costs:
    """Compare `verify` with a program that runs the same commands one after the other."""
    template = here.package / "_templates" / "steps"
    generate(template, 10)
    described = template / "template.toml"
    commands = json.dumps([["python", "-c", "pass"]] * STEPS)
    described.write_text(described.read_text() + f"test = {commands}\n")
    scaffold = here.program("scaffold")
    make = Program(
        name="new", command=(scaffold, "new", "steps", "-t", "steps", "-y", "--no-git"), leaves="steps"
    )
    race((make,), here.environment, here.work, rounds=1)
    programs = (
        _bare(here),
        Program(name="scaffold verify --only test", command=(scaffold, "verify", "steps", "--only", "test")),
        Program(
            name=f"a loop over the same {STEPS} commands",
            command=(
                here.program("python"),
                _script(here, "steps.py", _STEPS.format(steps=STEPS)),
            ),
        ),
    )
    return race(programs, here.environment, here.work, rounds=rounds)


def _generators(here: Installation, id: str, template: Path, copier: Path) -> Sequence[Program]:
    data: Sequence[Any] = [word for name in NAMES for word in ("--data", name)]
    return (
        Program(
            name=f"scaffold new -t {id} -y --no-git",
            command=(
                *(here.program("scaffold"), "new", "shop", "-t", id, "-y", "--no-git"),
                *("--set", NAMES[0]),
            ),
            leaves="shop",
        ),
        Program(
            name="cookiecutter --no-input",
            command=(
                *(here.program("cookiecutter"), "--no-input", "--output-dir", "baked", str(template)),
                *NAMES,
            ),
            leaves="baked",
        ),
        Program(
            name="copier copy --defaults",
            command=(here.program("copier"), "copy", "--defaults", "--quiet", *data, str(copier), "copied"),
            leaves="copied",
        ),
    )


def _bare(here: Installation) -> Program:
    return Program(name=BARE, command=(here.program("python"), _script(here, "bare.py", _BARE)))


def _script(here: Installation, name: str, text: str) -> str:
    path = here.folder / name
    path.write_text(text)
    return str(path)
