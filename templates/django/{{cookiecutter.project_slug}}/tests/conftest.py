import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.auth.models import Permission
from django.core.cache import cache
from django.test import Client

from accounts.models import User

ROOT = Path(__file__).resolve().parent.parent

type Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    cache.clear()


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of the project as a fresh clone has it: without `.env` and database."""
    copy = tmp_path / "checkout"
    copy.mkdir()
    shutil.copy(ROOT / "manage.py", copy)
    for name in ("accounts", "config", "core", "static", "tasks", "templates"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    return copy


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


@pytest.fixture
def editor_client(db: None, client: Client) -> Client:
    """A client of a user who may do everything with tasks, but is no administrator."""
    user = User.objects.create_user("editor")
    user.user_permissions.set(Permission.objects.filter(content_type__app_label="tasks"))
    client.force_login(user)
    return client
