import shutil
from pathlib import Path

from .conftest import Run

MENTIONS = ["config/settings.py", "config/urls.py", "templates/base.html", "templates/home.html"]


def test_the_project_lives_without_its_example(python: Run, checkout: Path) -> None:
    """Does what the README says under "Remove the example", in a copy."""
    shutil.rmtree(checkout / "tasks")
    for name in MENTIONS:
        file = checkout / name
        lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
        kept = [line for line in lines if "tasks" not in line.lower()]
        file.write_text("".join(kept), encoding="utf-8")

    for command in ("check", "migrate"):
        done = python("manage.py", command)
        assert done.returncode == 0, done.stderr
    script = """
import django
django.setup()
from django.test import Client
client = Client(headers={"host": "localhost"})
print(*[client.get(path).status_code for path in ("/", "/admin/login/", "/tasks/", "/readyz")])
"""
    done = python("-c", script, DEBUG="true", LOG_LEVEL="ERROR")
    assert done.stdout == "200 200 404 200\n", done.stderr
