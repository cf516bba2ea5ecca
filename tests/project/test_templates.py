"""Templates are input like any other: what is unsound or unsafe in one is named, and nothing is made."""

import os
import socket

import pytest

from scaffold.errors import TemplateProblem
from scaffold.project import confined_fs

posix = pytest.mark.skipif(os.name == "nt", reason="links and devices of POSIX")


def refuses(maker, tmp_path, snapshot, match):
    """Making a project fails, is said, and leaves the place as it was."""
    place = tmp_path / "place"
    place.mkdir()
    with pytest.raises(TemplateProblem, match=match):
        maker.make(place / "shop")
    assert snapshot(place) == {}


@pytest.fixture
def secret(tmp_path):
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "key").write_text("do not copy")
    return tmp_path / "secret"


@posix
@pytest.mark.parametrize("target", ["key", "", "missing"])
def test_links_are_not_followed(maker, tmp_path, snapshot, secret, target):
    (maker.project / "innocent").symlink_to(secret / target)
    refuses(maker, tmp_path, snapshot, "innocent.*is a link or a device")


@posix
def test_a_link_to_itself_does_not_hang(maker, tmp_path, snapshot):
    (maker.project / "loop").symlink_to(".")
    refuses(maker, tmp_path, snapshot, "loop.*is a link")


@posix
def test_a_pipe_does_not_hang(maker, tmp_path, snapshot):
    os.mkfifo(maker.project / "pipe")
    refuses(maker, tmp_path, snapshot, "pipe.*is a link or a device")


@posix
def test_a_socket_is_refused(maker, tmp_path, snapshot, monkeypatch):
    monkeypatch.chdir(maker.project)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket")
        refuses(maker, tmp_path, snapshot, "socket.*is a link or a device")


@posix
def test_a_template_folder_that_is_a_link_is_refused(maker, tmp_path, snapshot):
    maker.project.rename(tmp_path / "moved")
    maker.project.symlink_to(tmp_path / "moved")
    refuses(maker, tmp_path, snapshot, "Not a directory|Too many levels")


@posix
@pytest.mark.parametrize(
    "name", ["a\\b", "a:b", "a\nb", "a?b", '{{ "x" }}', "{{cookiecutter.nothing}}", "{% x %}"]
)
def test_file_names_with_more_than_simple_variables_are_refused(maker, tmp_path, snapshot, name):
    (maker.project / name).write_text("x")
    refuses(maker, tmp_path, snapshot, "is not a path below it|simple variables|is not in cookiecutter.json")


def test_a_misspelt_variable_in_a_file_name_gets_the_nearest_one(maker, tmp_path):
    (maker.project / "{{cookiecutter.project_slgu}}").touch()
    with pytest.raises(TemplateProblem) as caught:
        maker.plan(tmp_path / "shop")
    assert caught.value.hint.startswith("Did you mean `project_slug`?")


@pytest.mark.parametrize("value", ["../../out", "/etc/x", "..", "", ".git"])
def test_names_that_render_to_a_way_out_are_refused(make_template, tmp_path, snapshot, value):
    maker = make_template({"{{cookiecutter.__way}}": "x"}, {"__way": value})
    refuses(maker, tmp_path, snapshot, "would be written to|is one file|not a path")


def test_a_repository_inside_a_template_is_refused(make_template, tmp_path, snapshot):
    refuses(make_template({".git/config": "[core]\nfsmonitor = evil\n"}), tmp_path, snapshot, r"\.git")


def test_two_files_that_are_one_on_other_systems_are_refused(make_template, tmp_path, snapshot):
    refuses(make_template({"readme.MD": "x"}), tmp_path, snapshot, "one file on some systems")


@pytest.mark.parametrize(
    ("text", "match"),
    [
        ("{{ cookiecutter.nothing }}", "line 1: `cookiecutter.nothing` is not in cookiecutter.json"),
        ("ok\n{% if %}", "line 2: "),
        ("{{ ''.__class__.__mro__[1].__subclasses__() }}", "line 1: "),
        ("{% for i in range(10**9) %}{% endfor %}", "line 1: "),
        ("{{ 'a' * 10**10 }}", "line 1: "),
        ("{% include '../cookiecutter.json' %}", "line 1: "),
        ("\n\n{{ lipsum() }}", "line 3: "),
        ("{{ cookiecutter._template }}", "line 1: "),
        ("{{ cookiecutter.author|random }}", "line 1: the filter `random`"),
        ("{{ 'a'|center(10000000000) }}", "line 1: the filter `center`"),
    ],
)
def test_a_file_that_cannot_or_must_not_be_rendered_is_named_with_its_line(
    make_template, tmp_path, snapshot, text, match
):
    refuses(make_template({"zz/last.txt": text}), tmp_path, snapshot, rf"^zz/last\.txt, {match}")


def test_a_file_with_braces_that_is_no_text_is_named(make_template, tmp_path, snapshot):
    refuses(
        make_template({"x.bin": b"{{ \xff\xfe"}), tmp_path, snapshot, r"^x\.bin has braces and is not UTF-8"
    )


def test_hooks_do_not_run(maker, tmp_path):
    (maker.template / "hooks").mkdir()
    for name in ("pre_prompt", "pre_gen_project", "post_gen_project"):
        (maker.template / "hooks" / f"{name}.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')")
    maker.make(tmp_path / "shop")
    assert not (tmp_path / "ran").exists()


def test_too_many_files_are_refused(maker, tmp_path, snapshot, monkeypatch):
    monkeypatch.setattr(confined_fs, "MAX_FILES", 5)
    refuses(maker, tmp_path, snapshot, "more than 5 files")


@posix
def test_a_huge_file_is_refused_without_being_read(maker, tmp_path, snapshot):
    with (maker.project / "sparse").open("wb") as file:
        file.truncate(2**31)
    refuses(maker, tmp_path, snapshot, "more than 5000 files or 50 MiB")


def test_an_option_that_leaves_out_nothing_is_refused(make_template, tmp_path, snapshot):
    from_toml = make_template().template / "template.toml"
    from_toml.write_text(from_toml.read_text().replace('"Dockerfile"', '"Dokerfile"'))
    refuses(
        make_template(toml=from_toml.read_text()),
        tmp_path,
        snapshot,
        "omits: the template has no `Dokerfile`",
    )


@pytest.mark.parametrize(
    "example", ["SECRET_KEY=a\nSECRET_KEY=b\nSALT=\n", "SALT=\n", "#SECRET_KEY=\nSALT=\n"]
)
def test_an_example_without_exactly_one_line_for_a_secret_is_refused(
    make_template, tmp_path, snapshot, example
):
    refuses(
        make_template({".env.example": example}),
        tmp_path,
        snapshot,
        "lines `SECRET_KEY=…`, and must have one",
    )


def test_a_template_without_its_project_is_named(maker, tmp_path, snapshot):
    maker.project.rename(tmp_path / "lost")
    refuses(maker, tmp_path, snapshot, "No such file")


@pytest.mark.parametrize(
    ("wrong", "right"),
    [("Dokerfile", "Dockerfile"), (".githup", ".github"), (".github/workflow", ".github/workflows")],
)
def test_an_option_that_leaves_out_what_is_nearly_there_is_told_of_it(maker, tmp_path, wrong, right):
    table = maker.template / "template.toml"
    table.write_text(table.read_text().replace('"Dockerfile"', f'"{wrong}"'))
    with pytest.raises(TemplateProblem, match=f"the template has no `{wrong}`") as caught:
        maker.plan(tmp_path / "shop")
    assert caught.value.hint.startswith(f"Did you mean `{right}`?")
