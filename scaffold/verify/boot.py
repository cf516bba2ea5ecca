"""Start the production server of a project, and wait until it answers."""

import re
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from scaffold.errors import EnvironmentProblem
from scaffold.model.framework import Command
from scaffold.toolchain.run import Process, start
from scaffold.verify.command import Workspace, expanded
from scaffold.verify.environment import free_port, is_free
from scaffold.verify.exchange import Request, Response, exchange, split_base

BOOT_SECONDS = 90.0
WARM_UP_SECONDS = 5.0
"""How long a server that answers may say that it is not ready yet."""

_TAKEN = re.compile(
    r"(?i)(address|port\b.*|connection) (is )?(already )?(in use|taken)|EADDRINUSE|one usage of each socket"
)
_PORT = re.compile(r"(?:port |[:,] ?)(\d{3,5})\b")
HEALTH = Request(method="GET", path="/healthz")


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A server that was started, where it should answer, and the folder of what it writes."""

    process: Process
    port: int
    output: Path

    @property
    def base(self) -> str:
        """The URL of the server."""
        return f"http://127.0.0.1:{self.port}"

    def get(self, path: str, timeout: float = 5.0) -> Response | None:
        """Return the answer to a request, or None."""
        return exchange(split_base(self.base), Request(method="GET", path=path), timeout).response


@contextmanager
def serving(
    project: Workspace,
    command: Command,
    variables: Mapping[str, str] | None = None,
    *,
    taken: bool = False,
) -> Iterator[Server]:
    """Start a server, with ``variables`` set, and end it with the block.

    Raises EnvironmentProblem when it cannot be started, or its port is taken and not said to be.
    """
    workspace = project.having({"PORT": str(free_port()), **(variables or {})})
    words, assigned = expanded(command)
    environment = {**workspace.environment, **assigned}
    port = int(environment["PORT"])
    if not taken and not is_free(port):  # another would answer for the server
        raise EnvironmentProblem(f"port {port} is taken by another program")
    output = Path(tempfile.mkdtemp(prefix="output-", dir=environment.get("TMPDIR")))
    with start(words, cwd=workspace.directory, environment=environment, output=output) as process:
        yield Server(process=process, port=port, output=output)


def await_answer(server: Server) -> str:
    """Return why requests cannot be sent to the server; to one that answers at all they can."""
    deadline = time.monotonic() + BOOT_SECONDS
    answered = False
    while time.monotonic() < deadline:
        response = server.get("/healthz")
        if response is not None and response.status < 500:  # noqa: PLR2004
            return ""
        if response is not None and not answered:
            answered, deadline = True, time.monotonic() + WARM_UP_SECONDS
        if server.process.wait(0.1):
            code = server.process.code
            return _taken_port(server) or f"the server ended with status {code} before it answered"
    if answered:
        return ""
    return _taken_port(server) or f"nothing answered at {server.base} within {BOOT_SECONDS:.0f} s"


def _taken_port(server: Server) -> str:
    """Return which port is taken when the server says that one is: it may name it, or means its own."""
    said = next(filter(_TAKEN.search, server.process.tail.splitlines()), "")
    return f"port {(_PORT.findall(said) or [server.port])[-1]} is taken" if said else ""
