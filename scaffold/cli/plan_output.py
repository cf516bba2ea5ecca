"""What a plan will do, and what a person does next, for the terminal and for programs."""

import os
import shlex
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scaffold.console import Console
from scaffold.model.framework import Command, Starter
from scaffold.model.plan import Plan, RenderedFile
from scaffold.project.provenance import as_argument

if TYPE_CHECKING:
    from scaffold.model.verification import FoundTool, Verification

_MOST_WORDS = 8


def show_plan(console: Console, plan: Plan, rendered: Sequence[RenderedFile], *, as_json: bool) -> None:
    """Print the plan: every file with its size, and every step."""
    from scaffold.documents import plan_document

    document = plan_document(plan, rendered)
    if as_json:
        console.document(document)
    else:
        console.data(_described(plan, document))


def next_steps(
    starter: Starter, directory: str, verification: "Verification | None", *, locked: bool = True
) -> Iterator[str]:
    """Yield the commands to type next, after what a verification did and with the tools it found.

    Where nothing is ``locked`` yet, that comes first: an install that keeps to the lock would fail.
    """
    installed = verification is not None and _has_installed(verification)
    yield f"cd {shlex.quote(as_argument(directory))}"
    if verification:
        yield from _tools_off_path(starter, verification.tools, installed=installed)
    first = () if installed else ("install",) if locked else ("lock", "install")
    for step in (*first, "prepare", "run"):
        yield from (shlex.join(command) for command in starter.commands.get(step, ()))


def _has_installed(verification: "Verification") -> bool:
    outcomes = {check.outcome for check in verification.checks if check.step == "install"}
    return outcomes == {"passed"}


def _tools_off_path(starter: Starter, tools: Sequence["FoundTool"], *, installed: bool) -> Iterator[str]:
    """Yield what makes the shell find the tools that were found where it does not look.

    A tool that is named by a variable is only needed to install.
    """
    declared = {tool.name: tool for tool in starter.tools}
    for tool in tools:
        folder = str(Path(tool.path).parent)
        if not tool.path or folder in os.environ.get("PATH", "").split(os.pathsep):
            continue
        if not declared[tool.name].environment:
            yield f'export PATH={shlex.quote(folder)}:"$PATH"'
        elif not installed:
            variables = declared[tool.name].environment.items()
            yield from (
                f"export {name}={shlex.quote(v.replace('{path}', tool.path))}" for name, v in variables
            )


def _described(plan: Plan, document: Mapping[str, Any]) -> str:
    lines = [f"{plan.target}  ({plan.template} {plan.template_version})", ""]
    lines += [_file_line(file) for file in document["files"]]
    if document["backup"]:
        lines += ["", f"What is replaced is kept in {document['backup']}"]
    steps = document["steps"]
    lines += ["", f"{len(plan.files)} files{', then:' * bool(steps)}"]
    lines += [f"  {step['name']:<8} {_shown(command)}" for step in steps for command in step["commands"]]
    return "\n".join(lines)


def _file_line(file: Mapping[str, Any]) -> str:
    size = "" if file["size"] is None else str(file["size"])
    notes = ["fresh secret, mode 0600"] * (file["origin"] == "secret")
    notes += ["made by the step `lock`"] * (file["origin"] == "locked")
    notes += [f"exists, {file['outcome']}"] * file["exists"]
    return f"{size:>8}  {'  '.join((file['path'], *notes))}"


def _shown(command: Command) -> str:
    """Return a command on one line, without git's switches, cut when it lists many files."""
    words = list(command)
    while "-c" in words:
        del words[words.index("-c") : words.index("-c") + 2]
    more = len(words) - _MOST_WORDS
    return shlex.join(words[:_MOST_WORDS]) + (f" and {more} more" if more > 0 else "")
