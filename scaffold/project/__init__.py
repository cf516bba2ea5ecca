"""From a chosen framework to a project on disk: target, variables, plan, project, first commit.

In the order in which they are called::

    target = check_target(Path(directory), on_conflict)          # before the first question
    variables = project_variables(framework, template, given, target.name)
    plan = plan_project(framework, template, variables, target, …)   # writes nothing
    project = create_project(plan, token_bytes=secrets.token_bytes, environment=os.environ)

``template`` is the framework's folder. Everything raises ScaffoldErrors only.
"""

from scaffold.model.plan import Target
from scaffold.model.project import Commit, Project
from scaffold.project.creation import create_project
from scaffold.project.git import commit_lock_files
from scaffold.project.names import check_slug, check_text
from scaffold.project.planning import plan_project
from scaffold.project.provenance import framework_of, read_provenance
from scaffold.project.render import render
from scaffold.project.target import check_target
from scaffold.project.variables import check_option_text, project_starter, project_variables

__all__ = [
    "Commit",
    "Project",
    "Target",
    "check_option_text",
    "check_slug",
    "check_target",
    "check_text",
    "commit_lock_files",
    "create_project",
    "framework_of",
    "plan_project",
    "project_starter",
    "project_variables",
    "read_provenance",
    "render",
]
