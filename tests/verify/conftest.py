import importlib.util
import sys
import threading
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from scaffold.model.framework import Framework, Live, LogFields, Login, Pages, Secret, Starter, Tool
from scaffold.verify.client import Client
from scaffold.verify.served import Served
from scaffold.verify.subject import lacks_of

SERVICE = Path(__file__).with_name("tiny_service.py")
SECRET = "correct-horse-battery-staple"  # noqa: S105 - guards nothing


@pytest.fixture(scope="session")
def tiny():
    """The module with the sound service and the broken ones."""
    spec = importlib.util.spec_from_file_location("tiny_service", SERVICE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def served(tiny, tmp_path):
    """Serve a handler of the tiny service in this process, and yield its address."""

    @contextmanager
    def serving(name):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "stderr").touch()
        with (folder / "stdout").open("w") as log:
            server = tiny.serve(tiny.handlers()[name], "127.0.0.1", 0, folder / "tiny.sqlite3", log)
            thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
            thread.start()
            try:
                yield f"http://127.0.0.1:{server.server_address[1]}", server
            finally:
                server.released.set()
                server.shutdown()
                thread.join()
                server.server_close()

    return serving


@pytest.fixture
def client():
    """Make a client to the tiny service as `scaffold verify` does, with tokens of its own."""

    def made(url, server, **options):
        def run(_, values):
            server.store.revoke(values["name"])
            return ""

        store, folder = server.store, server.store.file.parent
        starter_of_tiny = make_framework().starter
        options = {"lacks": lacks_of(starter_of_tiny, {"accounts": False}), "secrets": {SECRET}, **options}
        return Client(
            url,
            token=store.make("scaffold-verify", "read,write"),
            reader=store.make("scaffold-verify-reader", "read"),
            served=Served(
                starter=starter_of_tiny,
                directory=folder,
                output=folder,
                database=store.file,
                run=run,
                make_token=store.make,
                password=SECRET,
            ),
            **options,
        )

    return made


@pytest.fixture
def project(tmp_path):
    """Return a folder with the tiny service as a project, and a function that makes its framework."""
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "service.py").write_bytes(SERVICE.read_bytes())
    (folder / "tiny.lock").touch()
    (folder / "README.md").write_text("# Tiny\n")
    (folder / ".env.example").write_text("SECRET_KEY=change-me\nDATABASE_URL=sqlite:///tiny.sqlite3\n")
    (folder / ".gitignore").write_text(".env\n*.log\n*.sqlite3\n__pycache__\n")
    (folder / ".env").write_text(
        f"SECRET_KEY={SECRET}\nDATABASE_URL=sqlite:///precious.sqlite3\nGREETING='hello'\nACCOUNTS=1\n"
    )
    (folder / ".scaffold.toml").write_text("[variables]\naccounts = true\n")
    return folder


@pytest.fixture
def framework():
    """Make a framework whose starter has the given commands, each an argument list."""
    return make_framework


def make_framework(defect="", *, needs=">=2", strengths=(), **commands):
    lists = {
        "install": [python("print('installed')")],
        "lint": [python("print('clean')")],
        "test": [python("print('1 passed')")],
        "lock": [python("open('tiny.lock', 'w')")],
        "serve": [(sys.executable, "service.py", defect)],
        "token": [(sys.executable, "service.py", "token", "{name}", "{rights}")],
        "revoke": [(sys.executable, "service.py", "revoke", "{name}")],
        "account": [(sys.executable, "service.py", "account", "{email}")],
        **commands,
    }
    return Framework(
        id="tiny",
        name="Tiny",
        language="python",
        kind="micro",
        summary="",
        homepage="",
        release="1.0",
        released=None,
        supported_until=None,
        support="",
        checked_on=date(2026, 11, 22),
        source="",
        windows=True,
        starter=starter(lists, needs, strengths),
    )


def starter(commands, needs, strengths):
    return Starter(
        version="1.0.0",
        gives=(),
        url="http://127.0.0.1:8000/",
        tools=(Tool(name="git", needs=needs, why="it is used here", get="https://git-scm.com"),),
        commands={step: tuple(tuple(command) for command in each) for step, each in commands.items()},
        environment={"HOSTS": "127.0.0.1"},
        options={},
        not_offered={},
        secrets=(Secret(variable="SECRET_KEY", file=".env", example=".env.example", bytes=48),),
        claims=(),
        contract=2,
        strengths=strengths,
        variables={
            "hosts": "HOSTS",
            "host": "HOST",
            "workers": "WORKERS",
            "drain": "DRAIN_SECONDS",
            "api": "API_RATE",
            "login": "LOGIN_RATE",
        },
        lock_files=("tiny.lock",),
        log=LogFields("request_id", "path", "route", "level", ("error",)),
        pages=Pages("/tasks", {"title": "title"}),
        login=Login(
            "/login", {"name": "username", "password": "password"}, "csrf", "PERSON_PASSWORD", "http"
        ),
        live=Live("sse", "/tasks/events"),
    )


def python(code):
    return (sys.executable, "-c", code)
