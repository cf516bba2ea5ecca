"""What is verified: a project, the steps that were asked for, and the workspaces of its commands."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from scaffold.model.framework import Starter
from scaffold.verify.command import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A project and where its commands run: at work on it, in production, and in a bare ``copy``.

    ``lacks`` says, by what a check may need, why this project does not have it. ``database`` is
    the file of the SQLite database in production, or None; ``copy_database`` its URL for the copy.
    """

    starter: Starter
    steps: frozenset[str]
    work: Workspace
    production: Workspace
    copy: Workspace
    copy_database: str
    lacks: Mapping[str, str]
    password: str
    database: Path | None

    @property
    def has_accounts(self) -> bool:
        """Whether people can log in over HTTP."""
        return "login" not in self.lacks


def lacks_of(starter: Starter, variables: Mapping[str, object]) -> dict[str, str]:
    """Return what a project does not have that checks may need, each with the reason."""
    lacks = {}
    if variables.get("example", True) is False:
        lacks["example"] = "the project was made without the example"
    if starter.pages is None:
        lacks["pages"] = "the template names no pages"
    elif not starter.pages.fields:
        lacks["form"] = "the pages have no form"
    if starter.login is None or variables.get("accounts", False) is False:
        lacks["login"] = "the project has no accounts"
    elif starter.login.kind == "ddp":
        lacks["login"] = lacks["pages"] = "nobody logs in over HTTP here"
    if "login" not in lacks:
        lacks["basic"] = "people log in by a form"
    return lacks
