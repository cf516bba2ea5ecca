"""From a plan to a project: stage → render → secrets → decision and origin → publish."""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from scaffold.errors import EnvironmentProblem
from scaffold.model.plan import Plan, Target
from scaffold.project.confined_fs import Folder
from scaffold.project.credentials import TokenBytes, write_secrets
from scaffold.project.fill import Filled, fill
from scaffold.project.origin import ORIGIN, origin_text
from scaffold.project.planning import DECISION
from scaffold.project.publish import publish
from scaffold.project.recovery import collect_dead_stages
from scaffold.project.render import render
from scaffold.project.signals import Unwinding, unwinding
from scaffold.project.stage import Stage, staged
from scaffold.project.variables import finished_context, read_declared


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A project that was made; ``skipped`` and ``overwritten`` are files that were there before."""

    root: Path
    created: tuple[str, ...]
    skipped: tuple[str, ...] = ()
    overwritten: tuple[str, ...] = ()


def create_project(plan: Plan, template: Path, *, token_bytes: TokenBytes) -> Project:
    """Make the project that was planned, whole or not at all.

    ``token_bytes`` gives that many unpredictable bytes (``secrets.token_bytes``).
    INT, TERM and HUP undo everything and then have their usual effect. Raises
    TargetRefused, TemplateProblem, and EnvironmentProblem for what the system refuses.
    """
    target = Target(path=plan.target, exists=plan.into_existing)
    try:
        with unwinding() as signals, staged(target, signals) as stage:
            with signals.whole():
                collect_dead_stages(target)
            project = _made(plan, template, stage, token_bytes)
            placed = _published(plan, project, stage, signals)
    except OSError as error:
        raise _environment_problem(error, plan.target) from error
    return Project(
        root=plan.target, created=placed.created, skipped=placed.skipped, overwritten=placed.overwritten
    )


def _made(plan: Plan, template: Path, stage: Stage, token_bytes: TokenBytes) -> Path:
    declared = read_declared(template)
    context = finished_context(declared, plan.variables)
    root = stage.rendered / str(context["project_slug"])
    root.mkdir(parents=True)
    project = Folder(root)
    hashes = render(template, plan.files, declared, context, project)
    write_secrets(project, plan.secrets, token_bytes)
    if plan.decision:
        decision = plan.decision.encode()
        project.write(DECISION, decision)
        hashes[DECISION] = sha256(decision).hexdigest()
    project.write(ORIGIN, origin_text(plan, hashes).encode())
    return root


def _published(plan: Plan, project: Path, stage: Stage, signals: Unwinding) -> Filled:
    if stage.target is not None:
        return fill(stage, project, plan)
    with signals.whole():
        publish(project, plan.target)
    return Filled(created=tuple(file.path for file in plan.files))


def _environment_problem(error: OSError, target: Path) -> EnvironmentProblem:
    place = error.filename or target
    return EnvironmentProblem(
        f"{place}: {error.strerror or error}",
        hint=f"Nothing was left at {target}; solve this and run the same command again",
    )
