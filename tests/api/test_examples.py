"""The examples of docs/api.md run as they stand there."""

import re
from pathlib import Path

PAGE = Path(__file__).parent.parent.parent / "docs" / "api.md"


def test_the_examples_run_in_order(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    examples = re.findall(
        r"^```python\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )
    assert len(examples) == 3
    scope: dict[str, object] = {}
    for example in examples:
        exec(example, scope)  # noqa: S102 - our own page
    said = capsys.readouterr().out
    assert "shop True" in said
    assert "Did you mean `django`?" in said
    assert (tmp_path / "shop" / "README.md").is_file()


def test_the_table_has_every_function():
    import scaffold

    functions = {name for name in scaffold.__all__ if name.islower()}
    assert set(re.findall(r"^\| `(\w+)\(", PAGE.read_text(encoding="utf-8"), re.MULTILINE)) == functions
