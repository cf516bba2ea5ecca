"""What every starter has, whatever its framework; docs/template-format.md says why."""

import re

import pytest

from scaffold.catalog import load_frameworks, template_folder
from scaffold.catalog.verification_record import is_current, read_record

pytest_plugins = ["scaffold.verify.pytest_plugin"]

STARTERS = [framework.id for framework in load_frameworks().values() if framework.starter]
ALWAYS = (
    *("README.md", "AGENTS.md", "SECURITY.md", "LICENSE", ".gitignore", ".gitattributes", ".editorconfig"),
    *(".env.example", ".scaffold.toml"),
)
CONTAINER = ("Dockerfile", "compose.yaml", ".dockerignore")
CI = (".github/workflows/ci.yml", ".github/dependabot.yml")
CHAPTERS = [
    *("Run it", "What is here", "Commands", "Configuration", "Claims", "Going to production"),
    "Remove the example",
]

pytestmark = pytest.mark.parametrize("id", STARTERS)


def test_a_starter_has_what_every_starter_has(sample, id):
    sample(id).contains_files(*ALWAYS, *CONTAINER, *CI)


def test_options_leave_out_what_they_are_for(sample, id):
    plain = sample(id, container=False, ci="none", license="Proprietary", database="postgresql")
    plain.contains_files(*ALWAYS).lacks_files(*CONTAINER, ".github").has_no_placeholder()


def test_nothing_is_left_to_fill_in(sample, id):
    sample(id).has_no_placeholder()


def test_the_workflow_names_no_branch(sample, id):
    """It runs on pushes to whatever the default branch is called."""
    workflow = sample(id).text_of(".github/workflows/ci.yml")
    assert "\non:\n  push:\n  pull_request:\n\n" in workflow
    assert "branches" not in workflow


def test_the_readme_has_its_chapters_in_order(sample, id):
    headings = re.findall(r"^## (.+)$", sample(id).text_of("README.md"), re.MULTILINE)
    assert [heading for heading in headings if heading in CHAPTERS] == CHAPTERS


def test_the_claims_of_the_template_are_in_files_that_are_there(sample, id):
    made = sample(id)
    for claim in made.framework.starter.claims:
        made.contains_files(claim.shows, claim.test)


def test_the_example_of_the_settings_gives_no_secret_away(sample, id):
    made = sample(id)
    example = made.text_of(".env.example")
    for secret in made.framework.starter.secrets:
        value = re.search(rf"^{secret.variable}=(.*)$", example, re.MULTILINE)
        assert value, f"{secret.variable} is not in .env.example"
        assert value[1] not in made.text_of(secret.file)


def test_the_text_of_a_person_comes_out_as_it_went_in(sample, id):
    title = "Quotes \" ' ` \\ and {{ 7*7 }} {% x %} ${HOME} 📦"
    made = sample(id, project_name=title, description=title, author=title)
    assert title in made.text_of("README.md")


def test_the_record_is_of_the_starter_as_it_is_now(id):
    record = read_record(template_folder(id))
    assert record, "run `python -m scaffold.verify.matrix --record DATE`"
    assert is_current(record, template_folder(id)), "run it with --changed --record DATE"
    assert record.failed == ()
