from hashlib import sha256

from flask import Flask, abort, current_app, g, request
from sqlalchemy import select
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import Unauthorized

from ..database import db, now
from .models import Token


def init_app(app: Flask) -> None:
    app.before_request(guard_api)


def guard_api() -> None:
    """Let nobody under /api/ without a token, not even to learn what is there."""
    # A browser asks without one whether another origin may send one.
    preflight = request.method == "OPTIONS" and current_app.config["CORS_ORIGINS"]
    if request.path.startswith("/api/") and not preflight:
        log_in("bearer")


def log_in(scheme: str) -> None:
    """Take the token from a Bearer header, or from the password of a Basic one."""
    sent = request.authorization
    secret = None
    if sent and sent.type == scheme:
        secret = sent.token if scheme == "bearer" else sent.password
    token = find(secret) if secret else None
    if token is None:
        raise Unauthorized(www_authenticate=WWWAuthenticate(scheme, {"realm": "tokens"}))
    if right_for(request.method) not in token.rights.split(","):
        abort(403)
    g.token = token


def find(secret: str) -> Token | None:
    valid = (Token.digest == digest(secret)) & (Token.expires > now())
    # A transaction of its own: a body that comes slowly must not keep one open.
    with db.session.begin():
        return db.session.scalar(select(Token).where(valid))


def digest(secret: str) -> str:
    """Hash a token; fast, which is right for a long random text and for no password."""
    return sha256(secret.encode()).hexdigest()


def right_for(method: str) -> str:
    return "read" if method in ("GET", "HEAD") else "write"
