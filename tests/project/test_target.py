"""Where a project may go, and what is said when it may not."""

import os
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from scaffold.errors import EnvironmentProblem, InvalidInput, TargetRefused
from scaffold.project import check_target
from scaffold.project.target import HARMLESS


def test_a_path_that_does_not_exist_is_fine_and_not_made(tmp_path):
    target = check_target(tmp_path / "deep" / "shop")
    assert (target.path, target.exists, target.name) == (tmp_path / "deep" / "shop", False, "shop")
    assert not list(tmp_path.iterdir())


def test_an_empty_folder_is_fine(tmp_path):
    assert check_target(tmp_path).exists


def test_the_current_folder_is_fine_when_it_holds_only_harmless_entries(tmp_path, monkeypatch):
    for name in HARMLESS:
        (tmp_path / name).touch()
    monkeypatch.chdir(tmp_path)
    target = check_target(Path())
    assert (target.path, target.exists) == (tmp_path, True)


def test_what_is_in_the_way_is_named(tmp_path):
    for name in ("main.py", "notes.txt", ".git"):
        (tmp_path / name).touch()
    with pytest.raises(TargetRefused, match=r"main\.py, notes\.txt$"):
        check_target(tmp_path)


def test_of_many_things_in_the_way_five_are_named_and_the_rest_counted(tmp_path):
    for number in range(9):
        (tmp_path / f"file{number}").touch()
    with pytest.raises(TargetRefused, match=r"file4 and 4 more$"):
        check_target(tmp_path)


def test_names_in_the_way_cannot_speak_to_the_terminal(tmp_path):
    (tmp_path / "x\x1b[2J").touch()
    with pytest.raises(TargetRefused) as caught:
        check_target(tmp_path)
    assert "\x1b" not in caught.value.message


@pytest.mark.parametrize("on_conflict", ["skip", "overwrite"])
def test_a_full_folder_is_fine_when_conflicts_are_decided(tmp_path, on_conflict):
    (tmp_path / "main.py").touch()
    assert check_target(tmp_path, on_conflict).exists


def a_file(path):
    path.touch()


def a_link_to_an_empty_folder(path):
    (path.parent / "elsewhere").mkdir()
    path.symlink_to("elsewhere")


def a_dangling_link(path):
    path.symlink_to("nowhere")


def a_link_to_itself(path):
    path.symlink_to(path.name)


def a_fifo(path):
    os.mkfifo(path)


@pytest.mark.skipif(os.name == "nt", reason="links and pipes of POSIX")
@pytest.mark.parametrize(
    "make", [a_file, a_link_to_an_empty_folder, a_dangling_link, a_link_to_itself, a_fifo]
)
@pytest.mark.parametrize("on_conflict", ["refuse", "skip", "overwrite"])
def test_what_is_no_folder_is_refused_whatever_the_conflict_rule(tmp_path, make, on_conflict):
    make(tmp_path / "shop")
    with pytest.raises(TargetRefused):
        check_target(tmp_path / "shop", on_conflict)


