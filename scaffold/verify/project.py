"""Verify a project: doctor → lock → install → lint → test → boot → contract → strengths → stop."""

from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from secrets import token_urlsafe
from typing import NamedTuple

from scaffold.catalog import starter_of
from scaffold.errors import InvalidInput
from scaffold.model.framework import Framework, Starter
from scaffold.model.verification import Check, FoundTool, Verification
from scaffold.toolchain.find import child_environment, find_tools
from scaffold.verify.command import Workspace, run_commands
from scaffold.verify.database import Databases, fresh_databases
from scaffold.verify.environment import (
    at_work,
    free_port,
    in_a_clone,
    in_production,
    masked,
    own_home,
    own_temporary_folder,
    project_variables,
    quick_without_network,
    secret_values,
)
from scaffold.verify.lock import lock_checks
from scaffold.verify.results import result, skipped_steps
from scaffold.verify.server import check_served
from scaffold.verify.side_effects import side_effects_check, snapshot
from scaffold.verify.steps import STEPS
from scaffold.verify.subject import Subject, lacks_of
from scaffold.verify.temporary import temporary_folder

SERVED = ("boot", "contract", "strengths", "stop")
COPY = "50% off & more ü"
"""The folder of the copy: a person may call hers so."""


def verify_project(  # noqa: PLR0913 - each is one thing a caller may say
    directory: Path,
    *,
    framework: Framework,
    environment: Mapping[str, str],
    only: Collection[str] | None = None,
    database_url: str | None = None,
    on_check: Callable[[Check], None] | None = None,
    on_line: Callable[[str], None] | None = None,
) -> Verification:
    """Run every step on the project, or the steps ``only`` and what they rest on.

    ``on_check`` gets each check as soon as it is done, ``on_line`` each line that a
    command writes, in another thread. ``database_url`` names a PostgreSQL server on which
    databases are made, and dropped again, in place of fresh SQLite files. Whatever happens,
    every process that was started is ended before this returns or raises.
    """
    starter, steps, directory = starter_of(framework), _steps(only), directory.absolute()
    found = find_tools(starter.tools, environment, directory=directory)
    checks: list[Check] = []
    with temporary_folder() as folder, fresh_databases(folder, database_url) as databases:
        tools = child_environment(starter.tools, found, environment, folder / "tools")
        tools |= {**own_temporary_folder(folder), **own_home(folder, environment)}
        tools |= quick_without_network(directory, environment)
        place = _Place(directory=directory, folder=folder, on_line=on_line)
        subject = _subject(starter, steps, place, tools, databases)
        secrets = secret_values(starter, subject.production.environment)
        with closing(_checks(subject, found)) as running:
            for check in running:
                checks.append(_without_secrets(check, secrets))
                if on_check is not None:
                    on_check(checks[-1])
    return Verification(subject=str(directory), template=framework.id, tools=found, checks=tuple(checks))


class _Place(NamedTuple):
    """The project, the folder of this run, and who listens."""

    directory: Path
    folder: Path
    on_line: Callable[[str], None] | None


def _subject(
    starter: Starter,
    steps: frozenset[str],
    place: _Place,
    environment: Mapping[str, str],
    databases: Databases,
) -> Subject:
    variables = project_variables(place.directory)
    password = token_urlsafe()

    def workspace(directory: Path, environment: Mapping[str, str]) -> Workspace:
        return Workspace(directory=directory, environment=environment, on_line=place.on_line)

    production = in_production(
        starter, place.directory, environment, database_url=databases.served, port=free_port()
    )
    if starter.login is not None and starter.login.password_variable:
        production[starter.login.password_variable] = password
    lacks = lacks_of(starter, variables)
    on_server = databases.served.startswith("postgresql:")
    if variables.get("database") == "postgresql" and not on_server:
        lacks["database"] = "the project is for PostgreSQL: --database-url names a server"
    clone = in_a_clone(starter, place.directory, environment)
    return Subject(
        starter=starter,
        steps=steps,
        work=workspace(place.directory, at_work(environment, databases.tested)),
        production=workspace(place.directory, production),
        copy=workspace(
            place.folder / COPY, {**clone, **({"DATABASE_URL": databases.copied} if on_server else {})}
        ),
        copy_database=databases.copied,
        lacks=lacks,
        password=password,
        database=None if on_server else Path(databases.served.removeprefix("sqlite:///")),
    )


