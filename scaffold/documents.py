"""The JSON documents that the commands print; ``schemas/`` has a JSON Schema for each."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, is_dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scaffold.errors import InvalidInput
from scaffold.model.plan import Plan

if TYPE_CHECKING:
    from scaffold.model.project import Project
    from scaffold.model.recommendation import Recommendation
    from scaffold.model.template import Template
    from scaffold.model.verification import Verification

Document = dict[str, Any]


def as_document(value: object) -> Document:
    """Return a value as the document that a command prints of it; InvalidInput when there is none."""
    write = _WRITERS.get(type(value).__name__)
    if write is None:
        names = ", ".join(_WRITERS)
        raise InvalidInput(
            f"There is no document of a {type(value).__name__}", hint=f"There is one of {names}"
        )
    return write(value)


def plan_document(plan: Plan) -> Document:
    """Return the plan, with the size of every file that holds no secret."""
    from scaffold.project import render

    sizes = {file.path: len(file.content) for file in render(plan)}
    files = [{**_plain(file), "size": sizes.get(file.path)} for file in plan.files]
    hidden = {"decision", "secrets", "template_folder"}
    return {"schema": "scaffold.plan/1", **_plain(plan, without=hidden), "files": files}


def project_document(project: "Project") -> Document:
    """Return what was made."""
    return {"schema": "scaffold.project/1", **_plain(project)}


def verification_document(verification: "Verification") -> Document:
    """Return what was checked, and whether all of it passed."""
    failed = any(check.outcome == "failed" for check in verification.checks)
    return {"schema": "scaffold.verification/1", "passed": not failed, **_plain(verification)}


def template_document(template: "Template") -> Document:
    """Return everything about a template."""
    return {"schema": "scaffold.template/1", **_plain(template)}


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


def _plain(value: Any, *, without: frozenset[str] | set[str] = frozenset()) -> Any:  # noqa: ANN401 - any value of ours
    """Return a value in the types that JSON has."""
    if is_dataclass(value) and not isinstance(value, type):
        value = {name: part for name, part in asdict(value).items() if name not in without}
    if isinstance(value, Mapping):
        return {str(key): _plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return str(value) if isinstance(value, date | Path) else value
