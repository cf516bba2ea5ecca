import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client

from accounts.models import Token, User

ROOT = Path(__file__).resolve().parent.parent

type MakeToken = Callable[..., str]
type Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(autouse=True)
def empty_counters() -> None:
    caches["process"].clear()


@pytest.fixture
def make_token(db: None) -> MakeToken:
    def make(rights: str = "read,write", **fields: Any) -> str:
        name = f"robot-{Token.objects.count()}"
        user = User.objects.create_user(name)
        _, secret = Token.objects.create(user, name=name, rights=rights, **fields)
        return str(secret)

    return make


@pytest.fixture
def api(make_token: MakeToken) -> Client:
    """A client that may read and write."""
    return Client(headers={"authorization": f"Bearer {make_token()}"})


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A fresh clone, without `.env` and database, in a folder with an awkward name."""
    ignored = shutil.ignore_patterns(".*", "__pycache__", "*.sqlite3*", "staticfiles", "tests")
    return shutil.copytree(ROOT, tmp_path / "100% it's", ignore=ignored)


@pytest.fixture
def python(checkout: Path) -> Run:
    """Run Python in the checkout with nothing but the given environment."""

    def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        clean = {
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "DATABASE_URL": "sqlite:///db.sqlite3",
        }
        return subprocess.run(  # noqa: S603
            [sys.executable, *arguments],
            cwd=checkout,
            env=clean | environment,
            capture_output=True,
            text=True,
            timeout=60,
        )

    return run


def assert_problem(response: Any, status: int) -> dict[str, Any]:
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    body: dict[str, Any] = response.json()
    assert body["status"] == status
    assert {"type", "title"} <= body.keys()
    return body
