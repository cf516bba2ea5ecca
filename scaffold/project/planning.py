"""Everything about a project, decided before anything is written."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from scaffold import __version__
from scaffold.catalog import starter_of
from scaffold.catalog.cookiecutter_json import read_declared
from scaffold.catalog.digest import template_digest
from scaffold.catalog.packaged import check_packaged
from scaffold.errors import TargetRefused, TemplateProblem
from scaffold.model.answers import Value
from scaffold.model.framework import Framework, Starter
from scaffold.model.plan import OnConflict, Plan, PlannedFile, Step, Target
from scaffold.project.confined_fs import Folder
from scaffold.project.git import commit_commands, enclosing_repository
from scaffold.project.lock_step import files_to_lock, has_lock, lock_step
from scaffold.project.provenance import DECISION, PROVENANCE, reproduce_command
from scaffold.project.target import content_in_the_way
from scaffold.project.template_files import check_distinct, list_files, read_template_files
from scaffold.project.variables import VariableValues, filled_starter, finished_context
from scaffold.text import did_you_mean, printable

_SHOWN = 10


def plan_project(  # noqa: PLR0913 - a plan is everything that was decided
    framework: Framework,
    template: Path,
    variables: VariableValues,
    target: Target,
    *,
    named: str = "",
    answers: Mapping[str, Value] | None = None,
    decision: str | None = None,
    git: bool = True,
    lock: bool = True,
    install: bool = False,
    verify: bool = False,
    on_conflict: OnConflict = "refuse",
) -> Plan:
    """Return the plan of a project: every file, secret and step.

    ``template`` is the framework's folder, ``named`` what was written for it when
    that was not its id. Raises TargetRefused when a file is in
    the way and conflicts are to be refused, TemplateProblem when the template is
    unsound or not what was installed, InvalidInput when there is no starter.
    """
    starter = starter_of(framework)
    entries = list_files(template)  # refuses too much of it before anything is read
    digest = template_digest(template)
    check_packaged(template.parent, template.name, digest)
    declared = read_declared(template)
    context = finished_context(declared, variables)
    starter = filled_starter(starter, context)
    template_files = read_template_files(template, entries, starter, declared, context)
    files = _with_existing(
        target, (*template_files, *_secret_files(starter, template_files), *_written(decision))
    )
    if git and lock and lock_step(starter):
        files = _with_existing(target, (*files, *files_to_lock(starter, files, on_conflict)))
    check_distinct([file.path for file in files])
    if on_conflict == "refuse":
        _check_conflicts(target, files)
    return Plan(
        template=framework.id,
        template_version=starter.version,
        template_digest=digest,
        template_folder=template,
        scaffold_version=__version__,
        target=target.path,
        into_existing=target.exists,
        variables=dict(variables),
        answers=dict(answers or {}),
        decision=decision or "",
        files=files,
        secrets=starter.secrets,
        steps=(
            *(lock_step(starter) if any(file.origin == "locked" for file in files) else ()),
            *_steps(starter, target, files, git=git, install=install, verify=verify),
        ),
        on_conflict=on_conflict,
        reproduce=reproduce_command(named or framework.id, {**(answers or {}), **variables}, target.name),
        contract=starter.contract,
        lock="made" if has_lock(starter, target.path, files) else "missing",
        tools=tuple(tool for tool in starter.tools if not tool.only or "lock" in tool.only),
    )


def _secret_files(starter: Starter, template_files: Iterable[PlannedFile]) -> Iterable[PlannedFile]:
    paths = {file.path for file in template_files}
    for file, example in {secret.file: secret.example for secret in starter.secrets}.items():
        if example not in paths:
            raise TemplateProblem(
                f"template.toml: secrets: `example`: the project has no `{printable(example)}`",
                hint=f"{did_you_mean(example, paths)}Name a file of the project",
            )
        yield PlannedFile(path=file, origin="secret")


def _written(decision: str | None) -> Iterable[PlannedFile]:
    if decision:
        yield PlannedFile(path=DECISION, origin="written")
    yield PlannedFile(path=PROVENANCE, origin="written")


def _with_existing(target: Target, files: Iterable[PlannedFile]) -> tuple[PlannedFile, ...]:
    by_path = sorted(files, key=lambda file: file.path)
    if not target.exists:
        return tuple(by_path)
    folder = Folder(target.path)
    exist = {
        file.path
        for file in by_path
        if file.path not in target.stale and content_in_the_way(folder, file.path) is not None
    }
    return tuple(file._replace(exists=file.path in exist) for file in by_path)


def _check_conflicts(target: Target, files: Iterable[PlannedFile]) -> None:
    taken = [printable(file.path) for file in files if file.exists]
    if taken:
        more = f" and {len(taken) - _SHOWN} more" if len(taken) > _SHOWN else ""
        raise TargetRefused(
            f"{target.path} already has {', '.join(taken[:_SHOWN])}{more}",
            hint="Decide about files that exist: --on-conflict skip or overwrite",
        )


def _steps(  # noqa: PLR0913 - each flag is a step
    starter: Starter, target: Target, files: Iterable[PlannedFile], *, git: bool, install: bool, verify: bool
) -> tuple[Step, ...]:
    steps = (
        (
            git and enclosing_repository(target.path) is None,
            Step(name="git", commands=commit_commands(files)),
        ),
        (install, Step(name="install", commands=starter.commands.get("install", ()))),
        (verify, Step(name="verify", commands=(("scaffold", "verify"),))),
    )
    return tuple(step for wanted, step in steps if wanted)
