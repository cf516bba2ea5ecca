from typing import Any

from django.http import Http404
from rest_framework import serializers

from .models import Task


class TaskSerializer(serializers.ModelSerializer[Task]):
    class Meta:
        model = Task
        fields = ["id", "title", "done", "created", "updated"]

    def update(self, task: Task, changes: dict[str, Any]) -> Task:
        """Write only what was sent, so that two changes of different fields both last."""
        for name, value in changes.items():
            setattr(task, name, value)
        try:
            task.save(update_fields=[*changes, "updated"])
        except Task.NotUpdated as error:  # Deleted in the meantime.
            raise Http404 from error
        return task
