"""The Go starter under any module path."""

import re

import pytest

from scaffold.errors import InvalidInput

pytest_plugins = ["scaffold.verify.pytest_plugin"]

IMPORTS = re.compile(r"^import \(\n(.+?)^\)", re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("path", ["shop", "github.com/ann/shop", "example.com/~x/y.z"])
def test_every_import_of_the_project_follows_its_module_path(sample, path):
    made = sample("go", module_path=path, project_slug="other")
    imported = {name for block in blocks_of(made) for name in block if "/internal/" in name}
    inside = {file.rpartition("/")[0] for file in made.files if re.fullmatch(r"internal/.+\.go", file)}
    assert made.text_of("go.mod").startswith(f"module {path}\n")
    assert imported <= {f"{path}/{folder}" for folder in inside}
    assert imported


def test_no_module_path_changes_the_order_of_imports(sample):
    """Imports are sorted within a block, so the project's own stand in blocks of their own."""
    for block in blocks_of(sample("go", module_path="MODULE")):
        own = [name.startswith("MODULE/") for name in block]
        assert all(own) or not any(own), block
        assert block == sorted(block)


def test_the_module_path_is_the_slug_unless_another_is_given(sample):
    assert sample("go", project_slug="shop").text_of("go.mod").startswith("module shop\n")
    with pytest.raises(InvalidInput, match="`module_path` cannot be `toolchain`"):
        sample("go", project_slug="toolchain")


@pytest.mark.parametrize("path", ["shop", "github.com/Ann/shop/v2", "example.com/~x/y.z", "a_b.net/vendors"])
def test_a_module_path_that_go_takes_is_taken(sample, path):
    assert sample("go", module_path=path).text_of("go.mod").startswith(f"module {path}\n")


@pytest.mark.parametrize(
    "path",
    [
        *("-shop", "/shop", "shop/", "a//b", "a/.b", "a./b", "a b", "a@b", "a\\b", "größe", "a%20b"),
        *("go", "toolchain", "example.com/shop/v1", "a/v01", "a~1/b", "vendor", "a/vendor/b", "a/con"),
    ],
)
def test_a_module_path_that_cannot_be_imported_is_refused(sample, path):
    with pytest.raises(InvalidInput, match="module_path"):
        sample("go", module_path=path)


def blocks_of(made):
    """Return the imports of every file, a list for each block that blank lines set apart."""
    for file in made.files:
        for imports in IMPORTS.findall(made.text_of(file) if file.endswith(".go") else ""):
            for block in imports.split("\n\n"):
                yield re.findall(r'"(.+)"', block)
