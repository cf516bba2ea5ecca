"""What will be written, decided before the first byte: a plan can be printed, serialised and compared."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from scaffold.model.framework import Command


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedFile:
    """A file of the project; ``path`` is relative, ``origin`` says who makes it."""

    path: str
    origin: Literal["copied", "rendered", "secret", "written"]
    executable: bool = False
    size: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Something done after the files are in place, in the project folder."""

    name: Literal["git", "install", "verify"]
    commands: tuple[Command, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One project, fully decided: nothing is asked and nothing is looked up after this."""

    template: str
    template_version: str
    target: Path
    variables: Mapping[str, str | bool]
    files: tuple[PlannedFile, ...]
    steps: tuple[Step, ...]
    on_conflict: Literal["refuse", "skip", "overwrite"]
    reproduce: str
