"""Moving files out of a stage, on a file system without hard links too."""

import errno
import os

import pytest

from scaffold.errors import TargetRefused
from scaffold.project.journal import put, transfer
from scaffold.project.stage import Stage


@pytest.fixture
def stage(tmp_path):
    (tmp_path / "stage" / "rendered").mkdir(parents=True)
    (tmp_path / "stage" / "rendered" / "file").write_text("ours")
    (tmp_path / "target").mkdir()
    return Stage(path=tmp_path / "stage", target=tmp_path / "target")


@pytest.fixture(params=["links", "no links"])
def moved(request, stage, monkeypatch):
    def unknown(*_arguments, **_options):
        raise OSError(errno.EPERM, "Operation not permitted")

    if request.param == "no links":
        monkeypatch.setattr(os, "link", unknown)
    return transfer(stage, stage.target, staged="rendered", created=("file",))


def test_a_file_that_appeared_meanwhile_is_not_replaced(stage, moved):
    (stage.target / "file").write_text("theirs")
    with pytest.raises(TargetRefused, match="target/file was created by something else meanwhile"):
        put(stage, moved, "file")
    assert (stage.target / "file").read_text() == "theirs"


def test_a_file_is_moved_with_its_mode(stage, moved):
    (stage.path / "rendered" / "file").chmod(0o751)
    put(stage, moved, "file")
    assert (stage.target / "file").read_text() == "ours"
    assert (stage.target / "file").stat().st_mode & 0o777 == 0o751
