"""https://docs.djangoproject.com/en/6.1/topics/http/urls/"""

from http import HTTPStatus

{% if cookiecutter.accounts %}
from allauth.account.decorators import secure_admin_login
{% endif %}
from django.contrib import admin
{% if cookiecutter.accounts %}
from django.contrib.auth.decorators import login_not_required
{% endif %}
from django.urls import {% if cookiecutter.accounts or cookiecutter.example %}include, {% endif %}path
from django.views import defaults
from django.views.generic import TemplateView
from drf_spectacular.renderers import OpenApiJsonRenderer2
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from accounts.api import Me
from core.problems import page_or_problem

{% if cookiecutter.accounts %}
# The admin's own log-in knows no limit.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

home = login_not_required(TemplateView.as_view(template_name="home.html"))
{% else %}
home = TemplateView.as_view(template_name="home.html")
{% endif %}
schema = SpectacularAPIView.as_view(renderer_classes=[OpenApiJsonRenderer2])
docs = SpectacularSwaggerSplitView.as_view(
    template_name="docs.html", http_method_names=["get", "head"]
)

urlpatterns = [
    path("", home, name="home"),
    path("admin/", admin.site.urls),
{% if cookiecutter.accounts %}
    path("accounts/", include("allauth.urls")),
{% endif %}
{% if cookiecutter.example %}
    path("", include("tasks.urls")),
{% endif %}
    path("api/me", Me.as_view(), name="me"),
    path("openapi.json", schema, name="schema"),
    path("docs", docs, name="docs"),
]

handler400 = page_or_problem(defaults.bad_request, HTTPStatus.BAD_REQUEST)
handler404 = page_or_problem(defaults.page_not_found, HTTPStatus.NOT_FOUND)
handler500 = page_or_problem(defaults.server_error, HTTPStatus.INTERNAL_SERVER_ERROR)
