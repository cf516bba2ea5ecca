import os
from collections.abc import Mapping

from flask import Flask, render_template

{% if cookiecutter.accounts %}
from . import accounts, config, database, requests, security
{% else %}
from . import config, database, requests, security
{% endif %}
from .api import Api
{% if cookiecutter.example %}
from .tasks import api as tasks_api
from .tasks import pages as tasks_pages
{% endif %}
from .tokens import api as tokens_api
from .tokens import guard


def create_app(environ: Mapping[str, str] = os.environ) -> Flask:
    """Put the application together; tests pass an environment of their own."""
    app = Flask(__name__)
    config.load(app, environ)
    database.init_app(app)
    # The order in which a request passes them.
    requests.init_app(app)
    security.init_app(app)
    guard.init_app(app)

    api = Api(app)
    api.register_blueprint(tokens_api.bp)
{% if cookiecutter.accounts %}
    accounts.init_app(app)
{% endif %}
{% if cookiecutter.example %}
    api.register_blueprint(tasks_api.bp)
    app.register_blueprint(tasks_pages.bp)
{% endif %}

    @app.get("/")
    def home() -> str:
        return render_template("home.html")

    return app
