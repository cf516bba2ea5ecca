"""Forms prove that they are ours: a signed cookie whose value the form repeats."""

import hashlib
import hmac
import secrets
from http import HTTPStatus

from .http import HTTPError, Request, Response

COOKIE = "csrf"


class FormGuard:
    def __init__(self, key: str, *, secure: bool) -> None:
        # Without a key, in development, a random one that lasts until the next start.
        self._key = (key or secrets.token_urlsafe()).encode()
        self._attributes = "Path=/; HttpOnly; SameSite=Lax" + ("; Secure" if secure else "")

    def token(self, request: Request) -> str:
        """Return the visitor's token, a new one unless the cookie has a valid one."""
        token = request.cookies.get(COOKIE, "")
        return token if self._signed(token) else self._sign(secrets.token_urlsafe())

    def give(self, token: str, response: Response) -> Response:
        response.headers["Set-Cookie"] = f"{COOKIE}={token}; {self._attributes}"
        return response

    def check(self, request: Request) -> None:
        token = request.cookies.get(COOKIE, "")
        repeated = request.form().get(COOKIE, "")
        same = hmac.compare_digest(token.encode(), repeated.encode())
        if not (same and self._signed(token)):
            raise HTTPError(HTTPStatus.FORBIDDEN)

    def _sign(self, value: str) -> str:
        signature = hmac.new(self._key, value.encode(), hashlib.sha256).hexdigest()
        return f"{value}.{signature}"

    def _signed(self, token: str) -> bool:
        value = token.rpartition(".")[0]
        return hmac.compare_digest(self._sign(value).encode(), token.encode())
