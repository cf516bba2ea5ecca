"""``scaffold list``: the templates, one a line."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from scaffold.cli.command import Command
from scaffold.cli.options import json_option, long_ago
from scaffold.console import Console

if TYPE_CHECKING:
    from datetime import date

    from scaffold.model.framework import Framework

_HEADINGS = ("ID", "NAME", "LANGUAGE", "KIND", "RELEASE", "SUPPORTED UNTIL", "STARTER")


EXAMPLES = """\b
Examples:
  scaffold list --language python
  scaffold list --search admin --json
"""


@click.command(
    "list", cls=Command, epilog=EXAMPLES, short_help="List the frameworks and which have a starter."
)
@click.option("--language", help="Only templates in this language, such as python.")
@click.option("--kind", help="Only this kind: full-stack, micro, standard-library or runtime.")
@click.option("--search", metavar="TEXT", help="Only templates whose id, name or summary holds the text.")
@json_option
@click.pass_obj
def list_templates(
    console: Console, *, language: str | None, kind: str | None, search: str | None, as_json: bool
) -> None:
    """List the frameworks scaffold knows, and which have a starter."""
    from scaffold.catalog import load_frameworks
    from scaffold.clock import today

    frameworks = load_frameworks().values()
    _refuse_unknown("language", language, {framework.language for framework in frameworks})
    _refuse_unknown("kind", kind, {framework.kind for framework in frameworks})
    found = [
        _record(framework, today()) for framework in frameworks if _fits(framework, language, kind, search)
    ]
    if as_json:
        console.document(found)
        return
    if not found:
        console.say("No template fits; `scaffold list` without options shows all")
        return
    console.data("\n".join(_columns([_HEADINGS, *(_row(record) for record in found)])))


def _fits(framework: "Framework", language: str | None, kind: str | None, search: str | None) -> bool:
    words = f"{framework.id} {framework.name} {framework.summary}".lower()
    return (
        language in (None, framework.language)
        and kind in (None, framework.kind)
        and (search is None or search.lower() in words)
    )


def _row(record: Mapping[str, Any]) -> tuple[str, ...]:
    overdue = f", {record['overdue']}" if record["overdue"] else ""
    return (
        *(record[key] for key in ("id", "name", "language", "kind")),
        f"{record['release']}{overdue}",
        record["supported_until"] or "no date given",
        _starter(record),
    )


def _starter(record: Mapping[str, Any]) -> str:
    if record["starter"] is None:
        return "not yet"
    verified = record["verified"]
    if verified is None:
        return f"{record['starter']}, not verified yet"
    tools = ", ".join(f"{name} {version}" for name, version in verified["tools"].items())
    return f"{record['starter']}, verified {verified['date']} with {tools}"


def _record(framework: "Framework", today: "date") -> Mapping[str, Any]:
    return {
        "id": framework.id,
        "name": framework.name,
        "language": framework.language,
        "kind": framework.kind,
        "summary": framework.summary,
        "release": framework.release,
        "supported_until": framework.supported_until.isoformat() if framework.supported_until else None,
        "checked_on": framework.checked_on.isoformat(),
        "overdue": long_ago(framework.checked_on, "release", today) or None,
        "starter": framework.starter.version if framework.starter else None,
        "verified": _verified(framework),
    }


def _verified(framework: "Framework") -> Mapping[str, Any] | None:
    """Return what is recorded of the starter as it is now, unless a check failed."""
    from scaffold.catalog import template_folder
    from scaffold.catalog.verification_record import current_record

    if framework.starter is None:
        return None
    record = current_record(template_folder(framework.id), framework.starter.version)
    if record is None:
        return None
    return {"date": record.date.isoformat(), "system": record.system, "tools": dict(record.tools)}


def _columns(rows: Sequence[Sequence[str]]) -> Iterable[str]:
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def _refuse_unknown(option: str, given: str | None, known: set[str]) -> None:
    if given is not None and given not in known:
        from scaffold.errors import InvalidInput
        from scaffold.text import did_you_mean, printable

        raise InvalidInput(
            f"There is no {option} `{printable(given)}` among the templates",
            hint=f"{did_you_mean(given, known)}Known: {', '.join(sorted(known))}",
        )
