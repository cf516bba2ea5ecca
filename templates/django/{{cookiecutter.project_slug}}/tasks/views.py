from django.contrib.auth.mixins import PermissionRequiredMixin
from django.contrib.messages.views import SuccessMessageMixin
from django.urls import reverse_lazy
from django.views.generic import CreateView, DeleteView, ListView, UpdateView

from .forms import TaskForm
from .models import Task


class TaskList(ListView[Task]):
    model = Task
    paginate_by = 20


class TaskCreate(
    PermissionRequiredMixin, SuccessMessageMixin[TaskForm], CreateView[Task, TaskForm]
):
    permission_required = "tasks.add_task"
    model = Task
    form_class = TaskForm
    success_url = reverse_lazy("tasks:list")
    success_message = "Saved."


class TaskUpdate(
    PermissionRequiredMixin, SuccessMessageMixin[TaskForm], UpdateView[Task, TaskForm]
):
    permission_required = "tasks.change_task"
    model = Task
    form_class = TaskForm
    success_url = reverse_lazy("tasks:list")
    success_message = "Saved."


class TaskDelete(PermissionRequiredMixin, DeleteView[Task, TaskForm]):
    permission_required = "tasks.delete_task"
    model = Task
    success_url = reverse_lazy("tasks:list")
