import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertRedirects

from tasks.models import Task

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("model", admin.site._registry, ids=lambda model: model.__name__)
def test_every_registered_model_has_pages(admin_client: Client, model: type[Model]) -> None:
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    assert admin_client.get(reverse(f"{name}_changelist")).status_code == 200
    assert admin_client.get(reverse(f"{name}_add")).status_code == 200


def test_tasks_can_be_searched_and_filtered(admin_client: Client) -> None:
    Task.objects.bulk_create([Task(title="Write"), Task(title="Read", done=True)])
    page = admin_client.get("/admin/tasks/task/?q=Wri&done__exact=0")
    assertContains(page, "Write")
    assert b">Read<" not in page.content


def test_an_action_is_done_and_logged(admin_client: Client) -> None:
    task = Task.objects.create(title="Write")
    path = "/admin/tasks/task/"
    response = admin_client.post(path, {"action": "mark_done", "_selected_action": task.pk})
    assertRedirects(response, path)
    task.refresh_from_db()
    assert task.done
    assert LogEntry.objects.get().object_repr == "Write"


def test_strangers_are_sent_to_the_login(client: Client) -> None:
    assertRedirects(client.get("/admin/"), "/admin/login/?next=/admin/")
