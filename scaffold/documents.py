"""The JSON documents that the commands print; ``schemas/`` has a JSON Schema for each."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scaffold.errors import InvalidInput, ScaffoldError

if TYPE_CHECKING:
    from scaffold.model.framework import Framework
    from scaffold.model.plan import Plan, RenderedFile
    from scaffold.model.project import Project
    from scaffold.model.recommendation import Recommendation
    from scaffold.model.template import Template
    from scaffold.model.verification import FoundTool, Verification

Document = dict[str, Any]
_LISTED = ("id", "name", "language", "kind", "summary", "release", "supported_until", "checked_on")


def as_document(value: object) -> Document:
    """Return a value as the document that a command prints of it; InvalidInput when there is none."""
    if isinstance(value, ScaffoldError):
        return error_document(value)
    write = _WRITERS.get(type(value).__name__)
    if write is None:
        names = ", ".join((*_WRITERS, "ScaffoldError"))
        raise InvalidInput(
            f"There is no document of a {type(value).__name__}", hint=f"There is one of {names}"
        )
    return write(value)


def error_document(error: ScaffoldError) -> Document:
    """Return the fact, what to do next, and the exit status."""
    parts = {"message": error.message, "hint": error.hint, "status": int(error.status)}
    return {"schema": "scaffold.error/1", "error": parts}


def list_document(frameworks: Iterable["Framework"], today: date) -> Document:
    """Return an entry for each framework, with the last verification of its starter as it is now."""
    return {"schema": "scaffold.list/1", "templates": [_entry(framework, today) for framework in frameworks]}


def doctor_document(found: Mapping[str, Sequence["FoundTool"]]) -> Document:
    """Return the tools that each template needs, and what is here."""
    return {"schema": "scaffold.doctor/1", "tools": _plain(found)}


def new_document(
    plan: Document, project: "Project", verification: "Verification | None", next_steps: Sequence[str]
) -> Document:
    """Return what was planned and made, how it was verified, and the commands that come next."""
    return {
        "schema": "scaffold.new/1",
        "plan": plan,
        "project": project_document(project),
        "verification": verification_document(verification) if verification else None,
        "next": list(next_steps),
    }


def plan_document(plan: "Plan", rendered: "Iterable[RenderedFile] | None" = None) -> Document:
    """Return the plan, with the size of every file that holds no secret, and what becomes of each.

    Renders it unless that is done, and looks at what exists.
    """
    from scaffold.project import render
    from scaffold.project.fill import sort_files
    from scaffold.project.git import without_kept

    rendered = tuple(rendered or render(plan))
    sizes = {file.path: len(file.content) for file in rendered}
    project = sort_files(plan, rendered)
    outcomes = {
        **dict.fromkeys(project.created, "created"),
        **dict.fromkeys(project.skipped, "kept"),
        **dict.fromkeys(project.overwritten, "replaced"),
    }
    files = [
        {**_plain(file), "size": sizes.get(file.path), "outcome": outcomes.get(file.path, "unchanged")}
        for file in plan.files
    ]
    hidden = {"decision", "secrets", "template_folder", "tools"}
    return {
        "schema": "scaffold.plan/1",
        **_plain(without_kept(plan, project.skipped), without=hidden),
        "files": files,
        "backup": _plain(project.backup),
    }


def project_document(project: "Project") -> Document:
    """Return what was made."""
    return {"schema": "scaffold.project/1", **_plain(project)}


def verification_document(verification: "Verification") -> Document:
    """Return what was checked, and whether all of it passed."""
    failed = any(check.outcome == "failed" for check in verification.checks)
    return {"schema": "scaffold.verification/1", "passed": not failed, **_plain(verification)}


def template_document(template: "Template") -> Document:
    """Return everything about a template, and the strengths that its starter leaves to its users."""
    from scaffold.model.framework import STRENGTHS

    starter = template.framework.starter
    left = [each for each in STRENGTHS if starter and each not in starter.strengths]
    return {"schema": "scaffold.template/1", **_plain(template), "leaves_to_you": left}


def recommendation_document(recommendation: "Recommendation") -> Document:
    """Return the whole recommendation, with the facts and evidence it rests on."""
    from scaffold.catalog import load_frameworks, load_knowledge
    from scaffold.report.objects import recommendation_object

    return recommendation_object(recommendation, load_frameworks(), load_knowledge())


# By the names of the types, so that none is imported for the sake of another.
_WRITERS: Mapping[str, Callable[[Any], Document]] = {
    "Plan": plan_document,
    "Project": project_document,
    "Recommendation": recommendation_document,
    "Template": template_document,
    "Verification": verification_document,
}


def _entry(framework: "Framework", today: date) -> Document:
    from scaffold.catalog import template_folder
    from scaffold.catalog.verification_record import current_record
    from scaffold.model.age import long_ago

    version = framework.starter and framework.starter.version
    record = current_record(template_folder(framework.id), version) if version else None
    return {
        **_plain({name: getattr(framework, name) for name in _LISTED}),
        "overdue": long_ago(framework.checked_on, "release", today) or None,
        "starter": version,
        "verified": record and _plain({name: getattr(record, name) for name in ("date", "system", "tools")}),
    }


def _plain(value: Any, *, without: frozenset[str] | set[str] = frozenset()) -> Any:  # noqa: ANN401 - any value of ours
    """Return a value in the types that JSON has."""
    if is_dataclass(value):
        value = {field.name: getattr(value, field.name) for field in fields(value)}
    elif hasattr(value, "_asdict"):
        value = value._asdict()
    if isinstance(value, Mapping):
        return {str(key): _plain(part) for key, part in value.items() if key not in without}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return str(value) if isinstance(value, date | Path) else value
