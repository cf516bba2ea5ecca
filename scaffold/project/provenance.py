"""``.scaffold.toml``: where a project came from, what it was made with, and how to make it again."""

import re
import shlex
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from scaffold.catalog import check_built_in, load_framework, template_folder
from scaffold.errors import InvalidInput
from scaffold.model.answers import Value
from scaffold.model.framework import Framework
from scaffold.model.plan import Plan
from scaffold.project.variables import project_starter
from scaffold.regular_file import read_regular_file
from scaffold.text import printable, why_unread
from scaffold.toml import TomlValue, toml_document

PROVENANCE = ".scaffold.toml"
DECISION = "docs/decisions/0001-framework.md"
FORMAT = 2
"""Of the provenance file. Format 1 was never published."""

_MAX_BYTES = 1 << 20  # a project of 5,000 files has half of that
_HEAD = "Where this project came from: `scaffold verify` reads it, the application does not."


class Provenance(NamedTuple):
    """What a project says of where it came from, and was made with; ``digest`` is the template's."""

    template: str
    version: str
    digest: str
    contract: int
    variables: Mapping[str, str | bool]


def provenance_text(plan: Plan, hashes: Mapping[str, str]) -> str:
    """Return the provenance file of a project; equal plans and files give equal text.

    ``hashes`` are those of all files but the ones with secrets, which it does not name.
    """
    tables: dict[str, Mapping[str, TomlValue]] = {
        "scaffold": {
            "format": FORMAT,
            "version": plan.scaffold_version,
            "reproduce": plan.reproduce,
            "lock": plan.lock,
            "contract": plan.contract,
        },
        "template": {
            "id": plan.template,
            "version": plan.template_version,
            "digest": plan.template_digest,
        },
        "variables": plan.variables,
        "answers": dict(sorted(plan.answers.items())),
        "files": dict(sorted(hashes.items())),
    }
    return toml_document(_HEAD, tables)


def reproduce_command(template: str, settings: Mapping[str, Value], directory: str) -> str:
    """Return the command that makes the same project again, wherever it is typed."""
    words = ["scaffold", "new", as_argument(directory), "-t", template, "-y"]
    words += [word for key, value in settings.items() for word in ("--set", f"{key}={_typed(value)}")]
    return shlex.join(words)


def as_argument(directory: str) -> str:
    """Return a folder as a command can be given it, which takes a hyphen at the start for an option."""
    return f"./{directory}" if directory.startswith("-") else directory


def _typed(value: Value) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return value if isinstance(value, str) else ",".join(value)


def read_provenance(directory: Path) -> Provenance:
    """Return where the project in ``directory`` came from, or raise InvalidInput that says why not."""
    path = directory / PROVENANCE
    try:
        return _provenance(path, read_regular_file(path, _MAX_BYTES).decode("utf-8-sig"))
    except FileNotFoundError as error:
        raise InvalidInput(
            f"{directory} is no project made by scaffold: it has no {PROVENANCE}",
            hint="Give the folder of a project, or --url for a running service",
        ) from error
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise InvalidInput(
            f"{path} does not say which template made the project: {_reason(error)}",
            hint="Restore the file from the project's history",
        ) from error


def _reason(error: Exception) -> str:
    if isinstance(error, KeyError):
        return f"`{error.args[0]}` is missing"
    if isinstance(error, TypeError | AttributeError):
        return "it has a text or a number where a table should be"
    return why_unread(error)


def framework_of(directory: Path, template: str | None = None) -> Framework:
    """Return the framework that the project in ``directory`` was made with, its commands as they are there.

    ``template`` is an id or a path; without it only built-in templates are looked
    up, because the project may be anybody's. Raises InvalidInput when there is
    none, or it is another one.
    """
    provenance = read_provenance(directory)
    made_by = provenance.template
    if not template:
        check_built_in(made_by)
    framework = load_framework(template or made_by)
    if framework.id != made_by:
        raise InvalidInput(
            f"{directory} was made by `{printable(made_by)}`, not by `{framework.id}`",
            hint="Name the folder of that template",
        )
    if framework.starter is None:
        return framework
    starter = project_starter(framework.starter, template_folder(template or made_by), provenance.variables)
    return framework._replace(starter=starter)


def _provenance(path: Path, text: str) -> Provenance:
    _refuse_conflicts(path, text)
    document = tomllib.loads(text)
    _check_format(path, document["scaffold"])
    template = document["template"]
    return Provenance(
        template=str(template["id"]),
        version=str(template["version"]),
        digest=str(template["digest"]),
        contract=int(document["scaffold"]["contract"]),
        variables=dict(document["variables"]),
    )


def _refuse_conflicts(path: Path, text: str) -> None:
    marker = re.search(r"^(<{7}|>{7})( |$)", text, re.MULTILINE)
    if marker:
        line = text.count("\n", 0, marker.start()) + 1
        raise InvalidInput(
            f"{path}:{line} holds the marks of a merge that is not finished",
            hint="Decide which side is right, and remove the marks",
        )


def _check_format(path: Path, about: Mapping[str, object]) -> None:
    found = about.get("format")
    if found == FORMAT:
        return
    if isinstance(found, int) and found > FORMAT:
        raise InvalidInput(
            f"{path} has format {found}: it was made by a newer scaffold", hint="Install the newest scaffold"
        )
    again = str(about.get("reproduce", "scaffold new DIRECTORY -t ID"))
    raise InvalidInput(
        f"{path} has no format that can be read: it was made before the first release",
        hint=f"Make the project anew: {again}",
    )
