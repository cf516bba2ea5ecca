"""
Django settings. One module: what differs between machines comes from the environment.

https://docs.djangoproject.com/en/6.1/ref/settings/
"""

import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import django_stubs_ext
import environ
from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP

# Makes `ModelAdmin[Model]` and the like work at run time.
django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()

# manage.py reads `.env` and may run without any configuration. Whatever else loads the settings
# is a server: it has its environment, and is never in debug mode.
MANAGE = Path(sys.argv[0]).name == "manage.py"
RUNSERVER = MANAGE and sys.argv[1:2] == ["runserver"]

if MANAGE:
    env.read_env(BASE_DIR / ".env")

DEBUG = MANAGE and env.bool("DEBUG", default=RUNSERVER)
SECRET_KEY = env.str("SECRET_KEY", default="")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])

if not DEBUG and (RUNSERVER or not MANAGE):
    if len(SECRET_KEY) < 50 or SECRET_KEY.startswith("django-insecure-"):
        raise ImproperlyConfigured("SECRET_KEY must be set to at least 50 random characters.")
    if not ALLOWED_HOSTS:
        raise ImproperlyConfigured("ALLOWED_HOSTS must name the hosts that the site answers to.")

SECRET_KEY = SECRET_KEY or "django-insecure-development-only"


# Application definition

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
{% if cookiecutter.accounts %}
    "allauth",
    "allauth.account",
{% endif %}
    "corsheaders",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "knox",
    "rest_framework",
    "accounts",
    "core",
{% if cookiecutter.example %}
    "tasks",
{% endif %}
]

MIDDLEWARE = [
    "core.middleware.access_log",
    "core.middleware.probes",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
{% if cookiecutter.accounts %}
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "allauth.account.middleware.AccountMiddleware",
{% endif %}
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "config.urls"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
{% if cookiecutter.accounts %}
                "accounts.context_processors.registration",
{% endif %}
            ],
        },
    },
]

WSGI_APPLICATION = "config.wsgi.application"


# Database
# https://docs.djangoproject.com/en/6.1/ref/databases/


def database(url: str) -> dict[str, Any]:
    """Read a database URL; a relative SQLite path starts at the project's folder."""
    config: dict[str, Any] = env.db_url_config(url)
    options: dict[str, Any] = config.setdefault("OPTIONS", {})
    if config["ENGINE"] == "django.db.backends.sqlite3":
        # As it stands: django-environ would decode a % or + in the path.
        config["NAME"] = BASE_DIR / url.removeprefix("sqlite:///")
        config["CONN_MAX_AGE"] = None
        # Readers and one writer at a time, and a writer that waits instead of failing.
        options["init_command"] = "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"
        options["timeout"] = 5
        options["transaction_mode"] = "IMMEDIATE"
    else:
        # A process has more threads than the server should have connections.
        config["CONN_HEALTH_CHECKS"] = True
        options.setdefault("pool", {"min_size": 1, "max_size": 8, "timeout": 5})
        options.setdefault("connect_timeout", 2)
        if not MANAGE:  # A migration may take its time.
            timeout = env.int("STATEMENT_TIMEOUT", default=5)
            options.setdefault("options", f"-c statement_timeout={timeout}s")
    return config


{% if cookiecutter.database == "postgresql" %}
DATABASE_URL = env.str("DATABASE_URL", default="postgresql://app:app@127.0.0.1:5432/app")
{% else %}
DATABASE_URL = env.str("DATABASE_URL", default="sqlite:///db.sqlite3")
{% endif %}
DATABASES = {"default": database(DATABASE_URL)}

CACHES = {
    # Shared by all processes; the table is made by a migration.
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        # With 300, Django's default, a stranger's failed log-ins would push out others' counters.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
    # For what changes with every request.
    "process": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    },
}


# Authentication
# https://docs.djangoproject.com/en/6.1/topics/auth/

AUTH_USER_MODEL = "accounts.User"
{% if cookiecutter.accounts %}
LOGIN_URL = "account_login"
{% else %}
LOGIN_URL = "admin:login"
{% endif %}
LOGIN_REDIRECT_URL = "home"

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
{% if cookiecutter.accounts %}

