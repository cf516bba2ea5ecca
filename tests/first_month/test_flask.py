"""A month with the Flask starter: migrations, other settings, another origin, a proxy, production."""

import os
import re
import secrets

import pytest

pytestmark = pytest.mark.slow

MODEL = "app/tasks/models.py"
TITLE = "    title: Mapped[str] = mapped_column(String(200))\n"
SERVE = "uv run gunicorn wsgi:app"
PRODUCTION = {"SECRET_KEY": secrets.token_urlsafe(48), "TRUSTED_HOSTS": "shop.example"}
DATABASE = os.environ.get("FIRST_MONTH_DATABASE_URL", "")
"""An empty PostgreSQL database; without it the migrations are tried on SQLite alone."""

CHANGES = {
    "a nullable column": (TITLE, TITLE + "    note: Mapped[str | None]\n"),
    "a unique one": (
        TITLE,
        TITLE + "    code: Mapped[str | None] = mapped_column(String(9), unique=True)\n",
    ),
    "another type": ("note: Mapped[str | None]", "note: Mapped[str | None] = mapped_column(String(50))"),
    "unique afterwards": ("mapped_column(String(200))", "mapped_column(String(200), unique=True)"),
    "not unique any more": ("String(9), unique=True", "String(9)"),
    "dropped": ("    code: Mapped[str | None] = mapped_column(String(9))\n", ""),
}
TABLE = """
class Step(Base):
    __tablename__ = "steps"

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("tasks.id", ondelete="CASCADE"))

"""


@pytest.mark.parametrize("url", ["", DATABASE] if DATABASE else [""])
def test_migrations(used, url):
    project = used("flask")

    def flask(command, **expected):
        return project.sh(f"uv run flask {command}", DATABASE_URL=url, **expected)

    def look(python):
        code = f"from app.database import db; from sqlalchemy import inspect, text; {python}"
        return flask(f"shell <<'END'\n{code}\nEND")

    def execute(sql):
        look(f'db.session.execute(text("{sql}")); db.session.commit()')

    def current():
        return look("print('at', db.session.scalar(text('SELECT version_num FROM alembic_version')))")[-12:]

    flask("db upgrade")
    # As the README says of removing the example.
    flask("db downgrade default@1795305600")
    flask("db upgrade")
    execute(
        "INSERT INTO tasks (title, done, created, updated) VALUES ('kept', false, '2026-01-01', '2026-01-01')"
    )

    # A table that refers to the one which is changed; its rows must outlive each change.
    project.change(MODEL, "import String,", "import ForeignKey, String,")
    project.change(MODEL, "\ndef newest", TABLE + "\ndef newest")
    revise(flask, "a table")
    execute("INSERT INTO steps (task_id) SELECT id FROM tasks")
    project.sh("uv run pytest -q")

    for name, (old, new) in CHANGES.items():
        project.change(MODEL, old, new)
        revise(flask, name)

    # Alembic cannot know that a column was renamed: the person writes it.
    project.change(MODEL, "note: Mapped", "remark: Mapped")
    rename = 'with op.batch_alter_table("tasks") as batch:'
    rename += '\n        batch.alter_column("note", new_column_name="remark")'
    write(project, flask, "renamed", rename)
    flask("db upgrade")
    seen = look(
        "print([c['name'] for c in inspect(db.engine).get_columns('tasks')],"
        " db.session.execute(text('SELECT title FROM tasks, steps WHERE task_id = tasks.id')).all())"
    )
    assert "'remark'" in seen
    assert "'code'" not in seen
    assert "'note'" not in seen
    assert "('kept',)" in seen

    # What fails in the middle was never there, and works once it is mended.
    before = current()
    bad = write(
        project,
        flask,
        "broken",
        'op.create_table("half", sa.Column("id", sa.Integer()))\n    op.drop_table("no")',
    )
    assert "no" in flask("db upgrade", code=1)
    assert current() == before
    assert "'half'" not in look("print(inspect(db.engine).get_table_names())")
    project.change(bad, '\n    op.drop_table("no")', "")
    flask("db upgrade")
    assert "'half'" in look("print(inspect(db.engine).get_table_names())")
    project.sh("uv run ruff check . && uv run ruff format --check . && uv run mypy .")


