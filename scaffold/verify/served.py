"""What is known of a service that scaffold started itself, beyond what it answers."""

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scaffold.model.framework import Starter

PATIENCE = 2.0
"""Seconds for a line to come out of a server that has answered."""
PAUSE = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """The project in ``directory`` at work: ``output`` is a folder with its whole `stdout` and `stderr`.

    ``database`` is the file of its SQLite database, or None. ``run`` runs one of the project's
    commands with values for its ``{words}`` and returns why it failed, or nothing;
    ``make_token`` returns one of a name and rights, or nothing. ``password`` is that of the person it made.
    """

    starter: Starter
    directory: Path
    output: Path
    database: Path | None
    run: Callable[[str, Mapping[str, str]], str]
    make_token: Callable[[str, str], str]
    password: str = ""

    def text(self) -> str:
        """Return all that the server wrote so far."""
        return "\n".join((self.output / name).read_text("utf-8", "replace") for name in ("stdout", "stderr"))

    def lines(self) -> list[dict[str, Any]]:
        """Return the JSON objects among the lines of standard output."""
        lines = (self.output / "stdout").read_text("utf-8", "replace").splitlines()
        return [value for line in lines if isinstance(value := _json(line), dict)]

    def lines_of(self, request_id: str) -> list[dict[str, Any]]:
        """Return the lines of one request, as soon as there is one."""
        field = self.starter.log.request_id if self.starter.log else "request_id"
        deadline = time.monotonic() + PATIENCE
        while True:
            found = [line for line in self.lines() if value_at(line, field) == request_id]
            if found or time.monotonic() > deadline:
                return found
            time.sleep(PAUSE)


def value_at(line: Mapping[str, Any], path: str) -> object:
    """Return the value at a dotted path, or None."""
    value: object = line
    for name in path.split("."):
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def values_in(value: object) -> list[object]:
    """Return every value in a line, however deep."""
    if isinstance(value, Mapping):
        return [inner for each in value.values() for inner in values_in(each)]
    if isinstance(value, list):
        return [inner for each in value for inner in values_in(each)]
    return [value]


def _json(line: str) -> object:
    try:
        return json.loads(line)
    except ValueError:
        return None
