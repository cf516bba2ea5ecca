import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from app.database import Base, alembic, db

ROOT = Path(__file__).resolve().parent.parent

type MakeApp = Callable[..., Flask]
type MakeToken = Callable[..., str]

# Flask reads it by itself, and the tests are in production mode.
os.environ.pop("FLASK_DEBUG", None)


@pytest.fixture(scope="session")
def environ(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return all that the application knows of its environment, which is not the developer's."""
    file = tmp_path_factory.mktemp("database") / "test.sqlite3"
    return {
        "SECRET_KEY": "only-for-tests-" * 4,
        "TRUSTED_HOSTS": "localhost",
        "DATABASE_URL": os.environ.get("TEST_DATABASE_URL", f"sqlite:///{file}"),
        "API_RATE": "1000000",
    }


@pytest.fixture(scope="session")
def make_app(environ: dict[str, str]) -> Iterator[MakeApp]:
    """Make an application with an environment that differs from that of the others."""
    apps = []

    def make(**changes: str) -> Flask:
        apps.append(create_app(environ | changes))
        return apps[-1]

    yield make
    for app in apps:
        with app.app_context():
            db.engine.dispose()


@pytest.fixture(scope="session")
def app(make_app: MakeApp) -> Flask:
    app = make_app()
    with app.app_context():
        alembic.upgrade()
    return app


@pytest.fixture(autouse=True)
def empty_tables(app: Flask) -> Iterator[None]:
    yield
    with app.app_context():
        for table in reversed(Base.metadata.sorted_tables):
            db.session.execute(table.delete())
        db.session.commit()


@pytest.fixture
def make_token(app: Flask) -> MakeToken:
    def make(name: str = "test", rights: str = "read,write", days: int = 365) -> str:
        arguments = ["tokens", "create", name, "--rights", rights, "--days", str(days)]
        done = app.test_cli_runner().invoke(args=arguments)
        assert done.exit_code == 0, done.output
        return done.output.strip()

    return make


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Somebody whom nobody knows."""
    return app.test_client()


@pytest.fixture
def api(app: Flask, make_token: MakeToken) -> FlaskClient:
    """A program with a token that may read and write."""
    client = app.test_client()
    client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {make_token()}"
    return client
