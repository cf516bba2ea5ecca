import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.asserts import assertContains, assertRedirects

from tasks.models import Task

pytestmark = pytest.mark.django_db


def test_tasks_can_be_searched_and_filtered(admin_client: Client) -> None:
    Task.objects.bulk_create([Task(title="Write"), Task(title="Read", done=True)])
    page = admin_client.get("/admin/tasks/task/?q=Wri&done__exact=0")
    assertContains(page, "Write")
    assert b">Read<" not in page.content


def test_an_action_is_done_and_logged(admin_client: Client) -> None:
    task = Task.objects.create(title="Write")
    path = "/admin/tasks/task/"
    action = {"action": "mark_done", "_selected_action": task.pk}
    with CaptureQueriesContext(connection) as queries:
        response = admin_client.post(path, action)
        updates = [query["sql"] for query in queries if 'UPDATE "tasks_task"' in query["sql"]]
    assertRedirects(response, path)
    task.refresh_from_db()
    assert task.done
    assert len(updates) == 1
    assert "title" not in updates[0]
    assert LogEntry.objects.get().object_repr == "Write"
