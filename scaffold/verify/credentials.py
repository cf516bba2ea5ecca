"""The tokens and the person that a project's own commands make for the visit."""

import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from scaffold.model.framework import Starter
from scaffold.model.verification import Check
from scaffold.verify.browser import OTHER_PERSON, PERSON
from scaffold.verify.command import (
    Workspace,
    completed_command,
    expanded,
    failure_of,
    last_lines,
    repeat_command,
)
from scaffold.verify.contract.tokens import READER, WRITER
from scaffold.verify.results import result


class Credentials(NamedTuple):
    """A token that may read and write, one that may read, and the password of the people that were made."""

    token: str = ""
    reader: str = ""
    password: str = ""


def make_token(starter: Starter, project: Workspace, name: str, rights: str) -> tuple[str, Check]:
    """Run the project's command `token` and return what it printed last on standard output."""
    begin = time.monotonic()
    values = {"name": name, "rights": rights}
    output = _output(project)
    problem = run_for(starter, project, "token", values, output)
    lines = (output / "stdout").read_text("utf-8", "replace").split() if not problem else []
    token = lines[-1] if lines else ""
    check = result(
        f"token-{rights.replace(',', '-')}",
        "boot",
        f"The command `token` makes one with the rights {rights}",
        problem or ("" if token else "nothing on standard output"),
        expected="a token as the last line of standard output",
        detail="" if token else last_lines((output / "stderr").read_text("utf-8", "replace")),
        repeat=_repeat(starter, project, "token", values),
        seconds=time.monotonic() - begin,
    )
    return token, check


def make_tokens(starter: Starter, project: Workspace) -> tuple[Credentials, tuple[Check, Check]]:
    """Make both tokens."""
    reader, first = make_token(starter, project, READER, "read")
    token, second = make_token(starter, project, WRITER, "read,write")
    return Credentials(token=token, reader=reader), (first, second)


def account_check(starter: Starter, project: Workspace) -> Check:
    """Make two people by the project's command `account`; their password is in the environment."""
    begin = time.monotonic()
    problem = ""
    for email in (PERSON, OTHER_PERSON):
        problem = problem or run_for(starter, project, "account", {"email": email})
    return result(
        "account",
        "boot",
        "The command `account` makes somebody who can log in",
        problem,
        expected="exit status 0",
        repeat=_repeat(starter, project, "account", {"email": PERSON}),
        seconds=time.monotonic() - begin,
    )


def run_for(
    starter: Starter, project: Workspace, name: str, values: Mapping[str, str], output: Path | None = None
) -> str:
    """Run one of the project's commands and return why it failed; empty when it did not."""
    commands = starter.commands.get(name, ())
    if not commands:
        return f"template.toml has no command `{name}`"
    output = output or _output(project)
    for command in commands:
        completed = completed_command(command, project, values, output=output)
        if completed.code:
            said = next(reversed(completed.tail.strip().splitlines()), "")
            return f"{failure_of(completed)}: {said}"
    return ""


def runner(starter: Starter, project: Workspace) -> Callable[[str, Mapping[str, str]], str]:
    """Return a function that runs a command by its name."""
    return lambda name, values: run_for(starter, project, name, values)


def token_maker(starter: Starter, project: Workspace) -> Callable[[str, str], str]:
    """Return a function that makes a token with a name and rights."""
    return lambda name, rights: make_token(starter, project, name, rights)[0]


def _repeat(starter: Starter, project: Workspace, name: str, values: Mapping[str, str]) -> str:
    commands = starter.commands.get(name, ())
    words, assigned = expanded(commands[-1], values) if commands else ((), {})
    return repeat_command(project.directory, words, assigned) if words else ""


def _output(project: Workspace) -> Path:
    return Path(tempfile.mkdtemp(prefix="output-", dir=project.environment.get("TMPDIR")))
