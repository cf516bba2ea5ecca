"""A project made from a template to look at: for tests of templates, and for the matrix."""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from scaffold.catalog import starter_of
from scaffold.catalog.knowledge import check_claims, read_knowledge
from scaffold.catalog.template import read_framework
from scaffold.errors import TemplateProblem
from scaffold.model.framework import Framework
from scaffold.model.verification import Verification
from scaffold.project import (
    check_target,
    create_project,
    plan_project,
    project_starter,
    project_variables,
)
from scaffold.project.template_files import PROJECT
from scaffold.text import printable
from scaffold.verify.project import verify_project

PLACEHOLDER = re.compile(r"(?i:cookiecutter|lorem ipsum)|\{%-? *(raw|endraw)|\b(TODO|FIXME|XXX)\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A project made from a starter; each claim about it raises AssertionError when it is wrong."""

    root: Path
    framework: Framework
    files: tuple[str, ...]

    def text_of(self, path: str) -> str:
        """Return the content of a file."""
        self.contains_files(path)
        return (self.root / path).read_text(encoding="utf-8")

    def contains_files(self, *paths: str) -> Self:
        """Claim that every path is a file of the project."""
        missing = [path for path in paths if path not in self.files]
        assert not missing, f"not in the project: {', '.join(missing)}"  # noqa: S101 - a claim of a test
        return self

    def lacks_files(self, *paths: str) -> Self:
        """Claim that no path is a file of the project, nor a folder of it."""
        there = [file for file in self.files for path in paths if file == path or file.startswith(f"{path}/")]
        assert not there, f"in the project: {', '.join(there)}"  # noqa: S101 - a claim of a test
        return self

    def has_no_placeholder(self) -> Self:
        """Claim that nothing is left to fill in, neither for the template nor for a person."""
        found = [f"{file}: {text[0]}" for file in self.files if (text := self._placeholder(file))]
        assert not found, f"left to fill in: {'; '.join(found)}"  # noqa: S101 - a claim of a test
        return self

    def executable(self, *paths: str) -> Self:
        """Claim that every path is a program."""
        self.contains_files(*paths)
        plain = [path for path in paths if not (self.root / path).stat().st_mode & 0o100]
        assert not plain, f"not executable: {', '.join(plain)}"  # noqa: S101 - a claim of a test
        return self

    def verified(self, environment: Mapping[str, str], *only: str) -> Verification:
        """Claim that nothing fails, in the steps ``only`` or in all, and return the verification."""
        verification = verify_project(
            self.root, framework=self.framework, environment=environment, only=only or None
        )
        failed = [
            f"{check.id}: expected {check.expected}, found {check.found}\n{check.detail}"
            for check in verification.checks
            if check.outcome == "failed"
        ]
        assert not failed, "\n\n".join(failed)  # noqa: S101 - a claim of a test
        return verification

    def _placeholder(self, file: str) -> re.Match[str] | None:
        text = (self.root / file).read_bytes().decode("utf-8", "replace")
        return PLACEHOLDER.search(f"{file}\n{text}")


def _check_shown(framework: Framework, project: Path) -> None:
    for claim in framework.starter.claims if framework.starter else ():
        for path in (claim.shows, claim.test):
            if not (project / path.partition("::")[0]).exists():
                raise TemplateProblem(
                    f"{framework.id}/template.toml: claims: {claim.id}: there is no `{printable(path)}`",
                    hint="`shows` and `test` name files of the project",
                )


def make_sample(
    template: Path,
    folder: Path,
    variables: Mapping[str, str | bool],
    *,
    environment: Mapping[str, str] | None = None,
) -> Sample:
    """Make a project in ``folder``, which must not exist, from the template folder with these variables.

    With the ``environment`` of its commands it is what `scaffold new` makes, locked and committed;
    without, its files alone.
    """
    framework = read_framework(template)
    check_claims(framework, read_knowledge(template))
    _check_shown(framework, template / PROJECT)
    target = check_target(folder, "refuse")
    plan = plan_project(
        framework,
        template,
        project_variables(framework, template, variables, folder.name),
        target,
        git=environment is not None,
    )
    starter = project_starter(starter_of(framework), template, plan.variables)
    create_project(plan, token_bytes=secrets.token_bytes, environment=environment or {})
    paths = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    files = sorted(path.as_posix() for path in paths if path.parts[0] != ".git")
    return Sample(root=folder, framework=framework._replace(starter=starter), files=tuple(files))
