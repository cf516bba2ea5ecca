"""The part of Jinja that templates may use: variables, conditions, a few filters on text.

A template is parsed and looked at before anything renders it. What is not on
the list (calls, attributes of attributes, includes, loops, extensions) is a
TemplateProblem, so a template is data and the same answers give the same bytes.
"""

from collections.abc import Collection, Mapping
from functools import cache
from typing import TYPE_CHECKING

from scaffold.errors import TemplateProblem

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
    return _compiled(expression, where, frozenset(values), frozenset(settings.items())).render(
        cookiecutter=dict(values)
    )


def check_text(text: str, where: str, variables: Collection[str], settings: Mapping[str, bool]) -> None:
    """Raise TemplateProblem when ``text`` uses more of Jinja than is allowed, or an unknown variable."""
    from jinja2 import TemplateSyntaxError, nodes

    try:
        tree = _sandbox(frozenset(settings.items())).parse(text)
    except TemplateSyntaxError as error:
        raise _problem(where, error.lineno, str(error.message)) from error
    assigned = {node.name for node in tree.find_all(nodes.Name) if node.ctx == "store"}
    for node in (tree, *tree.find_all(nodes.Node)):
        reason = _against(node, variables, assigned)
        if reason:
            raise _problem(where, node.lineno, reason)
    if sum(1 for _ in tree.find_all(nodes.Filter)) > _MAX_FILTERS and len(text) < 100 * _MAX_FILTERS:
        raise _problem(where, 1, f"more than {_MAX_FILTERS} filters")


@cache
def _sandbox(settings: frozenset[tuple[str, bool]]) -> "Environment":
    """Return an environment that renders as cookiecutter's does, and would hold what a check let through."""
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    return ImmutableSandboxedEnvironment(
        undefined=StrictUndefined, keep_trailing_newline=True, **dict(settings)
    )


@cache
def _compiled(
    expression: str, where: str, variables: frozenset[str], settings: frozenset[tuple[str, bool]]
) -> "Template":
    check_text(expression, where, variables, dict(settings))
    return _sandbox(settings).from_string(expression)


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
    return "" if name in variables else f"`cookiecutter.{name}` is not in cookiecutter.json"


def _problem(where: str, line: int, reason: str) -> TemplateProblem:
    return TemplateProblem(
        f"{where}, line {line}: {reason}",
        hint="docs/template-format.md says what may be used; _copy_without_render keeps foreign braces",
    )
