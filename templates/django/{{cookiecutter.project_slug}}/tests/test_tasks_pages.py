{% if cookiecutter.accounts %}
import pytest
{% else %}
import base64

import pytest
{% endif %}
from django.test import Client
from pytest_django.asserts import assertContains, assertRedirects, assertTemplateUsed

{% if cookiecutter.accounts %}
from accounts.models import User
from tasks.models import Task

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(User.objects.create_user("editor"))
    return client
{% else %}
from tasks.models import Task

from .conftest import MakeToken

pytestmark = pytest.mark.django_db


def basic(password: str) -> dict[str, str]:
    return {"authorization": "Basic " + base64.b64encode(f"any:{password}".encode()).decode()}


@pytest.fixture
def editor(make_token: MakeToken) -> Client:
    return Client(headers=basic(make_token()))
{% endif %}


def test_model_view_and_template_make_a_page(editor: Client) -> None:
    Task.objects.create(title="Write", done=True)
    response = editor.get("/tasks/")
    assertContains(response, "Write")
    assertContains(response, 'action="/tasks/new/"')
    assertTemplateUsed(response, "tasks/task_list.html")
    assertTemplateUsed(response, "base.html")


def test_a_long_list_has_pages(editor: Client) -> None:
    Task.objects.bulk_create(Task(title=f"Task {number}") for number in range(21))
    assertContains(editor.get("/tasks/"), "?page=2")
    assertContains(editor.get("/tasks/?page=2"), "Task 0")


def test_an_editor_makes_changes_and_deletes(editor: Client) -> None:
    assertTemplateUsed(editor.get("/tasks/new/"), "tasks/task_form.html")
    response = editor.post("/tasks/new/", {"title": "Write"}, follow=True)
    assertRedirects(response, "/tasks/")
    assertContains(response, "Saved.")
    task = Task.objects.get()

    page = editor.post(task.get_absolute_url(), {"title": " "})
    assertContains(page, "This field is required.")
    editor.post(task.get_absolute_url(), {"title": "Read", "done": "on"})
    task.refresh_from_db()
    assert (task.title, task.done) == ("Read", True)

    delete = f"/tasks/{task.pk}/delete/"
    assertTemplateUsed(editor.get(delete), "tasks/task_confirm_delete.html")
    assertRedirects(editor.post(delete), "/tasks/")
    assert not Task.objects.exists()


@pytest.mark.parametrize("path", ["/tasks/", "/tasks/new/", "/tasks/1/", "/tasks/1/delete/"])
def test_a_stranger_sees_nothing(client: Client, path: str) -> None:
    Task.objects.create(pk=1, title="Write")
{% if cookiecutter.accounts %}
    assertRedirects(client.get(path), f"/accounts/login/?next={path}")
    client.post(path, {"title": "Read"})
{% else %}
    for headers in ({}, basic("wrong"), basic("\xff"), {"authorization": "Basic x"}):
        response = client.get(path, headers=headers)
        assert response.status_code == 401
        assert response["WWW-Authenticate"].startswith("Basic ")
        client.post(path, {"title": "Read"}, headers=headers)
{% endif %}
    assert Task.objects.get().title == "Write"
{% if not cookiecutter.accounts %}


def test_who_may_only_read_changes_nothing(client: Client, make_token: MakeToken) -> None:
    headers = basic(make_token("read"))
    assert client.get("/tasks/", headers=headers).status_code == 200
    assert client.post("/tasks/new/", {"title": "x"}, headers=headers).status_code == 403
    assert not Task.objects.exists()
{% endif %}


def test_a_forged_form_is_refused(editor: Client) -> None:
    editor.handler.enforce_csrf_checks = True
    assert editor.post("/tasks/new/", {"title": "x"}).status_code == 403
    assert not Task.objects.exists()


def test_markup_in_a_title_is_escaped(editor: Client) -> None:
    Task.objects.create(title="<img src=x onerror=1>")
    response = editor.get("/tasks/")
    assertContains(response, "&lt;img src=x onerror=1&gt;")
    assert b"<img" not in response.content
