"""Filling a folder that exists: every conflict is decided before the first write, and nothing is lost."""

import errno
import os
import re
from pathlib import Path

import pytest

from scaffold.errors import EnvironmentProblem, TargetRefused
from scaffold.project import fill, render
from scaffold.project.journal import take_back
from scaffold.project.lock import locked_folder
from scaffold.project.recovery import collect_dead_stages
from scaffold.project.stage import Stage

posix = pytest.mark.skipif(os.name == "nt", reason="links of POSIX")


@pytest.fixture
def here(tmp_path):
    folder = tmp_path / "shop"
    folder.mkdir()
    return folder


def without_secret(tree):
    return {path: content for path, content in tree.items() if path != ".env"}


def test_an_empty_folder_is_filled_with_the_same_project(maker, here, tmp_path, snapshot):
    assert without_secret(snapshot(maker.make(here))) == without_secret(
        snapshot(maker.make(tmp_path / "new" / "shop"))
    )


def test_the_folder_itself_stays_the_same(maker, here):
    before = here.stat().st_ino
    maker.make(here)
    assert here.stat().st_ino == before


def test_harmless_entries_stay_as_they_are(maker, here):
    (here / ".git").mkdir()
    (here / ".git" / "config").write_text("theirs")
    (here / ".envrc").write_text("theirs")
    maker.make(here)
    assert ((here / ".git" / "config").read_text(), (here / ".envrc").read_text()) == ("theirs", "theirs")
    assert (here / "README.md").is_file()


def test_a_file_has_one_name_only_when_all_is_done(maker, here):
    maker.make(here)
    assert {path.stat().st_nlink for path in here.rglob("*") if path.is_file()} == {1}


def test_every_conflict_is_named_before_anything_is_written(make_template, here, snapshot):
    maker = make_template({".vscode/settings.json": "{}", "mise.toml": ""})
    (here / ".vscode").mkdir()
    (here / ".vscode" / "settings.json").write_text("theirs")
    (here / "mise.toml").write_text("theirs")
    before = snapshot(here)
    with pytest.raises(TargetRefused, match=r"has \.vscode/settings\.json, mise\.toml$"):
        maker.plan(here)
    assert snapshot(here) == before


def test_skip_keeps_what_is_there_and_says_so(maker, here):
    (here / "README.md").write_text("theirs")
    (here / "main.py").write_text("theirs")
    project = maker.create(maker.plan(here, on_conflict="skip"))
    assert (here / "README.md").read_text() == "theirs"
    assert (project.skipped, project.overwritten) == (("README.md",), ())
    assert "README.md" not in project.created
    assert (here / "Dockerfile").is_file()


def test_overwrite_replaces_what_is_planned_and_nothing_else(maker, here):
    (here / "README.md").write_text("theirs")
    (here / "main.py").write_text("theirs")
    project = maker.create(maker.plan(here, on_conflict="overwrite"))
    assert (here / "README.md").read_text().startswith("# Shop")
    assert (here / "main.py").read_text() == "theirs"
    assert (project.skipped, project.overwritten) == ((), ("README.md",))


def test_a_file_with_the_same_bytes_is_no_conflict(maker, here):
    (here / "Dockerfile").write_text("FROM scratch\n")
    project = maker.create(maker.plan(here, on_conflict="skip"))
    assert (project.skipped, "Dockerfile" in project.created) == ((), False)


@pytest.mark.parametrize("on_conflict", ["skip", "overwrite"])
def test_secrets_that_exist_are_never_replaced(maker, here, on_conflict):
    (here / ".env").write_text("SECRET_KEY=theirs\n")
    project = maker.create(maker.plan(here, on_conflict=on_conflict))
    assert (here / ".env").read_text() == "SECRET_KEY=theirs\n"
    assert project.skipped == (".env",)


@posix
@pytest.mark.parametrize("on_conflict", ["skip", "overwrite"])
@pytest.mark.parametrize("path", ["README.md", ".env", ".github", ".github/workflows/ci.yml"])
def test_a_link_in_the_way_is_refused_and_what_it_leads_to_untouched(  # noqa: PLR0913, PLR0917 - fixtures and parameters
    maker, here, tmp_path, snapshot, on_conflict, path
):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "file").write_text("theirs")
    (here / path).parent.mkdir(parents=True, exist_ok=True)
    (here / path).symlink_to(outside if path == ".github" else outside / "file")
    before = snapshot(tmp_path)
    with pytest.raises(TargetRefused):
        maker.make(here, on_conflict=on_conflict)
    assert snapshot(tmp_path) == before


@posix
@pytest.mark.parametrize("kind", ["mkdir", "mkfifo"])
def test_a_folder_or_a_pipe_where_a_file_should_be_is_refused(maker, here, snapshot, kind):
    getattr(os, kind)(here / "README.md")
    before = snapshot(here)
    with pytest.raises(TargetRefused):
        maker.make(here, on_conflict="overwrite")
    assert snapshot(here) == before


