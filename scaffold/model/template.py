"""A template as ``scaffold show`` prints it: the framework, what is known of it, when it was verified."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from scaffold.model.framework import Framework

if TYPE_CHECKING:
    from scaffold.model.knowledge import Knowledge


@dataclass(frozen=True, slots=True, kw_only=True)
class VerificationRecord:
    """A template of ``version`` was verified on ``date`` with ``tools``, in ``rows`` sets of options.

    ``failed`` names the checks that failed; ``digest`` tells whether the template has changed since.
    """

    date: date
    version: str
    digest: str
    system: str
    tools: Mapping[str, str]
    rows: int
    checks: int
    warned: tuple[str, ...]
    failed: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """One template; ``verified`` is None when it never was, or has changed since."""

    framework: Framework
    knowledge: "Knowledge | None"
    verified: VerificationRecord | None
