"""The application in production: `gunicorn app.wsgi`."""

from . import logs
from .application import Application
from .config import Config, ConfigError

config = Config.from_environment()
if not config.allowed_hosts:
    raise ConfigError("ALLOWED_HOSTS must name the hosts that the site answers to.")
logs.configure(config.log_level, logs.JsonFormatter())
application = Application(config)
