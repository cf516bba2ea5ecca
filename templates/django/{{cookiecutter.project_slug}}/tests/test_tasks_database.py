from .conftest import Run


def test_an_app_can_have_a_database_of_its_own(python: Run) -> None:
    environment = {
        "DEBUG": "true",
        "DATABASE_URL": "sqlite:///default.sqlite3",
        "TASKS_DATABASE_URL": "sqlite:///tasks.sqlite3",
    }
    for alias in ("default", "tasks"):
        done = python("manage.py", "migrate", "--database", alias, **environment)
        assert done.returncode == 0, done.stderr
    script = """
import django
django.setup()
from django.db import connections
from accounts.models import User
from tasks.models import Task
print(User.objects.create_user("ada")._state.db, Task.objects.create(title="Write")._state.db)
for alias in connections:
    tables = connections[alias].introspection.table_names()
    print(alias, "accounts_user" in tables, "tasks_task" in tables)
"""
    done = python("-c", script, **environment)
    assert done.stdout.splitlines() == [
        "default tasks",
        "default True False",
        "tasks False True",
    ], done.stderr
