"""Whether the Python that a starter needs is on this machine, found out without starting one if possible."""

import re
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from scaffold.toolchain.search_paths import executables, folders
from scaffold.toolchain.version import satisfies

if TYPE_CHECKING:
    from scaffold.model.framework import Tool
    from scaffold.model.verification import FoundTool


def missing_python(tools: Sequence["Tool"], environment: Mapping[str, str]) -> "FoundTool | None":
    """Return what was looked for and how to get it when no Python here fits; None when one does."""
    python = next((tool for tool in tools if tool.name == "python"), None)
    if python is None or satisfies(".".join(map(str, sys.version_info[:3])), python.needs):
        return None
    if any(satisfies(version, python.needs) for version in _named(environment)):
        return None
    from scaffold.toolchain.find import find_tools

    (found,) = find_tools((python,), environment)
    return None if found.path else found


def _named(environment: Mapping[str, str]) -> list[str]:
    """Return the versions that stand in the names of programs, such as ``python3.13``."""
    names = (
        path.name for folder in folders(environment) for path in executables(folder, "python", numbered=True)
    )
    return [found[1] for name in names if (found := re.fullmatch(r"python(\d+\.\d+)(?:\.exe)?", name))]
