"""Files of a template that are no files, too large, too deep or nonsense: one line, in little memory."""

import os
import re
import runpy
import tracemalloc
from pathlib import Path

import pytest

from scaffold.catalog.knowledge import read_knowledge
from scaffold.catalog.template import read_framework
from scaffold.catalog.verification_record import read_record
from scaffold.errors import TemplateProblem

TEMPLATE = runpy.run_path(str(Path(__file__).with_name("test_template.py")))
READERS = {
    "template.toml": read_framework,
    "cookiecutter.json": read_framework,
    "knowledge.toml": read_knowledge,
    "verified.toml": read_record,
}
every_file = pytest.mark.parametrize("name", READERS)
DEEP = 1_200


@pytest.fixture
def template(tmp_path):
    (tmp_path / "tiny").mkdir()
    (tmp_path / "tiny" / "template.toml").write_text(TEMPLATE["MINIMAL"] + TEMPLATE["STARTER"])
    (tmp_path / "tiny" / "cookiecutter.json").write_text(TEMPLATE["VARIABLES"])
    return tmp_path / "tiny"


def refusal(template, name) -> str:
    tracemalloc.start()
    with pytest.raises(TemplateProblem) as caught:
        READERS[name](template)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 32 << 20
    assert name in caught.value.message
    assert caught.value.message.isprintable()
    assert len(caught.value.message) < 400
    return caught.value.message


@every_file
@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_a_pipe_is_refused_and_not_waited_for(template, name):
    (template / name).unlink(missing_ok=True)
    os.mkfifo(template / name)
    assert "a pipe or a device" in refusal(template, name)


@every_file
def test_a_device_is_refused(template, name):
    (template / name).unlink(missing_ok=True)
    (template / name).symlink_to(os.devnull)
    assert "a pipe or a device" in refusal(template, name)


@every_file
def test_a_folder_is_refused(template, name):
    (template / name).unlink(missing_ok=True)
    (template / name).mkdir()
    assert "Is a directory" in refusal(template, name)


@every_file
def test_a_gigabyte_is_refused(template, name):
    (template / name).touch()
    os.truncate(template / name, 1 << 30)
    assert "larger than 64 KiB" in refusal(template, name)


@every_file
@pytest.mark.parametrize("part", ["[", "a.", '"b".', "x = {a=", "[[", '{"a":', "\xff", "'", '"""', "\0"])
def test_what_fills_a_file_is_refused(template, name, part):
    (template / name).write_text(part * (65_000 // len(part)), encoding="latin-1")
    refusal(template, name)


@every_file
@pytest.mark.parametrize(
    "text",
    [
        "x = " + "[" * DEEP + "]" * DEEP,
        "x = " + "{a=" * DEEP + "1" + "}" * DEEP,
        ".".join(["a"] * DEEP) + " = 1",
        "[" + ".".join(["a"] * DEEP) + "]",
        '{"x": ' + "[" * DEEP + "]" * DEEP + "}",
        '{"a":' * DEEP + "1" + "}" * DEEP,
    ],
    ids=["arrays", "tables", "keys", "headers", "JSON arrays", "JSON objects"],
)
def test_twelve_hundred_levels_are_refused(template, name, text):
    (template / name).write_text(text)
    refusal(template, name)


@every_file
def test_what_is_nested_too_deeply_is_said_so(template, name):
    (template / name).write_text("[" * DEEP if name.endswith("json") else "x = " + "[" * DEEP)
    assert "it is nested too deeply" in refusal(template, name)


@pytest.mark.parametrize("name", ["template.toml", "cookiecutter.json"])
def test_a_byte_order_mark_is_no_mistake(template, name):
    (template / name).write_text((template / name).read_text(), encoding="utf-8-sig")
    assert read_framework(template)


def test_a_key_of_very_many_parts_is_not_even_parsed(template):
    (template / "template.toml").write_text("a." * 101 + "a = 1")
    assert "more than 100 dots" in refusal(template, "template.toml")


@pytest.mark.parametrize(
    "file", ["../evil.env", "a/../../evil.env", "/etc/evil.env", "..\\evil.env", "C:evil", "a//b", "./x", ""]
)
def test_a_secret_whose_file_is_no_path_in_the_project_is_refused(template, file):
    text = (template / "template.toml").read_text()
    (template / "template.toml").write_text(text.replace('file = ".env"', f"file = '{file}'", 1))
    assert f"`{file}`, which is not a path in the project" in refusal(template, "template.toml")


@pytest.mark.parametrize(
    "number", ["15", "1025", "-1", "0", "1" + "0" * 12, "1" + "0" * 4000, "9" * 5000, "1e12", "48.0"]
)
def test_a_secret_has_16_to_1024_bytes(template, number):
    toml = (template / "template.toml").read_text()
    (template / "template.toml").write_text(toml.replace("bytes = 48", f"bytes = {number}"))
    assert "template.toml" in refusal(template, "template.toml")


@pytest.mark.parametrize("number", ["16", "1024"])
def test_a_secret_may_have_just_16_or_1024_bytes(template, number):
    toml = (template / "template.toml").read_text()
    (template / "template.toml").write_text(toml.replace("bytes = 48", f"bytes = {number}"))
    assert read_framework(template).starter.secrets[0].bytes == int(number)


def problem_of(template) -> str:
    try:
        read_framework(template)
    except TemplateProblem as problem:
        return problem.message
    return ""


NONSENSE = [
    "1" + "0" * 30,
    "-1",
    "nan",
    "true",
    '""',
    '"\\u001b[31m\\u202e"',
    "[]",
    "[[[]]]",
    "{}",
    "{ a = 1 }",
    "[1]",
]
NONSENSE += ["2026-11-22T00:00:00Z", "00:00:00", "[{}]"]


@pytest.mark.parametrize("value", NONSENSE)
def test_no_value_of_any_key_is_more_than_a_problem_of_the_template(template, value):
    toml = (template / "template.toml").read_text()
    for found in re.finditer(r"^(\w+) = .*$", toml, re.MULTILINE):
        line = f"{found[1]} = {value}"
        (template / "template.toml").write_text(toml[: found.start()] + line + toml[found.end() :])
        assert problem_of(template).isprintable(), line
