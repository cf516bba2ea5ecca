import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from pytest_django.asserts import assertContains, assertRedirects, assertTemplateUsed

from accounts.models import User
from tasks.models import Task

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor_client(client: Client) -> Client:
    """A client of a user who may do everything with tasks, but is no administrator."""
    user = User.objects.create_user("editor")
    user.user_permissions.set(Permission.objects.filter(content_type__app_label="tasks"))
    client.force_login(user)
    return client


def test_model_view_and_template_make_a_page(client: Client) -> None:
    Task.objects.create(title="Write", done=True)
    response = client.get("/tasks/")
    assertContains(response, "Write")
    assertTemplateUsed(response, "tasks/task_list.html")
    assertTemplateUsed(response, "base.html")


def test_a_long_list_has_pages(client: Client) -> None:
    Task.objects.bulk_create(Task(title=f"Task {number}") for number in range(21))
    assertContains(client.get("/tasks/"), "?page=2")
    assertContains(client.get("/tasks/?page=2"), "Task 0")


def test_an_editor_makes_changes_and_deletes(editor_client: Client) -> None:
    assertTemplateUsed(editor_client.get("/tasks/new/"), "tasks/task_form.html")
    response = editor_client.post("/tasks/new/", {"title": "Write"}, follow=True)
    assertRedirects(response, "/tasks/")
    assertContains(response, "Saved.")
    task = Task.objects.get()

    page = editor_client.post(task.get_absolute_url(), {"title": " "})
    assertContains(page, "This field is required.")
    editor_client.post(task.get_absolute_url(), {"title": "Read", "done": "on"})
    task.refresh_from_db()
    assert (task.title, task.done) == ("Read", True)

    delete = f"/tasks/{task.pk}/delete/"
    assertTemplateUsed(editor_client.get(delete), "tasks/task_confirm_delete.html")
    assertRedirects(editor_client.post(delete), "/tasks/")
    assert not Task.objects.exists()


@pytest.mark.parametrize("path", ["/tasks/new/", "/tasks/1/", "/tasks/1/delete/"])
def test_a_stranger_must_log_in(client: Client, path: str) -> None:
    assertRedirects(client.get(path), f"/accounts/login/?next={path}")


def test_a_user_without_permission_is_refused(client: Client) -> None:
    client.force_login(User.objects.create_user("reader"))
    response = client.post("/tasks/new/", {"title": "x"})
    assert response.status_code == 403
    assertTemplateUsed(response, "403.html")


def test_markup_in_a_title_is_escaped(client: Client) -> None:
    Task.objects.create(title="<img src=x onerror=1>")
    response = client.get("/tasks/")
    assertContains(response, "&lt;img src=x onerror=1&gt;")
    assert b"<img" not in response.content
