"""Does `scaffold verify` catch anything? The Django starter, broken in one place at a time."""

import os
import secrets
import shutil
import sys
import tomllib
from operator import itemgetter
from pathlib import Path

import pytest

from scaffold.catalog import load_framework, template_folder
from scaffold.project import check_target, create_project, plan_project, project_variables
from scaffold.toolchain.find import find_tools
from scaffold.verify import verify_project

pytestmark = pytest.mark.slow

MUTANTS = tomllib.loads(Path(__file__).with_name("mutants.toml").read_text(encoding="utf-8"))["mutant"]
CAUGHT = [mutant for mutant in MUTANTS if "caught_by" in mutant]
NOT_CAUGHT = [mutant for mutant in MUTANTS if "not_caught" in mutant]


@pytest.fixture(scope="session")
def starter(tmp_path_factory):
    """Return the folder of a Django project with its dependencies installed."""
    framework = load_framework("django")
    missing = [tool.name for tool in find_tools(framework.starter.tools, os.environ) if not tool.path]
    if missing and not os.environ.get("CI"):
        pytest.skip(f"{' and '.join(missing)} not found on this machine")
    folder, template = tmp_path_factory.mktemp("mutants") / "shop", template_folder("django")
    target = check_target(folder, "refuse")
    variables = project_variables(framework, template, {}, folder.name)
    plan = plan_project(framework, template, variables, target, git=False)
    create_project(plan, token_bytes=secrets.token_bytes, environment={})
    verified = verify_project(folder, framework=framework, environment=os.environ, only=["install"])
    assert [check for check in verified.checks if check.outcome == "failed"] == []
    return folder


@pytest.fixture
def broken(starter, request, monkeypatch):
    """Return the project with the mutant's change in it, and take the change back afterwards."""
    monkeypatch.setattr(sys.modules["scaffold.verify.boot"], "BOOT_SECONDS", 20.0)
    monkeypatch.setattr(sys.modules["scaffold.verify.contract.tasks"], "TICK", 0.0)
    mutant = request.param
    if mutant["step"] == "contract":
        monkeypatch.setattr(sys.modules["scaffold.verify.server"], "negative_checks", nothing)
    path = starter / mutant["file"]
    text = path.read_text(encoding="utf-8")
    assert text.count(mutant["old"]) == 1, (
        f"{mutant['file']} has changed: {mutant['old']!r} is not there once"
    )
    path.write_text(text.replace(mutant["old"], mutant["new"]), encoding="utf-8")
    yield starter, mutant
    path.write_text(text, encoding="utf-8")
    shutil.rmtree(starter / "staticfiles", ignore_errors=True)


def nothing(*_given):
    """Leave out the boots that another step is for."""
    return ()


def problems(folder, step):
    verification = verify_project(
        folder, framework=load_framework("django"), environment=os.environ, only=[step]
    )
    return {check.id: check for check in verification.checks if check.outcome in {"failed", "warned"}}


@pytest.mark.parametrize("step", ["lint", "contract", "stop"])
def test_the_starter_itself_has_no_problem(starter, step):
    assert problems(starter, step) == {}


@pytest.mark.parametrize("broken", CAUGHT, indirect=True, ids=itemgetter("name"))
def test_a_mutant_is_caught(broken):
    folder, mutant = broken
    found = problems(folder, mutant["step"])
    assert mutant["caught_by"] in found
    assert found[mutant["caught_by"]].found


@pytest.mark.parametrize("broken", NOT_CAUGHT, indirect=True, ids=itemgetter("name"))
def test_what_is_said_not_to_be_caught_is_not(broken):
    folder, mutant = broken
    assert problems(folder, mutant["step"]) == {}


def test_nine_of_ten_mutants_are_caught():
    assert len(CAUGHT) >= 28
    assert len(CAUGHT) >= 0.9 * len(MUTANTS)
