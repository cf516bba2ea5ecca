"""What servers and the `flask` command import."""

from logging.config import dictConfig

from app import create_app
from app.logging import config

dictConfig(config())

app = create_app()
