from django.contrib.auth.views import LoginView
from django.urls import include, path

from .throttle import throttle_login

urlpatterns = [
    path("login/", throttle_login(LoginView.as_view()), name="login"),
    path("", include("django.contrib.auth.urls")),
]
