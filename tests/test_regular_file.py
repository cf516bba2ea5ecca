"""Reading somebody else's file: a regular one, bounded, without waiting."""

import os
import socket
import tracemalloc
from pathlib import Path

import pytest

from scaffold import regular_file
from scaffold.regular_file import read_regular_file

UNIX = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")


def test_a_file_of_just_the_limit_is_read(tmp_path):
    (tmp_path / "a").write_bytes(b"x" * 1024)
    assert read_regular_file(tmp_path / "a", 1024) == b"x" * 1024


def test_one_byte_more_than_the_limit_is_refused(tmp_path):
    (tmp_path / "a").write_bytes(b"x" * 1025)
    with pytest.raises(ValueError, match="larger than 1 KiB"):
        read_regular_file(tmp_path / "a", 1024)


def test_of_a_gigabyte_no_more_is_read_than_shows_that_it_is_too_large(tmp_path):
    (tmp_path / "a").touch()
    os.truncate(tmp_path / "a", 1 << 30)
    tracemalloc.start()
    with pytest.raises(ValueError, match="larger than 64 KiB"):
        read_regular_file(tmp_path / "a", 64 * 1024)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 1 << 20


def test_a_link_to_a_file_is_followed(tmp_path):
    (tmp_path / "a").write_bytes(b"x")
    (tmp_path / "link").symlink_to(tmp_path / "a")
    assert read_regular_file(tmp_path / "link", 1024) == b"x"


def test_a_folder_is_refused(tmp_path):
    with pytest.raises(IsADirectoryError):
        read_regular_file(tmp_path, 1024)


@UNIX
def test_a_pipe_a_socket_and_a_device_are_refused_before_they_are_opened(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # a socket's path may not be long
    os.mkfifo("pipe")
    server = socket.socket(socket.AF_UNIX)
    server.bind("socket")
    monkeypatch.setattr(os, "open", lambda *_: pytest.fail("it was opened"))
    for path in (tmp_path / "pipe", tmp_path / "socket", tmp_path / os.devnull):
        with pytest.raises(OSError, match="a pipe or a device"):
            read_regular_file(path, 1024)
    server.close()


@UNIX
def test_a_pipe_that_takes_the_place_of_a_file_is_not_waited_for(tmp_path, monkeypatch):
    os.mkfifo(tmp_path / "a")
    before = Path(__file__).stat()
    monkeypatch.setattr(type(tmp_path), "stat", lambda _: before)
    assert regular_file._READ & os.O_NONBLOCK  # or what follows would wait
    with pytest.raises(OSError, match="a pipe or a device"):
        read_regular_file(tmp_path / "a", 1024)
