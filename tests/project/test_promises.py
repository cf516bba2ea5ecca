"""docs/promises.md names tests: they exist."""

import re
from pathlib import Path

HERE = Path(__file__).parent
TEXT = (HERE.parent.parent / "docs" / "promises.md").read_text(encoding="utf-8")
SOURCES = {path: path.read_text(encoding="utf-8") for path in HERE.parent.rglob("test_*.py")}


def test_every_test_that_is_named_exists():
    named = set(re.findall(r"`(test_\w+)`", TEXT))
    defined = {
        name for source in SOURCES.values() for name in re.findall(r"^def (test_\w+)\(", source, re.MULTILINE)
    }
    assert named
    assert named <= defined, named - defined


def test_every_file_that_is_named_exists():
    assert set(re.findall(r"`(test_\w+\.py)`", TEXT)) <= {path.name for path in SOURCES}


def test_every_row_of_a_promise_names_its_proof():
    rows = [line for line in TEXT.split("## The same in")[0].splitlines() if line.startswith("| ")]
    promises = [row for row in rows if not row.startswith("| situation")]
    assert len(promises) > 20
    assert all("`test_" in row or "Not tested:" in row for row in promises)
