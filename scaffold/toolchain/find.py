"""Find the tools a starter needs: looks and asks for versions, never guesses, never downloads."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from scaffold.errors import EnvironmentProblem
from scaffold.model.framework import Tool
from scaffold.model.verification import FoundTool
from scaffold.toolchain.install_hints import how_to_get
from scaffold.toolchain.run import run
from scaffold.toolchain.search_paths import executables, folders
from scaffold.versions import is_prerelease, read_version, release, satisfies

_TIMEOUT = 20.0
_ASKS: Mapping[str, tuple[str, ...]] = {"go": ("version",)}
"""What makes a program say its version, where it is not `--version`."""


@dataclass(slots=True, kw_only=True)
class _Search:
    """What was learned on the way: folders chosen outside the PATH, and programs already asked."""

    environment: Mapping[str, str]
    directory: Path
    chosen: list[Path] = field(default_factory=list)
    asked: dict[tuple[str, Path], str] = field(default_factory=dict)


def find_tools(
    tools: Sequence[Tool],
    environment: Mapping[str, str],
    *,
    directory: Path | None = None,
    answers: dict[tuple[str, Path], str] | None = None,
) -> tuple[FoundTool, ...]:
    """Find each tool on the PATH, beside our interpreter, or where version managers keep it.

    The first folder with a version that fits wins, and in it the newest. What
    was looked at and did not fit is in ``rejected`` with the reason. The programs
    are asked in ``directory`` (the current one unless given), because shims
    answer differently from project to project. ``answers`` keeps what they said
    from one call to the next.
    """
    search = _Search(
        environment=environment,
        directory=directory or Path.cwd(),
        asked={} if answers is None else answers,
    )
    return tuple(_find(tool, search) for tool in tools)


def not_first_on_path(
    tools: Sequence[Tool], found: Sequence[FoundTool], environment: Mapping[str, str]
) -> Iterator[str]:
    """Yield what to do about each tool that a shell would not find, or would find in another version.

    Those that a project can be told of by a variable are found without the PATH.
    """
    told = {tool.name for tool in tools if tool.environment}
    for tool in found:
        path = Path(tool.path)
        first = shutil.which(path.name, path=environment.get("PATH", "")) if tool.path else None
        reason = next((each for each in tool.rejected if each.startswith(f"{first}: ")), "")
        if tool.path and tool.name not in told and (reason or first is None):
            yield f"{tool.name}: {reason or 'it is not on your PATH'}; put {path.parent} at the front of PATH"


def child_environment(
    tools: Sequence[Tool], found: Sequence[FoundTool], environment: Mapping[str, str], folder: Path
) -> dict[str, str]:
    """Return the environment in which the tools that :func:`find_tools` found are the ones that run.

    Those that the PATH does not lead to are linked in ``folder``, which is made and
    leads the child's PATH. The variables that ``tools`` name are set.
    """
    path = environment.get("PATH", "")
    paths = {tool.name: tool.path for tool in found if tool.path}
    hidden = [Path(each) for each in paths.values() if shutil.which(Path(each).name, path=path) != each]
    child = {**environment, "PATH": _path(hidden, path, folder)} if hidden else dict(environment)
    for tool in tools:
        if tool.name in paths:
            child |= {
                name: value.replace("{path}", paths[tool.name]) for name, value in tool.environment.items()
            }
    return child


def _find(tool: Tool, search: _Search) -> FoundTool:
    rejected: list[str] = []
    path, version = _first_that_fits(tool, search, rejected)
    on_path = (shutil.which(name, path=search.environment.get("PATH", "")) for name in _names(tool))
    if path and str(path) not in on_path:
        search.chosen.append(path.parent)
    return FoundTool(
        name=tool.name,
        needs=tool.needs,
        path=str(path or ""),
        version=version,
        rejected=tuple(dict.fromkeys(rejected)),
        get=how_to_get(tool.name, tool.get),
        why=tool.why,
    )


def _names(tool: Tool) -> tuple[str, ...]:
    return tool.names or (tool.name,)


def _first_that_fits(tool: Tool, search: _Search, rejected: list[str]) -> tuple[Path | None, str]:
    seen: set[Path] = set()
    for folder in (*search.chosen, *folders(search.environment)):
        real = folder.resolve()
        fitting = () if real in seen else tuple(_fitting(tool, folder, search, rejected))
        seen.add(real)
        if fitting:
            return max(fitting, key=lambda candidate: release(candidate[1]))
    return None, ""


def _fitting(tool: Tool, folder: Path, search: _Search, rejected: list[str]) -> Iterator[tuple[Path, str]]:
    # A program under another name is of use only when the project can be told where it is.
    distinct: dict[Path, Path] = {}
    for name in _names(tool):
        for path in executables(folder, name, numbered=bool(tool.environment)):
            distinct.setdefault(_identity(tool.name, path), path)
    for path in distinct.values():
        answer = _ask(tool.name, path, search)
        reason = _reason_against(read_version(answer), answer, tool.needs)
        if reason:
            rejected.append(f"{path}: {reason}")
        else:
            yield path, read_version(answer)


def _ask(name: str, path: Path, search: _Search) -> str:
    """Return what the program says of its version; each is asked once."""
    key = (name, _identity(name, path))
    if key not in search.asked:
        search.asked[key] = _version_output(name, path, search)
    return search.asked[key]


def _identity(name: str, path: Path) -> Path:
    """Return what a link points to, but for the shims that all point to the one version manager."""
    real = path.resolve()
    return real if real.name.startswith(name) else path


def _version_output(name: str, path: Path, search: _Search) -> str:
    command = (str(path), *_ASKS.get(name, ("--version",)))
    # Scripts such as npm start their interpreter from the PATH: theirs lies beside them.
    nearby = os.pathsep.join((str(path.parent), search.environment.get("PATH", "")))
    environment = {**search.environment, "PATH": nearby}
    try:
        completed = run(
            command, cwd=search.directory, environment=environment, timeout=_TIMEOUT, watched=False
        )
    except EnvironmentProblem as problem:
        return f"!{problem.message}"
    if completed.timed_out:
        return f"!no answer to `{subprocess.list2cmdline(command)}` in {_TIMEOUT:.0f} s"
    if completed.code != 0:
        first = next(iter(completed.tail.splitlines()), "")
        return f"!does not run: {first or f'exit status {completed.code}'}"
    return completed.tail


def _reason_against(version: str, answer: str, needs: str) -> str:
    if answer.startswith("!"):
        return answer[1:]
    if not version:
        return "does not say its version"
    if is_prerelease(version):
        return f"{version} is a pre-release"
    return "" if satisfies(version, needs) else f"{version} is not {needs}"


def _path(programs: Sequence[Path], path: str, links: Path) -> str:
    """Put links to the programs before the PATH, and what lies beside them, such as gofmt, after it.

    So nothing else in their folders hides a program of the user's. On Windows, where
    links need a privilege, their folders lead.
    """
    beside = tuple(dict.fromkeys(str(program.parent) for program in programs))
    if sys.platform == "win32":
        return os.pathsep.join(filter(None, (*beside, path)))
    links.mkdir()
    for program in programs:
        # Scripts that look for their files from where they lie often follow one link, and not two.
        (links / program.name).symlink_to(program.resolve())
    return os.pathsep.join(filter(None, (str(links), path, *beside)))
