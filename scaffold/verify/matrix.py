"""Verify every template with the options that change what runs: ``python -m scaffold.verify.matrix``.

python -m scaffold.verify.matrix                       every starter whose tools are here
python -m scaffold.verify.matrix django ./mine         these: ids, or folders of your own
python -m scaffold.verify.matrix --changed             those that changed since they were recorded
python -m scaffold.verify.matrix --record 2026-11-22   and write what came of it beside the template
python -m scaffold.verify.matrix --all                 fail when the tools of one are missing
python -m scaffold.verify.matrix --all-pairs           with every pair of values of all options
python -m scaffold.verify.matrix --brief               with the defaults alone where nothing has changed
python -m scaffold.verify.matrix --database-url URL    with a PostgreSQL server for the projects made for it
"""

import argparse
import os
import platform
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Event

from scaffold.catalog import load_frameworks, starter_of, template_folder
from scaffold.catalog.digest import template_digest
from scaffold.catalog.options import unmet_requirement
from scaffold.catalog.template import read_framework
from scaffold.catalog.verification_record import (
    RECORD,
    is_current,
    read_record,
    record_text,
)
from scaffold.errors import ScaffoldError
from scaffold.model.framework import Framework, Option
from scaffold.model.template import VerificationRecord
from scaffold.model.verification import Check, Verification
from scaffold.toolchain.find import find_tools
from scaffold.verify.database import server_version
from scaffold.verify.pairs import Row, all_pairs
from scaffold.verify.project import verify_project
from scaffold.verify.sample import Sample, make_sample
from scaffold.verify.steps import STEPS
from scaffold.verify.temporary import temporary_folder

