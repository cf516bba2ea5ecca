"""The last step: the project has its name or it has not, and what is said about it is true."""

import errno
import os

import pytest

from scaffold.errors import EnvironmentProblem
from scaffold.project import publish

if os.name == "nt":
    pytest.skip("calls of POSIX", allow_module_level=True)


def fails(number):
    def call(*_arguments, **_options):
        raise OSError(number, os.strerror(number))

    return call


def test_a_rename_that_fails_after_the_name_was_taken_gives_it_free(maker, tmp_path, monkeypatch):
    monkeypatch.setattr(publish, "_renamed_by_library", lambda _source, _target: False)
    plan = maker.plan(tmp_path / "place" / "shop")
    monkeypatch.setattr(publish.Path, "rename", fails(errno.EIO))
    with pytest.raises(EnvironmentProblem, match="Input/output error"):
        maker.create(plan)
    assert not (tmp_path / "place").exists()


@pytest.mark.parametrize("where", ["new", "existing"])
def test_a_name_that_is_not_on_the_disk_yet_is_a_warning(maker, tmp_path, monkeypatch, where):
    target = tmp_path / "shop"
    if where == "existing":
        target.mkdir()
    plan = maker.plan(target)
    monkeypatch.setattr(os, "fsync", fails(errno.EIO))
    project = maker.create(plan)
    assert "Input/output error" in project.warning
    assert (target / "README.md").is_file()
    assert [path.name for path in tmp_path.iterdir() if "scaffold-" in path.name] == []


def test_a_file_system_that_cannot_sync_a_folder_is_no_warning(maker, tmp_path, monkeypatch):
    plan = maker.plan(tmp_path / "shop")
    monkeypatch.setattr(os, "fsync", fails(errno.EINVAL))
    assert maker.create(plan).warning == ""
