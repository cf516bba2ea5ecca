from urllib.parse import urlsplit

from flask import Flask, Response, abort, current_app, request
from flask_cors import CORS

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'self'; base-uri 'self'; form-action 'self'; "
        "frame-ancestors 'none'; object-src 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


def init_app(app: Flask) -> None:
    app.before_request(refuse_forgery)
    app.after_request(add_headers)
    if app.config["CORS_ORIGINS"]:
        CORS(app, resources="/api/*")


def refuse_forgery() -> None:
    """Refuse changes that a page of another site asks a browser to make.

    Every current browser says where such a request comes from, so no form needs a token.
    The API needs no such check: a browser sends no bearer token by itself.
    """
    if request.method in ("GET", "HEAD", "OPTIONS") or request.path.startswith("/api/"):
        return
    site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin", request.host_url)
    if not (site in ("same-origin", "none") if site else urlsplit(origin).netloc == request.host):
        abort(403)


def add_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.is_secure:
        seconds = current_app.config["HSTS_SECONDS"]
        response.headers["Strict-Transport-Security"] = f"max-age={seconds}"
    return response
