"""A lock is held by one, as long as its block, and only on the file that is there."""

import os
import stat

import pytest

from scaffold.project.lock import locked, locked_folder

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the calls of POSIX")


@pytest.fixture
def file(tmp_path):
    return tmp_path / "lock"


@pytest.mark.parametrize("lock", [locked, locked_folder])
def test_a_second_holder_has_to_wait_for_the_end_of_the_first(tmp_path, lock):
    path = tmp_path / "lock" if lock is locked else tmp_path
    with lock(path) as first, lock(path) as second:
        assert (first, second) == (True, False)
    with lock(path) as again:
        assert again is True


def test_a_lock_ends_with_an_error_in_its_block(file):
    with pytest.raises(LookupError), locked(file):
        raise LookupError
    with locked(file) as again:
        assert again


def test_a_lock_file_is_its_owners_alone(file):
    before = os.umask(0)
    try:
        with locked(file):
            assert stat.S_IMODE(file.stat().st_mode) == 0o600
    finally:
        os.umask(before)


def test_what_a_lock_file_holds_is_kept(file):
    file.write_text("theirs")
    with locked(file) as held:
        assert held
    assert file.read_text() == "theirs"


def test_a_link_is_not_locked_through(file, tmp_path):
    file.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OSError, match="symbolic links"), locked(file):
        pass
    assert not (tmp_path / "elsewhere").exists()


@pytest.mark.parametrize("meanwhile", ["removed", "replaced"])
def test_a_lock_on_a_file_that_is_gone_is_not_had(file, monkeypatch, meanwhile):
    import fcntl

    def late(*_):
        file.rename(file.with_name("old"))
        if meanwhile == "replaced":
            file.touch()

    monkeypatch.setattr(fcntl, "flock", late)
    with locked(file) as held:
        assert held is False
