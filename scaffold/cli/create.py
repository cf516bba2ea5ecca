"""Making the planned project: files, first commit, dependencies, proof, next steps."""

import os
import secrets
import shlex
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from scaffold.catalog import starter_of
from scaffold.catalog.location import is_built_in
from scaffold.cli.framework_choice import FrameworkChoice
from scaffold.cli.options import interview_values
from scaffold.cli.plan_output import next_steps
from scaffold.console import Console
from scaffold.documents import Document, new_document, plan_document
from scaffold.errors import ConflictsLeft, EnvironmentProblem, ExitStatus
from scaffold.interview.questions import QUESTIONS
from scaffold.model.framework import Framework, Starter
from scaffold.model.plan import OnConflict, Plan, RenderedFile
from scaffold.project import (
    Commit,
    Project,
    Target,
    commit_lock_files,
    create_project,
    plan_project,
    project_starter,
)
from scaffold.project.git import enclosing_repository

if TYPE_CHECKING:
    from scaffold.model.verification import Verification

_INSTALL_ALONE = ("doctor", "lock", "install")
_SHOWN = 10


def make_plan(  # noqa: PLR0913 - a plan is everything that was decided
    chosen: FrameworkChoice,
    variables: Mapping[str, str | bool],
    target: Target,
    *,
    git: bool,
    lock: bool,
    install: bool,
    verify: bool,
    on_conflict: OnConflict,
) -> Plan:
    """Return the plan of what was chosen; nothing is written."""
    values = interview_values(chosen.answers, QUESTIONS)
    return plan_project(
        chosen.framework,
        chosen.template,
        variables,
        target,
        named=chosen.named,
        answers=values,
        decision=chosen.decision,
        git=git,
        lock=lock,
        install=install,
        verify=verify,
        on_conflict=on_conflict,
    )


def check_tools(console: Console, chosen: FrameworkChoice, plan: Plan) -> None:
    """Say before anything is made that no Python here fits.

    When the project is to be run at once, raises EnvironmentProblem for any tool; of a template of
    somebody else the others are asked for their version only when its commands were agreed to.
    """
    from scaffold.toolchain.python import missing_python

    framework = chosen.framework
    tools = tuple(tool for tool in starter_of(framework).tools if not tool.only)
    at_once = any(step.name in {"install", "verify"} for step in plan.steps)
    missing = missing_python(tools, os.environ)
    if missing is None and at_once and is_built_in(chosen.template):
        from scaffold.toolchain.find import find_tools

        found = find_tools(tools, os.environ, directory=plan.target if plan.into_existing else None)
        missing = next((tool for tool in found if not tool.path), None)
    if missing is None:
        return
    name = "Python" if missing.name == "python" else missing.name
    fact = f"{framework.name} needs {name} {missing.needs}, and there is none on this machine"
    if at_once:
        raise EnvironmentProblem(fact, hint=missing.get)
    console.say(f"{fact}: the project cannot run here yet\nTo get it: {missing.get}\n")


def create(
    console: Console, plan: Plan, chosen: FrameworkChoice, directory: str, *, as_json: bool
) -> ExitStatus:
    """Make the project, run its steps, say what comes next, and return how it went."""
    planned = plan_document(plan) if as_json else None  # what cannot be rendered is said before it is made
    made: list[Project] = []
    starter = project_starter(starter_of(chosen.framework), chosen.template, plan.variables)

    def on_made(project: Project) -> None:
        made.append(project)
        _say_made(console, project)
        _say_lock(console, plan, project, starter)
        _say_unread_workflow(console, project)

    try:
        project = create_project(
            plan,
            token_bytes=secrets.token_bytes,
            environment=os.environ,
            on_made=on_made,
            on_line=console.progress,
        )
        return _finish(console, plan, chosen.framework, starter, directory, project, planned)
    except KeyboardInterrupt as end:
        raise KeyboardInterrupt(f"after {plan.target} was made" if made else "") from end


def _finish(  # noqa: PLR0913, PLR0917 - all that is known of a project that was just made
    console: Console,
    plan: Plan,
    framework: Framework,
    starter: Starter,
    directory: str,
    project: Project,
    planned: Document | None,
) -> ExitStatus:
    """Run the steps of a project that was made, and say what comes next; ``planned`` asks for a document."""
    verification = _verify(console, plan, framework._replace(starter=starter))
    if verification and project.commit.made:
        _say_commit(console, commit_lock_files(plan, os.environ, project.skipped), "the lock file")
    locked = plan.lock == "made" and not project.no_lock
    steps = tuple(next_steps(starter, directory, verification, locked=locked))
    if planned is not None:
        console.document(new_document(planned, project, verification, steps))
    else:
        if locked:
            _say_path(console, starter)
        _say_next(console, plan, starter, steps)
        console.data(str(project.root))
    line = f"; {', '.join(project.ignored)} is ignored by a line in {project.ignored_in}"
    status = _exit_status(verification)
    if status == ExitStatus.DONE:
        raise_for_kept_files(project.skipped, line if project.ignored else "")
    return status


