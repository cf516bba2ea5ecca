"""The settings in production mode, with what a test must not need: a secret, HTTPS, a build."""

import os

os.environ["DEBUG"] = "false"
os.environ["SECRET_KEY"] = "only-for-tests-" * 4
os.environ["TASKS_DATABASE_URL"] = ""

from config.settings import *  # noqa: F403

ALLOWED_HOSTS = ["testserver"]
SECURE_SSL_REDIRECT = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"]["BACKEND"] = (  # noqa: F405
    "django.contrib.staticfiles.storage.StaticFilesStorage"
)
