from django.urls import include, path
from rest_framework.routers import SimpleRouter

from . import api, views

app_name = "tasks"

router = SimpleRouter(trailing_slash=False, use_regex_path=False)
router.register("tasks", api.TaskViewSet, basename="api")

urlpatterns = [
    path("tasks/", views.TaskList.as_view(), name="list"),
    path("tasks/new/", views.TaskCreate.as_view(), name="create"),
    path("tasks/<int:pk>/", views.TaskUpdate.as_view(), name="update"),
    path("tasks/<int:pk>/delete/", views.TaskDelete.as_view(), name="delete"),
    path("api/", include(router.urls)),
]
