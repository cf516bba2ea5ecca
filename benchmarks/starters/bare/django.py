"""Django and its ORM alone: no middleware, one table of routes."""

import os

os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"

import django
from django.conf import settings

django.setup()
settings.MIDDLEWARE = []
settings.ROOT_URLCONF = "bare"

from accounts.models import Token
from django.core.handlers.wsgi import WSGIHandler
from django.http import JsonResponse
from django.urls import path
from django.utils import timezone
from knox.crypto import hash_token
from tasks.models import Task


def healthz(request):
    return JsonResponse({"status": "ok"})


def tasks(request):
    secret = request.headers.get("Authorization", "").removeprefix("Bearer ")
    token = Token.objects.filter(digest=hash_token(secret), expiry__gt=timezone.now()).first()
    if token is None or not token.has_right("read"):
        return JsonResponse({}, status=401)
    found = Task.objects.values("id", "title", "done", "created", "updated")[:20]
    meta = {"page": 1, "limit": 20, "total": Task.objects.count()}
    return JsonResponse({"data": list(found), "meta": meta})


urlpatterns = [path("healthz", healthz), path("api/tasks", tasks)]
application = WSGIHandler()
