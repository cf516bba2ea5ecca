"""Rendering, the only module that knows cookiecutter.

cookiecutter gets a copy of the template that holds only what has to be
rendered, and a context in which nothing is left to evaluate. Each file was
checked before; hooks and extensions are not passed on.
"""

from collections.abc import Iterable
from pathlib import Path

from scaffold.errors import TemplateProblem
from scaffold.project import language
from scaffold.project.beneath import Folder
from scaffold.project.contents import PROJECT, Content
from scaffold.project.stage import Stage
from scaffold.project.variables import Declared, Values


def render(
    template: Path, contents: tuple[Content, ...], declared: Declared, context: Values, stage: Stage
) -> Path:
    """Render and copy ``contents`` into a new folder of the stage, and return it."""
    source = Folder(template / PROJECT)
    _copy_clean(source, contents, declared, context, stage.template)
    settings = {"_jinja2_env_vars": dict(declared.settings)}
    project = _generate(stage.template, stage.rendered, {**context, **settings})
    finished = Folder(project)
    for content in contents:
        if not content.rendered:
            finished.write(content.path, source.read(content.source), mode=_mode(content))
    _check_output(finished, contents)
    return project


def _copy_clean(
    source: Folder, contents: Iterable[Content], declared: Declared, context: Values, clean: Path
) -> None:
    (clean / PROJECT).mkdir(parents=True)
    copy = Folder(clean / PROJECT)
    for content in contents:
        if content.rendered:
            text = source.read(content.source)
            language.check_text(_decoded(text, content.source), content.source, context, declared.settings)
            copy.write(content.source, text, mode=_mode(content))


def _generate(clean: Path, output: Path, context: dict[str, object]) -> Path:
    from cookiecutter.exceptions import CookiecutterException  # type: ignore[import-untyped]
    from cookiecutter.generate import generate_files  # type: ignore[import-untyped]
    from jinja2 import TemplateError

    try:
        return Path(generate_files(clean, {"cookiecutter": context}, output, accept_hooks=False))
    except (CookiecutterException, TemplateError, UnicodeError) as error:
        raise TemplateProblem(
            f"The template cannot be rendered: {error}", hint="This is a mistake in the template"
        ) from error


def _check_output(finished: Folder, contents: Iterable[Content]) -> None:
    """Compare what was rendered with what was planned, file by file."""
    found = {entry.path for entry in finished.files()}
    planned = {content.path for content in contents}
    if found != planned:
        raise TemplateProblem(
            f"The template gave other files than planned: {', '.join(sorted(found ^ planned))}",
            hint="This is a mistake in the template",
        )


def _decoded(content: bytes, source: str) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        raise TemplateProblem(
            f"{source} has braces and is not UTF-8",
            hint="List it in _copy_without_render, or save it as UTF-8",
        ) from error


def _mode(content: Content) -> int:
    return 0o777 if content.executable else 0o666
