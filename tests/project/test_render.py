"""Rendering writes nothing, and what it yields is what is written."""

import builtins
import os
from types import SimpleNamespace

import pytest

from scaffold.catalog.packaged import check_packaged, packaged_digests
from scaffold.errors import TemplateProblem
from scaffold.project import render
from scaffold.project.provenance import PROVENANCE


def test_what_is_rendered_is_what_is_created(maker, tmp_path):
    plan = maker.plan(tmp_path / "shop", decision="# Why\n")
    rendered = list(render(plan))
    maker.create(plan)
    found = {
        path.relative_to(plan.target).as_posix(): (path.read_bytes(), os.access(path, os.X_OK))
        for path in plan.target.rglob("*")
        if path.is_file() and path.name != ".env"
    }
    assert {file.path: (file.content, file.executable) for file in rendered} == found


def test_files_with_secrets_are_not_rendered_and_the_provenance_file_comes_last(maker, tmp_path):
    plan = maker.plan(tmp_path / "shop")
    paths = [file.path for file in render(plan)]
    assert ".env" in {file.path for file in plan.files}
    assert ".env" not in paths
    assert paths[-1] == PROVENANCE


def test_rendering_writes_nothing(maker, tmp_path, snapshot, monkeypatch):
    plan = maker.plan(tmp_path / "shop", decision="# Why\n")
    before = snapshot(tmp_path)
    monkeypatch.setattr(builtins, "open", None)
    for name in ("mkdir", "rename", "unlink", "link", "chmod", "symlink"):
        monkeypatch.setattr(os, name, None)
    assert list(render(plan))
    monkeypatch.undo()
    assert snapshot(tmp_path) == before


@pytest.mark.parametrize("rules", [None, "node_modules/\n", ".env\n!.env*\n"])
@pytest.mark.parametrize("exists", [True, False])
def test_a_template_that_leaves_a_secret_to_git_is_refused_by_dry_and_real_run(
    maker, tmp_path, snapshot, rules, exists
):
    ignore = maker.project / ".gitignore"
    ignore.unlink() if rules is None else ignore.write_text(rules)
    if exists:
        (tmp_path / "shop").mkdir()
    plan, before = maker.plan(tmp_path / "shop"), snapshot(tmp_path)
    for run in (lambda: list(render(plan)), lambda: maker.create(plan)):
        with pytest.raises(TemplateProblem, match=r"has no line that names `\.env`"):
            run()
    assert snapshot(tmp_path) == before


@pytest.mark.parametrize(
    "change",
    [
        lambda maker: (maker.project / "LICENSE").write_text("x"),
        lambda maker: (maker.project / "LICENSE").unlink(),
        lambda maker: (maker.project / "more").touch(),
        lambda maker: (maker.template / "cookiecutter.json").write_text("{}"),
        pytest.param(
            lambda maker: (maker.project / "run").chmod(0o644),
            marks=pytest.mark.skipif(os.name == "nt", reason="modes of POSIX"),
        ),
    ],
    ids=["edited", "removed", "added", "variables", "mode"],
)
def test_a_template_that_has_changed_since_it_was_planned_makes_nothing(maker, tmp_path, change):
    plan = maker.plan(tmp_path / "shop")
    change(maker)
    for run in (lambda: list(render(plan)), lambda: maker.create(plan)):
        with pytest.raises(TemplateProblem, match="`tiny` has changed since this was planned") as refused:
            run()
        assert refused.value.status == 5
    assert not plan.target.exists()


def test_a_template_that_is_not_what_was_packaged_is_refused(maker, tmp_path, monkeypatch):
    good = maker.plan(tmp_path / "shop").template_digest
    monkeypatch.setattr("scaffold.catalog.packaged.PACKAGED", maker.template.parent)
    digests = maker.template.parent / "digests.json"
    digests.write_text(f'{{"tiny": "{good}"}}')
    packaged_digests.cache_clear()
    assert maker.plan(tmp_path / "shop").template_digest == good
    with (maker.project / "LICENSE").open("ab") as file:
        file.write(b"x")
    with pytest.raises(TemplateProblem, match="`tiny` of this installation is damaged") as refused:
        maker.plan(tmp_path / "shop")
    assert refused.value.status == 5


def test_on_windows_a_table_is_compared_and_a_template_is_not(tmp_path, monkeypatch):
    """Of a template the executable bits are a part, which Windows does not keep."""
    monkeypatch.setattr("scaffold.catalog.packaged.PACKAGED", tmp_path)
    monkeypatch.setattr("scaffold.catalog.packaged.os", SimpleNamespace(name="nt"))
    (tmp_path / "digests.json").write_text('{"tiny": "1", "languages.toml": "1"}')
    packaged_digests.cache_clear()
    check_packaged(tmp_path, "tiny", "2")
    with pytest.raises(TemplateProblem, match=r"`languages\.toml` of this installation is damaged"):
        check_packaged(tmp_path, "languages.toml", "2")
    packaged_digests.cache_clear()


@pytest.mark.parametrize("content", [None, b"", b"{", b"[]", b"null", b"{}", b"[" * 100_000, b"\xff"])
def test_an_installation_that_does_not_say_what_was_packaged_is_refused(
    maker, tmp_path, monkeypatch, content
):
    monkeypatch.setattr("scaffold.catalog.packaged.PACKAGED", maker.template.parent)
    if content is not None:
        (maker.template.parent / "digests.json").write_bytes(content)
    packaged_digests.cache_clear()
    with pytest.raises(TemplateProblem, match=r"`digests\.json` of this installation is damaged"):
        maker.plan(tmp_path / "shop")
