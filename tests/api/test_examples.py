"""The examples of docs/api.md run as they stand there."""

import re
import subprocess
import sys
from pathlib import Path

PAGE = Path(__file__).parent.parent.parent / "docs" / "api.md"
EXAMPLES = re.findall(r"^```python\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


def test_the_examples_run_in_order(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert len(EXAMPLES) == 3
    scope: dict[str, object] = {}
    for example in EXAMPLES:
        exec(example, scope)  # noqa: S102 - our own page
    said = capsys.readouterr().out
    assert "shop True" in said
    assert "Did you mean `django`?" in said
    assert (tmp_path / "shop" / "README.md").is_file()


def test_the_examples_are_typed(tmp_path):
    page = tmp_path / "examples.py"
    page.write_text("\n".join(EXAMPLES), encoding="utf-8")
    mypy = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(tmp_path / "cache"), str(page)]
    outcome = subprocess.run(mypy, capture_output=True, text=True, check=False, cwd=PAGE.parent.parent)
    assert outcome.returncode == 0, outcome.stdout


def test_the_table_has_every_function():
    import scaffold

    functions = {name for name in scaffold.__all__ if name.islower()}
    assert set(re.findall(r"^\| `(\w+)\(", PAGE.read_text(encoding="utf-8"), re.MULTILINE)) == functions
