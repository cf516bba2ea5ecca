"""The settings of production, with nothing from the developer's environment but DATABASE_URL."""

import os

import environ

environ.Env.ENVIRON = {
    name: value for name, value in os.environ.items() if name == "DATABASE_URL"
} | {"SECRET_KEY": "only-for-tests-" * 4, "ALLOWED_HOSTS": "testserver"}

from config.settings import *  # noqa: E402, F403

SECURE_SSL_REDIRECT = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"]["BACKEND"] = (  # noqa: F405
    "django.contrib.staticfiles.storage.StaticFilesStorage"
)
