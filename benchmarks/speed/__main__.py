"""Measure start-up, creation, growth and verification, and write the tables into the docs: ``make bench``.

Everything is installed anew into a temporary folder; nothing outside it is
changed but ``docs/performance.md``.
"""

import argparse
import tempfile
from pathlib import Path

import comparisons
from installation import REPOSITORY, install, versions
from tables import insert, ratios, shares, sizes

DOCUMENT = REPOSITORY / "docs" / "performance.md"


def main() -> None:
    """Measure, print the tables and put them between the document's marks."""
    parser = argparse.ArgumentParser(description="Measure whole processes side by side.")
    parser.add_argument("--rounds", type=int, default=21, help="runs of each program (default: 21)")
    parser.add_argument("--print", action="store_true", help="print the tables, leave the document")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="scaffold-bench-") as folder:
        here = install(Path(folder).resolve())
        tables = {
            "versions": versions(here) + ".",
            "start-up": ratios(comparisons.start_up(here, wanted.rounds)),
            "creation": ratios(comparisons.creation(here, wanted.rounds)),
            "parts": shares(comparisons.parts(here, wanted.rounds)),
            "verification": ratios(comparisons.verification(here, wanted.rounds)),
            "growth": sizes(comparisons.growth(here, wanted.rounds)),
        }
    for table in tables.values():
        print(table, end="\n\n")
    if not wanted.print:
        DOCUMENT.write_text(insert(DOCUMENT.read_text(encoding="utf-8"), tables), encoding="utf-8")


main()
