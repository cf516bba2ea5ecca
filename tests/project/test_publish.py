"""The last step: the project has its name or it has not, and what is said about it is true."""

import ctypes
import errno
import os
import shutil
import sys
from types import SimpleNamespace

import pytest

from scaffold.errors import EnvironmentProblem, TargetRefused
from scaffold.project import publish

if os.name == "nt":
    pytest.skip("calls of POSIX", allow_module_level=True)


def fails(number):
    def call(*_arguments, **_options):
        raise OSError(number, os.strerror(number))

    return call


def test_a_rename_that_fails_after_the_name_was_taken_gives_it_free(maker, tmp_path, monkeypatch):
    library(monkeypatch)
    plan = maker.plan(tmp_path / "place" / "shop")
    monkeypatch.setattr(publish.Path, "rename", fails(errno.EIO))
    with pytest.raises(EnvironmentProblem, match="Input/output error"):
        maker.create(plan)
    assert not (tmp_path / "place").exists()


@pytest.mark.parametrize(("call", "left"), [("rmdir", "shop"), ("rmtree", ".shop.scaffold-????????")])
def test_what_could_not_be_removed_is_not_called_gone(maker, tmp_path, monkeypatch, call, left):
    library(monkeypatch)
    plan = maker.plan(tmp_path / "shop")
    monkeypatch.setattr(publish.Path, "rename", fails(errno.EIO))
    monkeypatch.setattr(publish.Path if call == "rmdir" else shutil, call, fails(errno.EIO))
    with pytest.raises(EnvironmentProblem, match="Input/output error") as caught:
        maker.create(plan)
    (path,) = tmp_path.glob(left)
    assert caught.value.hint.startswith(f"Still there: {path}; ")


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


def library(monkeypatch, **calls):
    """Have a system library with these calls only; each fails with a number, or gives what it returns."""

    def call(result):
        def fail(*_):
            ctypes.set_errno(result)
            return -1

        return result if callable(result) else fail

    known = {name: call(result) for name, result in calls.items()}
    monkeypatch.setattr(ctypes, "CDLL", lambda *_, **__: SimpleNamespace(**known))


UNKNOWN = [errno.EINVAL, errno.ENOSYS, errno.EOPNOTSUPP, errno.EPERM]


@pytest.mark.parametrize("call", ["syncfs", "renameat2", "renamex_np"])
@pytest.mark.parametrize("number", UNKNOWN, ids=errno.errorcode.get)
def test_a_call_that_the_system_does_not_know_is_done_without(maker, tmp_path, monkeypatch, call, number):
    library(monkeypatch, **{call: number})
    assert (maker.make(tmp_path / "shop") / "README.md").is_file()


@pytest.mark.parametrize("call", ["syncfs", "renameat2", "renamex_np"])
def test_a_call_that_finds_the_disk_broken_publishes_nothing(maker, tmp_path, monkeypatch, call):
    library(monkeypatch, **{call: errno.EIO})
    with pytest.raises(EnvironmentProblem, match=r"/place/.*: Input/output error"):
        maker.make(tmp_path / "place" / "shop")
    assert not (tmp_path / "place").exists()


@pytest.mark.parametrize("call", ["renameat2", "renamex_np"])
@pytest.mark.parametrize("number", [errno.EEXIST, errno.ENOTEMPTY, errno.ENOTDIR, errno.EISDIR])
def test_a_name_that_was_taken_meanwhile_is_refused(maker, tmp_path, monkeypatch, call, number):
    library(monkeypatch, **{call: number})
    with pytest.raises(TargetRefused, match="was created by something else meanwhile"):
        maker.make(tmp_path / "shop")


def test_each_system_is_asked_for_a_rename_that_replaces_nothing(tmp_path, monkeypatch):
    asked = []

    def rename(*arguments):
        asked.append([getattr(argument, "value", argument) for argument in arguments])
        return 0

    old, new = tmp_path / "old", tmp_path / "new"
    paths = [os.fsencode(old), os.fsencode(new)]
    for name in ("renameat2", "renamex_np"):
        library(monkeypatch, **{name: rename})
        publish.rename_exclusively(old, new)
    assert asked == [
        [-100, paths[0], -100, paths[1], 1],
        [*paths, 4],
    ]  # AT_FDCWD, RENAME_NOREPLACE, RENAME_EXCL


@pytest.mark.skipif(sys.platform != "linux", reason="the calls of Linux")
def test_the_calls_of_linux_are_found_and_those_of_macos_are_not():
    found = {name: publish._library_call(name) for name in ("syncfs", "renameat2", "renamex_np")}
    assert [name for name, call in found.items() if call is not None] == ["syncfs", "renameat2"]
