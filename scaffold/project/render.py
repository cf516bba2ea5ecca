"""Rendering: from the files of a template to the files of a project.

The result is, byte for byte, what plain cookiecutter makes of the template. Each
file is read once, looked at before it is rendered, and written once.
"""

from collections.abc import Iterable
from hashlib import sha256
from io import BytesIO, TextIOWrapper
from pathlib import Path

from scaffold.errors import TemplateProblem
from scaffold.model.plan import PlannedFile
from scaffold.project import template_language
from scaffold.project.confined_fs import Folder
from scaffold.project.template_files import PROJECT
from scaffold.project.variables import Declared, VariableValues


def render(
    template: Path, files: Iterable[PlannedFile], declared: Declared, context: VariableValues, project: Folder
) -> dict[str, str]:
    """Render and copy ``files`` into ``project``; return the SHA-256 of each file, by path."""
    source = Folder(template / PROJECT)
    hashes: dict[str, str] = {}
    for file in files:
        if file.source:
            made = source.read(file.source)
            if file.origin == "rendered":
                made = _rendered(made, file.source, context, declared)
            project.write(file.path, made, mode=_mode(file))
            hashes[file.path] = sha256(made).hexdigest()
    return hashes


def _rendered(content: bytes, source: str, context: VariableValues, declared: Declared) -> bytes:
    text = _decoded(content, source)
    made = template_language.rendered(text, source, context, declared.settings)
    return made.replace("\n", _line_end(content)).encode()


def _line_end(content: bytes) -> str:
    """Return the line end that cookiecutter gives a file: its own, and one of them when they are mixed."""
    with TextIOWrapper(BytesIO(content), encoding="utf-8") as file:
        file.readline()
        found = file.newlines or "\n"
    return found if isinstance(found, str) else found[0]


def _decoded(content: bytes, source: str) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        raise TemplateProblem(
            f"{source} has braces and is not UTF-8",
            hint="List it in _copy_without_render, or save it as UTF-8",
        ) from error


def _mode(file: PlannedFile) -> int:
    return 0o777 if file.executable else 0o666
