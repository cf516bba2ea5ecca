"""The direction of imports, as ARCHITECTURE draws it: a module imports only lower floors."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "scaffold"
FLOORS = {
    "__version__": 0,
    "clock": 0,
    "errors": 0,
    "regular_file": 0,
    "signals": 0,
    "text": 0,
    "toml": 0,
    "versions": 0,
    "model": 0,
    "catalog": 1,
    "toolchain": 2,
    "interview": 2,
    "recommend": 2,
    "report": 3,
    "project": 3,
    "verify": 4,
    "documents": 4,
    "console": 5,
    "api": 5,
    "cli": 6,
    "__main__": 7,
}
PURE = ("model", "recommend", "report")
EFFECTS = {
    "click",
    "jinja2",
    "cookiecutter",
    "questionary",
    "yaml",
    "subprocess",
    "socket",
    "shutil",
    "tempfile",
}
MODULES = sorted(
    path.relative_to(PACKAGE) for path in PACKAGE.rglob("*.py") if "_templates" not in path.parts
)
CHANGING = {"_Search"}
"""The dataclasses that are no values: what is learned while it runs."""

NAMES = {".".join(("scaffold", *path.with_suffix("").parts)).removesuffix(".__init__") for path in MODULES}


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            for alias in node.names:
                module = f"{node.module}.{alias.name}"
                yield module if node.module == "scaffold" or module in NAMES else str(node.module)


def stage(module: Path) -> str:
    return module.parts[0].removesuffix(".py")


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_a_module_imports_only_lower_floors_or_its_own_stage(module):
    if stage(module) == "__init__":
        return
    for name in imported(PACKAGE / module):
        if name.startswith("scaffold."):
            other = name.split(".")[1]
            assert other == stage(module) or FLOORS[other] < FLOORS[stage(module)], f"{module} imports {name}"


@pytest.mark.parametrize("module", [m for m in MODULES if stage(m) in PURE], ids=str)
def test_the_deciding_stages_import_nothing_that_acts(module):
    assert not {name.split(".")[0] for name in imported(PACKAGE / module)} & EFFECTS


def test_no_module_outside_the_console_prints():
    for module in MODULES:
        tree = ast.parse((PACKAGE / module).read_text(encoding="utf-8"))
        calls = {
            node.func.id
            for node in ast.walk(tree)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }
        assert "print" not in calls, module


def test_there_is_no_import_cycle():
    graph = {
        ".".join(("scaffold", *module.with_suffix("").parts)).removesuffix(".__init__"): {
            name for name in imported(PACKAGE / module) if name in NAMES
        }
        for module in MODULES
    }
    done: set[str] = set()

    def visit(name: str, path: tuple[str, ...]) -> None:
        assert name not in path, " → ".join((*path, name))
        if name in done:
            return
        for other in graph.get(name, ()):
            visit(other, (*path, name))
        done.add(name)

    for name in graph:
        visit(name, ())


def test_values_are_frozen_have_slots_and_take_keywords_only():
    value = ast.dump(ast.parse("dataclass(frozen=True, slots=True, kw_only=True)", mode="eval").body)
    for module in MODULES:
        for node in ast.walk(ast.parse((PACKAGE / module).read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef) and node.name not in CHANGING:
                decorators = [ast.dump(each) for each in node.decorator_list if "dataclass" in ast.dump(each)]
                assert decorators in ([], [value]), f"{module}: {node.name}"
