"""Rendering: from a plan to the files of a project, in memory.

What is yielded is, byte for byte, what plain cookiecutter makes of the template.
A dry run shows it and creation writes it; nothing here writes anything.
"""

from collections.abc import Iterator
from hashlib import sha256
from io import BytesIO, TextIOWrapper

from scaffold.catalog.cookiecutter_json import Declared, read_declared
from scaffold.catalog.digest import template_digest
from scaffold.errors import TemplateProblem
from scaffold.model.plan import Plan, RenderedFile
from scaffold.project import template_language
from scaffold.project.confined_fs import Folder
from scaffold.project.gitignore import IGNORE, is_in_rules
from scaffold.project.provenance import DECISION, PROVENANCE, provenance_text
from scaffold.project.template_files import PROJECT
from scaffold.project.variables import VariableValues, finished_context


def render(plan: Plan) -> Iterator[RenderedFile]:
    """Yield every file of a project but those with secrets; last ``.scaffold.toml``, with the others' hashes.

    Raises TemplateProblem when the template cannot be read or rendered, is not what was planned with, or
    leaves a secret to git.
    """
    hashes: dict[str, str] = {}
    rules = b""
    for file in _template_files(plan):
        hashes[file.path] = sha256(file.content).hexdigest()
        rules = file.content if file.path == IGNORE else rules
        yield file
    _check_ignored(plan, rules)
    if plan.decision:
        decision = _written(DECISION, plan.decision)
        hashes[DECISION] = sha256(decision.content).hexdigest()
        yield decision
    yield _written(PROVENANCE, provenance_text(plan, hashes))


def _check_ignored(plan: Plan, rules: bytes) -> None:
    for secret in plan.secrets:
        if not is_in_rules(rules, secret.file):
            raise TemplateProblem(
                f"The template's {IGNORE} has no line that names `{secret.file}`, which holds secrets",
                hint=f"Add the line `/{secret.file}` at its end",
            )


def _template_files(plan: Plan) -> Iterator[RenderedFile]:
    if template_digest(plan.template_folder) != plan.template_digest:
        raise TemplateProblem(
            f"The template `{plan.template}` has changed since this was planned", hint="Plan it once more"
        )
    declared = read_declared(plan.template_folder)
    context = finished_context(declared, plan.variables)
    source = Folder(plan.template_folder / PROJECT)
    for file in plan.files:
        if file.origin == "rendered":
            content = _rendered(source.read(file.source), file.source, context, declared)
            yield RenderedFile(path=file.path, content=content, executable=file.executable, origin="rendered")
        elif file.origin == "copied":
            content = source.read(file.source)
            yield RenderedFile(path=file.path, content=content, executable=file.executable, origin="copied")


def _written(path: str, text: str) -> RenderedFile:
    return RenderedFile(path=path, content=text.encode(), executable=False, origin="written")


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
