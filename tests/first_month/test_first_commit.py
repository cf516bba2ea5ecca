"""The first commit of every starter: what its own workflow makes of a clone."""

import re

import pytest
import yaml

from scaffold.catalog import load_frameworks

pytestmark = pytest.mark.slow

NEEDS_MORE = re.compile(r"\b(docker|audit|govulncheck)\b|(127\.0\.0\.1|localhost):\d")
"""Of a workflow's step: an engine for containers, a list of known holes, a service beside it."""


@pytest.mark.parametrize(
    "id", [framework.id for framework in load_frameworks().values() if framework.starter]
)
def test_a_clone_of_the_first_commit_passes_its_own_workflow(made, id):
    """Every step runs in an empty folder, but those that need a container engine or a service beside it."""
    project = made(id)
    project.sh("git clone --quiet . ../clone")
    project.root = project.root.parent / "clone"
    workflow = yaml.safe_load((project.root / ".github/workflows/ci.yml").read_text(encoding="utf-8"))
    steps = [step for job in workflow["jobs"].values() for step in job["steps"] if "run" in step]
    ran = [step for step in steps if not NEEDS_MORE.search(f"{step['run']} {step.get('env', {})}")]
    assert ran
    for step in ran:
        project.sh(step["run"], **{name: str(value) for name, value in step.get("env", {}).items()})
