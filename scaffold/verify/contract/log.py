"""Checks of the log: one line of JSON for each request, and nothing in it that is nobody's business."""

from typing import Any

from scaffold.verify.client import ME, TASKS, Client, Undecided, Unmet, as_json, basic
from scaffold.verify.contract.check import ContractCheck
from scaffold.verify.contract.request_id import HEADER
from scaffold.verify.exchange import Token
from scaffold.verify.served import Served, value_at, values_in

MARK = "marked-{}-by-scaffold"
"""Of what must not be logged; no application has it by chance."""


def access(client: Client) -> None:
    """See that each request has its line, with what a person looks for."""
    served = _served(client)
    for number, (method, path, status) in enumerate(_requests(client)):
        id = f"access-{number}"
        response = client.send(method, f"{path}?page=1", headers={HEADER: id})
        if response.status != status:
            raise Undecided(f"{response.status} from {method} {path}, which is a check of its own")
        _expect_line(served, id, method, path, status)


def json_lines(client: Client) -> None:
    """See that a program can read standard output, line by line."""
    served = _served(client)
    for id in ("json-1", "json-2"):
        client.get("/", headers={HEADER: id})
        served.lines_of(id)
    lines = (served.output / "stdout").read_text("utf-8", "replace").splitlines()
    first = next((number for number, line in enumerate(lines) if line.startswith("{")), len(lines))
    plain = next((line for line in lines[first:] if line.strip() and not line.startswith("{")), "")
    if plain or first == len(lines):
        raise Unmet(f"a line that is no JSON: {plain[:100]}" if plain else "no line of JSON")


def probes(client: Client) -> None:
    """See that probes, which come every second, do not fill the log."""
    served = _served(client)
    for path in ("/healthz", "/readyz"):
        client.get(path, headers={HEADER: f"probe{path.replace('/', '-')}"})
    client.get("/", headers={HEADER: "after-probes"})
    served.lines_of("after-probes")
    field = _fields(served).request_id
    found = [line for line in served.lines() if str(value_at(line, field)).startswith("probe-")]
    if found:
        raise Unmet(f"a line for {value_at(found[0], _fields(served).path)}")


def secrets(client: Client) -> None:
    """See that no query, header, cookie, token, password or body is logged, whatever the answer."""
    served = _served(client)
    marks = [MARK.format(name) for name in _mark_everything(client)]
    client.get("/", headers={HEADER: "after-marks"})
    if not served.lines_of("after-marks"):
        raise Undecided("the log has no line of a request, which is a check of its own")
    said = served.text()
    found = next((mark for mark in marks if mark in said or basic(mark) in said), "")
    if found:
        raise Unmet(f"a line with what was sent as {found.split('-')[1]}")


def forwarded(client: Client) -> None:
    """See that nobody can say that a request came from elsewhere."""
    address, host = "203.0.113.77", "forwarded.example"
    headers = {
        "X-Forwarded-For": address,
        "X-Forwarded-Host": host,
        "X-Forwarded-Proto": "https",
        "Forwarded": f"for={address};host={host};proto=https",
        HEADER: "forwarded",
    }
    paths = ["/", "/no-such-page", ME, "/readyz"]
    for path in paths:
        response = client.get(path, headers=headers)
        shown = "\n".join((response.text, *response.headers.values()))
        if address in shown or host in shown:
            raise Unmet(f"{address if address in shown else host} in the answer to GET {path}")
    served = _served(client)
    served.lines_of("forwarded")
    said = served.text()
    if address in said or host in said:
        raise Unmet(f"{address if address in said else host} in the log")


def host(client: Client) -> None:
    """See that only the host names of the service are served, but probes by any name."""
    headers = {"Host": "attacker.example"}
    for path in ("/", ME):
        response = client.get(path, headers=headers)
        if response.status not in {400, 403, 421}:
            raise Unmet(f"{response.status} {response.reason} from GET {path}")
    for path in ("/healthz", "/readyz"):
        response = client.get(path, headers=headers)
        if response.status != 200:  # noqa: PLR2004
            raise Unmet(f"{response.status} {response.reason} from GET {path}")