NAMES = ("the-quick-brown-fox-jumps-over-the-lazy-dog-and-runs-far-away-ok", "x")
"""Of projects: one of the greatest length, and the shortest."""
_DEFAULT = ""
"""The value of a text option that is left at its default."""
TEXTS = ("Quotes \" ' `, \\ and {{ 7*7 }} {% x %} ${HOME} <b>&amp;</b> 📦", "A place to buy things")
_STRUCTURAL = ("database", "example", "accounts")
"""The options that change what runs; of all others only files and words differ."""
_WITHOUT_STRENGTHS = tuple(step for step in STEPS if step != "strengths")


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One row of options of one template, made and not yet verified."""

    sample: Sample
    row: Row
    database_url: str | None


def rows_of(template: Path, *, all_options: bool = False) -> tuple[Row, ...]:
    """Return the sets of options to verify a template with: by what changes what runs, or every pair."""
    starter = starter_of(read_framework(template))
    values: dict[str, Sequence[str | bool]] = {"project_slug": NAMES, "description": TEXTS}
    values |= {id: _values(option) for id, option in starter.options.items()}
    if not all_options:
        values = {id: each if id in _STRUCTURAL else each[:1] for id, each in values.items()}
    return all_pairs(values, lambda row: unmet_requirement(starter.options, row) is None)


def _values(option: Option) -> Sequence[str | bool]:
    if isinstance(option.default, bool):
        return (option.default, not option.default)
    return [choice.value for choice in option.choices] or [_DEFAULT, option.example]


def main(arguments: Sequence[str]) -> int:
    """Verify, and return 1 when a check failed, or with ``--all`` a template could not be verified."""
    asked = _parse(arguments)
    environment = dict(os.environ)
    chosen = _chosen(asked)
    ready = [template for template in chosen if _has_tools(read_framework(template), environment)]
    failed = asked.all and len(ready) < len(chosen)
    with temporary_folder() as folder:
        for template in ready:
            # Before, because somebody may be at work on the template meanwhile.
            digest = template_digest(template)
            rows = rows_of(template, all_options=asked.all_pairs)
            if asked.brief and _is_current(template):
                rows = rows[:1]
            outcome = _verify(template, rows, folder, environment, asked)
            failed = failed or any(_ids(outcome, "failed"))
            if asked.record:
                _write(template, digest, outcome, asked)
    return int(failed)


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m scaffold.verify.matrix", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("names", nargs="*", metavar="ID|PATH")
    parser.add_argument(
        "--changed", action="store_true", help="only templates that changed since their record"
    )
    parser.add_argument(
        "--record", type=date.fromisoformat, metavar="DATE", help="write verified.toml with this date"
    )
    parser.add_argument("--all", action="store_true", help="fail when a template's tools are missing")
    parser.add_argument("--all-pairs", action="store_true", help="every pair of values of all options")
    parser.add_argument("--brief", action="store_true", help="the defaults alone where nothing changed")
    parser.add_argument(
        "--database-url", metavar="URL", help="a PostgreSQL server for the projects that are made for it"
    )
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, metavar="N")
    return parser.parse_args(arguments)


def _chosen(asked: argparse.Namespace) -> list[Path]:
    every = (id for id, framework in load_frameworks().items() if framework.starter)
    folders = [template_folder(name) for name in asked.names or every]
    return [folder for folder in folders if not (asked.changed and _is_current(folder))]


def _is_current(template: Path) -> bool:
    record = read_record(template)
    return record is not None and is_current(record, template)


def _has_tools(framework: Framework, environment: Mapping[str, str]) -> bool:
    tools = framework.starter.tools if framework.starter else ()
    missing = [tool.name for tool in find_tools(tools, environment) if not tool.path]
    if missing:
        _say(f"{framework.id}: skipped, because {' and '.join(missing)} was not found")
    return not missing


def _verify(
    template: Path,
    rows: Sequence[Row],
    folder: Path,
    environment: Mapping[str, str],
    asked: argparse.Namespace,
) -> tuple[Verification, ...]:
    """Make every project here, because that takes signals, and verify them at the same time.

    But the first alone, and it alone with the strengths: their bounds are times.
    """
    first, *others = (
        Job(
            sample=_sample(template, folder / template.name / str(number), row, environment),
            row=row,
            database_url=asked.database_url if row.get("database") == "postgresql" else None,
        )
        for number, row in enumerate(rows)
    )
    stopped = Event()
    with ThreadPoolExecutor(asked.workers) as pool:
        try:
            alone = pool.submit(_verify_job, first, environment, stopped).result()
            more = pool.map(lambda job: _verify_job(job, environment, stopped, _WITHOUT_STRENGTHS), others)
            outcome = (alone, *more)
        except BaseException:
            stopped.set()
            raise
    return outcome


def _sample(template: Path, folder: Path, row: Row, environment: Mapping[str, str]) -> Sample:
    given = {name: value for name, value in row.items() if value != _DEFAULT}
    return make_sample(template, folder / str(row["project_slug"]), given, environment=environment)


def _verify_job(
    job: Job, environment: Mapping[str, str], stopped: Event, only: Sequence[str] = STEPS
) -> Verification:
    def look(_: object) -> None:
        if stopped.is_set():
            raise InterruptedError

    verification = verify_project(
        job.sample.root,
        framework=job.sample.framework,
        environment=environment,
        only=only,
        database_url=job.database_url,
        on_check=look,
        on_line=look,
    )
    _say(_summary(job, verification))
    return verification


def _summary(job: Job, verification: Verification) -> str:
    options = " ".join(f"{name}={value}" for name, value in job.row.items() if name != "description")
    seconds = sum(check.seconds for check in verification.checks)
    bad = [check for check in verification.checks if check.outcome in {"failed", "warned"}]
    head = f"{len(verification.checks)} checks, {len(bad)} not passed, {seconds:.0f} s: {options}"
    return "\n".join((f"{job.sample.framework.id}: {head}", *map(_explained, bad)))


def _explained(check: Check) -> str:
    lines = (
        f"{check.outcome} {check.id}: expected {check.expected}, found {check.found}",
        *check.detail.splitlines(),
    )
    return "\n".join(f"    {line}" for line in lines)


def _write(template: Path, digest: str, outcome: Sequence[Verification], asked: argparse.Namespace) -> None:
    tools = {tool.name: tool.version for tool in outcome[0].tools}
    if asked.database_url:
        tools["postgresql"] = server_version(asked.database_url)
    record = VerificationRecord(
        date=asked.record,
        version=starter_of(read_framework(template)).version,
        digest=digest,
        system=f"{platform.system()} {platform.machine()}",
        tools=tools,
        rows=len(outcome),
        checks=sum(len(verification.checks) for verification in outcome),
        warned=_ids(outcome, "warned"),
        failed=_ids(outcome, "failed"),
    )
    (template / RECORD).write_text(record_text(record), encoding="utf-8")


def _ids(outcome: Sequence[Verification], word: str) -> tuple[str, ...]:
    checks = (check for verification in outcome for check in verification.checks)
    return tuple(sorted({check.id for check in checks if check.outcome == word}))


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except ScaffoldError as error:
        sys.stderr.write(f"error: {error.message}\n\nhint: {error.hint}\n")
        sys.exit(error.status)