def show_filling(console: Console, plan: Plan, rendered: Iterable[RenderedFile]) -> None:
    """Say what a run would do to a folder that exists; raises as the run would."""
    if plan.into_existing:
        from scaffold.project.fill import foresee

        project = foresee(plan, rendered, os.environ)
        _say_ignored(console, project)
        raise_for_kept_files(project.skipped)


def _say_made(console: Console, project: Project) -> None:
    console.status("created", f"{project.root}, {len(project.created)} files")
    if project.skipped:
        console.status("kept", ", ".join(project.skipped[:_SHOWN]))
    if project.backup:
        console.status("kept", f"what was replaced, {', '.join(project.overwritten)}, in {project.backup}")
    _say_ignored(console, project)
    if project.warning:
        console.status("warning", project.warning, good=False)
    _say_commit(console, project.commit, f"as the first commit on {project.commit.branch}")


def _say_lock(console: Console, plan: Plan, project: Project, starter: Starter) -> None:
    """Say which lock files were made, or in one line who will miss them and what makes them."""
    planned = [file.path for file in plan.files if file.origin == "locked"]
    if planned and not project.no_lock:
        console.status("locked", ", ".join(planned))
        return
    commands, commits = starter.commands.get("lock"), any(step.name == "git" for step in plan.steps)
    if commands and (project.no_lock or (commits and plan.lock == "missing")):
        why = project.no_lock or ("files were kept" if project.skipped else "not wanted")
        made_by = " && ".join(map(shlex.join, commands))
        files = " and ".join(starter.lock_files)
        line = f"{files} ({why}): CI and the container image need it; to make it: {made_by}"
        console.status("no lock", line, good=False)


def _say_path(console: Console, starter: Starter) -> None:
    """Say which commands below would find another program than the one that was found here."""
    from scaffold.toolchain.find import find_tools, not_first_on_path

    found = find_tools(starter.tools, os.environ)
    for line in not_first_on_path(starter.tools, found, os.environ):
        console.status("PATH", line, good=False)


def _say_unread_workflow(console: Console, project: Project) -> None:
    """Say that GitHub does not see the workflow of a folder inside a repository."""
    root = enclosing_repository(project.root)
    if root not in {None, project.root} and any(path.startswith(".github/") for path in project.created):
        console.status(
            "not read",
            f".github/ in {project.root.name}: GitHub reads it only in {root}. Move it there, "
            "or leave it out with --set ci=none",
            good=False,
        )


def _say_ignored(console: Console, project: Project) -> None:
    if project.ignored_in:
        console.status("ignored", f"{', '.join(project.ignored)}, by a line in {project.ignored_in}")


def _verify(console: Console, plan: Plan, framework: Framework) -> "Verification | None":
    """Run the steps that were asked for; ``--install`` is the start of a verification."""
    wanted = {step.name for step in plan.steps}
    if not wanted & {"install", "verify"}:
        return None
    from scaffold.cli.verification_output import LiveOutput, summary
    from scaffold.verify import verify_project

    watch = LiveOutput(console)
    verification = verify_project(
        plan.target,
        framework=framework,
        environment=os.environ,
        only=None if "verify" in wanted else _INSTALL_ALONE,
        on_check=watch.check,
        on_line=watch.line,
    )
    console.say(summary(verification))
    return verification


def _exit_status(verification: "Verification | None") -> ExitStatus:
    if verification is None:
        return ExitStatus.DONE
    from scaffold.cli.verification_output import exit_status

    return exit_status(verification)


def _say_commit(console: Console, commit: Commit, what: str) -> None:
    if commit.made or commit.note:
        console.status("committed" if commit.made else "no commit", commit.note or what)


def _say_next(console: Console, plan: Plan, starter: Starter, steps: Sequence[str]) -> None:
    console.say("\nNext", strong=True)
    for step in steps:
        console.say(f"  {step}")
    console.say(f"\nThen open {starter.url}\n")
    for option in starter.options.values():
        if option.pattern:
            console.say(
                f"{option.label}: {plan.variables[option.id]} (--set {option.id}=… makes it another)\n"
            )


def raise_for_kept_files(kept: Sequence[str], more: str = "") -> None:
    """Raise ConflictsLeft when files were kept that the project has other ones for."""
    if kept:
        raise ConflictsLeft(
            f"Kept, and perhaps not what the project needs: {', '.join(kept[:_SHOWN])}{more}",
            hint="Compare them with a project in a fresh folder: the same command with another DIRECTORY",
        )
