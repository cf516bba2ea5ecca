"""Verify a project: doctor → install → lint → test → boot → contract → stop."""

from collections.abc import Callable, Collection, Generator, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from scaffold.catalog import starter_of
from scaffold.errors import InvalidInput
from scaffold.model.framework import Framework, Starter
from scaffold.model.verification import Check, FoundTool, Verification
from scaffold.toolchain.find import child_environment, find_tools
from scaffold.verify.command import Workspace, run_commands
from scaffold.verify.environment import (
    at_work,
    free_port,
    in_production,
    masked,
    own_temporary_folder,
    quick_without_network,
    secret_values,
)
from scaffold.verify.results import result, skipped_steps
from scaffold.verify.server import check_served
from scaffold.verify.side_effects import side_effects_check, snapshot
from scaffold.verify.steps import STEPS
from scaffold.verify.temporary import temporary_folder


@dataclass(frozen=True, slots=True, kw_only=True)
class _Subject:
    """The project and the workspace of its commands: at work on it, and in production."""

    starter: Starter
    steps: frozenset[str]
    work: Workspace
    production: Workspace


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
    command writes, in another thread. ``database_url`` names an empty database to
    use in place of a fresh SQLite file. Whatever happens, every process that was
    started is ended before this returns or raises.
    """
    starter, steps, directory = starter_of(framework), _steps(only), directory.absolute()
    found = find_tools(starter.tools, environment, directory=directory)
    checks: list[Check] = []
    with temporary_folder() as folder:
        tools = child_environment(starter.tools, found, environment, folder / "tools")
        tools |= {**own_temporary_folder(folder), **quick_without_network(directory, environment)}
        tested, served = (database_url or _fresh(folder, name) for name in ("tested", "served"))
        production = in_production(starter, directory, tools, database_url=served, port=free_port())
        subject = _Subject(
            starter=starter,
            steps=steps,
            work=Workspace(directory=directory, environment=at_work(tools, tested), on_line=on_line),
            production=Workspace(directory=directory, environment=production, on_line=on_line),
        )
        with closing(_checks(subject, found)) as running:
            for check in running:
                checks.append(_without_secrets(check, secret_values(starter, production)))
                if on_check is not None:
                    on_check(checks[-1])
    return Verification(subject=str(directory), template=framework.id, tools=found, checks=tuple(checks))


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
    """Return the steps to run: one that looks at the server needs those that start it."""
    if not only:
        return frozenset(STEPS)
    unknown = next((step for step in only if step not in STEPS), None)
    if unknown is not None:
        raise InvalidInput(f"`{unknown}` is not a step of verify", hint=f"The steps are {', '.join(STEPS)}")
    return frozenset(only) | ({"boot"} if {"contract", "stop"} & set(only) else set())


def _fresh(folder: Path, name: str) -> str:
    return f"sqlite:///{(folder / name).as_posix()}.sqlite3"


def _checks(subject: _Subject, found: Sequence[FoundTool]) -> Generator[Check, None, None]:
    yield from map(_tool_check, found)
    if not all(tool.path for tool in found):
        yield from skipped_steps(STEPS[1:], subject.steps, "a tool is missing")
        return
    if subject.steps == {"doctor"}:
        return
    before = snapshot(subject.work)
    install = tuple(_commands(subject, "install"))
    yield from install
    if any(check.outcome == "failed" for check in install):
        yield from skipped_steps(STEPS[2:], subject.steps, "`install` failed")
        return
    installed = snapshot(subject.work)
    yield from _commands(subject, "lint")
    yield from _commands(subject, "test")
    if subject.steps & {"boot", "contract", "stop"}:
        yield from check_served(subject.starter, subject.production, subject.steps)
    yield side_effects_check(before, installed, snapshot(subject.work))


def _commands(subject: _Subject, step: str) -> Iterator[Check]:
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
