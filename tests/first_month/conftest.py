"""A project in the hands of somebody who works with it for a month."""

import os
import re
import shlex
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from contextlib import contextmanager, suppress

import pytest

from scaffold.catalog import load_framework, template_folder
from scaffold.project import check_target, create_project, plan_project, project_variables
from scaffold.toolchain.find import child_environment, find_tools

SURROUNDINGS = re.compile(
    r"^(PATH|HOME|GOSUMDB|UV_PYTHON_DOWNLOADS|NODE_EXTRA_CA.*)$|proxy$|^SSL_CERT", re.IGNORECASE
)
"""What every program needs, and what the network here needs."""


class Project:
    """A generated project and a shell in its folder; a command that fails is an AssertionError."""

    def __init__(self, root, environment):
        self.root, self.environment = root, environment

    def sh(self, line, *, code=0, **variables):
        """Run a line of sh; return what it wrote. ``code=None`` takes every exit status."""
        done = subprocess.run(
            ["sh", "-ec", line],
            cwd=self.root,
            env=self.environment | variables,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            timeout=600,
        )
        said = f"{line}: status {done.returncode}\n{done.stdout[-6000:]}"
        assert code is None or done.returncode == code, said
        return done.stdout

    def change(self, path, old, new):
        text = (self.root / path).read_text(encoding="utf-8")
        assert old in text, f"{path} has no {old!r}"
        (self.root / path).write_text(text.replace(old, new, 1), encoding="utf-8")

    def add(self, path, text):
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_text(text, encoding="utf-8")

    @contextmanager
    def served(self, line, **variables):
        """Run a server until the block ends; yields its base URL once it answers."""
        port = free_port()
        variables = {"HOST": "127.0.0.1", "PORT": str(port)} | variables
        log = (self.root.parent / f"server-{port}.log").open("w+b")
        process = subprocess.Popen(
            ["sh", "-c", f"exec {line}"],
            cwd=self.root,
            env=self.environment | variables,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        base = f"http://127.0.0.1:{port}"
        try:
            deadline = time.monotonic() + 60
            while fetch(f"{base}/healthz")[0] == 0:
                log.seek(0)
                said = log.read().decode(errors="replace")
                assert process.poll() is None, f"{line}: ended\n{said}"
                assert time.monotonic() < deadline, f"{line}: no answer in 60 s\n{said}"
                time.sleep(0.1)
            yield base
        finally:
            with suppress(ProcessLookupError):  # it may have ended by itself
                os.killpg(process.pid, signal.SIGTERM)
            process.wait(30)
            log.close()


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


def fetch(url, *, method="GET", body=None, **headers):
    """Return status, headers and text; status 0 when nothing answered. ``X_Y`` is the header X-Y."""
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(url, data=body, method=method, headers=sent)  # noqa: S310 - of the test
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310
            return answer.status, answer.headers, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers, error.read().decode()
    except OSError:
        return 0, {}, ""


@pytest.fixture
def visit():
    """Fetch a URL; see ``fetch``."""
    return fetch


@pytest.fixture
def made(tmp_path):
    """Make the project of a starter, in a folder whose name is not what its author thought of."""

    def make(id, **variables):
        framework = load_framework(id)
        starter = framework.starter
        folder = tmp_path / "50% off & more ü"
        (folder / "temporary").mkdir(parents=True)
        base = {name: value for name, value in os.environ.items() if SURROUNDINGS.search(name)}
        base["TMPDIR"] = str(folder / "temporary")
        found = find_tools(starter.tools, os.environ)
        if not all(tool.path for tool in found):
            pytest.skip("its tools are not here")
        given = project_variables(framework, template_folder(id), variables, "shop")
        plan = plan_project(framework, template_folder(id), given, check_target(folder / "shop", "refuse"))
        project = create_project(plan, token_bytes=os.urandom, environment=os.environ)
        assert (project.commit.made, project.no_lock) == (True, "")
        return Project(project.root, child_environment(starter.tools, found, base, folder / "tools"))

    return make


@pytest.fixture
def used(made):
    """Make it, and install what it needs."""

    def make(id, **variables):
        project = made(id, **variables)
        for command in load_framework(id).starter.commands["install"]:
            project.sh(shlex.join(command))
        return project

    return make