def doctor(
    frameworks: Sequence[Framework], environment: Mapping[str, str]
) -> Mapping[str, tuple[FoundTool, ...]]:
    """Return, by framework id, the tools that each starter needs and what this machine has of them."""
    answers: dict[tuple[str, Path], str] = {}
    return {
        framework.id: find_tools(framework.starter.tools, environment, answers=answers)
        for framework in frameworks
        if framework.starter is not None
    }


def _steps(only: Collection[str] | None) -> frozenset[str]:
    """Return the steps to run: those that look at the server start it, and installing needs a lock."""
    if not only:
        return frozenset(STEPS)
    unknown = next((step for step in only if step not in STEPS), None)
    if unknown is not None:
        raise InvalidInput(f"`{unknown}` is not a step of verify", hint=f"The steps are {', '.join(STEPS)}")
    needed = {"boot"} if set(SERVED) & set(only) else set()
    return frozenset(only) | needed | ({"lock"} if "install" in only else set())


def _checks(subject: Subject, found: Sequence[FoundTool]) -> Generator[Check, None, None]:
    yield from map(_tool_check, found)
    lacking = [tool for tool in found if not tool.path]
    if any(not _only(subject.starter, tool) for tool in lacking):
        yield from skipped_steps(STEPS[1:], subject.steps, "a tool is missing")
        return
    if subject.steps == {"doctor"}:
        return
    before = snapshot(subject.work)
    if "lock" in subject.steps:
        yield from lock_checks(subject.starter, subject.work)
    install = tuple(_commands(subject, "install"))
    yield from install
    if any(check.outcome == "failed" for check in install):
        yield from skipped_steps(STEPS[3:], subject.steps, "`install` failed")
        return
    installed = snapshot(subject.work)
    yield from _commands(subject, "lint")
    if "database" in subject.lacks:
        yield from skipped_steps(STEPS[4:], subject.steps, subject.lacks["database"])
    else:
        yield from _commands(subject, "test")
        yield from _served(subject, lacking, installed or {})
    yield side_effects_check(before, installed, snapshot(subject.work))


def _served(subject: Subject, lacking: Sequence[FoundTool], files: Iterable[str]) -> Iterator[Check]:
    if not subject.steps & set(SERVED):
        return
    if lacking:
        yield from skipped_steps(SERVED, subject.steps, f"{lacking[0].name} is missing")
        return
    yield from check_served(subject, files)


def _only(starter: Starter, found: FoundTool) -> bool:
    """Say whether a tool is needed to serve the project alone."""
    return any(tool.name == found.name and "serve" in tool.only for tool in starter.tools)


def _commands(subject: Subject, step: str) -> Iterator[Check]:
    if step not in subject.steps:
        return
    commands = subject.starter.commands.get(step, ())
    yield from run_commands(step, step, commands, subject.work)
    if not commands:
        yield from skipped_steps((step,), subject.steps, f"the template has no `{step}` command")


def _tool_check(tool: FoundTool) -> Check:
    wanted = f"{tool.name} {tool.needs}".strip()
    missing = "none that fits" if tool.rejected else "none"
    return result(
        f"tool-{tool.name}",
        "doctor",
        f"{wanted} is on this machine",
        "" if tool.path else missing,
        expected=f"{wanted}, because {tool.why}",
        detail="\n".join((*tool.rejected, f"to get it: {tool.get}")),
        repeat="scaffold doctor",
        remark=f"{tool.version} at {tool.path}",
    )


def _without_secrets(check: Check, secrets: frozenset[str]) -> Check:
    """Return the check without any secret of the project."""
    return replace(
        check,
        found=masked(check.found, secrets),
        detail=masked(check.detail, secrets),
        repeat=masked(check.repeat, secrets),
    )
