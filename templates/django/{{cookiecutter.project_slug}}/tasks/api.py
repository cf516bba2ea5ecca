from http import HTTPStatus
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import model_to_dict
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from core.api import JsonView

from .forms import TaskForm
from .models import Task

LARGEST_PAGE = 100


class PageForm(forms.Form):
    page = forms.IntegerField(min_value=1, required=False)
    limit = forms.IntegerField(min_value=1, required=False)


def as_json(task: Task) -> dict[str, Any]:
    return {
        "id": task.pk,
        "title": task.title,
        "done": task.done,
        "created": task.created,
        "updated": task.updated,
    }


def save(body: dict[str, Any], task: Task) -> Task:
    """Store what the body says about the task; the fields it leaves out stay as they are."""
    # A form converts, because a browser sends text only. JSON has types, so they must be right.
    wrong = {
        name: [f"This must be a {expected}."]
        for name, kind, expected in [("title", str, "string"), ("done", bool, "boolean")]
        if name in body and not isinstance(body[name], kind)
    }
    if wrong:
        raise ValidationError(wrong)
    form = TaskForm(model_to_dict(task, TaskForm.Meta.fields) | body, instance=task)
    if not form.is_valid():
        raise ValidationError(form.errors.as_data())
    return form.save()


class TaskCollection(JsonView):
    def get(self, request: HttpRequest) -> JsonResponse:
        query = PageForm(request.GET)
        if not query.is_valid():
            raise ValidationError(query.errors.as_data())
        page = query.cleaned_data["page"] or 1
        limit = min(query.cleaned_data["limit"] or 20, LARGEST_PAGE)
        tasks = Task.objects.all()
        total = tasks.count()
        start = (page - 1) * limit
        found = tasks[start : start + limit] if start < total else []
        return JsonResponse(
            {
                "data": [as_json(task) for task in found],
                "meta": {"page": page, "limit": limit, "total": total},
            }
        )

    def post(self, request: HttpRequest) -> JsonResponse:
        task = save(self.json(), Task())
        location = reverse("tasks:api-detail", kwargs={"pk": task.pk})
        return JsonResponse(
            as_json(task), status=HTTPStatus.CREATED, headers={"Location": location}
        )


class TaskDetail(JsonView):
    def get(self, request: HttpRequest, pk: int) -> JsonResponse:
        return JsonResponse(as_json(get_object_or_404(Task, pk=pk)))

    def patch(self, request: HttpRequest, pk: int) -> JsonResponse:
        return JsonResponse(as_json(save(self.json(), get_object_or_404(Task, pk=pk))))

    def delete(self, request: HttpRequest, pk: int) -> HttpResponse:
        get_object_or_404(Task, pk=pk).delete()
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
