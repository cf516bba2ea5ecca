from django import forms

from .models import Task


class TaskForm(forms.ModelForm[Task]):
    """The rules for a task, said once: the pages and the API both validate with it."""

    class Meta:
        model = Task
        fields = ["title", "done"]
