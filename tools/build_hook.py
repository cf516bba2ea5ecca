"""Writes into the wheel what its templates are, so that a damaged installation is noticed."""

import json
import sys
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

TEMPLATES = "templates/"
SHARED = ("sources.toml", "languages.toml")
"""What all templates share; with ``ID/knowledge.toml`` the files that have a digest of their own."""


class DigestHook(BuildHookInterface):  # type: ignore[type-arg]
    """Adds ``digests.json``: the digest of each template, and of each file about all of them."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compute the digests of exactly the files that the wheel will hold."""
        if version == "editable":
            return
        sys.path.insert(0, self.root)
        from scaffold.catalog.digest import DIGESTS, digests_of

        files = {
            Path(file.relative_path).as_posix().removeprefix(TEMPLATES): Path(file.path)
            for file in self.build_config.builder.recurse_included_files()
            if Path(file.relative_path).as_posix().startswith(TEMPLATES)
        }
        target = Path(mkdtemp()) / DIGESTS
        target.write_text(json.dumps(digests_of(files), indent=0, sort_keys=True), encoding="utf-8")
        build_data["force_include"][str(target)] = f"scaffold/_templates/{DIGESTS}"
