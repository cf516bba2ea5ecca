import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from app.config import engine
from app.database import Base, alembic, db

ROOT = Path(__file__).resolve().parent.parent

type Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application in production mode, on TEST_DATABASE_URL or a SQLite file."""
    url = os.environ.get("TEST_DATABASE_URL", f"sqlite:///{tmp_path_factory.mktemp('db')}/test.db")
    app = create_app(
        {
            "TESTING": True,
            "SECRET_KEY": "only-for-tests-" * 4,
            "SQLALCHEMY_ENGINES": {"default": engine(url)},
            "TRUSTED_HOSTS": ["localhost"],
        }
    )
    with app.app_context():
        alembic.upgrade()
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture(autouse=True)
def empty_tables(app: Flask) -> Iterator[None]:
    yield
    with app.app_context():
        for table in reversed(Base.metadata.sorted_tables):
            db.session.execute(table.delete())
        db.session.commit()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A fresh clone, without `.env` and database, in a folder with an awkward name."""
    ignored = shutil.ignore_patterns(".*", "__pycache__", "instance", "tests")
    return shutil.copytree(ROOT, tmp_path / "100% it's", ignore=ignored)


@pytest.fixture
def python(checkout: Path) -> Run:
    """Run Python in the checkout with nothing but the given environment."""

    def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(  # noqa: S603
            [sys.executable, *arguments],
            cwd=checkout,
            env={"PATH": os.environ["PATH"]} | environment,
            capture_output=True,
            text=True,
            timeout=60,
        )

    return run