def _mark_everything(client: Client) -> list[str]:
    """Send something marked in every place that a request has, and return the names of the marks."""
    mark = MARK.format
    client.get(f"/?q={mark('query')}")
    client.get(f"/no-such-page?token={mark('parameter')}")
    client.get("/", headers={"User-Agent": mark("agent"), "Referer": f"http://a.example/{mark('referer')}"})
    client.get("/", headers={"Cookie": f"session={mark('cookie')}", "X-Api-Key": mark("key")})
    client.get(ME, token=Token(mark("token"), "TOKEN"))
    client.get(ME, headers={"Authorization": basic(mark("password"))}, token=None)
    path = TASKS if "example" not in client.lacks else ME
    if path == TASKS:
        client.post({"title": mark("title")})
    client.send("POST", path, {"title": "", "note": mark("invalid")})
    client.send("POST", path, body=f'{{"title": "{mark("malformed")}'.encode())
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    client.send("POST", "/", body=f"password={mark('form')}".encode(), headers=form)
    names = ["query", "parameter", "agent", "referer", "cookie", "key", "token", "password", "invalid"]
    return [*names, "title", "malformed", "form"]


def _requests(client: Client) -> list[tuple[str, str, int]]:
    requests = [("GET", "/", 200), ("GET", ME, 200), ("GET", "/no-such-page", 404)]
    return requests if "example" in client.lacks else [*requests, ("GET", TASKS, 200)]


def _expect_line(served: Served, id: str, method: str, path: str, status: int) -> None:
    fields = _fields(served)
    lines = [line for line in served.lines_of(id) if value_at(line, fields.path) is not None]
    if len(lines) != 1:
        raise Unmet(f"{len(lines)} lines with the id and the path of {method} {path}")
    if value_at(lines[0], fields.path) != path:
        raise Unmet(f"the path is {as_json(value_at(lines[0], fields.path))}, not {as_json(path)}")
    values = values_in(lines[0])
    wanted: list[tuple[str, Any]] = [("method", method), ("status", status)]
    missing = next((name for name, value in wanted if value not in values and str(value) not in values), "")
    if missing or value_at(lines[0], fields.level) is None:
        raise Unmet(f"no {missing or 'level'} in the line of {method} {path}")


def _served(client: Client) -> Served:
    if client.served is None:
        raise Undecided("the log of a service that runs elsewhere is not known")
    return client.served


def _fields(served: Served) -> Any:  # noqa: ANN401 - a NamedTuple of the model
    if served.starter.log is None:
        raise Unmet("template.toml has no [log]")
    return served.starter.log


CHECKS = (
    ContractCheck(
        id="host",
        level="must",
        sentence="A foreign Host is refused, but by the probes",
        expected="400, 403 or 421, and 200 from /healthz and /readyz",
        probe=host,
        needs=("process",),
    ),
    ContractCheck(
        id="forwarded",
        level="must",
        sentence="X-Forwarded-For and its like change nothing unless a proxy is trusted",
        expected="the same answer, and a log without them",
        probe=forwarded,
        needs=("process",),
    ),
    ContractCheck(
        id="log-access",
        level="must",
        sentence="Each request has one line of the log",
        expected="level, method, path without its query, status and request id",
        probe=access,
        needs=("process",),
    ),
    ContractCheck(
        id="log-json",
        level="must",
        sentence="Standard output is lines of JSON",
        expected="an object on each line",
        probe=json_lines,
        needs=("process",),
    ),
    ContractCheck(
        id="log-probes",
        level="must",
        sentence="Probes that succeed are not logged",
        expected="no line for /healthz and /readyz",
        probe=probes,
        needs=("process",),
    ),
    ContractCheck(
        id="log-secrets",
        level="must",
        sentence="No query, header, cookie, token, password or body is logged",
        expected="none of twelve marked values in the output",
        probe=secrets,
        needs=("process",),
    ),
)
