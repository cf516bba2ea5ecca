"""The command line: `python -m app`."""

import argparse
import logging.config
import signal
import sys
from collections.abc import Callable
from typing import NoReturn
from wsgiref.simple_server import WSGIRequestHandler, make_server

from .application import Application
from .config import Config, ConfigError, read_env_file
from .database import Database
from .logs import logging_config
from .tasks.report import add_command as add_tasks_report


def main() -> None:
    read_env_file()
    parser = argparse.ArgumentParser(prog="python -m app", description=sys.modules["app"].__doc__)
    commands = parser.add_subparsers(required=True)
    command = commands.add_parser("serve", help="answer HTTP requests")
    command.add_argument("--debug", action="store_true", help="as a developer, on this machine")
    command.set_defaults(run=serve)
    command = commands.add_parser("migrate", help="bring the database up to date")
    command.set_defaults(run=migrate)
    add_tasks_report(commands)
    arguments = parser.parse_args()
    try:
        config = Config.from_environment(debug=getattr(arguments, "debug", False))
        logging.config.dictConfig(logging_config(config))
        arguments.run(config, arguments)
    except ConfigError as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit(130)


def serve(config: Config, arguments: argparse.Namespace) -> None:
    config.require_secret()
    application = Application(config)
    signal.signal(signal.SIGTERM, stop)
    try:
        run = listen(config, application)
    except OSError as error:
        variables = "PORT" if config.debug else "PORT or HOST"
        raise ConfigError(
            f"{error.strerror}: {config.host}:{config.port}. Set another {variables}."
        ) from None
    logging.getLogger("app").info("http://%s:%d/", config.host, config.port)
    run()


def listen(config: Config, application: Application) -> Callable[[], object]:
    """Open the port, and return what serves until the end."""
    if config.debug:
        return make_server(config.host, config.port, application, handler_class=Quiet).serve_forever
    try:
        import waitress
    except ModuleNotFoundError:
        raise ConfigError("Serving needs `uv sync --extra server`, or --debug.") from None
    run: Callable[[], object] = waitress.create_server(
        application,
        host=config.host,
        port=config.port,
        ident="",
        trusted_proxy=config.trusted_proxy,
        trusted_proxy_headers={"x-forwarded-proto"} if config.trusted_proxy else (),
        clear_untrusted_proxy_headers=True,
        channel_timeout=20,
        # More than the application takes, so that it is who answers.
        max_request_body_size=64 * 1024 * 1024,
    ).run
    return run


class Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Nothing: the application writes a line for every request."""


def stop(number: int, frame: object) -> NoReturn:
    sys.exit()


def migrate(config: Config, arguments: argparse.Namespace) -> None:
    for name in Database(config.database_url).migrate():
        logging.getLogger("app").info("Migrated %s", name)


if __name__ == "__main__":
    main()
