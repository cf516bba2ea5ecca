from typing import Any

from django.urls import reverse
from rest_framework.viewsets import ModelViewSet

from .models import Task
from .serializers import TaskSerializer


class TaskViewSet(ModelViewSet[Task]):
    queryset = Task.objects.all()
    serializer_class = TaskSerializer
    http_method_names = ["get", "head", "options", "post", "patch", "delete"]
    lookup_value_converter = "int"

    def get_success_headers(self, data: dict[str, Any]) -> dict[str, str]:
        return {"Location": reverse("tasks:api-detail", args=[data["id"]])}
