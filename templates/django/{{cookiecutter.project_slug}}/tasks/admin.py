from django.contrib import admin
from django.contrib.admin import ActionLocation
from django.db.models import QuerySet
from django.http import HttpRequest

from .models import Task


@admin.register(Task)
class TaskAdmin(admin.ModelAdmin[Task]):
    list_display = ["title", "done", "created", "updated"]
    list_filter = ["done"]
    search_fields = ["title"]
    readonly_fields = ["created", "updated"]
    actions = ["mark_done"]

    @admin.action(
        description="Mark as done",
        permissions=["change"],
        location=[ActionLocation.CHANGE_LIST, ActionLocation.CHANGE_FORM],
    )
    def mark_done(self, request: HttpRequest, queryset: QuerySet[Task]) -> None:
        for task in queryset.filter(done=False):
            task.done = True
            task.save(update_fields=["done", "updated"])
            self.log_change(request, task, "Marked as done.")
