"""Boot a project's production server, hold it against the contract, and stop it as a platform would."""

import shlex
import time
from collections.abc import Collection, Iterable, Iterator

from scaffold.errors import EnvironmentProblem
from scaffold.model.framework import Command, Starter
from scaffold.model.verification import Check
from scaffold.verify.boot import HEALTH, Server, await_answer, serving
from scaffold.verify.client import Client
from scaffold.verify.command import expanded, last_lines, repeat_command, run_commands
from scaffold.verify.contract import check_contract
from scaffold.verify.credentials import Credentials, account_check, make_tokens, runner, token_maker
from scaffold.verify.environment import secret_values
from scaffold.verify.exchange import exchange, split_base
from scaffold.verify.negative_checks import negative_checks, port_taken_check
from scaffold.verify.production import production_checks
from scaffold.verify.rates import rate_checks
from scaffold.verify.results import result, skipped_steps
from scaffold.verify.served import Served
from scaffold.verify.stopping import stop_checks
from scaffold.verify.strengths import strength_checks
from scaffold.verify.subject import Subject

_NEED_SERVER = ("contract", "strengths", "stop")


def check_served(subject: Subject, files: Iterable[str]) -> Iterator[Check]:
    """Build, prepare and serve the project, and a copy of its ``files``, in the steps that were asked for."""
    starter, project = subject.starter, subject.production
    *first, command = starter.commands["serve"]
    for name, commands in (
        ("build", starter.commands.get("build", ())),
        ("prepare", starter.commands.get("prepare", ())),
        ("serve", first),
    ):
        for check in run_commands("boot", name, commands, project):
            yield check
            if check.outcome == "failed":
                yield from skipped_steps(_NEED_SERVER, subject.steps, f"`{name}` failed")
                return
    yield from negative_checks(starter, project, command)
    yield from production_checks(subject, files, command)
    credentials, checks = make_tokens(starter, project)
    yield from checks
    if subject.has_accounts:
        yield account_check(starter, project)
    yield from _check_server(subject, command, credentials)


def _check_server(subject: Subject, command: Command, credentials: Credentials) -> Iterator[Check]:
    begin = time.monotonic()
    project = subject.production
    try:
        with serving(project, command, {"PORT": project.environment["PORT"]}) as server:
            problem = await_answer(server)
            yield _boot_check(subject, command, problem, server.process.tail, time.monotonic() - begin)
            if problem:
                yield from skipped_steps(_NEED_SERVER, subject.steps, "the server did not start")
                return
            yield _host_check(server)
            yield from _visit(subject, command, server, credentials)
    except EnvironmentProblem as error:
        yield _boot_check(subject, command, error.message, "", time.monotonic() - begin)
        yield from skipped_steps(_NEED_SERVER, subject.steps, "the server did not start")


def _visit(subject: Subject, command: Command, server: Server, credentials: Credentials) -> Iterator[Check]:
    starter, project, steps = subject.starter, subject.production, subject.steps
    client = _client(subject, server, credentials)
    yield port_taken_check(project, command, server.port)
    if "contract" in steps:
        yield from check_contract(client, shown_base=_shown_base(starter))
    yield from rate_checks(subject, command, client)
    if "strengths" in steps:
        yield from strength_checks(subject, command, client)
    if "stop" in steps:
        yield from stop_checks(server, project, command, client)
        yield _output_check(server, secret_values(starter, project.environment) | client.hidden())


def _client(subject: Subject, server: Server, credentials: Credentials) -> Client:
    starter, project = subject.starter, subject.production
    lacks = dict(subject.lacks)
    if not credentials.token:
        lacks["token"] = lacks["reader"] = "the command `token` made none"  # noqa: S105 - says so
    served = Served(
        starter=starter,
        directory=project.directory,
        output=server.output,
        database=subject.database,
        run=runner(starter, project),
        make_token=token_maker(starter, project),
        password=subject.password,
    )
    return Client(
        server.base,
        secrets=secret_values(starter, project.environment),
        token=credentials.token,
        reader=credentials.reader,
        lacks=lacks,
        served=served,
    )


def _boot_check(subject: Subject, command: Command, problem: str, tail: str, seconds: float) -> Check:
    words, assigned = expanded(command)
    variables = {**subject.starter.environment, "HOST": "127.0.0.1", "PORT": "8000", **assigned}
    return result(
        "boot",
        "boot",
        f"`{shlex.join(words)}` answers at HOST and PORT",
        problem,
        expected="an answer to GET /healthz at the HOST and PORT that were set",
        detail=last_lines(tail),
        repeat=repeat_command(subject.production.directory, words, variables),
        seconds=seconds,
    )


def _host_check(server: Server) -> Check:
    """Try another address of this machine; systems that have only one pass."""
    elsewhere = split_base(server.base.replace("127.0.0.1", "127.0.0.2"))
    response = exchange(elsewhere, HEALTH, 2.0).response
    return result(
        "listens-at-host",
        "boot",
        "The server listens at HOST alone",
        f"{response.status} {response.reason} from 127.0.0.2" if response else "",
        expected="no answer at 127.0.0.2 when HOST is 127.0.0.1",
    )


def _output_check(server: Server, secrets: Collection[str]) -> Check:
    lines = server.process.tail.splitlines()
    said = next((line for line in lines if any(secret in line for secret in secrets)), "")
    return result(
        "no-secret-said",
        "stop",
        "The server's output holds no secret",
        "a line with a secret" if said else "",
        expected="no value of a secret in the logs",
        detail=said,
    )


def _shown_base(starter: Starter) -> str:
    parts = split_base(starter.url)
    return f"{parts.scheme}://{parts.netloc}"
