"""Does `scaffold verify` catch anything? The Django starter, broken in one place at a time."""

import os
import secrets
import sys
import tomllib
from operator import itemgetter
from pathlib import Path

import pytest

from scaffold.catalog import load_framework, template_folder
from scaffold.project import check_target, create_project, plan_project, project_variables
from scaffold.toolchain.find import find_tools
from scaffold.verify import verify_project
from scaffold.verify.results import skipped

pytestmark = pytest.mark.slow

MUTANTS = tomllib.loads(Path(__file__).with_name("mutants.toml").read_text(encoding="utf-8"))["mutant"]
CAUGHT = [mutant for mutant in MUTANTS if "caught_by" in mutant]
NOT_CAUGHT = [mutant for mutant in MUTANTS if "not_caught" in mutant]
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


@pytest.fixture(scope="session")
def starter(tmp_path_factory):
    """Return the folder of a Django project with its lock, its dependencies and its static files."""
    framework = load_framework("django")
    missing = [tool.name for tool in find_tools(framework.starter.tools, os.environ) if not tool.path]
    if missing and not os.environ.get("CI"):
        pytest.skip(f"{' and '.join(missing)} not found on this machine")
    folder, template = tmp_path_factory.mktemp("mutants") / "shop", template_folder("django")
    target = check_target(folder, "refuse")
    variables = project_variables(framework, template, {}, folder.name)
    plan = plan_project(framework, template, variables, target, git=False)
    create_project(plan, token_bytes=secrets.token_bytes, environment={})
    commands = framework.starter.commands
    at_once = having(framework, {**commands, "install": (*commands["install"], *commands["build"])})
    verified = verify_project(folder, framework=at_once, environment=os.environ, only=["install"])
    assert [check for check in verified.checks if check.outcome == "failed"] == []
    return folder


@pytest.fixture
def broken(starter, request, monkeypatch):
    """Return the project with the mutant's change in it, and take the change back afterwards.

    Of verify only the part that is to catch it is left, and what it needs: a server with tokens.
    """
    mutant, server = request.param, sys.modules["scaffold.verify.server"]
    monkeypatch.setattr(sys.modules["scaffold.verify.boot"], "BOOT_SECONDS", 20.0)
    monkeypatch.setattr(sys.modules["scaffold.verify.contract.tasks"], "TICK", 0.0)
    monkeypatch.setattr(sys.modules["scaffold.verify.production"], "STEPS", ("install", "build", "prepare"))
    monkeypatch.setattr(server, "port_taken_check", lambda *_: skipped("port-taken", "boot", "", ""))
    for _, function in PARTS.values():
        if function not in {"", PARTS[mutant["part"]][1]}:
            monkeypatch.setattr(server, function, lambda *_, **__: ())
    path = starter / mutant["file"]
    text = path.read_text(encoding="utf-8")
    assert text.count(mutant["old"]) == 1, (
        f"{mutant['file']} has changed: {mutant['old']!r} is not there once"
    )
    path.write_text(text.replace(mutant["old"], mutant["new"]), encoding="utf-8")
    yield starter, mutant
    path.write_text(text, encoding="utf-8")


def having(framework, commands):
    return framework._replace(starter=framework.starter._replace(commands=commands))


def problems(folder, framework, *steps):
    verification = verify_project(folder, framework=framework, environment=os.environ, only=steps)
    return {check.id: check for check in verification.checks if check.outcome in {"failed", "warned"}}


def problems_of(broken):
    """Verify without the build: no mutant changes a static file."""
    folder, mutant = broken
    framework = load_framework("django")
    commands = {name: each for name, each in framework.starter.commands.items() if name != "build"}
    return problems(folder, having(framework, commands), PARTS[mutant["part"]][0])


def test_the_starter_itself_has_no_problem(starter):
    assert problems(starter, load_framework("django"), "lint", "contract", "strengths", "stop") == {}


@pytest.mark.parametrize("broken", CAUGHT, indirect=True, ids=itemgetter("name"))
def test_a_mutant_is_caught(broken):
    found = problems_of(broken)
    caught_by = broken[1]["caught_by"]
    assert caught_by in found
    assert found[caught_by].found


@pytest.mark.parametrize("broken", NOT_CAUGHT, indirect=True, ids=itemgetter("name"))
def test_what_is_said_not_to_be_caught_is_not(broken):
    assert problems_of(broken) == {}


def test_nine_of_ten_mutants_are_caught():
    assert len(CAUGHT) >= 28
    assert len(CAUGHT) >= 0.9 * len(MUTANTS)
