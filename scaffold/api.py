"""The functions of ``import scaffold``: what a program can do with it. docs/api.md shows each in use.

Nothing here prints, asks, reads an environment variable to decide something, or changes the
process; errors are ScaffoldErrors. Only ``create`` and ``verify`` write.
"""

import os
from collections.abc import Callable, Collection, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from scaffold.errors import (
    ConflictsLeft,
    EnvironmentProblem,
    ExitStatus,
    InvalidInput,
    ScaffoldError,
    TargetRefused,
    TemplateProblem,
)
from scaffold.model.answers import Choice, Question, Value
from scaffold.model.framework import Framework
from scaffold.model.knowledge import Knowledge
from scaffold.model.plan import OnConflict, Plan, PlannedFile, RenderedFile
from scaffold.model.project import Project
from scaffold.model.recommendation import Candidate, Recommendation
from scaffold.model.template import Template
from scaffold.model.verification import Check, Verification
from scaffold.report import Explain, Format, Reporter

__all__ = [
    "Candidate",
    "Check",
    "Choice",
    "ConflictsLeft",
    "EnvironmentProblem",
    "ExitStatus",
    "InvalidInput",
    "Plan",
    "PlannedFile",
    "Project",
    "Question",
    "Recommendation",
    "RenderedFile",
    "ScaffoldError",
    "TargetRefused",
    "Template",
    "TemplateProblem",
    "Verification",
    "as_json",
    "create",
    "plan",
    "questions",
    "recommend",
    "render",
    "report",
    "templates",
    "verify",
]


def questions() -> tuple[Question, ...]:
    """Return the questions of the interview."""
    from scaffold.interview.questions import QUESTIONS

    return QUESTIONS


def templates() -> tuple[Template, ...]:
    """Return every template, sorted by id."""
    from scaffold.catalog import load_frameworks, load_template

    return tuple(load_template(id) for id in load_frameworks())


def recommend(answers: Mapping[str, Value]) -> Recommendation:
    """Return the ranking for answers to :func:`questions` and its reasons; what is not answered stays open.

    Raises InvalidInput for a key or a value that is none, with the nearest right one.
    """
    return recommend_among(answers)


def report(recommendation: Recommendation, format: Format = "text", *, explain: Explain | None = None) -> str:
    """Return the report on a recommendation in a format: as much of it as ``explain`` says."""
    return reporter(format).report(recommendation, explain)


def plan(  # noqa: PLR0913 - what a caller may decide
    template: str,
    directory: str | os.PathLike[str],
    variables: Mapping[str, Value] | None = None,
    *,
    recommendation: Recommendation | None = None,
    on_conflict: OnConflict = "refuse",
    git: bool = True,
    lock: bool = True,
) -> Plan:
    """Return every file, secret and step of a project, decided; looks at the target and writes nothing."""
    from scaffold.catalog import load_framework, template_folder
    from scaffold.project import check_target, plan_project, project_variables

    framework, folder = load_framework(template), template_folder(template)
    target = check_target(Path(directory), on_conflict)
    chosen = project_variables(framework, folder, variables or {}, target.name)
    return plan_project(
        framework,
        folder,
        chosen,
        target,
        answers=recommendation.answers if recommendation else None,
        decision=decision_record(recommendation, framework.id) if recommendation else None,
        git=git,
        lock=lock,
        on_conflict=on_conflict,
    )


def render(plan: Plan) -> Mapping[str, RenderedFile]:
    """Return the files of a project by path, but for those with secrets; nothing is written."""
    from scaffold.project import render as render_files

    return {file.path: file for file in render_files(plan)}


def create(plan: Plan) -> Project:
    """Make the project, whole or not at all, with its lock files and its first commit."""
    from secrets import token_bytes

    from scaffold.project import create_project

    return create_project(plan, token_bytes=token_bytes, environment=os.environ)


def verify(
    directory: str | os.PathLike[str],
    *,
    template: str | None = None,
    only: Collection[str] | None = None,
    on_check: Callable[[Check], None] | None = None,
    environment: Mapping[str, str] | None = None,
) -> Verification:
    """Run the project's own commands and check what they do; ``on_check`` gets each check as it ends.

    ``template`` is the path of the template when it is not a built-in one: its commands are run.
    """
    from scaffold.project import framework_of
    from scaffold.verify import verify_project

    framework = framework_of(Path(directory), template)
    surroundings = os.environ if environment is None else environment
    return verify_project(
        Path(directory), framework=framework, environment=surroundings, only=only, on_check=on_check
    )


def as_json(value: object) -> dict[str, Any]:
    """Return a value that one of these functions gave as the document that the command prints of it."""
    from scaffold.documents import as_document

    return as_document(value)


@cache
def _catalog() -> tuple[Mapping[str, Framework], Mapping[str, Knowledge]]:
    from scaffold.catalog import load_frameworks, load_knowledge

    return load_frameworks(), load_knowledge()


def recommend_among(answers: Mapping[str, Value], ids: Collection[str] = ()) -> Recommendation:
    """Return the recommendation of today, among all frameworks or those with these ids.

    For the command line, as are ``reporter`` and ``decision_record``: no part of ``import scaffold``.
    """
    from scaffold.catalog import load_languages
    from scaffold.clock import today
    from scaffold.interview.gather import check_answers
    from scaffold.recommend import recommend as rank

    frameworks, knowledge = _catalog()
    return rank(
        check_answers(questions(), answers),
        frameworks=frameworks,
        knowledge={id: known for id, known in knowledge.items() if not ids or id in ids},
        languages=load_languages(),
        questions=questions(),
        today=today(),
    )


def reporter(format: Format = "text", given: str | None = "", columns: int = 80) -> Reporter:
    """Return what writes the reports; ``given`` is as in Reporter."""
    frameworks, knowledge = _catalog()
    return Reporter(
        questions=questions(),
        frameworks=frameworks,
        knowledge=knowledge,
        format=format,
        columns=columns,
        given=given,
    )


def decision_record(recommendation: Recommendation, framework: str) -> str:
    """Return the record for a project, empty when nothing was recommended or the framework is not ranked."""
    if recommendation.status == "insufficient" or framework not in _catalog()[1]:
        return ""
    return reporter("markdown").decision_record(recommendation, framework)
