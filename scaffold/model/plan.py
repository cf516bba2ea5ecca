"""What will be written, decided before the first byte: a plan can be printed, serialised and compared."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Literal, NamedTuple

from scaffold.model.answers import Value
from scaffold.model.framework import Command, Secret, Tool

OnConflict = Literal["refuse", "skip", "overwrite"]
"""What to do with files that exist."""


class Target(NamedTuple):
    """An absolute path; ``exists`` when it is a folder already, which is then filled in place.

    ``stale`` are paths in it that a killed run left, and that the creation takes back first.
    """

    path: Path
    exists: bool
    stale: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        """The name of the folder, from which title and slug are taken."""
        return self.path.name


class PlannedFile(NamedTuple):
    """A file of the project; ``path`` is relative, ``origin`` says who makes it.

    ``source`` is the file of the template that it is copied or rendered from;
    ``exists`` is true when the target has something of that name already. ``locked``
    are lock files: what the project's package manager makes in the step ``lock``.
    """

    path: str
    origin: Literal["copied", "rendered", "secret", "written", "locked"]
    source: str = ""
    executable: bool = False
    exists: bool = False


class RenderedFile(NamedTuple):
    """A file of the project as it will be written; ``origin`` as in PlannedFile, no secret or lock file."""

    path: str
    content: bytes
    executable: bool
    origin: Literal["copied", "rendered", "written"]


class Step(NamedTuple):
    """Something done after the files are in place, in the project folder; ``lock`` in a copy of it."""

    name: Literal["lock", "git", "install", "verify"]
    commands: tuple[Command, ...]


class Plan(NamedTuple):
    """One project, fully decided: nothing is asked and nothing is looked up after this.

    ``template_digest`` is of what ``template_folder`` held when this was planned.
    ``into_existing`` is true when ``target`` is a folder that is filled in place;
    ``decision`` is the text of the decision record, empty when nothing was
    recommended; ``answers`` are the interview's, for the provenance file. ``lock``
    says whether the project has its lock files; ``tools`` are those that make them.
    """

    template: str
    template_version: str
    template_digest: str
    template_folder: Path
    scaffold_version: str
    target: Path
    variables: Mapping[str, str | bool]
    files: tuple[PlannedFile, ...]
    secrets: tuple[Secret, ...]
    steps: tuple[Step, ...]
    on_conflict: OnConflict
    reproduce: str
    contract: int
    into_existing: bool = False
    answers: Mapping[str, Value] = MappingProxyType({})
    decision: str = ""
    lock: Literal["made", "missing"] = "missing"
    tools: tuple[Tool, ...] = ()
