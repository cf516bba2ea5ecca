"""A project that needs what this machine has not: said before anything is made."""

import os
import shutil
from pathlib import Path

import pytest

from scaffold.catalog import template_folder
from scaffold.model.verification import FoundTool

MISSING = FoundTool(
    name="python",
    needs=">=3.12",
    path="",
    version="",
    rejected=(),
    get="uv python install 3.13",
    why="it is so",
)


@pytest.fixture
def run(monkeypatch, tmp_path, capsys):
    from scaffold.cli import commands
    from scaffold.console import Console
    from scaffold.toolchain import python

    monkeypatch.setattr(python, "missing_python", lambda _tools, _environment: MISSING)
    monkeypatch.chdir(tmp_path)

    def run(*words):
        status = commands.main([*words], standalone_mode=False, obj=Console({}))
        return status, capsys.readouterr().err

    return run


def test_it_is_said_and_the_project_is_made(run, tmp_path):
    status, said = run("new", "shop", "-t", "django", "-y", "--no-git")
    assert status == 0
    assert said.index("Django needs Python >=3.12, and there is none on this machine") < said.index("created")
    assert "To get it: uv python install 3.13" in said
    assert (tmp_path / "shop").is_dir()


@pytest.mark.parametrize("step", ["--install", "--verify"])
def test_what_must_run_at_once_is_refused_before_anything_is_made(run, tmp_path, step):
    from scaffold.errors import EnvironmentProblem

    with pytest.raises(EnvironmentProblem, match="needs Python") as refused:
        run("new", "shop", "-t", "django", "-y", step)
    assert refused.value.status == 4
    assert refused.value.hint == "uv python install 3.13"
    assert not list(tmp_path.iterdir())


def test_a_dry_run_says_it_too(run):
    status, said = run("new", "shop", "-t", "django", "-y", "--dry-run")
    assert status == 0
    assert "there is none on this machine" in said


def test_any_tool_that_must_run_at_once_is_looked_for_before_anything_is_made(scaffold, tmp_path):
    (tmp_path / "bare").mkdir()
    (tmp_path / "bare" / "sitecustomize.py").write_text(
        "import scaffold.toolchain.find\nscaffold.toolchain.find.folders = lambda environment: iter(())\n"
    )
    path = f"{tmp_path / 'bare'}{os.pathsep}{Path(__file__).parents[2]}"
    for more in (("--install", "--dry-run"), ("--install",), ("--verify",)):
        ended = scaffold("new", "shop", "-t", "express", "-y", *more, environment={"PYTHONPATH": path})
        assert ended.returncode == 4
        assert "Express needs node >=" in ended.stderr
        assert not (tmp_path / "shop").exists()
    assert scaffold("new", "shop", "-t", "express", "-y", environment={"PYTHONPATH": path}).returncode == 0


def test_a_tool_of_somebody_elses_template_is_not_started_before_its_commands_are_agreed_to(
    monkeypatch, tmp_path
):
    from scaffold.cli import commands
    from scaffold.console import Console
    from scaffold.errors import InvalidInput

    monkeypatch.chdir(tmp_path)
    shutil.copytree(template_folder("express"), tmp_path / "mine" / "express")
    monkeypatch.setattr("scaffold.toolchain.find.find_tools", lambda *_, **__: pytest.fail("started"))
    monkeypatch.setattr("scaffold.interview.terminal.is_terminal", lambda: False)
    with pytest.raises(InvalidInput, match="Nobody is here to agree"):
        commands.main(
            ["new", "shop", "-t", "mine/express", "--install"], standalone_mode=False, obj=Console({})
        )
