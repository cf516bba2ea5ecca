import os
from dataclasses import dataclass
from pathlib import Path
from typing import Self


class ConfigError(Exception):
    """What the person who starts the program must change."""


def read_env_file(path: Path = Path(".env")) -> None:
    """Set variables from `NAME=value` lines, unless the environment has them."""
    if path.is_file():
        for line in path.read_text(encoding="utf-8").splitlines():
            name, equals, value = line.partition("=")
            if equals and not name.startswith("#"):
                os.environ.setdefault(name.strip(), value.strip())


@dataclass(frozen=True, kw_only=True)
class Config:
    debug: bool = False
    secret_key: str = ""
    database_url: str = "sqlite:///db.sqlite3"
    host: str = "127.0.0.1"
    port: int = 8000
    allowed_hosts: tuple[str, ...] = ()
    trusted_proxy: str | None = None
    log_level: str = "INFO"

    @classmethod
    def from_environment(cls, *, debug: bool = False) -> Self:
        env = os.environ
        port = env.get("PORT", "8000")
        if not port.isdecimal():
            raise ConfigError("PORT must be a number.")
        names = (name.strip() for name in env.get("ALLOWED_HOSTS", "").split(","))
        return cls(
            debug=debug,
            secret_key=env.get("SECRET_KEY", ""),
            database_url=env.get("DATABASE_URL", cls.database_url),
            host=cls.host if debug else env.get("HOST", cls.host),
            port=int(port),
            allowed_hosts=tuple(name for name in names if name),
            trusted_proxy=env.get("TRUSTED_PROXY"),
            log_level=env.get("LOG_LEVEL", cls.log_level).upper(),
        )

    def require_secret(self) -> None:
        if not self.debug and len(self.secret_key) < 50:
            raise ConfigError("SECRET_KEY must be set to at least 50 random characters.")
