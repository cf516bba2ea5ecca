"""The first commit, on machines as they are."""

import os
import shutil
import subprocess

import pytest

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")


@pytest.fixture
def environment(tmp_path):
    """A machine on which git knows a person and nothing else."""
    home = tmp_path / "home"
    home.mkdir()
    (home / ".gitconfig").write_text("[user]\nname = Ada\nemail = ada@example.org\n")
    return {"PATH": os.environ["PATH"], "HOME": str(home), "GIT_CONFIG_NOSYSTEM": "1"}


def git(project, environment, *arguments):
    command = ["git", "-C", str(project), *arguments]
    return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout.strip()


def test_every_file_but_the_secrets_is_committed_on_main(maker, tmp_path, environment):
    plan = maker.plan(tmp_path / "shop", git=True)
    commit = maker.create(plan, environment=environment).commit
    assert (commit.made, commit.note) == (True, "")
    assert git(plan.target, environment, "rev-parse", "--abbrev-ref", "HEAD") == "main"
    assert (
        git(plan.target, environment, "log", "--format=%an <%ae> %s")
        == "Ada <ada@example.org> Start from scaffold"
    )
    committed = set(git(plan.target, environment, "ls-files").splitlines())
    assert committed == {file.path for file in plan.files} - {".env"}
    assert git(plan.target, environment, "status", "--porcelain") == ""


def test_the_plan_has_no_git_step_when_none_is_wanted(maker, tmp_path):
    assert [step.name for step in maker.plan(tmp_path / "shop", git=False).steps] == []


def test_steps_come_in_their_order(maker, tmp_path):
    plan = maker.plan(tmp_path / "shop", git=True, install=True, verify=True)
    assert [step.name for step in plan.steps] == ["git", "install", "verify"]
    assert plan.steps[1].commands == (("true",),)


def test_without_git_the_project_is_there_and_it_is_said(maker, tmp_path, environment):
    plan = maker.plan(tmp_path / "shop", git=True)
    commit = maker.create(plan, environment={**environment, "PATH": str(tmp_path)}).commit
    assert not commit.made
    assert "`git` is not on the PATH" in commit.note


def test_without_an_identity_the_first_commit_has_a_stand_in(maker, tmp_path, environment):
    (tmp_path / "home" / ".gitconfig").write_text("[user]\nuseConfigOnly = true\n")
    plan = maker.plan(tmp_path / "shop", git=True)
    commit = maker.create(plan, environment=environment).commit
    assert commit.made
    assert "no name and address" in commit.note
    assert git(plan.target, environment, "log", "--format=%an") == "scaffold"
    assert "user" not in (plan.target / ".git" / "config").read_text()


@pytest.mark.parametrize("where", ["", "deep/down"])
def test_inside_another_repository_nothing_is_committed_and_it_is_said(maker, tmp_path, environment, where):
    outer = tmp_path / "outer"
    outer.mkdir()
    git(outer, environment, "init", "--quiet")
    plan = maker.plan(outer / where / "shop", git=True)
    commit = maker.create(plan, environment=environment).commit
    assert (commit.made, commit.note) == (
        False,
        f"Nothing was committed: {outer} is a git repository already",
    )
    assert not (plan.target / ".git").exists()


def test_variables_of_git_do_not_lead_it_elsewhere(maker, tmp_path, environment, snapshot):
    victim = tmp_path / "victim"
    victim.mkdir()
    git(victim, environment, "init", "--quiet")
    before = snapshot(victim)
    plan = maker.plan(tmp_path / "shop", git=True)
    hostile = {
        **environment,
        "GIT_DIR": str(victim / ".git"),
        "GIT_WORK_TREE": str(victim),
        "GIT_INDEX_FILE": str(victim / "index"),
        "GIT_OBJECT_DIRECTORY": str(victim / "objects"),
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": "core.worktree",
        "GIT_CONFIG_VALUE_0": str(victim),
        "GIT_TEMPLATE_DIR": str(victim),
    }
    assert maker.create(plan, environment=hostile).commit.made
    assert snapshot(victim) == before
    assert git(plan.target, environment, "status", "--porcelain") == ""


def test_nothing_the_machine_configured_runs(maker, tmp_path, environment):
    hooks = tmp_path / "hooks"
    hooks.mkdir()
    for name in (
        "pre-commit",
        "commit-msg",
        "post-commit",
        "prepare-commit-msg",
        "reference-transaction",
        "monitor",
    ):
        (hooks / name).write_text(f"#!/bin/sh\ntouch {tmp_path}/ran\nexit 1\n")
        (hooks / name).chmod(0o755)
    (tmp_path / "template" / "hooks").mkdir(parents=True)
    shutil.copy(hooks / "pre-commit", tmp_path / "template" / "hooks")
    with (tmp_path / "home" / ".gitconfig").open("a") as config:
        config.write(f"[core]\nhooksPath = {hooks}\nfsmonitor = {hooks}/monitor\n[commit]\ngpgsign = true\n")
        config.write(f"[gpg]\nprogram = {hooks}/monitor\n[init]\n")
        config.write(f"templateDir = {tmp_path}/template\ndefaultBranch = old\n")
    plan = maker.plan(tmp_path / "shop", git=True)
    assert maker.create(plan, environment=environment).commit.made
    assert not (tmp_path / "ran").exists()
    assert git(plan.target, environment, "rev-parse", "--abbrev-ref", "HEAD") == "main"


def test_files_that_the_machine_ignores_are_committed_all_the_same(maker, tmp_path, environment):
    (tmp_path / "ignored").write_text("*\n")
    with (tmp_path / "home" / ".gitconfig").open("a") as config:
        config.write(f"[core]\nexcludesFile = {tmp_path}/ignored\n")
    plan = maker.plan(tmp_path / "shop", git=True)
    assert maker.create(plan, environment=environment).commit.made
    assert "README.md" in git(plan.target, environment, "ls-files").splitlines()


def test_a_git_that_fails_is_quoted(maker, tmp_path, environment):
    (tmp_path / "home" / ".gitconfig").write_text("[broken\n")
    plan = maker.plan(tmp_path / "shop", git=True)
    commit = maker.create(plan, environment=environment).commit
    assert not commit.made
    assert "bad config" in commit.note
