from pathlib import Path

import pytest

from scaffold.verify.sandbox import masked, own_temporary_folder, read_settings, secret_values


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
