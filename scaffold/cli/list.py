"""``scaffold list``: the templates, one a line."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from scaffold.cli.command import StrictCommand
from scaffold.cli.options import json_option
from scaffold.console import Console

if TYPE_CHECKING:
    from scaffold.model.framework import Framework

_HEADINGS = ("ID", "NAME", "LANGUAGE", "KIND", "RELEASE", "SUPPORTED UNTIL", "STARTER")


EXAMPLES = """\b
Examples:
  scaffold list --language python
  scaffold list --search admin --json
"""


@click.command(
    "list", cls=StrictCommand, epilog=EXAMPLES, short_help="List the frameworks and which have a starter."
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
    from scaffold.documents import list_document

    frameworks = load_frameworks().values()
    _refuse_unknown("language", language, {framework.language for framework in frameworks})
    _refuse_unknown("kind", kind, {framework.kind for framework in frameworks})
    found = [framework for framework in frameworks if _fits(framework, language, kind, search)]
    document = list_document(found, today())
    if as_json:
        console.document(document)
    elif found:
        console.data("\n".join(_columns([_HEADINGS, *map(_row, document["templates"])])))
    else:
        console.say("No template fits; `scaffold list` without options shows all")


def _fits(framework: "Framework", language: str | None, kind: str | None, search: str | None) -> bool:
    words = f"{framework.id} {framework.name} {framework.summary}".lower()
    return (
        language in (None, framework.language)
        and kind in (None, framework.kind)
        and (search is None or search.lower() in words)
    )


def _row(entry: Mapping[str, Any]) -> tuple[str, ...]:
    release = ", ".join(filter(None, (entry["release"], entry["overdue"])))
    about = (*(entry[name] for name in ("id", "name", "language", "kind")), release)
    return (*about, entry["supported_until"] or "no date given", _starter(entry))


def _starter(entry: Mapping[str, Any]) -> str:
    if entry["starter"] is None:
        return "not yet"
    verified = entry["verified"]
    if verified is None:
        return f"{entry['starter']}, not verified yet"
    tools = ", ".join(f"{name} {version}" for name, version in verified["tools"].items())
    return f"{entry['starter']}, verified {verified['date']} with {tools}"


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
