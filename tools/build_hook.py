"""Writes into the wheel what its templates and tables are, to notice damage and to read tables quickly."""

import json
import sys
import tomllib
from hashlib import sha256
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

TEMPLATES, PACKAGE = "templates/", "scaffold/"


def as_json(table: Path) -> str:
    """Return a TOML file as one line of JSON, with dates as texts."""
    content = tomllib.loads(table.read_text(encoding="utf-8"))
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"), default=str)


class DigestHook(BuildHookInterface):  # type: ignore[type-arg]
    """Adds ``digests.json``, what each template and table is, and ``tables.jsonl``, the tables as JSON."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compute the digests of exactly the files that the wheel will hold."""
        if version == "editable":
            return
        sys.path.insert(0, self.root)
        from scaffold.catalog.digest import digests_of
        from scaffold.catalog.packaged import DIGESTS, TABLES

        found = self.build_config.builder.recurse_included_files()
        files = {Path(file.relative_path).as_posix(): Path(file.path) for file in found}
        digests = digests_of(
            {name.removeprefix(TEMPLATES): path for name, path in files.items() if name.startswith(TEMPLATES)}
        )
        for name, path in files.items():
            if name.startswith(PACKAGE) and name.endswith(".toml"):
                digests[f"../{name.removeprefix(PACKAGE)}"] = sha256(path.read_bytes()).hexdigest()
        text = "".join(
            f"{name}\t{as_json(Path(self.root, TEMPLATES, name))}\n"
            for name in digests
            if name.endswith(".toml") and not name.startswith("../")
        )
        digests[TABLES] = sha256(text.encode()).hexdigest()
        folder = Path(mkdtemp())
        for name, content in ((TABLES, text), (DIGESTS, json.dumps(digests, indent=0, sort_keys=True))):
            (folder / name).write_text(content, encoding="utf-8")
            build_data["force_include"][str(folder / name)] = f"scaffold/_templates/{name}"
