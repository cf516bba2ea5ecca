"""Verify every template with every pair of options: ``python -m scaffold.verify.matrix``.

python -m scaffold.verify.matrix                       every starter whose tools are here
python -m scaffold.verify.matrix django go             these
python -m scaffold.verify.matrix --changed             those that changed since they were recorded
python -m scaffold.verify.matrix --record 2026-11-22   and write what came of it beside the template
python -m scaffold.verify.matrix --all                 fail when the tools of one are missing
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

from scaffold.catalog import load_frameworks, template_folder
from scaffold.catalog.digest import template_digest
from scaffold.catalog.verification_record import (
    RECORD,
    is_current,
    read_record,
    record_text,
)
from scaffold.errors import ScaffoldError
from scaffold.model.framework import Framework
from scaffold.model.template import VerificationRecord
from scaffold.model.verification import Check, Verification
from scaffold.project import read_declared
from scaffold.toolchain.find import find_tools
from scaffold.verify.pairs import Row, all_pairs
from scaffold.verify.project import verify_project
from scaffold.verify.sample import Sample, make_sample
from scaffold.verify.temporary import temporary_folder

NAMES = ("the-quick-brown-fox-jumps-over-the-lazy-dog-and-runs-far-away-ok", "x")
"""Of projects: one of the greatest length, and the shortest."""
TEXTS = ("A place to buy things", "Quotes \" ' `, \\ and {{ 7*7 }} {% x %} ${HOME} <b>&amp;</b> 📦")


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One row of options of one template, made and not yet verified."""

    sample: Sample
    row: Row


def rows_of(template: Path) -> tuple[Row, ...]:
    """Return the sets of options to verify a template with."""
    options: dict[str, Sequence[str | bool]] = {"project_slug": NAMES, "description": TEXTS}
    for variable in read_declared(template).variables:
        if variable.choices:
            options[variable.name] = variable.choices
        elif isinstance(variable.default, bool):
            options[variable.name] = (variable.default, not variable.default)
    return all_pairs(options)


def main(arguments: Sequence[str]) -> int:
    """Verify, and return 1 when a check failed, or with ``--all`` a template could not be verified."""
    asked = _parse(arguments)
    environment = dict(os.environ)
    chosen = _chosen(asked)
    ready = [framework for framework in chosen if _has_tools(framework, environment)]
    failed = asked.all and len(ready) < len(chosen)
    with temporary_folder() as folder:
        for framework in ready:
            # Before, because somebody may be at work on the template meanwhile.
            digest = template_digest(template_folder(framework.id))
            outcome = _verify(framework, folder, environment, asked.workers)
            failed = failed or any(_ids(outcome, "failed"))
            if asked.record:
                _write(framework, digest, outcome, asked.record)
    return int(failed)


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m scaffold.verify.matrix", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("ids", nargs="*", metavar="ID")
    parser.add_argument(
        "--changed", action="store_true", help="only templates that changed since their record"
    )
    parser.add_argument(
        "--record", type=date.fromisoformat, metavar="DATE", help="write verified.toml with this date"
    )
    parser.add_argument("--all", action="store_true", help="fail when a template's tools are missing")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, metavar="N")
    return parser.parse_args(arguments)


def _chosen(asked: argparse.Namespace) -> list[Framework]:
    known = load_frameworks()
    for id in asked.ids:
        template_folder(id)
    return [
        framework
        for framework in known.values()
        if framework.starter and (not asked.ids or framework.id in asked.ids) and _is_due(framework, asked)
    ]


def _is_due(framework: Framework, asked: argparse.Namespace) -> bool:
    folder = template_folder(framework.id)
    record = read_record(folder)
    return not (asked.changed and record and is_current(record, folder))


def _has_tools(framework: Framework, environment: Mapping[str, str]) -> bool:
    tools = framework.starter.tools if framework.starter else ()
    missing = [tool.name for tool in find_tools(tools, environment) if not tool.path]
    if missing:
        _say(f"{framework.id}: skipped, because {' and '.join(missing)} was not found")
    return not missing


def _verify(
    framework: Framework, folder: Path, environment: Mapping[str, str], workers: int
) -> tuple[Verification, ...]:
    """Make every project here, because that takes signals, and verify them at the same time."""
    template = template_folder(framework.id)
    rows = rows_of(template)
    jobs = [
        Job(
            sample=make_sample(template, folder / framework.id / str(number) / str(row["project_slug"]), row),
            row=row,
        )
        for number, row in enumerate(rows)
    ]
    stopped = Event()
    with ThreadPoolExecutor(workers) as pool:
        try:
            return tuple(pool.map(lambda job: _verify_job(job, environment, stopped), jobs))
        except BaseException:
            stopped.set()
            raise


def _verify_job(job: Job, environment: Mapping[str, str], stopped: Event) -> Verification:
    def look(_: object) -> None:
        if stopped.is_set():
            raise InterruptedError

    verification = verify_project(
        job.sample.root, framework=job.sample.framework, environment=environment, on_check=look, on_line=look
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


def _write(framework: Framework, digest: str, outcome: Sequence[Verification], on: date) -> None:
    folder = template_folder(framework.id)
    record = VerificationRecord(
        date=on,
        version=framework.starter.version if framework.starter else "",
        digest=digest,
        system=f"{platform.system()} {platform.machine()}",
        tools={tool.name: tool.version for tool in outcome[0].tools},
        rows=len(outcome),
        checks=sum(len(verification.checks) for verification in outcome),
        warned=_ids(outcome, "warned"),
        failed=_ids(outcome, "failed"),
    )
    (folder / RECORD).write_text(record_text(record), encoding="utf-8")


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
