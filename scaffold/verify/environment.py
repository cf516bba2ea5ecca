"""The environment in which a project is verified: a database and a port of its own, never the user's."""

import base64
import hashlib
import os
import re
import socket
import tomllib
from collections.abc import Collection, Mapping
from contextlib import suppress
from pathlib import Path

from scaffold.model.framework import Secret, Starter
from scaffold.project.provenance import PROVENANCE
from scaffold.regular_file import read_regular_file

# What points a program at a database, whoever set it: the caller's shell or the project's `.env`.
_DATABASE = re.compile(r"(\w+_)?DATABASE(_\w+)?|DB_\w+|PG[A-Z]+|MYSQL_\w+|MONGO_\w+|REDIS_\w+|SQLALCHEMY_\w+")
# What would make the project another one than its template describes, or colour its output.
_FOREIGN = frozenset(
    (
        *(
            "PORT",
            "HOST",
            "DJANGO_SETTINGS_MODULE",
            "FLASK_APP",
            "FLASK_DEBUG",
            "NODE_ENV",
            "RAILS_ENV",
            "RACK_ENV",
        ),
        *("APP_ENV", "APP_DEBUG", "ASPNETCORE_ENVIRONMENT", "ASPNETCORE_URLS", "DEBUG", "FORCE_COLOR"),
        *("CLICOLOR_FORCE", "PYTEST_ADDOPTS", "PYTEST_CURRENT_TEST", "NODE_OPTIONS", "RUBYOPT", "GOFLAGS"),
    )
)
_SECRET_NAME = re.compile(r"SECRET|PASSWORD|TOKEN|_KEY$|^KEY$")
_LONG_ENOUGH = 12
"""Characters; a shorter value could appear anywhere by chance."""
_NPM_RETRIES = {
    "npm_config_fetch_retry_factor": "3",
    "npm_config_fetch_retry_mintimeout": "300",
    "npm_config_fetch_retry_maxtimeout": "1000",
}
"""Milliseconds: npm tries as often as ever, but waits 0.3 and 0.9 s between."""
_ROLES = {"api": "1000000", "login": "1000000", "drain": "0"}
"""What would stand in the way of everything else; each is the subject of a boot of its own."""
_SETTINGS_BYTES = 1 << 20
_LINE = re.compile(r"\s*(?:export\s+)?([A-Za-z_]\w*)\s*=\s*(.*?)\s*")


def at_work(environment: Mapping[str, str], database_url: str) -> dict[str, str]:
    """Return the environment in which a project is installed, linted and tested."""
    own = {name: value for name, value in environment.items() if not _is_foreign(name)}
    # Set and not only left out: the project's `.env` may name a database that holds real data.
    return own | {"DATABASE_URL": database_url, "NO_COLOR": "1"}


def in_production(
    starter: Starter,
    directory: Path,
    environment: Mapping[str, str],
    *,
    database_url: str,
    port: int,
) -> dict[str, str]:
    """Return the environment in which a project is served.

    The values of its `.env` win over the caller's, the template's ``[environment]``
    over both, and where it listens and keeps its data over all.
    """
    settings = read_settings(starter, directory)
    return {
        **at_work(environment, database_url),
        **{secret.variable: _stand_in(secret) for secret in starter.secrets},
        **{name: value for name, value in settings.items() if not _DATABASE.fullmatch(name)},
        **starter.environment,
        **{starter.variables[role]: value for role, value in _ROLES.items() if role in starter.variables},
        "DATABASE_URL": database_url,
        starter.variables.get("host", "HOST"): "127.0.0.1",
        "PORT": str(port),
    }


def in_a_clone(starter: Starter, directory: Path, environment: Mapping[str, str]) -> dict[str, str]:
    """Return the environment of a fresh clone: nothing in it that the project's settings could be."""
    named = {name for name, _ in _variables(settings_text(directory / ".env.example"))}
    named |= {*starter.environment, *starter.variables.values(), *(each.variable for each in starter.secrets)}
    return {
        name: value
        for name, value in environment.items()
        if not (_is_foreign(name) or name in named or name in read_settings(starter, directory))
    } | {"NO_COLOR": "1"}


