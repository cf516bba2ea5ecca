"""The part of Jinja that templates may use: variables, conditions, a few filters on text.

A template is parsed and looked at before anything renders it. What is not on
the list (calls, attributes of attributes, includes, loops, extensions) is a
TemplateProblem, so a template is data and the same answers give the same bytes.

What passes is rendered by cookiecutter's own environment. Of cookiecutter nothing
else is imported: walking, reading and writing are this package's, and its terminal,
hooks and extensions take longer to load than a starter takes to make.
"""

from collections.abc import Collection, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from scaffold.errors import TemplateProblem
from scaffold.text import did_you_mean

if TYPE_CHECKING:
    from jinja2 import Environment, Template, nodes

MARKS = ("{{", "{%", "{#")
"""A file or text without any of these has nothing to substitute."""

FILTERS = frozenset(
    {"capitalize", "default", "e", "escape", "length", "lower", "replace", "title", "trim", "upper"}
)

_NODES = frozenset(
    {
        *("Template", "Output", "TemplateData", "Name", "Const", "Tuple", "List", "Getattr", "Getitem"),
        *("If", "CondExpr", "Compare", "Operand", "And", "Or", "Not", "Filter", "Concat", "Assign"),
    }
)
_MAX_FILTERS = 40
"""Of one text: each ``replace`` may lengthen what it gets."""


def evaluate(
    expression: str, where: str, values: Mapping[str, str | bool], settings: Mapping[str, bool]
) -> str:
    """Return ``expression`` with the values in it, which are data and never evaluated."""
    if not any(mark in expression for mark in MARKS):
        return expression
    template = _compiled(expression, where, frozenset(values), frozenset(settings.items()))
    return template.render(cookiecutter=dict(values))


def rendered(text: str, where: str, values: Mapping[str, str | bool], settings: Mapping[str, bool]) -> str:
    """Return the text of a file with the values in it; it is compiled once, and not kept."""
    from jinja2 import TemplateError

    template = _compile(text, where, values, _sandbox(frozenset(settings.items())))
    try:
        return template.render(cookiecutter=dict(values))
    except TemplateError as error:
        raise _problem(where, 1, str(error)) from error


def _checked(
    text: str, where: str, variables: Collection[str], environment: "Environment"
) -> "nodes.Template":
    from jinja2 import TemplateSyntaxError, nodes

    try:
        tree = environment.parse(text)
    except TemplateSyntaxError as error:
        raise _problem(where, error.lineno, str(error.message)) from error
    found = (tree, *tree.find_all(nodes.Node))
    assigned = {node.name for node in found if isinstance(node, nodes.Name) and node.ctx == "store"}
    for node in found:
        reason = _against(node, variables, assigned)
        if reason:
            raise _problem(where, node.lineno, reason)
    filters = sum(isinstance(node, nodes.Filter) for node in found)
    if filters > _MAX_FILTERS and len(text) < 100 * _MAX_FILTERS:
        raise _problem(where, 1, f"more than {_MAX_FILTERS} filters")
    return tree


@cache
def _sandbox(settings: frozenset[tuple[str, bool]]) -> "Environment":
    """Return cookiecutter's environment, in a sandbox that would hold what a check let through."""
    from cookiecutter.environment import StrictEnvironment  # type: ignore[import-untyped]
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    class Sandbox(ImmutableSandboxedEnvironment):
        def __init__(self, *, extensions: object, **options: Any) -> None:  # noqa: ANN401, ARG002
            """Leave the extensions out: no template may use them, and they load a calendar and more."""
            super().__init__(**options)

    class Renderer(StrictEnvironment, Sandbox):  # type: ignore[misc]
        pass

    environment: Environment = Renderer(keep_trailing_newline=True, **dict(settings))
    return environment


@cache
def _compiled(
    expression: str, where: str, variables: frozenset[str], settings: frozenset[tuple[str, bool]]
) -> "Template":
    return _compile(expression, where, variables, _sandbox(settings))


def _compile(text: str, where: str, variables: Collection[str], environment: "Environment") -> "Template":
    return environment.from_string(_checked(text, where, variables, environment))


def _against(node: "nodes.Node", variables: Collection[str], assigned: Collection[str]) -> str:
    from jinja2 import nodes

    if type(node).__name__ not in _NODES:
        return f"`{type(node).__name__}` is more than a starter may do"
    if isinstance(node, nodes.Filter) and node.name not in FILTERS:
        return f"the filter `{node.name}` is not one of {', '.join(sorted(FILTERS))}"
    if isinstance(node, nodes.Name) and node.name not in {"cookiecutter", *assigned}:
        return f"`{node.name}` is not a variable"
    if isinstance(node, nodes.Getattr | nodes.Getitem):
        return _against_lookup(node, variables)
    return ""


def _against_lookup(node: "nodes.Getattr | nodes.Getitem", variables: Collection[str]) -> str:
    from jinja2 import nodes

    if not (isinstance(node.node, nodes.Name) and node.node.name == "cookiecutter"):
        return "only `cookiecutter` has attributes"
    name = node.attr if isinstance(node, nodes.Getattr) else getattr(node.arg, "value", None)
    if name in variables:
        return ""
    meant = did_you_mean(str(name), variables)
    return f"`cookiecutter.{name}` is not in cookiecutter.json. {meant}".rstrip(". ")


def _problem(where: str, line: int, reason: str) -> TemplateProblem:
    return TemplateProblem(
        f"{where}, line {line}: {reason}",
        hint="docs/template-format.md says what may be used; _copy_without_render keeps foreign braces",
    )
