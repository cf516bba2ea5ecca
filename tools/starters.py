"""Write the table of all starters: ``python tools/starters.py``, or ``--check`` to look only.

Every cell comes from the templates and from what `verify` recorded of them.
"""

import sys
from pathlib import Path

from scaffold.catalog import load_frameworks, template_folder
from scaffold.catalog.verification_record import current_record
from scaffold.model.framework import STRENGTHS, Framework, Starter

DOCUMENT = Path(__file__).parent.parent / "docs" / "starters.md"
HEAD = """# The starters side by side

Written by `python tools/starters.py` from the templates and their `verified.toml`. Whatever a column
says has been proved by `scaffold verify` on the day in the last one, with the tools that it names;
[verify.md](verify.md) says how, and what each strength is. An empty cell is left to you: `scaffold show ID`
says what to do then.

"""


def main() -> int:
    """Return 1 when the document is not as it should be, with ``--check``."""
    text = HEAD + "\n".join(_table())
    if "--check" not in sys.argv[1:]:
        DOCUMENT.write_text(text + "\n", encoding="utf-8")
    return int(DOCUMENT.read_text(encoding="utf-8") != text + "\n")


def _table() -> list[str]:
    columns = ["starter", "release", "databases", "log-in", *(f"`{each}`" for each in STRENGTHS), "verified"]
    rows = [_row(each, each.starter) for each in load_frameworks().values() if each.starter]
    return [_line(columns), _line(["---"] * len(columns)), *map(_line, rows)]


def _row(framework: Framework, starter: Starter) -> list[str]:
    accounts = starter.options.get("accounts")
    databases = starter.options["database"].choices if "database" in starter.options else ()
    return [
        framework.name,
        framework.release,
        ", ".join(choice.label.partition(":")[0] for choice in databases),
        "yes" if accounts else "",
        *("yes" if each in starter.strengths else "" for each in STRENGTHS),
        _verified(template_folder(framework.id), starter),
    ]


def _verified(template: Path, starter: Starter) -> str:
    record = current_record(template, starter.version)
    if record is None:
        return "not since it changed"
    tools = ", ".join(f"{name} {version}" for name, version in record.tools.items())
    return f"{record.date}: {record.checks} checks of {record.rows} projects, {tools}"


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


sys.exit(main())