# https://docs.allauth.org/en/latest/account/configuration.html
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_ALLOW_REGISTRATION = env.bool("ACCOUNT_ALLOW_REGISTRATION", default=False)
# Who signs up must own the address. An administrator knows whom she adds.
ACCOUNT_EMAIL_VERIFICATION = "mandatory" if ACCOUNT_ALLOW_REGISTRATION else "optional"
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*", "password2*"]
ACCOUNT_RATE_LIMITS = {
    "login_failed": f"{env.int('LOGIN_RATE', default=10)}/5m/key,100/5m/ip",
}
# Behind a proxy the client's address is the last one in X-Forwarded-For; see gunicorn.conf.py.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if env.str("FORWARDED_ALLOW_IPS", default="") else 0
{% endif %}


# API
# https://www.django-rest-framework.org/api-guide/settings/

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["core.api.TokenAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["core.api.HasRight"],
    "DEFAULT_PARSER_CLASSES": ["core.api.JSONParser"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PAGINATION_CLASS": "core.api.Pagination",
    "DEFAULT_THROTTLE_CLASSES": ["core.api.TokenRateThrottle"],
    "DEFAULT_THROTTLE_RATES": {"token": f"{env.int('API_RATE', default=600)}/min"},
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "core.problems.exception_handler",
    "NUM_PROXIES": 0,
}

# https://jazzband.github.io/django-rest-knox/settings/
KNOX_TOKEN_MODEL = "accounts.Token"  # noqa: S105
REST_KNOX = {"AUTH_HEADER_PREFIX": "Bearer", "TOKEN_TTL": timedelta(days=365)}

# https://drf-spectacular.readthedocs.io/en/latest/settings.html
SPECTACULAR_SETTINGS = {
    "TITLE": "{{ cookiecutter.__name_quoted }}",
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    "SERVE_AUTHENTICATION": [],
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "core.schema.document_problems",
    ],
}

# https://github.com/adamchainz/django-cors-headers
CORS_ALLOWED_ORIGINS = env.list("CORS_ALLOWED_ORIGINS", default=[])
CORS_URLS_REGEX = r"^/api/"


# Internationalization
# https://docs.djangoproject.com/en/6.1/topics/i18n/

LANGUAGE_CODE = "en-us"
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True


# Static files
# https://docs.djangoproject.com/en/6.1/howto/static-files/

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}


# Email
# https://docs.djangoproject.com/en/6.1/topics/email/

DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="webmaster@localhost")

if DEBUG:
    MAILERS: dict[str, Any] = {
        "default": {"BACKEND": "django.core.mail.backends.console.EmailBackend"}
    }
else:
    mail = env.email_url("EMAIL_URL", default="smtp://localhost:25")
    MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": {
                "host": mail["EMAIL_HOST"],
                "port": mail["EMAIL_PORT"],
                "username": mail["EMAIL_HOST_USER"],
                "password": mail["EMAIL_HOST_PASSWORD"],
                "use_tls": mail.get("EMAIL_USE_TLS", False),
                "use_ssl": mail.get("EMAIL_USE_SSL", False),
                "timeout": 10,
            },
        },
    }


# Security
# https://docs.djangoproject.com/en/6.1/howto/deployment/checklist/

DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
CSRF_COOKIE_HTTPONLY = True

SECURE_CSP = {
    "default-src": [CSP.SELF],
    "script-src": [CSP.SELF, CSP.NONCE],
    "style-src": [CSP.SELF, CSP.NONCE],
    "img-src": [CSP.SELF, "data:"],
    "base-uri": [CSP.SELF],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
    "object-src": [CSP.NONE],
}

if not DEBUG:
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
    # An hour: raise it once HTTPS is known to work for good, browsers do not forget it.
    SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=3600)
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True

# HSTS for all subdomains, and in the browsers' own list: to be decided by who knows them all.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]


# Logging
# https://docs.djangoproject.com/en/6.1/topics/logging/

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{levelname} {name} {message}", "style": "{"},
        "json": {"()": "core.logging.JsonFormatter"},
    },
    "handlers": {
        "stdout": {
            "class": "logging.StreamHandler",
            "stream": "ext://sys.stdout",
            "formatter": "line" if DEBUG else "json",
        },
    },
    "root": {"handlers": ["stdout"], "level": env.str("LOG_LEVEL", default="INFO").upper()},
    "loggers": {
        # Django's own handlers and level give way to those of the root logger.
        "django": {"handlers": [], "level": "NOTSET"},
        # The line of a request is core.middleware's; here only failures with their traceback.
        "django.request": {"level": "ERROR"},
        "django.server": {"level": "CRITICAL"},
        # These would write what a stranger sent: Host, Origin and Referer.
        "django.security.DisallowedHost": {"level": "CRITICAL"},
        "django.security.csrf": {"level": "CRITICAL"},
    },
}
