"""No secret is written where the next `git add .` would take it."""

import os
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from scaffold.errors import TargetRefused
from scaffold.project import fill, gitignore, render

git_here = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
KINDS = [pytest.param("git", marks=git_here), "without git"]
RULES = "# Secrets that scaffold made\n/.env\n"


@pytest.fixture
def environment(tmp_path):
    (tmp_path / "home").mkdir()
    return {"PATH": os.environ["PATH"], "HOME": str(tmp_path / "home"), "GIT_CONFIG_NOSYSTEM": "1"}


@pytest.fixture
def here(tmp_path):
    folder = tmp_path / "shop"
    folder.mkdir()
    (folder / ".gitignore").write_text("node_modules/\n")
    return folder


def git(folder, *arguments):
    return subprocess.run(
        ["git", "-C", str(folder), *arguments], check=True, capture_output=True, text=True
    ).stdout


def create(maker, here, environment, on_conflict="skip"):
    return maker.create(maker.plan(here, on_conflict=on_conflict), environment=environment)


def would_commit(here):
    return git(here, "add", "--all", "--dry-run", ".")


@git_here
def test_skip_tells_the_repository_alone_and_leaves_the_users_rules(maker, here, environment):
    git(here, "init", "--quiet")
    project = create(maker, here, environment)
    assert (here / ".gitignore").read_text() == "node_modules/\n"
    assert (here / ".git" / "info" / "exclude").read_text().endswith(RULES)
    assert (project.ignored, project.ignored_in) == ((".env",), here / ".git" / "info" / "exclude")
    assert "SECRET_KEY" in (here / ".env").read_text()
    assert ".env'" not in would_commit(here)


@git_here
def test_skip_in_a_folder_of_a_bigger_repository_tells_that_one(maker, here, environment, tmp_path):
    git(tmp_path, "init", "--quiet")
    project = create(maker, here, environment)
    assert project.ignored_in == tmp_path / ".git" / "info" / "exclude"
    assert project.ignored_in.read_text().endswith("/shop/.env\n")
    assert "shop/.env'" not in would_commit(tmp_path)


@git_here
def test_skip_in_a_linked_working_tree_tells_the_folder_they_share(maker, tmp_path, environment):
    git(tmp_path, "init", "--quiet", "main")
    person = ("-c", "user.name=a", "-c", "user.email=a@b")
    git(tmp_path / "main", *person, "commit", "--quiet", "--allow-empty", "-m", "x")
    git(tmp_path / "main", "worktree", "add", "--quiet", "../linked")
    (tmp_path / "linked" / ".gitignore").write_text("node_modules/\n")
    project = create(maker, tmp_path / "linked", environment)
    assert project.ignored_in == tmp_path / "main" / ".git" / "info" / "exclude"
    assert ".env'" not in would_commit(tmp_path / "linked")


def test_without_a_repository_the_line_is_added_to_the_users_file(maker, here, environment):
    (here / ".gitignore").write_text("node_modules/")
    (here / ".gitignore").chmod(0o640)
    project = create(maker, here, environment)
    assert (here / ".gitignore").read_text() == "node_modules/\n" + RULES
    assert (here / ".gitignore").stat().st_mode & 0o777 == 0o640
    assert (project.ignored, project.ignored_in) == ((".env",), here / ".gitignore")
    assert ".gitignore" in project.skipped


@git_here
def test_a_repository_without_a_git_to_ask_gets_the_line_where_any_git_reads_it(maker, here, environment):
    git(here, "init", "--quiet")
    project = create(maker, here, {**environment, "PATH": str(here)})
    assert project.ignored_in == here / ".gitignore"
    assert ".env'" not in would_commit(here)


@pytest.mark.parametrize("rule", [".env", "/.env", ".env\n.env.*\n!.env.example"])
def test_a_file_that_is_ignored_already_needs_no_line(maker, here, environment, rule):
    (here / ".gitignore").write_text(f"{rule}\n")
    assert create(maker, here, environment).ignored_in is None
    assert (here / ".gitignore").read_text() == f"{rule}\n"


@git_here
@pytest.mark.parametrize("rule", ["*.env", "!other\n.e*", "/.[e]nv"])
def test_git_itself_says_what_a_rule_means(maker, here, environment, rule):
    (here / ".gitignore").write_text(f"{rule}\n")
    git(here, "init", "--quiet")
    assert create(maker, here, environment).ignored_in is None


@pytest.mark.parametrize(
    "rules", ["", "*.env\n", ".env\n!.env\n", ".env\n!*\n", ".env\n!/.e*v/\n", " .env\n", "#.env\n"]
)
def test_without_git_a_doubt_adds_the_line(maker, here, environment, rules):
    (here / ".gitignore").write_text(rules)
    assert create(maker, here, environment).ignored_in == here / ".gitignore"


@git_here
@pytest.mark.parametrize("on_conflict", ["refuse", "overwrite"])
@pytest.mark.parametrize("bigger", [True, False])
def test_the_projects_own_rules_suffice_where_they_are_written(  # noqa: PLR0913, PLR0917 - fixtures and parameters
    maker, here, tmp_path, environment, on_conflict, bigger
):
    git(tmp_path if bigger else here, "init", "--quiet")
    if on_conflict == "refuse":
        (here / ".gitignore").unlink()
    assert create(maker, here, environment, on_conflict).ignored_in is None
    assert ".env'" not in would_commit(here)


