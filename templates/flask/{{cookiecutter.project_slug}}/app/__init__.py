from collections.abc import Mapping
from typing import Any

from flask import Flask, render_template

from . import config, database, errors, health, security
from .tasks import api as tasks_api
from .tasks import pages as tasks_pages


def create_app(overrides: Mapping[str, Any] | None = None) -> Flask:
    """Put the application together; tests pass configuration that wins over the environment."""
    app = Flask(__name__)
    config.load(app, overrides or {})
    database.init_app(app)
    errors.init_app(app)
    security.init_app(app)

    app.register_blueprint(health.bp)
    app.register_blueprint(tasks_api.bp)
    app.register_blueprint(tasks_pages.bp)

    @app.get("/")
    def home() -> str:
        return render_template("home.html")

    return app
