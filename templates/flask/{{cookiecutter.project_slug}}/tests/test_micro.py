"""What makes Flask a microframework."""

from importlib.metadata import requires

from flask import Flask
from packaging.requirements import Requirement

from app.health import bp


def test_flask_itself_needs_six_packages() -> None:
    requirements = [Requirement(line) for line in requires("flask") or []]
    core = {r.name.lower() for r in requirements if not r.marker or r.marker.evaluate()}
    assert core == {"blinker", "click", "itsdangerous", "jinja2", "markupsafe", "werkzeug"}


def test_a_blueprint_fits_any_application_at_any_address() -> None:
    app = Flask("other")
    app.register_blueprint(bp)
    app.register_blueprint(bp, name="internal", url_prefix="/internal")
    client = app.test_client()
    assert client.get("/healthz").text == client.get("/internal/healthz").text == "ok\n"
