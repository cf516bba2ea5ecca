from hashlib import sha256
from time import time

from flask import Flask, abort, current_app, g, request
from flask_limiter import Limiter, RequestLimit
from sqlalchemy import select
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import TooManyRequests, Unauthorized

from ..database import db, now
from .models import Token


def init_app(app: Flask) -> None:
    app.before_request(guard_api)
    limiter = Limiter(lambda: str(g.token.id), app=app, on_breach=slow_down)
    limiter.request_filter(lambda: "token" not in g)


def guard_api() -> None:
    """Let nobody under /api/ without a token, not even to learn what is there."""
    # A browser asks without one whether another origin may send one.
    preflight = request.method == "OPTIONS" and current_app.config["CORS_ORIGINS"]
    if request.path.startswith("/api/") and not preflight:
        log_in("bearer")


def log_in(scheme: str) -> None:
    """Take the token from a Bearer header, or from the password of a Basic one."""
    sent = request.authorization
    token = secret = None
    if sent and sent.type == scheme:
        secret = sent.token if scheme == "bearer" else sent.password
    if secret:
        valid = (Token.digest == digest(secret)) & (Token.expires > now())
        # A transaction of its own: a body that comes slowly must not keep one open.
        with db.session.begin():
            token = db.session.scalar(select(Token).where(valid))
    if token is None:
        raise Unauthorized(www_authenticate=WWWAuthenticate(scheme, {"realm": "tokens"}))
    right = "read" if request.method in ("GET", "HEAD") else "write"
    if right not in token.rights.split(","):
        abort(403)
    g.token = token


def digest(secret: str) -> str:
    """Hash a token; fast, which is right for a long random text and for no password."""
    return sha256(secret.encode()).hexdigest()


def slow_down(limit: RequestLimit) -> None:
    raise TooManyRequests(retry_after=max(1, int(limit.reset_at - time())))
