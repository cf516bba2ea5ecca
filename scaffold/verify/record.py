"""``verified.toml`` beside a template: when it was verified, with what, and what came of it."""

import hashlib
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from scaffold.model.verification import FoundTool

RECORD = "verified.toml"
_NOT_PART = frozenset({RECORD, "knowledge.toml"})
"""Of what is verified: what is known of a framework does not change its starter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
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


def read_record(template: Path) -> Record | None:
    """Return the record of a template folder, or None when it was never verified."""
    try:
        table = tomllib.loads((template / RECORD).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    return Record(**{**table, "warned": tuple(table["warned"]), "failed": tuple(table["failed"])})


def is_current(record: Record, template: Path) -> bool:
    """Say whether the template is still what was verified."""
    return record.digest == template_digest(template)


def template_digest(template: Path) -> str:
    """Return a digest of everything that a project is made of: names, contents and executable bits."""
    whole = hashlib.sha256()
    for path in sorted(template.rglob("*"), key=lambda path: path.relative_to(template).as_posix()):
        name = path.relative_to(template).as_posix()
        if path.is_file() and name not in _NOT_PART and "__pycache__" not in path.parts:
            executable = bool(path.stat().st_mode & 0o100)
            content = hashlib.sha256(path.read_bytes()).hexdigest()
            whole.update(f"{name}\0{executable}\0{content}\n".encode())
    return whole.hexdigest()


def used_tools(found: Sequence[FoundTool]) -> dict[str, str]:
    """Return the versions of the tools that were used."""
    return {tool.name: tool.version for tool in found}


def record_text(record: Record) -> str:
    """Return the record as TOML; equal records give equal text."""
    lines = [
        "# Written by `python -m scaffold.verify.matrix --record DATE`.",
        f"date = {record.date.isoformat()}",
        f'version = "{record.version}"',
        f'digest = "{record.digest}"',
        f'system = "{record.system}"',
        f"rows = {record.rows}",
        f"checks = {record.checks}",
        f"warned = [{_quoted(record.warned)}]",
        f"failed = [{_quoted(record.failed)}]",
        "",
        "[tools]",
        *(f'{name} = "{version}"' for name, version in record.tools.items()),
    ]
    return "\n".join(lines) + "\n"


def _quoted(texts: Sequence[str]) -> str:
    return ", ".join(f'"{text}"' for text in texts)
