"""Nothing outside a folder is reached through it."""

import os
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scaffold.errors import TemplateProblem
from scaffold.project import confined_fs
from scaffold.project.confined_fs import Folder

posix = pytest.mark.skipif(os.name == "nt", reason="links of POSIX")
BY = [True, pytest.param(False, id="as on Windows")]


@pytest.fixture(params=BY)
def folder(request, tmp_path, monkeypatch):
    """A folder, with the calls of this system and with those of one that has no descriptors of folders."""
    if not request.param:
        monkeypatch.setattr(confined_fs, "_BY_DESCRIPTOR", False)
        monkeypatch.setattr(confined_fs, "_READ", confined_fs._READ & ~getattr(os, "O_NOFOLLOW", 0))
    (tmp_path / "root").mkdir()
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "file").write_text("theirs")
    return Folder(tmp_path / "root")


def test_what_is_written_is_read_and_listed(folder):
    folder.write("a/b/c.txt", b"content")
    folder.write("run", b"", mode=0o755)
    assert folder.read("a/b/c.txt") == b"content"
    assert [(entry.path, entry.size) for entry in folder.files()] == [("a/b/c.txt", 7), ("run", 0)]


def test_nothing_is_written_over(folder):
    folder.write("file", b"first")
    with pytest.raises(FileExistsError):
        folder.write("file", b"second")
    assert folder.read("file") == b"first"


@pytest.mark.parametrize(
    "path", ["../outside/file", "a/../../outside/file", "/etc/hostname", "", ".", "a//b", "a\\b", "c:x"]
)
def test_a_path_that_leads_out_is_refused(folder, path):
    for access in (folder.read, folder.status, lambda path: folder.write(path, b"")):
        with pytest.raises(TemplateProblem, match="is not a path below it"):
            access(path)


@given(st.lists(st.sampled_from(["..", ".", "", "a", "/", "\\", "C:", "\0"]), min_size=1, max_size=5))
def test_no_combination_of_parts_leads_out(tmp_path_factory, parts):
    root = tmp_path_factory.mktemp("root")
    path = "/".join(parts)
    try:
        Folder(root).write(path, b"x")
    except (TemplateProblem, OSError):
        assert not list(root.iterdir())
    else:
        assert os.path.realpath(root / path).startswith(f"{root}{os.sep}")


@posix
@pytest.mark.parametrize("link", ["", "a"])
def test_a_folder_that_is_a_link_is_not_entered(folder, tmp_path, link):
    if link:
        (folder.root / link).symlink_to(tmp_path / "outside")
    else:
        folder.root.rmdir()
        folder.root.symlink_to(tmp_path / "outside")
    path = f"{link}/file" if link else "file"
    for access in (folder.read, lambda path: folder.write(f"{path}2", b"")):
        with pytest.raises((TemplateProblem, NotADirectoryError)):
            access(path)
    assert [entry.name for entry in (tmp_path / "outside").iterdir()] == ["file"]


@posix
def test_a_file_that_is_a_link_is_neither_read_nor_written_through(folder, tmp_path):
    (folder.root / "link").symlink_to(tmp_path / "outside" / "file")
    with pytest.raises((TemplateProblem, OSError)):
        folder.read("link")
    with pytest.raises(FileExistsError):
        folder.write("link", b"ours")
    assert (tmp_path / "outside" / "file").read_text() == "theirs"


@posix
def test_a_pipe_is_not_read(folder):
    os.mkfifo(folder.root / "pipe")
    with pytest.raises(TemplateProblem, match="not a regular file"):
        folder.read("pipe")


def test_no_descriptor_is_left_open(folder):
    descriptors = Path("/proc/self/fd")
    if not descriptors.is_dir():
        pytest.skip("needs /proc")
    before = len(list(descriptors.iterdir()))
    folder.write("a/b", b"x")
    folder.read("a/b")
    folder.files()
    with pytest.raises(TemplateProblem):
        folder.read("a/b/..")
    with pytest.raises((TemplateProblem, OSError)):
        folder.read("a/b/c")
    assert len(list(descriptors.iterdir())) == before


def test_a_project_of_exactly_the_limit_is_accepted_and_one_more_file_is_not(tmp_path):
    for number in range(5_000):
        (tmp_path / str(number)).touch()
    assert len(Folder(tmp_path).files()) == 5_000
    (tmp_path / "more").touch()
    with pytest.raises(TemplateProblem, match="holds more than 5000 files or 50 MiB"):
        Folder(tmp_path).files()


def test_a_file_of_exactly_the_limit_is_accepted_and_one_more_byte_is_not(tmp_path):
    with (tmp_path / "large").open("wb") as file:
        file.truncate(50 * 1024 * 1024)
        assert [entry.size for entry in Folder(tmp_path).files()] == [50 * 1024 * 1024]
        file.truncate(50 * 1024 * 1024 + 1)
        with pytest.raises(TemplateProblem, match="holds more than 5000 files or 50 MiB"):
            Folder(tmp_path).files()


@pytest.mark.skipif(sys.platform != "linux", reason="folders by descriptor")
def test_a_folder_that_is_exchanged_for_a_link_meanwhile_leads_nowhere(tmp_path):
    (tmp_path / "root" / "a").mkdir(parents=True)
    (tmp_path / "outside").mkdir()
    with Folder(tmp_path / "root").at("a/file") as location:
        (tmp_path / "root" / "a").rename(tmp_path / "root" / "moved")
        (tmp_path / "root" / "a").symlink_to(tmp_path / "outside")
        os.mkdir(location.name, dir_fd=location.dir_fd)
    assert (tmp_path / "root" / "moved" / "file").is_dir()
    assert list((tmp_path / "outside").iterdir()) == []
