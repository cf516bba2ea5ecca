"""https://docs.djangoproject.com/en/6.1/topics/http/urls/"""

from django.contrib import admin
from django.urls import include, path, re_path
from django.views.generic import TemplateView

from accounts.throttle import throttle_login
from core import api

urlpatterns = [
    path("", TemplateView.as_view(template_name="home.html"), name="home"),
    path("admin/login/", throttle_login(admin.site.login)),
    path("admin/", admin.site.urls),
    path("accounts/", include("accounts.urls")),
    path("", include("tasks.urls")),
    re_path("^api/", api.not_found),
]

handler500 = api.server_error
