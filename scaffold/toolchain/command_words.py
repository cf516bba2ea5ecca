"""The words of a template's commands, as a project runs them."""

import re
from collections.abc import Mapping

from scaffold.catalog.options import option_value
from scaffold.model.framework import Command

_VARIABLE = r"\{(\w+)\}"
_ASSIGNMENT = r"[A-Za-z_]\w*="


def filled(command: Command, values: Mapping[str, object]) -> Command:
    """Return the words with the value of each ``{variable}``; what has none is left as it is."""

    def value(found: re.Match[str]) -> str:
        return option_value(values.get(found[1], found[0]))

    return tuple(re.sub(_VARIABLE, value, word) if "{" in word else word for word in command)


def without_assignments(command: Command) -> tuple[Command, dict[str, str]]:
    """Return a command without the words NAME=value at its front, and what they set."""
    count = next(
        (number for number, word in enumerate(command) if not re.match(_ASSIGNMENT, word)), len(command)
    )
    return command[count:], dict(word.split("=", 1) for word in command[:count])
