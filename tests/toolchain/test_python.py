"""Before a project is made: is there a Python for it?"""

import platform

import pytest

from scaffold.model.framework import Tool
from scaffold.toolchain import find, python
from scaffold.toolchain.python import missing_python

NOW = platform.python_version()


def tools(needs):
    return (Tool(name="python", needs=needs, why="it is tested", get="https://python.org"),)


@pytest.fixture
def machine(tmp_path, monkeypatch):
    """A machine whose only folder of programs is empty; what is put there is on it."""
    monkeypatch.setattr(python, "folders", lambda _environment: iter((tmp_path,)))
    monkeypatch.setattr(find, "folders", lambda _environment: iter((tmp_path,)))
    return tmp_path


def put(machine, name, says):
    (machine / name).write_text(f"#!/bin/sh\necho Python {says}\n")
    (machine / name).chmod(0o755)


def test_the_python_that_runs_us_is_enough_when_it_fits(machine):
    del machine
    assert missing_python(tools(f">={NOW}"), {"PATH": ""}) is None


def test_a_starter_without_python_misses_none(machine):
    del machine
    assert missing_python((), {"PATH": ""}) is None


def test_a_program_with_a_fitting_version_in_its_name_is_not_started(machine):
    put(machine, "python3.29", "no version at all")
    assert missing_python(tools(">=3.28"), {"PATH": ""}) is None


def test_a_program_without_a_version_in_its_name_is_asked(machine):
    put(machine, "python", "9.1.0")
    assert missing_python(tools(">=9"), {"PATH": ""}) is None


@pytest.mark.parametrize("name", ["python", "python3.8", "python9"])
def test_where_none_fits_it_is_said_how_to_get_one(machine, name):
    put(machine, name, "3.8.1")
    found = missing_python(tools(">=9,<10"), {"PATH": ""})
    assert (found.path, found.needs) == ("", ">=9,<10")
    assert found.get
