from collections.abc import Mapping
from typing import Any

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

{% if cookiecutter.database == "postgresql" %}
DEVELOPMENT_DATABASE = "postgresql://app:app@127.0.0.1:5432/app"
{% else %}
DEVELOPMENT_DATABASE = "sqlite:///db.sqlite3"
{% endif %}


def load(app: Flask, environ: Mapping[str, str]) -> None:
    """Read the environment. The variables are listed in README.md."""
    # The flask command is a developer's or an operator's. What serves has a key and host names.
    developer = environ.get("FLASK_RUN_FROM_CLI") == "true"
    app.config.from_mapping(
        SECRET_KEY=environ.get("SECRET_KEY", ""),
        SQLALCHEMY_ENGINES={"default": engine(environ)},
        TRUSTED_HOSTS=words(environ.get("TRUSTED_HOSTS", "")) or None,
        CORS_ORIGINS=words(environ.get("CORS_ORIGINS", "")),
        HSTS_SECONDS=int(environ.get("HSTS_SECONDS") or 3600),
        MAX_CONTENT_LENGTH=1024 * 1024,
        SESSION_COOKIE_SECURE=not app.debug,
        SESSION_COOKIE_SAMESITE="Lax",
        RATELIMIT_APPLICATION=f"{environ.get('API_RATE') or 600} per minute",
        RATELIMIT_STORAGE_URI="memory://",
        API_TITLE="{{ cookiecutter.project_slug }}",
        API_VERSION="1",
        OPENAPI_VERSION="3.1.0",
        OPENAPI_URL_PREFIX="/",
        API_SPEC_OPTIONS={
            "components": {"securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}}},
            "security": [{"bearer": []}],
        },
    )
{% if cookiecutter.accounts %}
    app.config.from_mapping(
        SECURITY_RECOVERABLE=True,
        SECURITY_CHANGEABLE=True,
        SECURITY_RETURN_GENERIC_RESPONSES=True,
        SECURITY_EMAIL_VALIDATOR_ARGS={"check_deliverability": False},
        # Argon2 needs no second hash around it, and so no secret of its own.
        SECURITY_PASSWORD_SINGLE_HASH=["argon2"],
        REMEMBER_COOKIE_SECURE=not app.debug,
        REMEMBER_COOKIE_SAMESITE="Lax",
        LOGIN_RATE=int(environ.get("LOGIN_RATE") or 10),
        MAIL_BACKEND=environ.get("MAIL_BACKEND") or ("console" if developer else "smtp"),
        MAIL_SERVER=environ.get("MAIL_SERVER", "localhost"),
        MAIL_PORT=int(environ.get("MAIL_PORT") or 587),
        MAIL_USE_TLS=True,
        MAIL_USERNAME=environ.get("MAIL_USERNAME"),
        MAIL_PASSWORD=environ.get("MAIL_PASSWORD"),
        MAIL_DEFAULT_SENDER=environ.get("MAIL_SENDER", "no-reply@localhost"),
        MAIL_TIMEOUT=10,
    )
{% endif %}
    if proxies := int(environ.get("PROXY_COUNT") or 0):
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies)  # type: ignore[method-assign]

    if developer:
        app.config["SECRET_KEY"] = app.config["SECRET_KEY"] or "development"
        return
    if len(app.config["SECRET_KEY"]) < 50:
        raise RuntimeError("SECRET_KEY must be set to at least 50 random characters.")
    if not app.config["TRUSTED_HOSTS"]:
        raise RuntimeError("TRUSTED_HOSTS must be set to the host names of this site.")


def engine(environ: Mapping[str, str]) -> dict[str, Any]:
    """Return SQLAlchemy's options; a relative SQLite path starts at the instance folder."""
    url = environ.get("DATABASE_URL") or DEVELOPMENT_DATABASE
    if url.startswith("sqlite:///"):
        # The path as it stands: in a URL, %20 would be a space.
        return {"url": {"drivername": "sqlite", "database": url.removeprefix("sqlite:///")}}
    if not url.startswith("postgres"):
        return {"url": url}
    seconds = environ.get("STATEMENT_TIMEOUT") or 5
    return {
        "url": url.replace("postgres://", "postgresql://", 1),
        "pool_size": 8,
        "max_overflow": 0,
        "pool_timeout": 5,
        "pool_pre_ping": True,
        "connect_args": {"connect_timeout": 2, "options": f"-c statement_timeout={seconds}s"},
    }


def words(text: str) -> list[str]:
    """Return the parts of a text between commas."""
    return [word.strip() for word in text.split(",") if word.strip()]
