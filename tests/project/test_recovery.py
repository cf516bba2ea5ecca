"""What killed runs left is collected; what looks like it and is the user's is not."""

import os
import shutil

import pytest

from scaffold.errors import ScaffoldError, TargetRefused
from scaffold.model.plan import Target
from scaffold.project import check_target
from scaffold.project.stage import LOCK_CONTENT, stage_name

posix = pytest.mark.skipif(os.name == "nt", reason="owners and modes of POSIX")


@pytest.fixture
def place(tmp_path):
    (tmp_path / "place").mkdir()
    return tmp_path / "place"


def stage_of(target, digits="0a1b", content=LOCK_CONTENT):
    """Make what a killed run leaves beside a target that it was to make; without content, before its lock."""
    path = target.parent / stage_name(Target(path=target, exists=False), digits)
    path.mkdir(mode=0o700)
    if content is not None:
        (path / ".gitignore").write_bytes(content)
    return path


def test_a_folder_of_the_users_that_is_called_like_a_stage_stays(maker, place):
    kept = [".shop.scaffold-anything", ".shop.scaffold-0a1b2c3d", ".shop.scaffold-", ".shopping.scaffold-x"]
    for name in kept:
        (place / name).mkdir(mode=0o700)
        (place / name / ".gitignore").write_bytes(LOCK_CONTENT)
    maker.make(place / "shop")
    assert {path.name for path in place.iterdir()} == {"shop", *kept}


@pytest.mark.parametrize("content", [b"*\n", LOCK_CONTENT + b"!mine\n", LOCK_CONTENT[:-1]])
def test_a_folder_with_the_name_of_a_stage_and_another_lock_stays(maker, place, content):
    stage = stage_of(place / "shop", content=content)
    maker.make(place / "shop")
    assert (stage / ".gitignore").read_bytes() == content


@pytest.mark.parametrize("content", [LOCK_CONTENT, b"", None], ids=["locked", "lock unwritten", "no lock"])
def test_a_stage_of_a_killed_run_is_collected_by_the_creation(maker, place, content):
    stage_of(place / "shop", content=content)
    maker.make(place / "shop")
    assert [path.name for path in place.iterdir()] == ["shop"]


def test_the_next_creation_collects_what_runs_for_other_targets_left_beside_it(maker, place):
    stage_of(place / "shop")
    maker.make(place / "blog")
    assert [path.name for path in place.iterdir()] == ["blog"]


@pytest.mark.parametrize("content", [b"", None], ids=["lock unwritten", "no lock"])
def test_a_folder_with_the_name_of_a_stage_that_holds_files_and_no_word_of_ours_stays(maker, place, content):
    stage = stage_of(place / "shop", content=content)
    (stage / "notes.txt").write_text("theirs")
    maker.make(place / "shop")
    assert (stage / "notes.txt").read_text() == "theirs"


def test_neither_a_dry_run_nor_a_refused_run_collects(maker, place, snapshot):
    stage_of(place / "shop")
    before = snapshot(place)
    maker.plan(place / "shop")
    with pytest.raises(ScaffoldError):
        maker.plan(place / "shop", given={"project_slug": "-"})
    assert snapshot(place) == before
    (place / "shop").mkdir()
    (place / "shop" / "main.py").write_text("theirs")
    before = snapshot(place)
    with pytest.raises(TargetRefused):
        maker.plan(place / "shop")
    assert snapshot(place) == before


def test_a_stage_in_the_target_is_not_in_the_way_and_another_name_like_it_is(place):
    (place / stage_name(Target(path=place, exists=True), "0a1b")).mkdir()
    assert check_target(place).exists
    (place / ".scaffold-notes").mkdir()
    with pytest.raises(TargetRefused, match=r"\.scaffold-notes$"):
        check_target(place)


@posix
def test_the_stage_of_a_living_run_and_a_link_to_one_stay(maker, place, tmp_path):
    import fcntl

    living, dead = stage_of(place / "shop"), stage_of(tmp_path / "shop")
    link = place / stage_name(Target(path=place / "shop", exists=False), "ffff")
    link.symlink_to(dead)
    (dead / "file").touch()
    with (living / ".gitignore").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        maker.make(place / "shop")
    assert living.is_dir()
    assert (link / "file").is_file()


@posix
def test_a_stage_is_ours_by_its_lock_where_modes_say_nothing(maker, place):
    stage_of(place / "shop").chmod(0o777)  # as on FAT
    maker.make(place / "shop")
    assert [path.name for path in place.iterdir()] == ["shop"]


@posix
def test_a_stage_of_another_user_stays(maker, place, monkeypatch):
    stage = stage_of(place / "shop")
    monkeypatch.setattr(os, "geteuid", lambda: stage.stat().st_uid + 1)
    place.chmod(0o755)
    maker.make(place / "shop")
    assert stage.is_dir()


@posix
@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir, lambda path: path.symlink_to(os.devnull)])
def test_a_lock_that_is_no_file_is_not_waited_for(maker, place, make):
    stage = stage_of(place / "shop", content=None)
    make(stage / ".gitignore")
    maker.make(place / "shop")
    assert stage.is_dir()


def test_git_sees_no_file_of_a_stage(maker, place, monkeypatch):
    import subprocess

    seen = []

    def look(stage, *_arguments):
        (stage.path / "copies").mkdir()
        (stage.path / "copies" / ".env").write_text("SECRET=1")
        status = ["git", "-C", str(place), "status", "--porcelain", "--untracked-files=all"]
        seen.append(subprocess.run(status, check=True, capture_output=True, text=True).stdout)
        raise TargetRefused("enough")

    subprocess.run(["git", "init", "--quiet", str(place)], check=True)
    monkeypatch.setattr("scaffold.project.fill.fill", look)
    with pytest.raises(TargetRefused, match="enough"):
        maker.make(place)
    assert seen == [""]


def test_a_program_that_still_writes_into_a_stage_does_not_keep_it(maker, place, monkeypatch):
    real, calls = shutil.rmtree, []

    def meanwhile(path, **options):
        calls.append(path)
        if len(calls) > 1:  # the first time something is written while it goes
            real(path, **options)

    monkeypatch.setattr(shutil, "rmtree", meanwhile)
    maker.make(place / "shop")
    assert [path.name for path in place.iterdir()] == ["shop"]


def test_the_lock_of_a_stage_goes_last(maker, place, monkeypatch):
    """A kill while a stage is removed leaves what the next run knows as its own."""
    seen = []
    real = shutil.rmtree
    monkeypatch.setattr(shutil, "rmtree", lambda path, **more: (seen.append(lock(path)), real(path, **more)))

    def lock(path):
        stage = next(folder for folder in (path, path.parent) if ".scaffold-" in folder.name)
        assert path == stage or (stage / ".gitignore").is_file()
        return [inner.name for inner in stage.iterdir()]

    maker.make(place / "shop")
    assert seen[-1] == [".gitignore"]
