"""Writes into the wheel what its templates and tables are, so that a damaged installation is noticed."""

import json
import sys
from hashlib import sha256
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

TEMPLATES, PACKAGE = "templates/", "scaffold/"


class DigestHook(BuildHookInterface):  # type: ignore[type-arg]
    """Adds ``digests.json``: the digest of each template, and of each table of ours."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compute the digests of exactly the files that the wheel will hold."""
        if version == "editable":
            return
        sys.path.insert(0, self.root)
        from scaffold.catalog.digest import DIGESTS, digests_of

        found = self.build_config.builder.recurse_included_files()
        files = {Path(file.relative_path).as_posix(): Path(file.path) for file in found}
        digests = digests_of(
            {name.removeprefix(TEMPLATES): path for name, path in files.items() if name.startswith(TEMPLATES)}
        )
        for name, path in files.items():
            if name.startswith(PACKAGE) and name.endswith(".toml"):
                digests[f"../{name.removeprefix(PACKAGE)}"] = sha256(path.read_bytes()).hexdigest()
        target = Path(mkdtemp()) / DIGESTS
        target.write_text(json.dumps(digests, indent=0, sort_keys=True), encoding="utf-8")
        build_data["force_include"][str(target)] = f"scaffold/_templates/{DIGESTS}"
