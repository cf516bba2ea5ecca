from django.contrib.messages.views import SuccessMessageMixin
from django.forms import ModelForm
from django.urls import reverse_lazy
from django.views.generic import CreateView, DeleteView, ListView, UpdateView

{% if not cookiecutter.accounts %}
from .basic import BasicLoginMixin
{% endif %}
{% set login = '' if cookiecutter.accounts else 'BasicLoginMixin, ' %}
from .models import Task

type TaskForm = ModelForm[Task]


class TaskList({{ login }}ListView[Task]):
    model = Task
    paginate_by = 20


class TaskCreate({{ login }}SuccessMessageMixin[TaskForm], CreateView[Task, TaskForm]):
    model = Task
    fields = ["title", "done"]
    success_url = reverse_lazy("tasks:list")
    success_message = "Saved."


class TaskUpdate({{ login }}SuccessMessageMixin[TaskForm], UpdateView[Task, TaskForm]):
    model = Task
    fields = ["title", "done"]
    success_url = reverse_lazy("tasks:list")
    success_message = "Saved."


class TaskDelete({{ login }}DeleteView[Task, TaskForm]):
    model = Task
    success_url = reverse_lazy("tasks:list")