def test_a_target_inside_a_file_is_refused(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(TargetRefused):
        check_target(tmp_path / "file" / "deep" / "shop")


@pytest.mark.skipif(os.name == "nt", reason="links of POSIX")
def test_a_target_behind_a_link_to_itself_is_refused(tmp_path):
    (tmp_path / "loop").symlink_to("loop")
    with pytest.raises(TargetRefused):
        check_target(tmp_path / "loop" / "shop")


@pytest.mark.skipif(os.name == "nt", reason="links of POSIX")
def test_parents_may_be_links(tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    assert check_target(tmp_path / "link" / "shop").path == tmp_path / "real" / "shop"


@pytest.mark.parametrize("on_conflict", ["refuse", "skip", "overwrite"])
@pytest.mark.parametrize("inside", ["", "hooks", "new/shop"])
def test_a_bare_repository_belongs_to_git_whatever_it_is_called(tmp_path, on_conflict, inside):
    for name in ("objects", "refs", "hooks"):
        (tmp_path / "shop" / name).mkdir(parents=True)
    check_target(tmp_path / "shop" / "objects")
    (tmp_path / "shop" / "HEAD").write_text("ref: refs/heads/main\n")
    with pytest.raises(TargetRefused, match="is in `shop`, which belongs to git"):
        check_target(tmp_path / "shop" / inside, on_conflict)


@contextmanager
def as_a_user():
    """Be somebody whom permissions bind; root becomes nobody for a while."""
    if os.geteuid() != 0:
        yield
        return
    nobody = 65534
    os.setresuid(nobody, nobody, 0)
    try:
        yield
    finally:
        os.setresuid(0, 0, 0)


@pytest.mark.skipif(os.name == "nt", reason="permissions of POSIX")
def test_a_folder_that_cannot_be_written_to_is_an_environment_problem():
    with TemporaryDirectory() as name:  # not in `tmp_path`, whose parents are closed to others
        folder = Path(name)
        folder.chmod(0o555)
        with as_a_user():
            with pytest.raises(EnvironmentProblem):
                check_target(folder / "shop")
            with pytest.raises(EnvironmentProblem):
                check_target(folder)
        folder.chmod(0o755)


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps the current folder from being removed")
def test_a_current_folder_that_was_deleted_is_an_environment_problem(tmp_path, monkeypatch):
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    with pytest.raises(EnvironmentProblem):
        check_target(Path("shop"))


@pytest.mark.parametrize(
    "name",
    [
        *(
            "con",
            "AUX.js",
            "nul",
            "lpt1",
            "com¹",
            "shop.",
            "shop ",
            " shop",
            "a:b",
            "a\\b",
            "a*b",
            "a?b",
            "a|b",
            "a<b",
        ),
        *(
            "a\nb",
            "a\x1bb",
            "a\x7fb",
            "a\u202eb",
            "a\u200bb",
            "a\u2028b",
            "a\ufeffb",
            "cafe\u0301",
        ),
        *("x" * 201, "é" * 150, "\ue000", "\U000e0041", "a\x00b", "a\udcffb", "CONOUT$"),
    ],
    ids=lambda name: ascii(name)[:20],
)
def test_a_folder_name_that_some_system_cannot_hold_is_refused_with_another(tmp_path, name):
    with pytest.raises(InvalidInput) as caught:
        check_target(tmp_path / name)
    assert caught.value.hint.startswith(("Try `", "Choose another"))
    assert caught.value.message.isprintable()


@pytest.mark.parametrize("name", ["shop", "My Shop", "café", "店", "shop.web", "shop_2", "😀", "2048"])
def test_ordinary_folder_names_are_accepted(tmp_path, name):
    assert check_target(tmp_path / name).name == name


@pytest.mark.parametrize("path", ["..", "../..", "/"])
def test_a_way_up_leads_to_a_folder_that_is_full(tmp_path, monkeypatch, path):
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "file").touch()
    (tmp_path / "a" / "file").touch()
    monkeypatch.chdir(tmp_path / "a" / "b")
    with pytest.raises(TargetRefused):
        check_target(Path(path))


@pytest.mark.parametrize(
    "path", ["$HOME/x", "~/x", "~ann/x", "${HOME}/x", "%USERPROFILE%/x", "a/$USER/b", "$HOME"]
)
def test_what_a_shell_would_have_replaced_is_refused_and_said(tmp_path, monkeypatch, path):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InvalidInput, match="stands for another folder"):
        check_target(Path(path))


def test_a_folder_that_is_really_called_like_a_variable_is_fine(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "$HOME").mkdir()
    assert check_target(Path("$HOME/x")).path == tmp_path / "$HOME" / "x"


@pytest.mark.parametrize("part", [".git", ".GIT", "node_modules", "__pycache__"])
@pytest.mark.parametrize("below", ["", "hooks", "a/b"])
@pytest.mark.parametrize("exists", [True, False])
def test_a_folder_of_a_tool_is_refused(tmp_path, part, below, exists):
    target = tmp_path / part / below
    if exists:
        target.mkdir(parents=True)
    with pytest.raises(TargetRefused, match=f"is in `{part}`, which belongs to"):
        check_target(target)


@pytest.mark.skipif(os.name == "nt", reason="permissions of POSIX")
@pytest.mark.parametrize(
    ("owner", "mode", "refused"),
    [(1, 0o777, True), (1, 0o1777, True), (0, 0o777, True), (0, 0o1777, False), (1, 0o775, False)],
)
@pytest.mark.parametrize("below", ["shop", "."])
def test_a_folder_of_somebody_else_that_all_can_change_is_refused(monkeypatch, owner, mode, refused, below):
    with TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(mode)
        if os.geteuid() == 0:
            os.chown(folder, owner, owner)
            monkeypatch.setattr(os, "geteuid", lambda: 2)
        elif owner == 0 or mode == 0o1777:
            pytest.skip("needs root, to make a folder of another user")
        else:
            monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
        if refused:
            with pytest.raises(TargetRefused, match="belongs to somebody else"):
                check_target(folder / below)
        else:
            assert check_target(folder / below)


def test_an_existing_folder_whose_name_misleads_is_refused(tmp_path):
    (tmp_path / "a\u202eb").mkdir()
    with pytest.raises(InvalidInput, match=r"U\+202E"):
        check_target(tmp_path / "a\u202eb")


@pytest.mark.parametrize("name", ["100% shop", "it's", "-shop", "--", "shop & co", "$5 #1", "a;b", "(x)"])
@pytest.mark.parametrize("parent", ["", '"quoted" \\ %s\n', "-rf", "%d {{ x }}"])
def test_a_path_with_characters_that_shells_and_formats_know_works(maker, tmp_path, name, parent):
    (tmp_path / "place" / parent).mkdir(parents=True)
    root = maker.make(tmp_path / "place" / parent / name, {"project_slug": "shop"})
    assert (root / "README.md").is_file()
    assert [path.name for path in root.parent.iterdir()] == [name]


def test_a_folder_with_a_leading_hyphen_is_typed_so_that_commands_take_it(maker, tmp_path):
    assert maker.plan(tmp_path / "-shop").reproduce.startswith("scaffold new ./-shop ")
