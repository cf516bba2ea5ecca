"""Pages for who has a token and no account."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views import View
from rest_framework.authentication import BasicAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request

from core.api import TokenAuthentication


class TokenAsPassword(BasicAuthentication):
    def authenticate_credentials(self, userid: str, password: str, request: Any = None) -> Any:
        return TokenAuthentication().authenticate_credentials(password.encode())


class BasicLoginMixin(View):
    """Asks for HTTP Basic: any user name, and a token as the password."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            known = TokenAsPassword().authenticate(Request(request))
        except AuthenticationFailed:
            known = None
        if not known:
            return HttpResponse(status=401, headers={"WWW-Authenticate": 'Basic realm="Tokens"'})
        request.user, token = known
        if not token.has_right("read" if request.method in SAFE_METHODS else "write"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)
