"""The mutants: a place in the code is drawn, and then one of the changes that cosmic-ray makes there."""

import ast
import random
import re
import warnings
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import MutationVisitor
from cosmic_ray.operators.operator import Operator
from cosmic_ray.plugins import get_operator, operator_names

ROOT = Path(__file__).parent.parent.parent
WHOLE = ("scaffold/errors.py", "scaffold/signals.py", "scaffold/cli/boundary.py", "scaffold/project/*.py")
IN_PART = "scaffold/cli/*.py"
EXIT_PATH = re.compile(r"ExitStatus|exit_status|raise ")
"""A function of the command line whose body has this decides how the process ends."""

EQUIVALENT: dict[tuple[str, str], str] = {}
"""A module and its changed line, to the reason why no test could notice it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """A module with one change."""

    path: str
    line: int
    operator: str
    code: str

    @property
    def change(self) -> tuple[str, str]:
        """The line, and the first one that differs from the original."""
        before = source(self.path).splitlines()
        pairs = zip(before, [*self.code.splitlines(), ""], strict=False)
        after = next(new for old, new in pairs if old != new)
        return before[self.line - 1].strip(), after.strip()

    @property
    def reason(self) -> str:
        """Why no test could notice it, or nothing."""
        return EQUIVALENT.get((self.path, self.change[1]), "")

    def __str__(self) -> str:
        old, new = self.change
        return f"{self.path}:{self.line}: {self.operator}\n    - {old}\n    + {new}"


@cache
def source(path: str) -> str:
    """Return the text of a module; ``path`` is relative to the checkout."""
    return (ROOT / path).read_text(encoding="utf-8")


@cache
def bodies(path: str) -> tuple[range, ...]:
    """Return the lines of each function's body, the outermost functions only."""
    return tuple(_lines(each.body) for each in _functions(ast.parse(source(path))))


@cache
def users(path: str, line: int) -> tuple[range, ...]:
    """Return the bodies that a line outside of them matters to: its own, and those using what it defines."""
    for statement in ast.parse(source(path)).body:
        lines = range(min(_first_lines(statement)), statement.end_lineno + 1)
        if line in lines:
            uses = re.compile(rf"\b({'|'.join(_defined(statement)) or '(?!)'})\b")
            return tuple(
                each for each in bodies(path) if each.start in lines or uses.search(_text(path, each))
            )
    return ()


def draw(number: int, seed: int, only: tuple[str, ...] = ()) -> list[Mutant]:
    """Draw mutants at as many places, from the modules that match ``only`` or from all in question."""
    paths = [file.relative_to(ROOT).as_posix() for pattern in only or WHOLE for file in ROOT.glob(pattern)]
    places = [(path, place) for path in sorted(paths) for place in _places(path)]
    if not only:
        cli = sorted({file.relative_to(ROOT).as_posix() for file in ROOT.glob(IN_PART)} - set(paths))
        places += [(path, place) for path in cli for place in _places(path) if _on_exit_path(path, place[0])]
    chance = random.Random(seed)  # noqa: S311 - a draw that can be repeated
    chance.shuffle(places)
    mutants = (_mutant(path, place, chance) for path, place in places)
    return [mutant for mutant, _ in zip(filter(None, mutants), range(number), strict=False)]


def _functions(node: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            yield child
        else:
            yield from _functions(child)


def _first_lines(statement: ast.stmt) -> Iterator[int]:
    yield statement.lineno
    yield from (decorator.lineno for decorator in getattr(statement, "decorator_list", ()))


def _defined(statement: ast.stmt) -> list[str]:
    if isinstance(statement, ast.ClassDef | ast.FunctionDef):
        return [statement.name]
    names = (node for node in ast.walk(statement) if isinstance(node, ast.Name))
    return [node.id for node in names if isinstance(node.ctx, ast.Store)]


def _text(path: str, lines: range) -> str:
    return "\n".join(source(path).splitlines()[lines.start - 1 : lines.stop - 1])


def _lines(body: list[ast.stmt]) -> range:
    return range(body[0].lineno, (body[-1].end_lineno or 0) + 1)


def _on_exit_path(path: str, line: int) -> bool:
    return any(line in body and EXIT_PATH.search(_text(path, body)) for body in bodies(path))


@cache
def _operators() -> list[tuple[str, Operator]]:
    named = [(name, get_operator(name)) for name in operator_names()]
    return [(name, operator()) for name, operator in named if not operator.arguments()]


@cache
def _places(path: str) -> dict[tuple[int, int], list[tuple[str, int]]]:
    """Return operator and occurrence of each change that starts at a line and column; no type is changed."""
    nodes = list(ast_nodes(get_ast(source(path))))
    places = defaultdict(list)
    for name, operator in _operators():
        starts = (start for node in nodes for start, _ in operator.mutation_positions(node))
        for occurrence, start in enumerate(starts):
            if not any(begin <= start < end for begin, end in _types(path)):
                places[start].append((name, occurrence))
    return dict(sorted(places.items()))


@cache
def _types(path: str) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    nodes = list(ast.walk(ast.parse(source(path))))
    found = [getattr(node, field, None) for node in nodes for field in ("annotation", "returns")]
    return [
        ((each.lineno, each.col_offset), (each.end_lineno, each.end_col_offset)) for each in found if each
    ]


def _mutant(path: str, place: tuple[int, int], chance: random.Random) -> Mutant | None:
    """Return one of the changes at a place that leaves valid code with another meaning."""
    changes = _places(path)[place]
    for name, occurrence in chance.sample(changes, len(changes)):
        code = MutationVisitor.mutate_code(source(path), dict(_operators())[name], occurrence)
        if _differs(source(path), code):
            return Mutant(path=path, line=place[0], operator=name.partition("/")[2], code=code)
    return None


def _differs(before: str, after: str) -> bool:
    """Say whether it is another meaning, and one that the compiler itself says nothing against."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            compile(after, "mutant", "exec")
        except SyntaxError:
            return False
    return _meaning(before) != _meaning(after)


def _meaning(code: str) -> str:
    """Return the syntax tree without what only the type checker minds: whether an argument needs its name."""
    tree = ast.parse(code)
    for node in ast.walk(tree):
        if isinstance(node, ast.arguments):
            node.args = node.posonlyargs + node.args + node.kwonlyargs
            node.defaults += node.kw_defaults
            node.posonlyargs = node.kwonlyargs = node.kw_defaults = []
    return ast.dump(tree)
