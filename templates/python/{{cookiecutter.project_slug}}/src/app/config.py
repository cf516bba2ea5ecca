from dataclasses import dataclass
from os import environ
from typing import Self


class ConfigError(Exception):
    """What the person who starts the program must change."""


@dataclass(frozen=True, kw_only=True)
class Config:
    database_url: str = "{{ 'sqlite:///db.sqlite3' if cookiecutter.database == 'sqlite' else 'postgresql://app:app@127.0.0.1:5432/app' }}"
{% if cookiecutter.database == "postgresql" %}
    statement_timeout: int = 5
{% endif %}
    allowed_hosts: tuple[str, ...] = ()
    cors_origins: tuple[str, ...] = ()
    log_level: str = "INFO"

    @classmethod
    def from_environment(cls, *, default_hosts: str = "") -> Self:
        hosts = environ.get("ALLOWED_HOSTS") or default_hosts
        return cls(
            database_url=environ.get("DATABASE_URL", cls.database_url),
{% if cookiecutter.database == "postgresql" %}
            statement_timeout=int(environ.get("STATEMENT_TIMEOUT", cls.statement_timeout)),
{% endif %}
            allowed_hosts=tuple(hosts.lower().replace(",", " ").split()),
            cors_origins=tuple(environ.get("CORS_ORIGINS", "").replace(",", " ").split()),
            log_level=environ.get("LOG_LEVEL", cls.log_level).upper(),
        )