@git_here
@pytest.mark.parametrize("on_conflict", ["skip", "overwrite"])
def test_a_secret_that_git_would_take_is_refused(maker, here, environment, snapshot, on_conflict):
    git(here, "init", "--quiet")
    (here / ".env").write_text("tracked")
    git(here, "add", "--force", ".env")
    (here / ".env").unlink()
    before = snapshot(here)
    with pytest.raises(TargetRefused, match=r"Git would commit \.env"):
        create(maker, here, environment, on_conflict)
    assert snapshot(here) == before


def an_exception(here):
    (here / ".gitignore").write_text("!.env\n")


def an_exception_in_the_folder_above(here):
    (here.parent / ".gitignore").write_text("!.env\n")


def a_tracked_secret(here):
    (here / ".env").write_text("tracked")
    git(here, "add", "--force", ".env")
    (here / ".env").unlink()


def a_link_for_gits_own_rules(here):
    exclude = here.parent / ".git" / "info" / "exclude"
    exclude.unlink()
    exclude.symlink_to("elsewhere")


def an_exception_in_gits_own_rules(here):
    (here.parent / ".git" / "info" / "exclude").write_text("!.env\n")


def an_exception_in_the_users_rules(here):
    rules = here.parent / "home" / ".gitignore"
    rules.write_text("!.env\n")
    git(here, "config", "core.excludesFile", str(rules))


def nothing(here):
    """Leave the rules of the fixture."""


@git_here
@pytest.mark.parametrize("on_conflict", ["skip", "overwrite"])
@pytest.mark.parametrize(
    "make",
    [
        *(an_exception, an_exception_in_the_folder_above, a_tracked_secret, a_link_for_gits_own_rules),
        *(an_exception_in_gits_own_rules, an_exception_in_the_users_rules, nothing),
    ],
)
def test_what_becomes_of_a_secret_is_foreseen(  # noqa: PLR0913, PLR0917 - fixtures and parameters
    maker, here, environment, snapshot, on_conflict, make
):
    def end(run):
        try:
            project = run()
        except TargetRefused as refusal:
            return refusal.message
        return project.skipped, project.ignored, project.ignored_in

    git(here.parent, "init", "--quiet")
    make(here)
    before, plan = snapshot(here.parent), maker.plan(here, on_conflict=on_conflict)
    foreseen = end(lambda: fill.foresee(plan, render(plan), environment))
    assert snapshot(here.parent) == before
    assert foreseen == end(lambda: maker.create(plan, environment=environment))
    refused = make is a_tracked_secret or (on_conflict == "skip" and make in REFUSED)
    assert isinstance(foreseen, str) == refused


REFUSED = (an_exception, an_exception_in_the_folder_above, a_link_for_gits_own_rules)


@git_here
def test_variables_of_git_do_not_lead_the_question_elsewhere(maker, here, environment, tmp_path):
    git(tmp_path, "init", "--quiet", "victim")
    (tmp_path / "victim" / ".gitignore").write_text(".env\n")
    git(here, "init", "--quiet")
    hostile = {"GIT_DIR": str(tmp_path / "victim" / ".git"), "GIT_WORK_TREE": str(tmp_path / "victim")}
    assert create(maker, here, {**environment, **hostile}).ignored_in is not None


@pytest.mark.parametrize("kind", KINDS)
def test_the_secret_is_written_after_the_rule(maker, here, environment, monkeypatch, kind):
    if kind == "git":
        git(here, "init", "--quiet")
    real = fill.put
    order = []
    monkeypatch.setattr(fill, "put", lambda *moved: (order.append(moved[2]), real(*moved)))
    create(maker, here, environment)
    assert order[-2:] == ["info/exclude" if kind == "git" else ".gitignore", ".env"]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("exists", [True, False])
def test_an_error_after_the_rule_takes_it_back(  # noqa: PLR0913, PLR0917 - fixtures and parameters
    maker, here, environment, monkeypatch, snapshot, kind, exists
):
    if kind == "git":
        git(here, "init", "--quiet")
        if not exists:
            shutil.rmtree(here / ".git" / "info")
    before = snapshot(here)

    def full(_path):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(fill, "sync_file_system", full)
    with pytest.raises(Exception, match="No space left"):
        create(maker, here, environment)
    assert snapshot(here) == before


def test_rules_are_written_so_that_git_takes_them_by_the_letter(tmp_path):
    rules = gitignore.with_rules(b"", tmp_path, ["a b/[x]*.env"], rules=tmp_path / ".gitignore")
    assert rules.endswith(b"/a\\ b/\\[x]\\*.env\n")


MEMORY = Path("/dev/shm")  # noqa: S108 - a disk of its own


@pytest.fixture(params=[True, False])
def two_disks(request, tmp_path):
    """Return a folder on one disk, and one on another."""
    if not MEMORY.is_dir() or MEMORY.stat().st_dev == tmp_path.stat().st_dev:
        pytest.skip("needs a second disk at /dev/shm")
    with TemporaryDirectory(dir=MEMORY) as other:
        yield (tmp_path, Path(other)) if request.param else (Path(other), tmp_path)


@git_here
def test_a_repository_whose_own_folder_is_on_another_disk_gets_the_line_in_the_users_file(
    maker, two_disks, environment
):
    here, elsewhere = two_disks[0] / "shop", two_disks[1] / "git"
    subprocess.run(["git", "init", "--quiet", "--separate-git-dir", elsewhere, here], check=True)
    (here / ".gitignore").write_text("node_modules/\n")
    assert create(maker, here, environment).ignored_in == here / ".gitignore"
    assert ".env'" not in would_commit(here)
