"""CPU per request of each starter, beside its bare framework: ``make bench-starters [ID…]``.

The bare service has no middleware, log line, request id or limit: it answers ``/healthz``, and
``/api/tasks`` by the same query after the same look for the token. Both run one process on one SQLite file
with 20 tasks, and are asked in turns over one connection that is kept open.
"""

import argparse
import http.client
import json
import os
import shutil
import statistics
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from scaffold.catalog import starter_of, template_folder
from scaffold.toolchain.find import child_environment, find_tools
from scaffold.verify.boot import Server, await_answer, serving
from scaffold.verify.command import Workspace, run_commands
from scaffold.verify.credentials import make_tokens
from scaffold.verify.environment import free_port, in_production
from scaffold.verify.sample import make_sample

BARE = Path(__file__).with_name("bare")
SERVED = {
    "django": ("bare.py", ("uv", "run", "gunicorn", "bare:application")),
    "flask": ("bare.py", ("uv", "run", "gunicorn", "bare:application")),
    "python": ("bare.py", ("uv", "run", "gunicorn", "bare:application")),
    "express": ("src/bare.ts", ("node", "src/bare.ts")),
    "nodejs": ("src/bare.ts", ("node", "src/bare.ts")),
    "go": ("cmd/bare/main.go", ("bin/bare",)),
}
"""Where the bare service lies in the project, and what serves it: the same server with the same settings."""
PATHS = ("/healthz", "/api/tasks")
BAR = 1.5
TICK = os.sysconf("SC_CLK_TCK")


def main() -> None:
    """Print a table, and end with 1 when a starter costs more than the bar."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("ids", nargs="*", metavar="ID")
    parser.add_argument("--requests", type=int, default=1500, help="of each turn (default: 1500)")
    parser.add_argument("--turns", type=int, default=7, help="of each service (default: 7)")
    asked = parser.parse_args()
    over = []
    print("| starter | path | bare, ms | starter, ms | ratio |\n|---|---|---|---|---|")
    for id in asked.ids or SERVED:
        with tempfile.TemporaryDirectory(prefix="scaffold-bench-") as folder:
            for path, bare, own in _measure(id, Path(folder).resolve(), asked.requests, asked.turns):
                print(
                    f"| {id} | {path} | {bare * 1000:.3f} | {own * 1000:.3f} | {own / bare:.2f} |", flush=True
                )
                over += [path] * (own / bare > BAR)
    sys.exit(bool(over))


def _measure(id: str, folder: Path, requests: int, turns: int) -> Iterator[tuple[str, float, float]]:
    project, command, token = _prepared(id, folder)
    with _server(project, command) as own, _server(project, SERVED[id][1]) as bare:
        for path in PATHS:
            visits = {server: _Visit(server, path, token) for server in (own, bare)}
            for visit in visits.values():
                visit.cpu_of(requests)  # compilers and caches get warm
            turn = [
                {server: visit.cpu_of(requests) for server, visit in visits.items()} for _ in range(turns)
            ]
            a, b = (statistics.median(each[server] for each in turn) / requests for server in (bare, own))
            yield path, a, b


def _prepared(id: str, folder: Path) -> tuple[Workspace, tuple[str, ...], str]:
    """Return the installed project with 20 tasks, what serves it, and a token."""
    sample = make_sample(template_folder(id), folder / "shop", {}, environment=os.environ)
    starter = starter_of(sample.framework)
    found = find_tools(starter.tools, os.environ)
    tools = child_environment(starter.tools, found, os.environ, folder / "tools")
    url = f"sqlite:///{folder}/db.sqlite3"
    environment = in_production(starter, sample.root, tools, database_url=url, port=free_port())
    environment |= {"WEB_CONCURRENCY": "1", "LOG_LEVEL": "info", "NODE_ENV": "production"}
    project = Workspace(directory=sample.root, environment=environment)
    file = sample.root / SERVED[id][0]
    file.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(BARE / f"{id}{file.suffix}", file)
    if id == "go":
        module = (sample.root / "go.mod").read_text().split()[1]
        file.write_text(file.read_text().replace("MODULE", module))
    commands = {
        **starter.commands,
        "bare": (("go", "build", "-o", "bin/", "./cmd/bare"),) if id == "go" else (),
    }
    for step in ("install", "build", "bare", "prepare"):
        for check in run_commands(step, step, commands.get(step, ()), project):
            if check.outcome == "failed":
                raise SystemExit(f"{id}: {check.id}: {check.found}\n{check.detail}")
    (command,) = starter.commands["serve"]
    with _server(project, command) as server:
        credentials, _ = make_tokens(starter, project)
        visit = _Visit(server, "/api/tasks", credentials.token)
        for number in range(20):
            visit.ask("POST", json.dumps({"title": f"Task {number}"}))
    return project, command, credentials.token


@contextmanager
def _server(project: Workspace, command: tuple[str, ...]) -> Iterator[Server]:
    with serving(project, command) as server:
        problem = await_answer(server)
        if problem:
            raise SystemExit(f"{problem}\n{server.process.tail}")
        yield server


class _Visit:
    """One connection to a server, and what its processes used of the CPU meanwhile."""

    def __init__(self, server: Server, path: str, token: str) -> None:
        self._group, self._path = server.process.pid, path
        self._connection = http.client.HTTPConnection("127.0.0.1", server.port)
        self._headers: Mapping[str, str] = {
            "Authorization": f"Bearer {token}",
            "Content-Type": "application/json",
        }

    def ask(self, method: str = "GET", body: str | None = None) -> None:
        self._connection.request(method, self._path, body, dict(self._headers))
        answer = self._connection.getresponse()
        text = answer.read()
        if answer.status not in {200, 201}:
            raise SystemExit(f"{method} {self._path}: {answer.status}\n{text.decode()}")

    def cpu_of(self, requests: int) -> float:
        """Return seconds of user and system time for so many requests."""
        before = self._cpu()
        for _ in range(requests):
            self.ask()
        return self._cpu() - before

    def _cpu(self) -> float:
        ticks = 0
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = stat.read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[2]) == self._group:
                ticks += int(fields[11]) + int(fields[12])
        return ticks / TICK


main()
