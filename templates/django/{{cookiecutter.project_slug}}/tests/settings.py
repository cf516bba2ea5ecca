"""The settings in production mode, with what a test must not need: a secret, HTTPS, a build."""

import os

os.environ["DEBUG"] = "false"
os.environ["SECRET_KEY"] = "only-for-tests-" * 4

from config.settings import *  # noqa: F403

ALLOWED_HOSTS = ["testserver"]
DATABASES = {"default": DATABASES["default"]}  # noqa: F405
SECURE_SSL_REDIRECT = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"]["BACKEND"] = (  # noqa: F405
    "django.contrib.staticfiles.storage.StaticFilesStorage"
)
