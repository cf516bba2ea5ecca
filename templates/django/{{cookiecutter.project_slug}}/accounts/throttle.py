"""Slows down password guessing."""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseBase

ATTEMPTS = 10
SECONDS = 300

type LoginView = Callable[..., HttpResponseBase]


def throttle_login(view: LoginView) -> LoginView:
    """
    Allow a user name so many failed attempts from one address, then answer 429 for a while.

    The counter lives in the default cache, so it is exact when all processes share that.
    """

    @wraps(view)
    def throttled(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        name = request.POST.get("username", "").strip().casefold()
        address = request.META.get("REMOTE_ADDR", "")
        key = "login:" + hashlib.sha256(f"{address} {name}".encode()).hexdigest()
        cache.add(key, 0, SECONDS)
        if cache.incr(key) > ATTEMPTS:
            return HttpResponse(
                "Too many attempts. Try again later.\n",
                status=429,
                headers={"Retry-After": str(SECONDS)},
                content_type="text/plain",
            )
        response = view(request, *args, **kwargs)
        if response.status_code == 302:
            cache.delete(key)
        return response

    return throttled
