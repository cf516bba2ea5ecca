"""Does `scaffold verify` catch anything? Starters, each broken in one place at a time."""

import os
import sys
import tomllib
from pathlib import Path

import pytest

from scaffold.catalog import template_folder
from scaffold.toolchain.find import find_tools
from scaffold.verify import verify_project
from scaffold.verify.results import skipped
from scaffold.verify.sample import make_sample

FILES = sorted(Path(__file__).with_name("mutants").glob("*.toml"))
MUTANTS = [
    {"id": file.stem, **mutant}
    for file in FILES
    for mutant in tomllib.loads(file.read_text(encoding="utf-8"))["mutant"]
]
IN_EVERY_CHANGE = "django"
"""The starter that stands for all whenever something changes; the others are broken at night."""
BUILDS_IN_VAIN = {"django", "python"}
"""No mutant changes what they build."""
PARTS = {
    "test": ("test", ""),
    "settings": ("boot", "negative_checks"),
    "production": ("boot", "production_checks"),
    "boot": ("boot", ""),
    "contract": ("contract", "check_contract"),
    "rates": ("contract", "rate_checks"),
    "strengths": ("strengths", "strength_checks"),
    "stop": ("stop", "stop_checks"),
}
"""Of verify: the step to ask for, and the function that yields the checks."""


def cases(kind):
    return [
        pytest.param(mutant, id=f"{mutant['id']}: {mutant['name']}", marks=mark_of(mutant["id"]))
        for mutant in MUTANTS
        if kind in mutant
    ]


def mark_of(id):
    return pytest.mark.slow if id == IN_EVERY_CHANGE else pytest.mark.nightly


@pytest.fixture(scope="session")
def starters(tmp_path_factory):
    """Return the project of a starter, with its lock, its dependencies and what it builds."""
    made = {}

    def make(id):
        if id not in made:
            made[id] = installed(id, tmp_path_factory.mktemp("mutants") / "shop")
        return made[id]

    return make


def installed(id, folder):
    """Return the project, its dependencies and what it builds in its folder."""
    sample = make_sample(template_folder(id), folder, {})
    starter = sample.framework.starter
    missing = [tool.name for tool in find_tools(starter.tools, os.environ) if not tool.path]
    if missing and not os.environ.get("CI"):
        pytest.skip(f"{' and '.join(missing)} not found on this machine")
    commands = starter.commands
    at_once = having(sample.framework, {**commands, "install": (*commands["install"], *commands["build"])})
    verified = verify_project(folder, framework=at_once, environment=os.environ, only=["install"])
    assert [check for check in verified.checks if check.outcome == "failed"] == []
    return sample


@pytest.fixture
def broken(starters, request, monkeypatch):
    """Return the project with the mutant's change in it, and take the change back afterwards.

    Of verify only the part that is to catch it is left, and what it needs: a server with tokens.
    """
    mutant, server = request.param, sys.modules["scaffold.verify.server"]
    sample = starters(mutant["id"])
    monkeypatch.setattr(sys.modules["scaffold.verify.boot"], "BOOT_SECONDS", 20.0)
    monkeypatch.setattr(sys.modules["scaffold.verify.contract.tasks"], "TICK", 0.0)
    monkeypatch.setattr(sys.modules["scaffold.verify.production"], "STEPS", ("install", "build", "prepare"))
    monkeypatch.setattr(server, "port_taken_check", lambda *_: skipped("port-taken", "boot", "", ""))
    for _, function in PARTS.values():
        if function not in {"", PARTS[mutant["part"]][1]}:
            monkeypatch.setattr(server, function, lambda *_, **__: ())
    path = sample.root / mutant["file"]
    text = path.read_text(encoding="utf-8")
    assert text.count(mutant["old"]) == 1, (
        f"{mutant['file']} has changed: {mutant['old']!r} is not there once"
    )
    path.write_text(text.replace(mutant["old"], mutant["new"]), encoding="utf-8")
    yield sample, mutant
    path.write_text(text, encoding="utf-8")


def having(framework, commands):
    return framework._replace(starter=framework.starter._replace(commands=commands))


def problems(root, framework, *steps):
    verification = verify_project(root, framework=framework, environment=os.environ, only=steps)
    return {check.id: check for check in verification.checks if check.outcome in {"failed", "warned"}}


def problems_of(broken):
    sample, mutant = broken
    commands = dict(sample.framework.starter.commands)
    if mutant["id"] in BUILDS_IN_VAIN:
        del commands["build"]
    return problems(sample.root, having(sample.framework, commands), PARTS[mutant["part"]][0])


@pytest.mark.parametrize(
    "id", [pytest.param(file.stem, id=file.stem, marks=mark_of(file.stem)) for file in FILES]
)
def test_the_starter_itself_has_no_problem(starters, id):
    steps = ("lint", "contract", "strengths", "stop")
    sample = starters(id)
    assert problems(sample.root, sample.framework, *steps) == {}


@pytest.mark.parametrize("broken", cases("caught_by"), indirect=True)
def test_a_mutant_is_caught(broken):
    found = problems_of(broken)
    caught_by = broken[1]["caught_by"]
    assert caught_by in found
    assert found[caught_by].found


@pytest.mark.parametrize("broken", cases("not_caught"), indirect=True)
def test_what_is_said_not_to_be_caught_is_not(broken):
    assert problems_of(broken) == {}


def test_nine_of_ten_mutants_are_caught():
    caught = [mutant for mutant in MUTANTS if "caught_by" in mutant]
    assert len(caught) >= 0.9 * len(MUTANTS) >= 0.9 * 30
