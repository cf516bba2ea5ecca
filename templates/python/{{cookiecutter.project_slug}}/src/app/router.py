import re
from collections.abc import Callable
from http import HTTPStatus

from .http import HTTPError, Request, Response

type Handler = Callable[..., Response]


class Router:
    """Finds the function for a method and a path such as `/tasks/{id}`."""

    def __init__(self) -> None:
        self._routes: list[tuple[re.Pattern[str], dict[str, Handler]]] = []

    def add(self, path: str, **handlers: Handler) -> None:
        """Register a function a method: `add("/tasks", get=index, post=create)`."""
        parts = re.split(r"{(\w+)}", path)
        parts[0::2] = map(re.escape, parts[0::2])
        parts[1::2] = [f"(?P<{name}>[^/]+)" for name in parts[1::2]]
        methods = {method.upper(): handler for method, handler in handlers.items()}
        if "GET" in methods:
            methods.setdefault("HEAD", methods["GET"])
        self._routes.append((re.compile("".join(parts)), methods))

    def answer(self, request: Request) -> Response:
        for pattern, methods in self._routes:
            if match := pattern.fullmatch(request.path):
                if handler := methods.get(request.method):
                    return handler(request, **match.groupdict())
                allow = {"Allow": ", ".join(sorted(methods))}
                raise HTTPError(HTTPStatus.METHOD_NOT_ALLOWED, allow)
        raise HTTPError(HTTPStatus.NOT_FOUND)
