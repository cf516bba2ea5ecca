import os
from collections.abc import Mapping
from typing import Any

from flask import Flask


def load(app: Flask, overrides: Mapping[str, Any]) -> None:
    """Read the configuration: the environment, then FLASK_* for the rest, then the overrides."""
    app.config.from_mapping(
        SECRET_KEY=os.environ.get("SECRET_KEY", ""),
        SQLALCHEMY_ENGINES={"default": engine(os.environ.get("DATABASE_URL", ""))},
        TRUSTED_HOSTS=hosts(os.environ.get("TRUSTED_HOSTS", "")),
        HSTS_SECONDS=3600,
        MAX_CONTENT_LENGTH=1024 * 1024,
        SESSION_COOKIE_SECURE=not app.debug,
        SESSION_COOKIE_SAMESITE="Lax",
    )
    app.config.from_prefixed_env()
    app.config.from_mapping(overrides)

    # The flask command in a checkout without a key is a developer's. A server has one.
    by_hand = os.environ.get("FLASK_RUN_FROM_CLI") == "true" and not app.config["SECRET_KEY"]
    if app.debug or by_hand:
        app.config["SECRET_KEY"] = app.config["SECRET_KEY"] or "development"
    elif len(app.config["SECRET_KEY"]) < 50:
        raise RuntimeError("SECRET_KEY must be set to at least 50 random characters.")


def engine(url: str) -> dict[str, Any]:
    """Return SQLAlchemy's options; a relative SQLite path starts at the instance folder."""
    if url.startswith("sqlite:///"):
        # The path as it stands: in a URL, %20 would be a space.
        return {"url": {"drivername": "sqlite", "database": url.removeprefix("sqlite:///")}}
    if not url.startswith("postgresql:"):
        return {"url": url or "sqlite:///db.sqlite3"}
    return {"url": url, "pool_pre_ping": True, "connect_args": {"connect_timeout": 5}}


def hosts(names: str) -> list[str] | None:
    """Return the hosts to answer to, None for all; probes on the machine itself are welcome."""
    listed = [name.strip() for name in names.split(",") if name.strip()]
    return [*listed, "127.0.0.1", "localhost"] if listed else None
