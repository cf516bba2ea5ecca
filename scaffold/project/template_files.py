"""The files of a template: which of them a project gets, under which name, and whether they are rendered."""

import fnmatch
import re
import unicodedata
from collections.abc import Collection
from pathlib import Path

from scaffold.catalog.cookiecutter_json import Declared
from scaffold.catalog.options import option_value
from scaffold.errors import TemplateProblem
from scaffold.model.framework import Starter
from scaffold.model.plan import PlannedFile
from scaffold.project.confined_fs import FileEntry, Folder
from scaffold.project.template_language import MARKS
from scaffold.project.variables import VariableValues
from scaffold.text import did_you_mean

PROJECT = "{{cookiecutter.project_slug}}"
"""The folder of a template that becomes the project."""

_VARIABLE = re.compile(r"\{\{ *cookiecutter\.(\w+) *\}\}")
_BYTECODE = ("__pycache__", ".pyc", ".pyo")
_MARKS = tuple(mark.encode() for mark in MARKS)


def read_template_files(
    template: Path,
    entries: Collection[FileEntry],
    starter: Starter,
    declared: Declared,
    context: VariableValues,
) -> tuple[PlannedFile, ...]:
    """Return the files of a project with these values, sorted by path; raises TemplateProblem.

    ``entries`` are those that :func:`list_files` found in ``template``.
    """
    folder = Folder(template / PROJECT)
    omitted = _omitted(starter, context)
    _check_omitted(starter, entries)
    kept = (entry for entry in entries if not _is_beneath(entry.path, omitted))
    found = sorted(
        (_template_file(folder, entry, declared, context) for entry in kept), key=lambda file: file.path
    )
    check_distinct([file.path for file in found])
    return tuple(found)


def list_files(template: Path) -> list[FileEntry]:
    """Return the files of a template's project, unread; raises TemplateProblem, also for too much of them."""
    folder = Folder(template / PROJECT)
    try:
        return [entry for entry in folder.files() if not _is_bytecode(entry.path)]
    except OSError as error:
        raise TemplateProblem(
            f"{error.filename or folder.root}: {error.strerror}", hint="Is the template complete?"
        ) from error


def check_distinct(paths: Collection[str]) -> None:
    """Raise TemplateProblem when two paths are one on a system that ignores case or accents' form."""
    seen: dict[str, str] = {}
    for path in paths:
        key = unicodedata.normalize("NFKC", path).casefold()
        if key in seen:
            raise TemplateProblem(
                f"`{seen[key]}` and `{path}` are one file on some systems", hint="Rename one of them"
            )
        seen[key] = path


def _template_file(
    folder: Folder, entry: FileEntry, declared: Declared, context: VariableValues
) -> PlannedFile:
    copied = _is_copied(entry.path, declared.copied) or not _has_marks(folder, entry.path)
    return PlannedFile(
        path=_path(entry.path, context),
        origin="copied" if copied else "rendered",
        source=entry.path,
        executable=entry.executable,
    )


def _has_marks(folder: Folder, path: str) -> bool:
    content = folder.read(path)
    return any(mark in content for mark in _MARKS)


def _is_copied(path: str, patterns: tuple[str, ...]) -> bool:
    """Say whether a pattern matches the file or a folder it is in, as cookiecutter reads the patterns."""
    parts = path.split("/")
    ways = ["/".join(parts[:length]) for length in range(1, len(parts) + 1)]
    return any(fnmatch.filter(ways, pattern) for pattern in patterns)


def _path(source: str, context: VariableValues) -> str:
    def value(match: re.Match[str]) -> str:
        if match[1] not in context:
            raise TemplateProblem(
                f"{source}: `cookiecutter.{match[1]}` is not in cookiecutter.json",
                hint=f"{did_you_mean(match[1], context)}Declare it there",
            )
        return str(context[match[1]])

    path = _VARIABLE.sub(value, source)
    parts = path.split("/")
    if len(parts) != source.count("/") + 1 or any(not part or part in {".", "..", ".git"} for part in parts):
        raise TemplateProblem(
            f"{source} would be written to `{path}`", hint="A name may only hold simple variables"
        )
    if any(mark in path for mark in MARKS) or set(path) & set('\\:*?"<>|\0\n'):
        raise TemplateProblem(
            f"{source}: a name may only hold simple variables", hint="`{{ cookiecutter.name }}`"
        )
    return path


def _omitted(starter: Starter, context: VariableValues) -> tuple[str, ...]:
    return tuple(
        path
        for id, option in starter.options.items()
        for path in option.omits.get(option_value(context[id]), ())
    )


def _check_omitted(starter: Starter, entries: Collection[FileEntry]) -> None:
    """Refuse an option that leaves out what the template does not have."""
    for id, option in starter.options.items():
        for path in (path for paths in option.omits.values() for path in paths):
            if not any(_is_beneath(entry.path, (path,)) for entry in entries):
                raise TemplateProblem(
                    f"template.toml: options: {id}: omits: the template has no `{path}`",
                    hint=f"{did_you_mean(path, _paths(entries))}Name files or folders of the project",
                )


def _paths(entries: Collection[FileEntry]) -> set[str]:
    """Return the paths of all files and of the folders they are in."""
    parts = [entry.path.split("/") for entry in entries]
    return {"/".join(each[:length]) for each in parts for length in range(1, len(each) + 1)}


def _is_beneath(path: str, roots: tuple[str, ...]) -> bool:
    return any(path == root or path.startswith(f"{root.rstrip('/')}/") for root in roots)


def _is_bytecode(path: str) -> bool:
    return path.endswith(_BYTECODE[1:]) or _BYTECODE[0] in path.split("/")
