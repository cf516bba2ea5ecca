"""From a plan to a project: stage → render → secrets → lock → first commit → publish."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path

from scaffold.errors import EnvironmentProblem
from scaffold.model.plan import Plan, Target
from scaffold.model.project import Project
from scaffold.project.confined_fs import Folder
from scaffold.project.credentials import TokenBytes, write_secrets
from scaffold.project.git import commit_project
from scaffold.project.lock_step import make_lock_files, without_lock
from scaffold.project.provenance import PROVENANCE
from scaffold.project.publish import publish
from scaffold.project.recovery import collect_dead_stages
from scaffold.project.render import render
from scaffold.project.stage import Stage, staged
from scaffold.signals import signals_deferred, unwinding


def create_project(
    plan: Plan,
    *,
    token_bytes: TokenBytes,
    environment: Mapping[str, str],
    on_made: Callable[[Project], object] = lambda _project: None,
    on_line: Callable[[str], None] | None = None,
) -> Project:
    """Make the project that was planned, whole or not at all, with its lock files and its first commit.

    ``token_bytes`` gives that many unpredictable bytes (``secrets.token_bytes``);
    git and what makes the lock files run in ``environment``, and what the latter
    writes is given to ``on_line``, in another thread. INT, TERM, HUP and QUIT undo everything and then
    have their usual effect. Once the project is in its place it stays, and they wait
    until ``on_made`` has it. Raises TargetRefused, TemplateProblem, and
    EnvironmentProblem for what the system refuses.
    """
    target = Target(path=plan.target, exists=plan.into_existing)
    stage = None
    try:
        with unwinding(), staged(target) as stage:
            with signals_deferred():
                collect_dead_stages(plan.target)
            project = _made(plan, stage, token_bytes)
            no_lock = make_lock_files(plan, stage, project, environment, on_line)
            plan = _without_lock(plan, project) if no_lock else plan
            make = _fill if plan.into_existing else _new
            made = make(
                stage, project, plan, environment, lambda made: on_made(made._replace(no_lock=no_lock))
            )
            return made._replace(no_lock=no_lock)
    except OSError as error:
        raise _environment_problem(error, plan, stage) from error


def _made(plan: Plan, stage: Stage, token_bytes: TokenBytes) -> Path:
    root = stage.rendered / str(plan.variables["project_slug"])
    root.mkdir(parents=True)
    project = Folder(root)
    for file in render(plan):
        project.write(file.path, file.content, mode=0o777 if file.executable else 0o666)
    write_secrets(project, plan.secrets, token_bytes)
    return root


def _without_lock(plan: Plan, project: Path) -> Plan:
    """Return the plan without lock files, and have the staged project say so."""
    plan = without_lock(plan)
    (project / PROVENANCE).unlink()
    for file in render(plan):
        if file.path == PROVENANCE:
            Folder(project).write(file.path, file.content)
    return plan


def _fill(
    stage: Stage,
    project: Path,
    plan: Plan,
    environment: Mapping[str, str],
    on_made: Callable[[Project], object],
) -> Project:
    from scaffold.project.fill import fill

    return fill(stage, project, plan, environment, on_made)


def _new(
    stage: Stage,
    project: Path,
    plan: Plan,
    environment: Mapping[str, str],
    on_made: Callable[[Project], object],
) -> Project:
    commit = commit_project(plan, stage.repository, project, environment)
    if commit.made:
        (stage.repository / ".git").rename(project / ".git")
    created = tuple(file.path for file in plan.files)
    with signals_deferred():
        warning = publish(project, plan.target)
        made = Project(root=plan.target, commit=commit, created=created, warning=warning)
        on_made(made)
    return made


def _environment_problem(error: OSError, plan: Plan, stage: Stage | None) -> EnvironmentProblem:
    """Return the error with what it left, which is something only when the cleaning-up failed too."""
    places = (stage and stage.path, None if plan.into_existing else plan.target)
    left = [str(place) for place in places if place and _may_be_there(place)]
    what = f"Still there: {', '.join(left)}" if left else f"Nothing was left at {plan.target}"
    # A name alone is one inside a folder that was opened: it says nothing without the folder.
    place = error.filename if os.path.isabs(str(error.filename)) else plan.target  # noqa: PTH117
    return EnvironmentProblem(
        f"{place}: {error.strerror or error}",
        hint=f"{what}; solve this and run the same command again",
    )


def _may_be_there(path: Path) -> bool:
    try:
        path.lstat()
    except FileNotFoundError:
        return False
    except OSError:
        return True
    return True
