import shutil
from pathlib import Path

from .conftest import Run

MENTIONS = ["__main__.py", "application.py", "templates/layout.html", "templates/home.html"]


def test_the_project_lives_without_its_example(python: Run, checkout: Path) -> None:
    """Does what the README says under "Remove the example", in a copy."""
    package = checkout / "src" / "app"
    shutil.rmtree(package / "tasks")
    (package / "templates" / "tasks.html").unlink()
    for migration in package.glob("migrations/*/*_tasks.sql"):
        migration.unlink()
        if not any(migration.parent.iterdir()):  # git keeps no empty folder
            migration.parent.rmdir()
    for name in MENTIONS:
        lines = (package / name).read_text(encoding="utf-8").splitlines(keepends=True)
        kept = [line for line in lines if "tasks" not in line.lower()]
        (package / name).write_text("".join(kept), encoding="utf-8")

    assert python("-m", "app", "migrate").returncode == 0
    script = """
from app.application import Application
from app.config import Config
from app.http import Request
application = Application(Config())
for path in ("/", "/tasks", "/api/tasks", "/readyz"):
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": path, "wsgi.url_scheme": "http"}
    print(application.respond(Request(environ)).status.value)
"""
    done = python("-c", script)
    assert done.stdout.split() == ["200", "404", "404", "200"], done.stderr
