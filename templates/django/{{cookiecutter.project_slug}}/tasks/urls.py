from django.urls import path

from . import api, views

app_name = "tasks"

urlpatterns = [
    path("tasks/", views.TaskList.as_view(), name="list"),
    path("tasks/new/", views.TaskCreate.as_view(), name="create"),
    path("tasks/<int:pk>/", views.TaskUpdate.as_view(), name="update"),
    path("tasks/<int:pk>/delete/", views.TaskDelete.as_view(), name="delete"),
    path("api/tasks", api.TaskCollection.as_view(), name="api-list"),
    path("api/tasks/<int:pk>", api.TaskDetail.as_view(), name="api-detail"),
]
