"""``scaffold show``: everything about one framework and its starter."""

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

import click

from scaffold.cli.command import StrictCommand
from scaffold.cli.options import command_lines, complete_id, json_option
from scaffold.console import Console

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date
    from pathlib import Path

    from scaffold.model.framework import Framework, Option, Starter
    from scaffold.model.knowledge import Claim, Evidence, Knowledge

    Ago = Callable[[date, str], str]

EXAMPLES = """\b
Examples:
  scaffold show django
  scaffold show go --evidence
"""


@click.command(
    cls=StrictCommand, epilog=EXAMPLES, short_help="Show what a template gives you, needs and claims."
)
@click.argument("id", metavar="ID|PATH", shell_complete=complete_id)
@click.option("--evidence", is_flag=True, help="Every fact and level, with grade, source and date.")
@json_option
@click.pass_obj
def show(console: Console, *, id: str, evidence: bool, as_json: bool) -> None:
    """Show what a template gives you, what it needs, and what its claims rest on."""
    from scaffold.catalog import load_framework, load_knowledge_of, template_folder
    from scaffold.catalog.knowledge import check_claims
    from scaffold.catalog.languages import language_of
    from scaffold.clock import today
    from scaffold.model.age import long_ago

    framework, knowledge, folder = load_framework(id), load_knowledge_of(id), template_folder(id)
    check_claims(framework, knowledge)
    if as_json:
        from scaffold.catalog import load_template
        from scaffold.documents import as_document

        console.document(as_document(load_template(id)))
        return
    language, ago = language_of(framework.language, folder).name, partial(long_ago, today=today())
    lines = [f"{framework.name} ({framework.id})", framework.summary, "", *_gives(framework, folder)]
    lines += [*_about(framework, knowledge, language, ago), *_needs(framework, folder)]
    lines += _claims(framework, knowledge)
    if evidence:
        lines += [*_facts(knowledge, ago), *_levels(knowledge, ago)]
    console.data("\n".join(lines).rstrip())


def _about(framework: "Framework", knowledge: "Knowledge", language: str, ago: "Ago") -> Iterator[str]:
    overdue = ago(framework.checked_on, "release")
    yield "About"
    yield f"  language   {language}, {framework.kind}"
    yield f"  release    {framework.release}{_dated(', of', framework.released)}"
    yield f"  support    {framework.support}"
    yield f"  checked    {framework.checked_on}, {framework.source}{f'; {overdue}' if overdue else ''}"
    yield f"  homepage   {framework.homepage}"
    if not knowledge.levels:
        yield "  ranking    not ranked: its knowledge.toml has no levels"
    yield ""


def _gives(framework: "Framework", folder: "Path") -> Iterator[str]:
    from scaffold.cli.strengths import gained, left_to_do

    starter = framework.starter
    if starter is None:
        yield "There is no starter for it yet."
        yield ""
        return
    yield "What you get"
    yield from (f"  - {gift}" for gift in (*starter.gives, *_gained(gained(starter), folder)))
    yield ""
    yield from _options(starter)
    left = [*left_to_do(starter)]
    if left:
        yield "What it leaves to you"
        yield from (f"  - {each}" for each in left)
        yield ""


def _gained(strengths: "Iterable[str]", folder: "Path") -> Iterator[str]:
    """Yield the strengths; those of a starter that we never ran are only claimed."""
    from scaffold.catalog.verification_record import read_record

    claimed = "" if read_record(folder) else " (claimed, not proved)"
    return (f"{strength}{claimed}" for strength in strengths)


def _options(starter: "Starter") -> Iterator[str]:
    from scaffold.catalog.cookiecutter_json import IDENTITY

    yield "Options, each with `--set OPTION=VALUE`"
    yield from (f"  {id:<14}any text on one line" for id in IDENTITY)
    for option in starter.options.values():
        yield f"  {option.id:<14}{_takes(option)}"
        if option.by_hand:
            yield f"{'':16}to change it later: {option.by_hand}"
    yield ""


def _needs(framework: "Framework", folder: "Path") -> Iterator[str]:
    starter = framework.starter
    if starter is None:
        return
    yield "What it needs"
    yield from (f"  {tool.name} {tool.needs:<12} {tool.why}" for tool in starter.tools)
    yield ""
    yield "Commands"
    yield from command_lines(starter)
    yield ""
    yield "Verified"
    yield f"  {_verified(folder)}"
    yield ""


def _takes(option: "Option") -> str:
    if isinstance(option.default, bool):
        return f"true or false, {str(option.default).lower()} unless you say"
    if option.choices:
        return f"{', '.join(choice.value for choice in option.choices)}; the first unless you say"
    return f"text such as {option.example}"


def _verified(template: "Path") -> str:
    from scaffold.catalog.verification_record import is_current, read_record

    record = read_record(template)
    if record is None:
        return "not yet; `scaffold new --verify` does it on this machine"
    tools = ", ".join(f"{name} {version}" for name, version in record.tools.items())
    outcome = f"{len(record.failed)} failed" if record.failed else "all passed"
    changed = "" if is_current(record, template) else "; the template has changed since"
    extent = f"{record.rows} sets of options, {record.checks} checks, {outcome}{changed}"
    return f"{record.date} on {record.system} with {tools}: {extent}"


def _claims(framework: "Framework", knowledge: "Knowledge") -> Iterator[str]:
    if not knowledge.claims:
        return
    shown = {claim.id: claim for claim in framework.starter.claims} if framework.starter else {}
    yield "What is said about it, and whether it holds"
    for claim in knowledge.claims:
        yield from _claim(
            claim, f"{shown[claim.id].shows}, {shown[claim.id].test}" if claim.id in shown else ""
        )
    yield ""


def _claim(claim: "Claim", place: str) -> Iterator[str]:
    yield f"  {claim.id:<4}{claim.verdict:<13}{claim.text}"
    if claim.note:
        yield f"{'':19}{claim.note}"
    if place:
        yield f"{'':19}shown in {place}"


def _facts(knowledge: "Knowledge", ago: "Ago") -> Iterator[str]:
    yield "Facts"
    for fact in knowledge.facts.values():
        overdue = ago(fact.checked_on, fact.id)
        remark = "; ".join(filter(None, (fact.note, overdue)))
        yield f"  {fact.id:<16}{fact.value}{f' ({remark})' if remark else ''}"
        yield from (f"{'':18}{_source(evidence)}" for evidence in fact.evidence)
    yield ""


def _levels(knowledge: "Knowledge", ago: "Ago") -> Iterator[str]:
    yield "Levels, 0 to 10; grade A is measured or counted, B read, C judged"
    for level in knowledge.levels.values():
        overdue = ago(level.checked_on, level.criterion)
        yield f"  {level.criterion:<12}{level.level:>3}  grade {level.grade}  {level.why}"
        if level.addon:
            yield f"{'':19}usually added: {level.addon}"
        yield f"{'':19}{f'{overdue}, so it counts as judged' if overdue else f'checked {level.checked_on}'}"
        yield from (f"{'':19}{_source(evidence)}" for evidence in level.evidence)
    yield ""


def _source(evidence: "Evidence") -> str:
    return f"{evidence.source}{f', {evidence.locator}' if evidence.locator else ''}, {evidence.as_of}"


def _dated(prefix: str, value: object) -> str:
    return f"{prefix} {value}" if value else ""
