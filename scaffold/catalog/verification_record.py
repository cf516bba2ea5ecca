"""``verified.toml`` beside a template: when it was verified, with what, and what came of it."""

from dataclasses import fields
from datetime import date
from pathlib import Path

from scaffold.catalog.digest import template_digest
from scaffold.catalog.location import is_there
from scaffold.catalog.table import TomlTable, read_toml
from scaffold.model.template import VerificationRecord
from scaffold.toml import toml_document

RECORD = "verified.toml"


def read_record(template: Path) -> VerificationRecord | None:
    """Return the record of a template folder, or None when it was never verified."""
    if not is_there(template / RECORD):
        return None
    table = read_toml(template / RECORD)
    record = VerificationRecord(
        date=table.value("date", date),
        version=table.text("version"),
        digest=table.text("digest"),
        system=table.text("system"),
        tools=table.table("tools").mapping(TomlTable.text),
        rows=table.number("rows", 0),
        checks=table.number("checks", 0),
        warned=table.texts("warned"),
        failed=table.texts("failed"),
    )
    table.finish()
    return record


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
