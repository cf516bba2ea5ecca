import shutil
from pathlib import Path

from .conftest import Run

MENTIONS = ["app/__init__.py", "app/templates/base.html", "app/templates/home.html"]


def test_the_project_lives_without_its_example(python: Run, checkout: Path) -> None:
    """Does what the README says under "Remove the example", in a copy."""
    shutil.rmtree(checkout / "app" / "tasks")
    [migration] = (checkout / "app" / "migrations").glob("*_tasks.py")
    migration.unlink()
    for name in MENTIONS:
        file = checkout / name
        lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
        kept = [line for line in lines if "tasks" not in line.lower()]
        file.write_text("".join(kept), encoding="utf-8")

    script = """
from app import create_app
client = create_app().test_client()
print(*[client.get(path).status_code for path in ("/", "/tasks/", "/api/tasks", "/readyz")])
"""
    done = python("-c", script, SECRET_KEY="x" * 50)
    assert done.stdout == "200 404 404 200\n", done.stderr