def revise(flask, name):
    """Make a migration as the README says, and see that it leaves nothing to do."""
    flask(f"db revision '{name}'")
    flask("db upgrade")
    flask("db check")


def write(project, flask, name, body):
    """Make an empty migration, and write its body by hand; return its path."""
    flask(f"db revision --empty '{name}'")
    path = project.sh("ls -t app/migrations/*.py | head -n 1").strip()
    project.change(path, "    pass", f"    {body}")
    return path


def test_the_developers_own_settings_do_not_reach_the_tests(used, tmp_path):
    project = used("flask")
    theirs = tmp_path / "theirs.sqlite3"
    hostile = {
        "DATABASE_URL": f"sqlite:///{theirs}",
        "FLASK_DEBUG": "1",
        "HSTS_SECONDS": "0",
        "TRUSTED_HOSTS": "other.example",
        "CORS_ORIGINS": "https://other.example",
        "PROXY_COUNT": "3",
        "API_RATE": "1",
        "SECRET_KEY": "short",
        "LOG_LEVEL": "CRITICAL",
    }
    project.add(".env", "".join(f"{name}={value}\n" for name, value in hostile.items()))
    project.sh("uv run pytest -q", **hostile)
    project.sh("uv run pytest -q")
    assert not theirs.exists()


def test_the_readme_followed_into_production(used, visit):
    """Its list by the letter; then another origin, and a proxy that ends TLS."""
    project = used("flask")
    settings = PRODUCTION | {"DATABASE_URL": "sqlite:///shop.sqlite3", "PROXY_COUNT": "1"}
    project.sh("uv run flask db upgrade", **settings)
    token = project.sh("uv run flask tokens create page --rights read,write", **settings).split()[-1]
    known = {"Host": "shop.example", "Authorization": f"Bearer {token}"}
    page = {"Origin": "https://app.example"}
    asks = page | {
        "Host": "shop.example",
        "Access_Control_Request_Method": "POST",
        "Access_Control_Request_Headers": "authorization,content-type",
    }

    with project.served(SERVE, **settings, FLASK_DEBUG="1") as base:
        assert visit(f"{base}/readyz")[0] == 200
        status, headers, text = visit(f"{base}/", Host="shop.example", X_Forwarded_Proto="https")
        assert (status, headers["Strict-Transport-Security"]) == (200, "max-age=3600")
        [sheet] = re.findall(r'<link rel="stylesheet" href="([^"]+)"', text)
        status, headers, _ = visit(base + sheet, Host="shop.example")
        assert (status, headers.get_content_type()) == (200, "text/css")
        # Off by default.
        assert "Access-Control-Allow-Origin" not in visit(f"{base}/api/me", **known, **page)[1]
        assert visit(f"{base}/api/tasks", method="OPTIONS", **asks)[0] == 401
        # The form of a page that a browser got by https.
        secret = project.sh(f"printf any:{token} | base64 --wrap=0")
        form = {"Host": "shop.example", "Authorization": f"Basic {secret}", "X_Forwarded_Proto": "https"}
        sent = {"method": "POST", "body": b"title=Hello", "Origin": "https://shop.example"} | form
        visit(f"{base}/tasks/", **sent)  # and is sent on to https://, where nobody listens here
        assert "Hello" in visit(f"{base}/tasks/", **form)[2]

    with project.served(SERVE, **settings, CORS_ORIGINS="https://app.example") as base:
        status, headers, _ = visit(f"{base}/api/tasks", method="OPTIONS", **asks)
        assert (status, headers["Access-Control-Allow-Origin"]) == (200, "https://app.example")
        assert "POST" in headers["Access-Control-Allow-Methods"]
        body = {"method": "POST", "body": b'{"title": "x"}', "Content_Type": "application/json"}
        status, headers, _ = visit(f"{base}/api/tasks", **body, **known, **page)
        assert (status, headers["Access-Control-Allow-Origin"]) == (201, "https://app.example")
        other = known | {"Origin": "https://evil.example"}
        assert "Access-Control-Allow-Origin" not in visit(f"{base}/api/me", **other)[1]
