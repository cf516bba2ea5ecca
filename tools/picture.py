"""Make docs/run.svg, the README's picture, from a real run: ``.venv/bin/python tools/picture.py``."""

import os
import pty
import re
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.text import Text

ROOT = Path(__file__).parent.parent
COMMAND = ["scaffold", "new", "shop", "--answers", "shop.yaml", "--yes", "--verify"]
SHOWN_CHECKS = 3
WIDTH = 108


def record(folder: str) -> str:
    """Return what the command writes to a terminal."""
    pieces: list[bytes] = []

    def read(descriptor: int) -> bytes:
        pieces.append(os.read(descriptor, 65536))
        return pieces[-1]

    os.chdir(folder)
    Path("shop.yaml").write_bytes((ROOT / "examples" / "shop.yaml").read_bytes())
    os.environ["COLUMNS"] = str(WIDTH)
    status = pty.spawn([sys.executable, "-m", "scaffold", *COMMAND[1:]], read)
    if status:
        sys.exit(f"the run ended with {os.waitstatus_to_exitcode(status)}")
    return b"".join(pieces).decode().replace(folder, "~").replace(str(ROOT), "~/scaffold")


def lines_of(written: str) -> list[str]:
    """Return the lines that stayed on the screen, without most of the checks that passed."""
    lines = [line.rsplit("\x1b[K", 1)[-1] for line in written.replace("\r\n", "\n").split("\n")]
    contract = [index for index, line in enumerate(lines) if "contract " in line]
    hidden = contract[SHOWN_CHECKS:-1]
    kept = [line for index, line in enumerate(lines) if index not in hidden[1:]]
    return [f"{'':11}… {len(hidden)} more" if line == lines[hidden[0]] else line for line in kept]


def draw(lines: list[str]) -> str:
    """Return the lines as SVG, without fonts from elsewhere."""
    with Path(os.devnull).open("w") as nowhere:
        console = Console(record=True, width=WIDTH, file=nowhere, force_terminal=True)
        console.print(Text.from_ansi(f"$ {' '.join(COMMAND)}\n\n" + "\n".join(lines).strip()))
    picture = console.export_svg(title="scaffold", unique_id="run")
    return re.sub(r"@font-face \{.*?\}\s*", "", picture, flags=re.DOTALL)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        drawn = draw(lines_of(record(folder)))
    (ROOT / "docs" / "run.svg").write_text(drawn, encoding="utf-8")
