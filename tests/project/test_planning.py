"""A plan names every file and step, and what is in the way."""

import os
import subprocess

import pytest

from scaffold.errors import InvalidInput, TargetRefused, TemplateProblem
from scaffold.project import Target, plan_project, project_variables

STEPS = ("git", "install", "verify")


@pytest.mark.parametrize("wanted", [(), *((step,) for step in STEPS), STEPS], ids=", ".join)
def test_a_plan_has_the_steps_that_were_asked_for_in_their_order(maker, tmp_path, wanted):
    plan = maker.plan(tmp_path / "shop", **{step: step in wanted for step in STEPS})
    assert tuple(step.name for step in plan.steps) == wanted


def test_nothing_is_committed_inside_a_repository(maker, tmp_path):
    subprocess.run(["git", "init", "--quiet", str(tmp_path)], check=True)
    assert maker.plan(tmp_path / "deep" / "shop", git=True).steps == ()


def test_each_file_says_who_makes_it(maker, tmp_path):
    files = {file.path: file for file in maker.plan(tmp_path / "shop", decision="# Why\n").files}
    origins = {path: files[path].origin for path in ("README.md", "run", ".env", ".scaffold.toml")}
    assert origins == {
        "README.md": "rendered",
        "run": "copied",
        ".env": "secret",
        ".scaffold.toml": "written",
    }
    assert [path for path, file in files.items() if file.executable] == ["run"]
    assert list(files) == sorted(files)


def test_files_with_secrets_are_not_committed(maker, tmp_path):
    (step,) = maker.plan(tmp_path / "shop", git=True).steps
    words = {word for command in step.commands for word in command}
    assert ".env" not in words
    assert {".env.example", ".scaffold.toml"} <= words


@pytest.mark.parametrize(("taken", "more"), [(9, ""), (10, ""), (11, " and 1 more"), (13, " and 3 more")])
def test_of_files_in_the_way_ten_are_named_and_the_rest_counted(make_template, tmp_path, taken, more):
    names = [f"a{number:02}" for number in range(taken)]
    maker = make_template(dict.fromkeys(names, "ours"))
    plan = maker.plan(tmp_path, on_conflict="skip")
    assert not any(file.exists for file in plan.files)
    for name in names:
        (tmp_path / name).touch()
    assert [file.path for file in maker.plan(tmp_path, on_conflict="skip").files if file.exists] == names
    target = Target(path=tmp_path, exists=True)
    with pytest.raises(TargetRefused) as caught:
        plan_project(maker.framework, maker.template, plan.variables, target)
    assert caught.value.message.endswith(f" already has {', '.join(names[:10])}{more}")


def test_a_framework_without_a_starter_is_refused(maker):
    framework, target = maker.framework._replace(starter=None), Target(path=maker.template, exists=False)
    with pytest.raises(InvalidInput, match=r"^Tiny has no starter yet"):
        project_variables(framework, maker.template, {}, "shop")
    with pytest.raises(InvalidInput, match=r"^Tiny has no starter yet"):
        plan_project(framework, maker.template, {}, target)


def test_a_template_that_is_gone_is_named(maker, tmp_path):
    framework, gone = maker.framework, maker.template
    gone.rename(tmp_path / "moved")
    with pytest.raises(TemplateProblem, match=rf"^{gone}/.*: No such file or directory"):
        plan_project(framework, gone, {}, Target(path=tmp_path / "shop", exists=False))


@pytest.mark.skipif(os.name == "nt", reason="links of POSIX")
def test_a_file_of_a_template_that_cannot_be_looked_at_is_named(maker, tmp_path):
    (maker.template / "loop").symlink_to("loop")
    with pytest.raises(TemplateProblem, match=rf"^{maker.template}/loop: Too many levels of symbolic links"):
        maker.plan(tmp_path / "shop")


def test_a_secret_without_its_example_is_refused_with_the_nearest_file(maker, tmp_path):
    (maker.project / ".env.example").rename(maker.project / ".env.exmaple")
    with pytest.raises(TemplateProblem) as caught:
        maker.plan(tmp_path / "shop")
    assert caught.value.message == "template.toml: secrets: `example`: the project has no `.env.example`"
    assert caught.value.hint.startswith("Did you mean `.env.exmaple`?")
