"""Files with secrets: the example's text, with a fresh value in the line of each variable."""

import pytest

from scaffold.errors import TemplateProblem
from scaffold.model.framework import Secret
from scaffold.project.confined_fs import Folder
from scaffold.project.credentials import write_secrets

TOKEN = bytes(range(0xF0, 0x100)) * 4


def written(tmp_path, example, *secrets):
    (tmp_path / "example").write_bytes(example.encode())
    whole = [
        Secret(variable=variable, file="private", example="example", bytes=length, format=kind)
        for variable, length, kind in secrets
    ]
    write_secrets(Folder(tmp_path), whole, lambda length: TOKEN[:length])
    return (tmp_path / "private").read_bytes().decode()


@pytest.mark.parametrize(
    ("kind", "length", "value"),
    [
        ("hex", 3, "f0f1f2"),
        ("urlsafe", 4, "8PHy8w"),
        ("base64", 4, "8PHy8w=="),
        ("urlsafe", 16, "8PHy8_T19vf4-fr7_P3-_w"),
        ("base64", 16, "8PHy8/T19vf4+fr7/P3+/w=="),
    ],
)
def test_a_value_has_its_bytes_in_the_form_that_was_asked_for(tmp_path, kind, length, value):
    assert written(tmp_path, "KEY=\n", ("KEY", length, kind)) == f"KEY={value}\n"


def test_only_the_lines_of_the_variables_change(tmp_path):
    example = "# KEY=see below\r\nMY_KEY=1\r\nKEY=change-me\r\nKEYS=2\r\nSALT=\nLAST=3"
    assert written(tmp_path, example, ("KEY", 1, "hex"), ("SALT", 2, "hex")) == (
        "# KEY=see below\r\nMY_KEY=1\r\nKEY=f0\r\nKEYS=2\r\nSALT=f0f1\nLAST=3"
    )


def test_the_name_of_a_variable_is_no_pattern(tmp_path):
    assert written(tmp_path, "AxB=1\nA.B=\n", ("A.B", 1, "hex")) == "AxB=1\nA.B=f0\n"


@pytest.mark.parametrize(("example", "count"), [("", 0), ("KEY=\nKEY=\n", 2)])
def test_an_example_must_have_one_line_for_each_variable(tmp_path, example, count):
    with pytest.raises(TemplateProblem, match=f"^example has {count} lines `KEY=…`, and must have one"):
        written(tmp_path, example, ("KEY", 1, "hex"))
    assert not (tmp_path / "private").exists()