def test_a_file_where_a_folder_should_be_is_refused(maker, here, snapshot):
    (here / ".github").write_text("theirs")
    before = snapshot(here)
    with pytest.raises(TargetRefused):
        maker.make(here, on_conflict="overwrite")
    assert snapshot(here) == before


@pytest.mark.parametrize("on_conflict", ["refuse", "skip", "overwrite"])
def test_a_file_that_appears_after_planning_is_refused(maker, here, snapshot, on_conflict):
    plan = maker.plan(here, on_conflict=on_conflict)
    (here / "README.md").write_text("theirs")
    before = snapshot(here)
    with pytest.raises(TargetRefused, match=r"README\.md was created by something else"):
        maker.create(plan)
    assert snapshot(here) == before


def no_links(*_arguments, **_options):
    raise OSError(errno.EPERM, "Operation not permitted")


def fails_at(monkeypatch, module, name, when):
    """Let the ``when``-th call of a function fail as a full disk would."""
    calls = iter(range(1, 10_000))
    real = getattr(module, name)

    def call(*arguments, **options):
        if next(calls) == when:
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(*arguments, **options)

    monkeypatch.setattr(module, name, call)


@pytest.mark.parametrize("when", [1, 5, 15])
@pytest.mark.parametrize("on_conflict", ["skip", "overwrite"])
def test_an_error_half_way_takes_everything_back(  # noqa: PLR0913, PLR0917 - fixtures and parameters
    maker, here, snapshot, monkeypatch, on_conflict, when
):
    (here / "LICENSE").write_text("theirs")
    (here / "package.json").write_text("theirs")
    (here / ".github").mkdir()
    before = snapshot(here)
    fails_at(monkeypatch, os, "link", when)
    with pytest.raises(Exception, match="No space left"):
        maker.make(here, on_conflict=on_conflict)
    assert snapshot(here) == before


@pytest.mark.parametrize(("module", "name", "when"), [(os, "replace", 3), (fill, "sync_file_system", 1)])
def test_an_error_after_overwriting_brings_the_old_file_back(  # noqa: PLR0913, PLR0917 - fixtures and parameters
    maker, here, snapshot, monkeypatch, module, name, when
):
    (here / "LICENSE").write_text("theirs")
    (here / "LICENSE").chmod(0o666)
    inode = (here / "LICENSE").stat().st_ino
    (here / "package.json").write_text("theirs")
    before = snapshot(here)
    fails_at(monkeypatch, module, name, when)
    with pytest.raises(Exception, match="No space left"):
        maker.make(here, on_conflict="overwrite")
    assert snapshot(here) == before
    assert (here / "LICENSE").stat().st_ino == inode


@pytest.mark.parametrize("on_conflict", ["refuse", "overwrite"])
def test_file_systems_without_hard_links_get_the_same_project(  # noqa: PLR0913, PLR0917 - fixtures and parameters
    maker, here, tmp_path, snapshot, monkeypatch, on_conflict
):
    expected = without_secret(snapshot(maker.make(tmp_path / "new" / "shop")))

    monkeypatch.setattr(os, "link", no_links)
    if on_conflict == "overwrite":
        (here / "LICENSE").write_text("theirs")
    made = without_secret(snapshot(maker.make(here, on_conflict=on_conflict)))
    assert {path: held for path, held in made.items() if not path.startswith(".scaffold-backup")} == expected


def test_the_run_after_a_kill_takes_back_what_was_placed(maker, here, snapshot, monkeypatch):
    """A stage as a killed run leaves it: half of the files placed, the lock free."""
    (here / ".git").mkdir()
    before = snapshot(here)
    monkeypatch.setattr(fill, "take_back", lambda _stage: None)
    monkeypatch.setattr("scaffold.project.stage.remove", lambda _path, _status: None)
    fails_at(monkeypatch, os, "link", 8)
    with pytest.raises(Exception, match="No space left"):
        maker.make(here)
    monkeypatch.undo()
    (left,) = here.glob(".scaffold-*")
    assert len(snapshot(here)) > len(before)
    assert left.is_dir()
    killed = snapshot(here)
    plan = maker.plan(here)
    assert snapshot(here) == killed  # planning looks past it and writes nothing
    maker.create(plan)
    assert not list(here.glob(".scaffold-*"))
    assert (here / "README.md").is_file()


def test_what_cannot_be_taken_back_is_not_called_gone_and_goes_with_the_next_run(
    maker, here, snapshot, monkeypatch
):
    (here / "README.md").write_text("theirs")
    before = snapshot(here)
    fails_at(monkeypatch, os, "link", 8)
    fails_at(monkeypatch, os, "unlink", 3)
    with pytest.raises(EnvironmentProblem) as caught:
        maker.make(here, on_conflict="overwrite")
    monkeypatch.undo()
    (left,) = here.glob(".scaffold-*")
    assert caught.value.hint.startswith(f"Still there: {left}; ")
    assert snapshot(here) != before
    collect_dead_stages(here)
    assert snapshot(here) == before


