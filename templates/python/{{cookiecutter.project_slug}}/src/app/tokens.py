{% if cookiecutter.database == "sqlite" %}
{% set a, z = ":", "" %}
{% else %}
{% set a, z = "%(", ")s" %}
{% endif %}
"""Tokens for the API: shown once, kept as a hash, which is right for a random secret."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

from .config import ConfigError
from .database import Database, now


@dataclass(frozen=True)
class Token:
    name: str
    rights: list[str]


def create(database: Database, name: str, rights: str) -> str:
    token = secrets.token_urlsafe(32)
    database.query(
        "INSERT INTO tokens (name, digest, rights, created, expires)"
        " VALUES ({{a}}name{{z}}, {{a}}digest{{z}}, {{a}}rights{{z}}, {{a}}created{{z}}, {{a}}expires{{z}})",
        name=name,
        digest=digest(token),
        rights=rights,
        created=now(),
        expires=now(timedelta(days=365)),
    )
    return token


def revoke(database: Database, name: str) -> None:
    if not database.query("DELETE FROM tokens WHERE name = {{a}}name{{z}} RETURNING name", name=name):
        raise ConfigError(f"There is no token called {name}.")


def find(database: Database, token: str) -> Token | None:
    found = database.query(
        "SELECT name, rights FROM tokens WHERE digest = {{a}}digest{{z}} AND expires > {{a}}now{{z}}",
        digest=digest(token),
        now=now(),
    )
    return Token(found[0]["name"], found[0]["rights"].split(",")) if found else None


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
