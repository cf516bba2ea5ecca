from time import time

from flask import Flask, g
from flask_limiter import Limiter, RequestLimit
from werkzeug.exceptions import TooManyRequests


def init_app(app: Flask) -> None:
    """Limit what one token may ask for in a minute, counted by each process."""
    limiter = Limiter(lambda: str(g.token.id), app=app, on_breach=refuse)

    @limiter.request_filter
    def without_token() -> bool:
        return "token" not in g


def refuse(limit: RequestLimit) -> None:
    raise TooManyRequests(retry_after=max(1, int(limit.reset_at - time())))
