"""``scaffold doctor``: which tools the starters need, and which are here."""

import os
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import click

from scaffold.cli.command import StrictCommand
from scaffold.cli.options import complete_id, json_option
from scaffold.console import Console
from scaffold.errors import ExitStatus

if TYPE_CHECKING:
    from scaffold.model.framework import Framework
    from scaffold.model.verification import FoundTool


EXAMPLES = """\b
Examples:
  scaffold doctor
  scaffold doctor django go
"""


@click.command(
    cls=StrictCommand, epilog=EXAMPLES, short_help="Say which tools the starters need and which are here."
)
@click.argument("ids", nargs=-1, metavar="[ID…]", shell_complete=complete_id)
@json_option
@click.pass_obj
def doctor(console: Console, *, ids: tuple[str, ...], as_json: bool) -> ExitStatus:
    """Say which tools each starter needs, which are on this machine, and how to get the rest.

    Looks on PATH and where pyenv, mise, asdf, uv, nvm, fnm, volta and rbenv keep theirs.
    """
    from scaffold.documents import doctor_document
    from scaffold.verify import doctor as examine

    frameworks = _frameworks(ids)
    found = examine(frameworks, os.environ)
    if as_json:
        console.document(doctor_document(found))
    else:
        console.data("\n".join(_lines(frameworks, found)))
    missing = any(not tool.path for tools in found.values() for tool in tools)
    return ExitStatus.ENVIRONMENT if missing else ExitStatus.DONE


def _frameworks(ids: Sequence[str]) -> tuple["Framework", ...]:
    from scaffold.catalog import load_framework, load_frameworks

    if ids:
        return tuple(load_framework(id) for id in ids)
    return tuple(framework for framework in load_frameworks().values() if framework.starter)


def _lines(frameworks: Sequence["Framework"], found: Mapping[str, Sequence["FoundTool"]]) -> list[str]:
    from scaffold.cli.verification_output import tool_line
    from scaffold.toolchain.find import not_first_on_path

    lines: list[str] = []
    for framework in frameworks:
        if framework.starter is None:
            continue
        tools = found[framework.id]
        lines.append(framework.id)
        for tool in tools:
            lines.append(f"  {tool_line(tool)}")
            if not tool.path:
                lines += [
                    f"    {tool.why}",
                    f"    get it: {tool.get}",
                    *(f"    not {reason}" for reason in tool.rejected),
                ]
        other = not_first_on_path(framework.starter.tools, tools, os.environ)
        lines += [f"    {line}" for line in other]
    return lines
