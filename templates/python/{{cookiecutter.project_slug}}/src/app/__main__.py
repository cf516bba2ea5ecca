"""The command line: `python -m app`."""

import argparse
import logging
import os
import sys
from contextlib import suppress
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from . import logs, tokens
from .application import Application
from .config import Config, ConfigError
from .database import Database, Error


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m app")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("serve", help="answer HTTP requests in development")
    commands.add_parser("migrate", help="bring the database up to date")
    create = commands.add_parser("create-token", help="make a token for the API and print it")
    create.add_argument("name")
    create.add_argument("--rights", choices=["read", "read,write"], default="read")
    commands.add_parser("revoke-token", help="end a token").add_argument("name")
    arguments = parser.parse_args()
    config = Config.from_environment(default_hosts="localhost, 127.0.0.1, [::1]")
    try:
        match arguments.command:
            case "serve":
                serve(config)
            case "migrate":
                for name in Database(config).migrate():
                    print("Applied", name)
            case "create-token":
                print(tokens.create(Database(config), arguments.name, arguments.rights))
            case "revoke-token":
                tokens.revoke(Database(config), arguments.name)
    except (ConfigError, Error) as error:
        sys.exit(str(error))


class Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Nothing: the application writes a line for every request."""


def serve(config: Config) -> None:
    logs.configure(config.log_level, logging.Formatter("{levelname} {message}", style="{"))
    host, port = os.environ.get("HOST", "127.0.0.1"), os.environ.get("PORT", "8000")
    try:
        server = make_server(host, int(port), Application(config), Server, Quiet)
    except OSError as error:
        raise ConfigError(f"PORT {port}: {error.strerror}.") from None
    print(f"http://{host}:{port}/", flush=True)
    with suppress(KeyboardInterrupt):
        server.serve_forever()


if __name__ == "__main__":
    main()
