import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.cache import cache

ROOT = Path(__file__).resolve().parent.parent

type Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    cache.clear()


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A fresh clone, without `.env` and database, in a folder with an awkward name."""
    ignored = shutil.ignore_patterns(".*", "__pycache__", "*.sqlite3*", "staticfiles", "tests")
    return shutil.copytree(ROOT, tmp_path / "100% it's", ignore=ignored)


@pytest.fixture
def python(checkout: Path) -> Run:
    """Run Python in the checkout with nothing but the given environment."""

    def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        clean = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "config.settings"}
        return subprocess.run(  # noqa: S603
            [sys.executable, *arguments],
            cwd=checkout,
            env=clean | environment,
            capture_output=True,
            text=True,
            timeout=60,
        )

    return run
