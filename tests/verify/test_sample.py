import os
import shutil

import pytest

from scaffold.errors import TemplateProblem
from scaffold.verify.sample import Sample

pytest_plugins = ["scaffold.verify.pytest_plugin"]


@pytest.fixture
def small(tmp_path, framework):
    """Return a sample of three files."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "README.md").write_text("# Shop\n")
    (tmp_path / "bin" / "dev").write_text("#!/bin/sh\n")
    (tmp_path / "bin" / "dev").chmod(0o755)
    (tmp_path / "logo.png").write_bytes(b"\x89PNG\xff")
    return Sample(root=tmp_path, framework=framework(), files=("README.md", "bin/dev", "logo.png"))


def test_true_claims_can_be_chained(small):
    small.contains_files("README.md").lacks_files("Dockerfile", ".github").executable(
        "bin/dev"
    ).has_no_placeholder()
    assert small.text_of("README.md") == "# Shop\n"


@pytest.mark.parametrize(
    ("claim", "message"),
    [
        (lambda sample: sample.contains_files("README.md", "Dockerfile"), "not in the project: Dockerfile"),
        (lambda sample: sample.text_of("Dockerfile"), "not in the project: Dockerfile"),
        (lambda sample: sample.lacks_files("bin"), "in the project: bin/dev"),
        (lambda sample: sample.executable("README.md"), "not executable: README.md"),
    ],
)
def test_a_wrong_claim_says_what_is_wrong(small, claim, message):
    with pytest.raises(AssertionError, match=message):
        claim(small)


@pytest.mark.parametrize(
    "left", ["{{ cookiecutter.project_name }}", "# TODO: describe", "{% raw %}", "Lorem ipsum"]
)
def test_what_is_left_to_fill_in_is_found(small, left):
    (small.root / "README.md").write_text(f"# Shop\n\n{left}\n")
    with pytest.raises(AssertionError, match=r"left to fill in: README\.md: "):
        small.has_no_placeholder()


@pytest.mark.parametrize(
    "foreign", ["${{ github.sha }}", "{{ task.title }}", "{% block content %}", "todo list"]
)
def test_braces_of_other_languages_are_left_alone(small, foreign):
    (small.root / "README.md").write_text(foreign)
    small.has_no_placeholder()


def test_a_verification_that_fails_is_told_in_full(project, framework):
    broken = framework(lint=[("git", "no-such-command")])
    sample = Sample(root=project, framework=broken, files=())
    with pytest.raises(
        AssertionError, match=r"lint-1: expected exit status 0, found exit status 1\n.*no-such-command"
    ):
        sample.verified(os.environ, "lint")


def test_a_verification_that_passes_is_returned(project, framework):
    sample = Sample(root=project, framework=framework(), files=())
    assert [check.id for check in sample.verified(os.environ, "lint").checks][-1] == "leaves-no-trace"


def test_a_sample_of_a_template_has_the_options_it_was_made_with(sample):
    plain = sample("django", container=False, ci="none")
    plain.contains_files("README.md", ".env", ".scaffold.toml").lacks_files("Dockerfile", ".github")
    sample("django", "other-name").contains_files("Dockerfile", ".github/workflows/ci.yml")


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        (
            'shows = "app/__init__.py"',
            'shows = "app/__init_.py"',
            "flask/template.toml: claims: F1: there is no `",
        ),
        (
            'test = "tests/test_site.py"',
            'test = "tests/test_sight.py"',
            "claims: F1: there is no `tests/test_sight",
        ),
        ('id = "F2"', 'id = "F22"', "claims: `F22` is no claim in knowledge.toml"),
    ],
)
def test_a_claim_that_nothing_shows_or_nobody_makes_is_refused(sample, tmp_path, before, after, message):
    from scaffold.catalog import template_folder

    template = tmp_path / "flask"
    shutil.copytree(template_folder("flask"), template)
    toml = (template / "template.toml").read_text()
    assert before in toml
    (template / "template.toml").write_text(toml.replace(before, after))
    with pytest.raises(TemplateProblem, match=message):
        sample(template)


def test_a_template_can_be_a_folder_of_ones_own(sample):
    from scaffold.catalog import template_folder

    assert sample(template_folder("django"), "shop").framework.id == "django"
