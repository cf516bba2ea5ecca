"""From a plan to a project: stage → render → secrets → publish → first commit."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from scaffold.errors import EnvironmentProblem
from scaffold.model.plan import Plan, Target
from scaffold.project.confined_fs import Folder
from scaffold.project.credentials import TokenBytes, write_secrets
from scaffold.project.fill import Filled, fill
from scaffold.project.git import Commit, commit_project
from scaffold.project.publish import publish
from scaffold.project.recovery import collect_dead_stages
from scaffold.project.render import render
from scaffold.project.signals import Unwinding, unwinding
from scaffold.project.stage import Stage, staged


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A project that was made; ``skipped`` and ``overwritten`` are files that were there before.

    The overwritten ones are in ``backup``; in ``ignored_in`` git was told to leave the
    ``ignored`` files with secrets alone; ``warning`` is for the user.
    """

    root: Path
    created: tuple[str, ...]
    skipped: tuple[str, ...]
    overwritten: tuple[str, ...]
    backup: Path | None
    ignored: tuple[str, ...]
    ignored_in: Path | None
    warning: str
    commit: Commit


def create_project(plan: Plan, *, token_bytes: TokenBytes, environment: Mapping[str, str]) -> Project:
    """Make the project that was planned, whole or not at all, and its first commit.

    ``token_bytes`` gives that many unpredictable bytes (``secrets.token_bytes``);
    git runs in ``environment``. INT, TERM and HUP undo everything and then have
    their usual effect. Raises TargetRefused, TemplateProblem, and
    EnvironmentProblem for what the system refuses.
    """
    target = Target(path=plan.target, exists=plan.into_existing)
    try:
        with unwinding() as signals, staged(target, signals) as stage:
            with signals.whole():
                collect_dead_stages(plan.target)
            project = _made(plan, stage, token_bytes)
            filled = _published(plan, project, stage, signals, environment)
    except OSError as error:
        raise _environment_problem(error, plan.target) from error
    return Project(root=plan.target, **asdict(filled), commit=commit_project(plan, environment))


def _made(plan: Plan, stage: Stage, token_bytes: TokenBytes) -> Path:
    root = stage.rendered / str(plan.variables["project_slug"])
    root.mkdir(parents=True)
    project = Folder(root)
    for file in render(plan):
        project.write(file.path, file.content, mode=0o777 if file.executable else 0o666)
    write_secrets(project, plan.secrets, token_bytes)
    return root


def _published(
    plan: Plan, project: Path, stage: Stage, signals: Unwinding, environment: Mapping[str, str]
) -> Filled:
    if stage.target is not None:
        return fill(stage, project, plan, environment)
    with signals.whole():
        warning = publish(project, plan.target)
    return Filled(created=tuple(file.path for file in plan.files), warning=warning)


def _environment_problem(error: OSError, target: Path) -> EnvironmentProblem:
    place = error.filename or target
    return EnvironmentProblem(
        f"{place}: {error.strerror or error}",
        hint=f"Nothing was left at {target}; solve this and run the same command again",
    )