def test_a_folder_that_another_run_fills_is_refused(maker, here, snapshot):
    plan = maker.plan(here)
    with locked_folder(here), pytest.raises(TargetRefused, match="Another run is writing to"):
        maker.create(plan)
    assert snapshot(here) == {}


def test_nothing_is_taken_back_once_all_is_done(maker, here, tmp_path):
    maker.make(here)
    stage = Stage(path=tmp_path / "stage", target=here)
    (tmp_path / "stage" / "done").mkdir(parents=True)
    take_back(stage)
    assert (here / "README.md").is_file()


def test_what_a_person_changed_meanwhile_is_not_taken_back(maker, here, monkeypatch):
    def change_and_fail(path):
        Path(path, "README.md").write_text("theirs")
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(fill, "sync_file_system", change_and_fail)
    monkeypatch.setattr(os, "link", no_links)
    with pytest.raises(Exception, match="Input/output error"):
        maker.make(here)
    assert [path.name for path in here.iterdir()] == ["README.md"]


def backups(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*") if path.is_file()
    }


def test_what_is_overwritten_is_kept_and_a_second_time_destroys_nothing(maker, here):
    for number in (1, 2):
        (here / "README.md").write_text(f"theirs {number}")
        project = maker.create(maker.plan(here, on_conflict="overwrite"))
        assert project.backup == here / ".scaffold-backup" / str(number)
    assert backups(here / ".scaffold-backup") == {
        ".gitignore": "*\n",
        "1/README.md": "theirs 1",
        "2/README.md": "theirs 2",
    }


def test_what_is_overwritten_keeps_its_mode_and_time(maker, here):
    (here / "README.md").write_text("theirs")
    (here / "README.md").chmod(0o640)
    os.utime(here / "README.md", (1, 1))
    kept = maker.create(maker.plan(here, on_conflict="overwrite")).backup / "README.md"
    assert (kept.stat().st_mode & 0o777, kept.stat().st_mtime) == (0o640, 1)


@pytest.mark.parametrize("linked", [False, True])
def test_in_a_repository_what_is_overwritten_is_kept_in_gits_own_folder(maker, here, tmp_path, linked):
    git = tmp_path / "main" / ".git" / "worktrees" / "shop" if linked else here / ".git"
    git.mkdir(parents=True)
    (git / "HEAD").write_text("ref: refs/heads/main\n")
    if linked:
        (here / ".git").write_text(f"gitdir: {git}\n")
        (git / "commondir").write_text("../..\n")
        (tmp_path / "main" / ".git" / "HEAD").write_text("ref: refs/heads/main\n")
    (here / "README.md").write_text("theirs")
    project = maker.create(maker.plan(here, on_conflict="overwrite"))
    assert project.backup == git / "scaffold" / "1"
    assert backups(project.backup) == {"README.md": "theirs"}
    assert not (here / ".scaffold-backup").exists()


def test_without_a_conflict_there_is_no_backup(maker, here):
    assert maker.create(maker.plan(here, on_conflict="overwrite")).backup is None
    assert not (here / ".scaffold-backup").exists()


@posix
@pytest.mark.parametrize("git", [True, False])
def test_a_link_in_place_of_the_backup_is_refused(maker, here, tmp_path, snapshot, git):
    (tmp_path / "outside").mkdir()
    (here / "README.md").write_text("theirs")
    if git:
        (here / ".git").mkdir()
        (here / ".git" / "HEAD").touch()
    (here / (".git/scaffold" if git else ".scaffold-backup")).symlink_to(tmp_path / "outside")
    before = snapshot(tmp_path)
    with pytest.raises(TargetRefused, match="is no folder"):
        maker.make(here, on_conflict="overwrite")
    assert snapshot(tmp_path) == before


@pytest.mark.parametrize("on_conflict", ["skip", "overwrite"])
@pytest.mark.parametrize("path", ["README.md", ".github"])
def test_what_cannot_be_filled_is_refused_by_the_plan_already(maker, here, on_conflict, path):
    (here / "README.md").mkdir() if path == "README.md" else (here / path).touch()
    fact = "is a link or a folder, or cannot be read" if path == "README.md" else "is a file"
    with pytest.raises(TargetRefused, match=f"{re.escape(str(here / path))} {fact}$"):
        maker.plan(here, on_conflict=on_conflict)


@pytest.mark.parametrize(
    ("on_conflict", "kept"),
    [("skip", (".env", "LICENSE")), ("overwrite", (".env",))],
    ids=["skip", "overwrite"],
)
def test_the_plan_knows_what_will_be_kept(maker, here, on_conflict, kept):
    (here / "LICENSE").write_text("theirs")
    (here / ".env").write_text("theirs")
    (here / "Dockerfile").write_text("FROM scratch\n")
    plan = maker.plan(here, on_conflict=on_conflict)
    assert fill.foresee(plan, render(plan), {}).skipped == maker.create(plan).skipped == kept
