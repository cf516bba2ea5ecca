"""The first commit, on machines as they are."""

import errno
import os
import shutil
import signal
import subprocess

import pytest

from scaffold.errors import EnvironmentProblem
from scaffold.project import commit_lock_files, fill
from scaffold.project.confined_fs import Folder

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
    (victim / "planted").touch()
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
    assert not (plan.target / ".git" / "planted").exists()
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
    assert not (plan.target / ".git" / "hooks").exists()


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


@pytest.mark.parametrize("configured", ["trunk", "feature/one", None])
@pytest.mark.parametrize("exists", [True, False])
def test_the_commit_is_on_the_branch_that_the_user_configured(
    maker, tmp_path, environment, configured, exists
):
    if configured:
        with (tmp_path / "home" / ".gitconfig").open("a") as config:
            config.write(f"[init]\ndefaultBranch = {configured}\n")
    if exists:
        (tmp_path / "shop").mkdir()
    plan = maker.plan(tmp_path / "shop", git=True)
    commit = maker.create(plan, environment=environment).commit
    assert commit.branch == (configured or "main")
    assert git(plan.target, environment, "log", "--format=%D") == f"HEAD -> {commit.branch}"


def test_a_folder_that_is_filled_gets_a_repository_of_its_own(maker, tmp_path, environment):
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop" / "README.md").write_text("theirs")
    (tmp_path / "shop" / "notes.txt").write_text("theirs")
    plan = maker.plan(tmp_path / "shop", git=True, on_conflict="overwrite")
    maker.create(plan, environment=environment)
    assert git(plan.target, environment, "status", "--porcelain") == "?? notes.txt"
    assert "worktree" not in (plan.target / ".git" / "config").read_text()
    assert not list(plan.target.glob(".scaffold-????????"))


def failing_git(folder, step, message, then="exit 128"):
    """Make a git that fails at one of its commands, as it would have got half-way."""
    real = shutil.which("git")
    folder.mkdir()
    (folder / "git").write_text(
        f'#!/bin/sh\ncase " $* " in *" {step} "*) "{real}" "$@" >&2; echo "{message}" >&2; {then};; esac\n'
        f'exec "{real}" "$@"\n'
    )
    (folder / "git").chmod(0o755)
    return {"PATH": f"{folder}{os.pathsep}{os.environ['PATH']}"}


@pytest.mark.parametrize("step", ["init", "add", "commit", "symbolic-ref"])
@pytest.mark.parametrize("exists", [True, False])
def test_a_git_that_fails_half_way_leaves_no_repository(maker, tmp_path, environment, step, exists):
    if exists:
        (tmp_path / "shop").mkdir()
    plan = maker.plan(tmp_path / "shop", git=True)
    broken = failing_git(tmp_path / "bin", step, "fatal: no luck")
    project = maker.create(plan, environment={**environment, **broken})
    assert not project.commit.made
    assert project.commit.note.endswith("fatal: no luck")
    assert {path.name for path in tmp_path.iterdir()} == {"shop", "home", "bin", "templates"}
    assert {
        path.relative_to(plan.target).as_posix() for path in plan.target.rglob("*") if path.is_file()
    } == {file.path for file in plan.files}


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EROFS])
@pytest.mark.parametrize("exists", [True, False])
def test_a_git_that_fails_on_a_full_disk_leaves_nothing(  # noqa: PLR0913, PLR0917 - fixtures and parameters
    maker, tmp_path, environment, monkeypatch, number, exists
):
    if exists:
        (tmp_path / "shop").mkdir()
    plan = maker.plan(tmp_path / "shop", git=True)
    real = Folder.write

    def full(folder, path, content, **options):
        if folder.root.name == "repository":
            raise OSError(number, os.strerror(number))
        real(folder, path, content, **options)

    monkeypatch.setattr(Folder, "write", full)
    broken = failing_git(tmp_path / "bin", "add", "fatal: some words")
    with pytest.raises(EnvironmentProblem, match=os.strerror(number)):
        maker.create(plan, environment={**environment, **broken})
    assert [path.name for path in tmp_path.glob("*shop*")] == ["shop"] * exists
    assert not exists or not list(plan.target.iterdir())


@pytest.mark.parametrize("kind", ["folder", "file"])
def test_a_repository_that_appears_meanwhile_is_not_replaced(maker, tmp_path, environment, monkeypatch, kind):
    (tmp_path / "shop").mkdir()
    plan = maker.plan(tmp_path / "shop", git=True)
    theirs = tmp_path / "shop" / ".git"
    real = fill.mark_done

    def appear(stage):
        theirs.mkdir() if kind == "folder" else theirs.write_text("theirs")
        real(stage)

    monkeypatch.setattr(fill, "mark_done", appear)
    commit = maker.create(plan, environment=environment).commit
    assert (commit.made, str(theirs) in commit.note) == (False, True)
    assert (list(theirs.iterdir()) == []) if kind == "folder" else (theirs.read_text() == "theirs")
    assert (tmp_path / "shop" / "README.md").is_file()


def test_a_commit_that_fails_for_another_reason_is_not_made_by_the_stand_in(maker, tmp_path, environment):
    once = f"[ -e {tmp_path}/failed ] && exit 0; touch {tmp_path}/failed; exit 128"
    broken = failing_git(tmp_path / "bin", "commit", "fatal: no luck", then=once)
    plan = maker.plan(tmp_path / "shop", git=True)
    assert not maker.create(plan, environment={**environment, **broken}).commit.made


def test_the_lock_file_is_committed_and_a_failure_is_said(maker, tmp_path, environment):
    plan = maker.plan(tmp_path / "shop", git=True)
    maker.create(plan, environment=environment)
    nothing = commit_lock_files(plan, environment)
    assert (nothing.made, nothing.note) == (False, "")
    (plan.target / "some.lock").write_text("1")
    broken = failing_git(tmp_path / "bin", "commit", os.strerror(errno.ENOSPC))
    failed = commit_lock_files(plan, {**environment, "PATH": str(tmp_path)})
    assert (failed.made, failed.note) == (
        False,
        "The lock file was not committed: `git` is not on the PATH",
    )
    assert commit_lock_files(plan, environment).made
    assert git(plan.target, environment, "log", "-1", "--format=%s") == "Lock the dependencies"
    (plan.target / "some.lock").write_text("2")
    assert os.strerror(errno.ENOSPC) in commit_lock_files(plan, {**environment, **broken}).note


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_a_signal_does_not_part_a_project_from_its_repository(maker, tmp_path, environment, monkeypatch):
    (tmp_path / "shop").mkdir()
    plan = maker.plan(tmp_path / "shop", git=True)
    real = fill.mark_done
    monkeypatch.setattr(fill, "mark_done", lambda stage: (real(stage), os.kill(os.getpid(), signal.SIGTERM)))
    before = signal.signal(signal.SIGTERM, lambda *_arguments: None)
    try:
        with pytest.raises(KeyboardInterrupt):
            maker.create(plan, environment=environment)
    finally:
        signal.signal(signal.SIGTERM, before)
    assert git(plan.target, environment, "status", "--porcelain") == ""


def test_without_a_first_commit_of_ours_no_lock_file_is_committed(maker, tmp_path, environment):
    git(tmp_path, environment, "init", "--quiet")
    plan = maker.plan(tmp_path / "shop", git=True)
    maker.create(plan, environment=environment)
    assert not commit_lock_files(plan, environment).made
    assert git(tmp_path, environment, "diff", "--cached", "--name-only") == ""
