"""A lock is held by one, as long as its block, and only on the file that is there."""

import os
import stat
from contextlib import ExitStack

import pytest

from scaffold.project.lock import locked, locked_folder, made_and_locked

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the calls of POSIX")


@pytest.fixture
def file(tmp_path):
    return tmp_path / "lock"


def test_a_lock_file_has_its_content_and_is_its_owners_alone(file):
    before = os.umask(0)
    try:
        with made_and_locked(file, b"content") as had:
            assert had is True
            assert stat.S_IMODE(file.stat().st_mode) == 0o600
    finally:
        os.umask(before)
    assert file.read_bytes() == b"content"


def test_a_lock_file_that_exists_is_not_made_again(file):
    file.write_bytes(b"theirs")
    with pytest.raises(FileExistsError), made_and_locked(file, b"ours"):
        pass
    assert file.read_bytes() == b"theirs"


def test_who_made_the_lock_holds_it_to_the_end_of_the_block(file):
    with made_and_locked(file, b"content"), locked(file) as had:
        assert had is None
    with locked(file) as had:
        assert had == b"content"


@pytest.mark.parametrize("lock", [locked, locked_folder])
def test_a_second_holder_has_to_wait_for_the_end_of_the_first(tmp_path, file, lock):
    file.touch()
    path = file if lock is locked else tmp_path
    with lock(path) as first, lock(path) as second:
        assert first not in {None, False}
        assert second in {None, False}
    with pytest.raises(LookupError), lock(path):
        raise LookupError
    with lock(path) as again:
        assert again == first


def test_of_a_file_that_is_locked_a_kilobyte_is_read_and_all_is_kept(file):
    file.write_bytes(b"x" * 1025)
    with locked(file) as content:
        assert content == b"x" * 1024
    assert file.stat().st_size == 1025


def test_a_missing_file_is_not_made_by_locking_it(file):
    with pytest.raises(FileNotFoundError), locked(file):
        pass
    assert not file.exists()


def test_a_link_is_not_locked_through(file, tmp_path):
    (tmp_path / "elsewhere").touch()
    file.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OSError, match="symbolic links"), locked(file):
        pass


def test_a_pipe_is_not_locked_and_not_waited_for(file):
    os.mkfifo(file)
    with locked(file) as content:
        assert content is None


@pytest.mark.parametrize("meanwhile", ["removed", "replaced"])
@pytest.mark.parametrize("make", [True, False])
def test_a_lock_on_a_file_that_is_gone_is_not_had(file, monkeypatch, meanwhile, make):
    import fcntl

    def late(*_):
        file.rename(file.with_name("old"))
        if meanwhile == "replaced":
            file.touch()

    monkeypatch.setattr(fcntl, "flock", late)
    if not make:
        file.touch()
    with ExitStack() as held:
        assert not held.enter_context(made_and_locked(file, b"content") if make else locked(file))


@pytest.mark.parametrize("lock", [locked, locked_folder, lambda path: made_and_locked(path, b"")])
def test_a_system_that_knows_no_locks_gives_none(tmp_path, file, monkeypatch, lock):
    import fcntl

    def unknown(*_):
        raise OSError(38, "Function not implemented")

    monkeypatch.setattr(fcntl, "flock", unknown)
    if lock is locked:
        file.touch()
    with lock(tmp_path if lock is locked_folder else file) as had:
        assert not had
