"""What was checked on a project, and what came of it."""

from dataclasses import dataclass
from typing import Literal

Outcome = Literal["passed", "failed", "warned", "skipped"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One check: ``id`` is stable, ``sentence`` says what must hold.

    On failure ``expected`` and ``found`` hold the difference, ``detail`` the last
    lines of output or the request and its answer, ``repeat`` the command that shows it again.
    """

    id: str
    step: str
    sentence: str
    outcome: Outcome
    seconds: float
    expected: str = ""
    found: str = ""
    detail: str = ""
    repeat: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundTool:
    """A tool a starter needs and what this machine has; ``path`` is empty when there is none that fits."""

    name: str
    needs: str
    path: str
    version: str
    rejected: tuple[str, ...]
    get: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """All checks of one run, in the order they ran."""

    subject: str
    template: str
    tools: tuple[FoundTool, ...]
    checks: tuple[Check, ...]
