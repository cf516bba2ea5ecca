"""``verified.toml`` beside a template: when it was verified, with what, and what came of it."""

import tomllib
from dataclasses import fields
from pathlib import Path

from scaffold.catalog.digest import template_digest
from scaffold.model.template import VerificationRecord
from scaffold.toml import toml_document

RECORD = "verified.toml"


def read_record(template: Path) -> VerificationRecord | None:
    """Return the record of a template folder, or None when it was never verified."""
    try:
        table = tomllib.loads((template / RECORD).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    return VerificationRecord(**{**table, "warned": tuple(table["warned"]), "failed": tuple(table["failed"])})


def current_record(template: Path, version: str) -> VerificationRecord | None:
    """Return the record when all passed and it is of this version and of what the folder holds now."""
    record = read_record(template)
    if record is None or record.failed or record.version != version or not is_current(record, template):
        return None
    return record


def is_current(record: VerificationRecord, template: Path) -> bool:
    """Say whether the template is still what was verified."""
    return record.digest == template_digest(template)


def record_text(record: VerificationRecord) -> str:
    """Return the record as TOML; equal records give equal text."""
    top = {field.name: getattr(record, field.name) for field in fields(record) if field.name != "tools"}
    return toml_document(
        "Written by `python -m scaffold.verify.matrix --record DATE`.", {"": top, "tools": record.tools}
    )
