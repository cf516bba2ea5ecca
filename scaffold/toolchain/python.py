"""Whether the Python that a starter needs is on this machine, found out without starting one if possible."""

import os
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from scaffold.toolchain.search_paths import folders
from scaffold.versions import satisfies

_NEWEST = 30
"""A minor version that Python 3 will not reach before this is looked at again."""

if TYPE_CHECKING:
    from scaffold.model.framework import Tool
    from scaffold.model.verification import FoundTool


def missing_python(tools: Sequence["Tool"], environment: Mapping[str, str]) -> "FoundTool | None":
    """Return what was looked for and how to get it when no Python here fits; None when one does."""
    python = next((tool for tool in tools if tool.name == "python"), None)
    if python is None or satisfies(".".join(map(str, sys.version_info[:3])), python.needs):
        return None
    if _is_named(python.needs, environment):
        return None
    from scaffold.toolchain.find import find_tools

    (found,) = find_tools((python,), environment)
    return None if found.path else found


def _is_named(needs: str, environment: Mapping[str, str]) -> bool:
    """Say whether there is a program with a fitting version in its name, such as ``python3.13``."""
    names = [f"python3.{minor}" for minor in range(_NEWEST) if satisfies(f"3.{minor}", needs)]
    return any(
        os.access(os.path.join(folder, name), os.X_OK)  # noqa: PTH118 - in a loop over very many
        for folder in folders(environment)
        for name in names
    )
