"""``verified.toml`` beside a template: when it was verified, with what, and what came of it."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path

from scaffold.catalog.digest import template_digest
from scaffold.model.verification import FoundTool
from scaffold.toml import toml_document

RECORD = "verified.toml"


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


def used_tools(found: Sequence[FoundTool]) -> dict[str, str]:
    """Return the versions of the tools that were used."""
    return {tool.name: tool.version for tool in found}


def record_text(record: Record) -> str:
    """Return the record as TOML; equal records give equal text."""
    top = {field.name: getattr(record, field.name) for field in fields(record) if field.name != "tools"}
    return toml_document(
        "Written by `python -m scaffold.verify.matrix --record DATE`.", {"": top, "tools": record.tools}
    )
