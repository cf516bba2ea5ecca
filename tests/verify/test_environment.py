import os
import shutil
import socket
import subprocess
import threading
from pathlib import Path

import pytest

from scaffold.verify import negative_checks, side_effects
from scaffold.verify.environment import (
    masked,
    own_temporary_folder,
    quick_without_network,
    read_settings,
    secret_values,
)


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("NAME=plain", "plain"),
        ("export NAME=plain", "plain"),
        ("NAME = plain # a comment", "plain"),
        ("NAME='single # quoted'", "single # quoted"),
        ('NAME="double quoted"', "double quoted"),
        ("NAME=a=b==", "a=b=="),
        ("NAME=", ""),
    ],
)
def test_settings_are_read_as_the_starters_read_them(tmp_path, framework, line, value):
    (tmp_path / ".env").write_text(f"# NAME=comment\n\n{line}\nno assignment\n")
    assert read_settings(framework().starter, tmp_path) == {"NAME": value}


def test_a_project_without_a_file_of_settings_has_none(tmp_path, framework):
    assert read_settings(framework().starter, tmp_path) == {}


@pytest.mark.skipif(os.name == "nt", reason="pipes and devices of POSIX")
@pytest.mark.parametrize("kind", ["pipe", "device", "huge"])
def test_settings_that_are_no_sound_file_are_not_waited_for(tmp_path, framework, kind):
    for name in (".env", ".env.example"):
        if kind == "pipe":
            os.mkfifo(tmp_path / name)
        elif kind == "device":
            (tmp_path / name).symlink_to("/dev/zero")
        else:
            (tmp_path / name).write_bytes(b"NAME=x\n" + bytes(1 << 20))
    assert read_settings(framework().starter, tmp_path) == {}
    assert negative_checks._settings_example(tmp_path, "NAME") == ""
    if kind == "pipe":
        assert side_effects._digest(tmp_path / ".env") == "no file"


def test_secrets_are_known_by_the_template_and_by_their_names(framework):
    environment = {
        "SECRET_KEY": "a-long-enough-value",
        "MAIL_PASSWORD": "hunter2hunter2",
        "API_TOKEN": "short",
        "SSH_KEY": "/home/me/.ssh/id_rsa",
        "GREETING": "a-long-enough-greeting",
    }
    assert secret_values(framework().starter, environment) == {"a-long-enough-value", "hunter2hunter2"}


def test_the_longest_secret_is_masked_first():
    assert masked("x abcabc y abc z", {"abc", "abcabc"}) == "x ******** y ******** z"


def test_temporary_files_go_to_a_folder_of_their_own(tmp_path):
    variables = own_temporary_folder(tmp_path)
    assert set(variables) == {"TMPDIR", "TMP", "TEMP"}
    assert {Path(value).parent for value in variables.values()} == {tmp_path}
    assert all(Path(value).is_dir() for value in variables.values())


def test_npm_is_told_to_wait_less_where_the_user_said_nothing(tmp_path):
    (tmp_path / ".npmrc").write_text("fund=false\n")
    assert (
        quick_without_network(tmp_path, {"HOME": str(tmp_path)})["npm_config_fetch_retry_mintimeout"] == "300"
    )


@pytest.mark.parametrize("where", ["project", "home", "named", "environment"])
def test_what_the_user_set_for_npm_stays(tmp_path, where):
    environment = {"HOME": str(tmp_path / "home")}
    (tmp_path / "home").mkdir()
    npmrc = {"project": ".npmrc", "home": "home/.npmrc", "named": "named"}.get(where, "other")
    (tmp_path / npmrc).write_text("fund=false\n fetch-retries = 5\n")
    environment |= {"named": {"npm_config_userconfig": str(tmp_path / "named")}}.get(where, {})
    environment |= {"environment": {"NPM_CONFIG_FETCH_RETRIES": "5"}}.get(where, {})
    assert quick_without_network(tmp_path, environment) == {}


@pytest.mark.skipif(not shutil.which("npm"), reason="needs npm")
def test_npm_ends_within_a_minute_without_a_network(tmp_path):
    (tmp_path / "package.json").write_text('{"dependencies": {"no-such-package-anywhere": "1"}}')
    calls = []
    with socket.create_server(("127.0.0.1", 0)) as proxy:
        threading.Thread(target=refuse, args=(proxy, calls), daemon=True).start()
        address = f"http://127.0.0.1:{proxy.getsockname()[1]}"
        environment = {**os.environ, "HOME": str(tmp_path), "npm_config_cache": str(tmp_path / "cache")}
        outcome = subprocess.run(
            ("npm", "install", "--registry", "https://registry.invalid", "--https-proxy", address),
            cwd=tmp_path,
            env=environment | quick_without_network(tmp_path, environment),
            capture_output=True,
            check=False,
            timeout=60,
        )
    assert outcome.returncode != 0
    assert len(calls) >= 2


def refuse(proxy, calls):
    """Hang up on everybody, as a proxy without a network does."""
    while True:
        try:
            connection, _ = proxy.accept()
        except OSError:
            return
        calls.append(connection)
        connection.close()
