"""Reading where a project came from, whatever somebody made of the file."""

import os

import pytest

from scaffold.errors import InvalidInput
from scaffold.project import read_provenance
from scaffold.project.provenance import PROVENANCE, reproduce_command


@pytest.fixture
def project(maker, tmp_path):
    return maker.make(tmp_path / "shop")


def refused(project, text=None):
    if text is not None:
        (project / PROVENANCE).write_text(text)
    with pytest.raises(InvalidInput) as error:
        read_provenance(project)
    assert "\n" not in error.value.message
    assert len(error.value.message) < 500
    return f"{error.value.message} | {error.value.hint}"


def test_the_provenance_file_of_a_project_is_read(maker, project):
    provenance = read_provenance(project)
    assert (provenance.template, provenance.version, provenance.contract) == ("tiny", "1.2.3", 2)
    assert provenance.digest == maker.plan(project.parent / "other").template_digest


def test_a_folder_without_a_provenance_file_is_no_project(project):
    (project / PROVENANCE).unlink()
    assert "is no project made by scaffold" in refused(project)


def test_a_provenance_file_of_before_the_first_release_names_the_command_that_makes_it_anew(project):
    text = '[scaffold]\nversion = "0.1.0"\nreproduce = "scaffold new shop -t tiny"\n[template]\nid = "tiny"\n'
    assert "was made before the first release" in refused(project, text)
    assert "Make the project anew: scaffold new shop -t tiny" in refused(project, text)


@pytest.mark.parametrize("number", ["3", "99"])
def test_a_newer_format_asks_for_a_newer_scaffold(project, number):
    text = (project / PROVENANCE).read_text().replace("format = 2", f"format = {number}")
    assert "it was made by a newer scaffold" in refused(project, text)


@pytest.mark.parametrize("number", ["1", "0", '"2"', "true", "-5"])
def test_any_other_format_is_none(project, number):
    text = (project / PROVENANCE).read_text().replace("format = 2", f"format = {number}")
    assert "has no format that can be read" in refused(project, text)


@pytest.mark.parametrize("mark", ["<<<<<<< yours", ">>>>>>> django 1.3.0", "<<<<<<<"])
def test_marks_of_a_merge_are_named_with_their_line(project, mark):
    text = (project / PROVENANCE).read_text().replace("[template]", f"{mark}\n[template]")
    line = text.splitlines().index(mark) + 1
    assert f"{PROVENANCE}:{line} holds the marks of a merge" in refused(project, text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "`scaffold` is missing"),
        ("[scaffold]\nformat = 2\n", "`template` is missing"),
        ("scaffold = 1", "it has a text or a number where a table should be"),
        ("\0", "Invalid statement (at line 1, column 1)"),
        ("[template]\nid = 1\n", "`scaffold` is missing"),
        ("x = " + "[" * 1200, "it is nested too deeply"),
    ],
    ids=["empty", "half", "no-table", "nul", "no-scaffold", "deep"],
)
def test_a_broken_provenance_file_is_one_line(project, text, reason):
    assert f" does not say which template made the project: {reason} | " in refused(project, text)


def test_a_provenance_file_may_begin_with_a_byte_order_mark(project):
    text = (project / PROVENANCE).read_text(encoding="utf-8")
    (project / PROVENANCE).write_text(text, encoding="utf-8-sig")
    assert read_provenance(project).template == "tiny"


def test_a_provenance_file_of_a_mebibyte_is_read_and_one_more_byte_is_not(project):
    with (project / PROVENANCE).open("ab") as file:
        file.write(b"#".ljust((1 << 20) - file.tell(), b"x"))
    assert read_provenance(project).template == "tiny"
    with (project / PROVENANCE).open("ab") as file:
        file.write(b"x")
    assert "it is larger than 1024 KiB" in refused(project)


def test_a_huge_provenance_file_is_not_read(project):
    with (project / PROVENANCE).open("wb") as file:
        file.truncate(1 << 30)
    assert "it is larger than 1024 KiB" in refused(project)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes of POSIX")
def test_a_pipe_in_its_place_is_not_waited_for(project):
    (project / PROVENANCE).unlink()
    os.mkfifo(project / PROVENANCE)
    assert "it is a pipe or a device" in refused(project)


def test_the_command_that_reproduces_takes_every_kind_of_value():
    settings = {"what": ("api", "site"), "container": False, "title": "it's $HOME"}
    assert reproduce_command("go", settings, "shop") == (
        "scaffold new shop -t go -y --set what=api,site --set container=false --set 'title=it'\"'\"'s $HOME'"
    )
