"""What every starter has, whatever its framework; docs/template-format.md says why."""

import re
from pathlib import PurePosixPath

import pytest

from scaffold.catalog import load_frameworks, template_folder
from scaffold.catalog.options import unmet_requirement
from scaffold.catalog.verification_record import is_current, read_record

pytest_plugins = ["scaffold.verify.pytest_plugin"]

STARTERS = {framework.id: framework.starter for framework in load_frameworks().values() if framework.starter}
ALWAYS = (
    *("README.md", "AGENTS.md", "LICENSE", ".gitignore", ".gitattributes", ".editorconfig"),
    *(".env.example", ".scaffold.toml"),
)
CONTAINER = ("Dockerfile", "compose.yaml", ".dockerignore")
CI = (".github/workflows/ci.yml", ".github/dependabot.yml")
CLUTTER = ("SECURITY.md", ".devcontainer", "sbom.json", "CLAIMS.md")
CHAPTERS = [
    *("Run it", "What is here", "Commands", "Configuration", "API and tokens"),
    "Going to production",
]
README_LINES, ROOT_ENTRIES = 120, 16
OF_EVERY_ROOT = {path.split("/")[0] for path in (*ALWAYS, *CONTAINER, *CI)} | {".env", ".env.development"}
BUDGETS = {"django": 950, "flask": 700, "express": 850, "nodejs": 850, "python": 650, "go": 1250}
"""Lines of source with default options, those with blanks and comments included."""
SOURCE = {".py", ".js", ".mjs", ".ts", ".go", ".sql"}
NO_SOURCE = re.compile(
    r"(^|/)(\w*tests?|benchmarks)/|(^|/)test_|_test\.go$|\.test\.[jt]s$"  # tests, and what helps them
    r"|(^|/)(eslint\.config\.\w+|manage\.py|[aw]sgi\.py)$"  # settings of tools, and what generators emit
    r"|(^|/)migrations/.*\.py$"  # generated too
)

every = pytest.mark.parametrize("id", STARTERS)


@every
def test_a_starter_has_what_every_starter_has(sample, id):
    sample(id).contains_files(*ALWAYS, *CONTAINER, *CI)


@every
def test_options_leave_out_what_they_are_for(sample, id):
    plain = sample(id, container=False, ci="none", license="Proprietary", database="postgresql")
    plain.contains_files(*ALWAYS).lacks_files(*CONTAINER, ".github").has_no_placeholder()


@every
def test_a_starter_has_no_clutter(sample, id):
    sample(id).lacks_files(*CLUTTER)


@every
def test_the_root_folder_is_small(sample, id):
    starter = STARTERS[id]
    root = {file.split("/")[0] for file in sample(id).files}
    assert len(root - OF_EVERY_ROOT - set(starter.lock_files)) <= ROOT_ENTRIES


@every
def test_the_source_keeps_to_its_budget(sample, id):
    made = sample(id)
    lines = {file: len(made.text_of(file).splitlines()) for file in made.files if is_source(file)}
    assert sum(lines.values()) <= BUDGETS[id], lines


def is_source(file):
    return PurePosixPath(file).suffix in SOURCE and not NO_SOURCE.search(file)


@every
def test_the_readme_is_short_and_has_its_chapters_in_order(sample, id):
    text = sample(id).text_of("README.md")
    headings = re.findall(r"^## (.+)$", text, re.MULTILINE)
    assert [heading for heading in headings if heading in CHAPTERS] == CHAPTERS
    assert not {"Claims", "Remove the example"} & set(headings)
    assert len(text.splitlines()) <= README_LINES


@every
def test_without_the_example_nothing_names_it(sample, id):
    made = sample(id, example=False)
    named = [file for file in made.files if "task" in file.lower()]
    lines = [
        f"{file}: {line.strip()}"
        for file in made.files
        if file != ".scaffold.toml"
        for line in (made.root / file).read_bytes().decode("utf-8", "replace").splitlines()
        if re.search(r"(?<!administrative )\btasks?\b", line, re.IGNORECASE)  # as in Django's manage.py
    ]
    assert (named, lines) == ([], [])


@every
def test_no_migration_depends_on_an_option(sample, id):
    default = migrations(sample(id))
    assert default
    for option in STARTERS[id].options.values():
        for value in [choice.value for choice in option.choices] or values_of_switch(option):
            is_rendered_for_one = option.id == "database" and option.by_hand
            if not is_rendered_for_one and not unmet(id, {option.id: value}):
                other = migrations(sample(id, **{option.id: value}))
                changed = {path for path in other if path in default and other[path] != default[path]}
                assert changed == set(), f"{option.id}={value}"


def migrations(made):
    return {
        file: made.text_of(file)
        for file in made.files
        if re.search(r"(^|/)migrations/.*\d.*\.(py|sql|ts|js)$", file)
    }


def values_of_switch(option):
    return [True, False] if isinstance(option.default, bool) else []


def unmet(id, given):
    options = STARTERS[id].options
    return unmet_requirement(options, {each: option.default for each, option in options.items()} | given)


@every
def test_nothing_is_left_to_fill_in(sample, id):
    sample(id).has_no_placeholder()


@every
def test_the_workflow_names_no_branch(sample, id):
    """It runs on pushes to whatever the default branch is called."""
    workflow = sample(id).text_of(".github/workflows/ci.yml")
    assert "\non:\n  push:\n  pull_request:\n\n" in workflow
    assert "branches" not in workflow


@every
def test_the_claims_of_the_template_are_in_files_that_are_there(sample, id):
    made = sample(id)
    for claim in made.framework.starter.claims:
        made.contains_files(claim.shows, claim.test)


@every
def test_the_example_of_the_settings_gives_no_secret_away(sample, id):
    made = sample(id)
    example = made.text_of(".env.example")
    for secret in made.framework.starter.secrets:
        value = re.search(rf"^{secret.variable}=(.*)$", example, re.MULTILINE)
        assert value, f"{secret.variable} is not in .env.example"
        assert value[1] not in made.text_of(secret.file)


@every
def test_the_text_of_a_person_comes_out_as_it_went_in(sample, id):
    title = "Quotes \" ' ` \\ and {{ 7*7 }} {% x %} ${HOME} 📦"
    made = sample(id, project_name=title, description=title, author=title)
    assert title in made.text_of("README.md")


@every
def test_the_record_is_of_the_starter_as_it_is_now(id):
    record = read_record(template_folder(id))
    assert record, "run `python -m scaffold.verify.matrix --record DATE`"
    assert is_current(record, template_folder(id)), "run it with --changed --record DATE"
    assert record.failed == ()