def quick_without_network(directory: Path, environment: Mapping[str, str]) -> Mapping[str, str]:
    """Return what lets npm say within a minute that there is no network; nothing where the user set such.

    By default it waits 70 seconds for each dependency, one after the other; uv, pip and Go end in time.
    """
    named = any(name.lower().startswith("npm_config_fetch_retr") for name in environment)
    home = Path(environment.get("HOME") or environment.get("USERPROFILE") or directory)
    files = (directory / ".npmrc", Path(environment.get("npm_config_userconfig") or home / ".npmrc"))
    return {} if named or any(map(_sets_retries, files)) else _NPM_RETRIES


def _sets_retries(npmrc: Path) -> bool:
    with suppress(OSError, ValueError):
        return (
            re.search(rb"^\s*fetch-retr", read_regular_file(npmrc, _SETTINGS_BYTES), re.MULTILINE) is not None
        )
    return False


def own_temporary_folder(folder: Path) -> dict[str, str]:
    """Return the variables that keep temporary files in ``folder``: runners clean up after each other."""
    temporary = folder / "temporary"
    temporary.mkdir()
    return dict.fromkeys(("TMPDIR", "TMP", "TEMP"), str(temporary))


def own_home(folder: Path, environment: Mapping[str, str]) -> dict[str, str]:
    """Return a HOME in ``folder`` when the user's cannot be written to: installers keep caches there."""
    if os.name == "nt" or os.access(environment.get("HOME", ""), os.W_OK | os.X_OK):
        return {}
    home = folder / "home"
    home.mkdir()
    return {"HOME": str(home)}


def read_settings(starter: Starter, directory: Path) -> dict[str, str]:
    """Return the variables in the project's `.env` and its other secret files."""
    settings: dict[str, str] = {}
    for name in dict.fromkeys((".env", *(secret.file for secret in starter.secrets))):
        settings |= dict(_variables(settings_text(directory / name)))
    return settings


def project_variables(directory: Path) -> Mapping[str, object]:
    """Return what the project was made with, as its `.scaffold.toml` says; nothing where there is none."""
    with suppress(OSError, ValueError):
        document = tomllib.loads(read_regular_file(directory / PROVENANCE, _SETTINGS_BYTES).decode())
        variables = document.get("variables")
        return variables if isinstance(variables, dict) else {}
    return {}


def settings_text(path: Path) -> str:
    """Return the text of a file of settings; empty when it is missing, no file, or larger than 1 MiB."""
    with suppress(OSError, ValueError):
        return read_regular_file(path, _SETTINGS_BYTES).decode("utf-8", "replace")
    return ""


def secret_values(starter: Starter, environment: Mapping[str, str]) -> frozenset[str]:
    """Return the values that must not be seen anywhere, out of the environment of the service."""
    names = {secret.variable for secret in starter.secrets}
    named = (value for name, value in environment.items() if name in names or _SECRET_NAME.search(name))
    return frozenset(value for value in named if len(value) >= _LONG_ENOUGH and value[0] != "/")


def masked(text: str, secrets: Collection[str]) -> str:
    """Return the text without any of the secrets."""
    for secret in sorted(secrets, key=len, reverse=True):
        text = text.replace(secret, "********")
    return text


def free_port() -> int:
    """Return a port of this machine on which nothing listens."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def is_free(port: int) -> bool:
    """Say whether a server could listen at a port of this machine."""
    with suppress(OSError), socket.create_server(("127.0.0.1", port)):
        return True
    return False


def _is_foreign(name: str) -> bool:
    return name in _FOREIGN or _DATABASE.fullmatch(name) is not None


def _variables(text: str) -> list[tuple[str, str]]:
    found = (_LINE.fullmatch(line) for line in text.splitlines())
    return [(match[1], _unquoted(match[2])) for match in found if match]


def _unquoted(value: str) -> str:
    if len(value) > 1 and value[0] == value[-1] and value[0] in "'\"":
        return value[1:-1]
    return re.sub(r"\s#.*$", "", value).rstrip()


def _stand_in(secret: Secret) -> str:
    """Return a value for a fresh clone, which has no secret yet; it guards nothing and never changes."""
    raw = hashlib.shake_256(f"scaffold verify {secret.variable}".encode()).digest(secret.bytes)
    if secret.format == "hex":
        return raw.hex()
    return (base64.b64encode if secret.format == "base64" else base64.urlsafe_b64encode)(raw).decode()
