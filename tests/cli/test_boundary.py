"""Whatever a command returns or raises becomes one status and one text."""

import json
import sys
from importlib import import_module

import click
import pytest

from scaffold import errors
from scaffold.cli import boundary
from scaffold.errors import ScaffoldError


@pytest.fixture
def end(monkeypatch, capfd):
    """Run ``scaffold work`` for a function; returns status, standard output and standard error."""

    def end(work, *words, before=()):
        group = click.Group("scaffold", params=[click.Option(["--debug"], is_flag=True)])
        group.callback = lambda **_: None
        group.add_command(click.Command("work", callback=lambda **_: work(), params=[JSON, FORMAT, REST]))
        monkeypatch.setattr(sys, "argv", ["scaffold", *before, "work", *words])
        status = boundary.run(group)
        return status, *capfd.readouterr()

    return end


JSON = click.Option(["--json"], is_flag=True)
FORMAT = click.Option(["--format"])
REST = click.Argument(["rest"], nargs=-1)


def raising(error):
    def work():
        raise error

    return work


@pytest.mark.parametrize(("outcome", "status"), [(0, 0), (1, 1), (4, 4), (None, 0), ("text", 0)])
def test_a_command_ends_with_the_status_it_returns_or_0(end, outcome, status):
    assert end(lambda: outcome) == (status, "", "")


@pytest.mark.parametrize("kind", ["ScaffoldError", "InvalidInput", "TargetRefused", "ConflictsLeft"])
@pytest.mark.parametrize("before", [(), ("--debug",)])
def test_an_error_of_ours_is_its_text_and_its_status(end, kind, before):
    error = getattr(errors, kind)("This happened", hint="do that")
    assert end(raising(error), before=before) == (
        error.status,
        "",
        "error: This happened\n\nhint: do that\n",
    )


@pytest.mark.parametrize(
    ("work", "words", "fact"),
    [
        (None, ("--jsno",), "No such option '--jsno'. Did you mean '--json'?"),
        (None, ("--hepp",), "No such option '--hepp'. Did you mean '--help'?"),
        (None, ("--ton",), "No such option '--ton'"),
        (raising(click.UsageError("Not so.")), (), "Not so"),
    ],
)
def test_a_wrong_use_names_the_help_of_its_command(end, work, words, fact):
    hint = "`scaffold work --help` shows how to write it"
    assert end(work, *words) == (2, "", f"error: {fact}\n\nhint: {hint}\n")


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (OSError(28, "No space left on device", "/x/y"), "error: /x/y: no space left on device"),
        (OSError(13, "Permission denied"), "error: permission denied"),
        (OSError("Something else"), "error: something else"),
    ],
)
def test_what_the_system_refuses_is_the_machines_fault(end, error, line):
    status, _, said = end(raising(error))
    assert (status, said.splitlines()[0]) == (4, line)


def test_anything_else_is_a_bug_with_its_place_and_a_traceback_on_request(end):
    status, printed, said = end(raising(LookupError("the cat is out")))
    assert (status, printed) == (70, "")
    assert said.startswith("error: This is a bug in scaffold")
    assert "\n  LookupError: the cat is out\n  at test_boundary.py:" in said
    assert " in work\n" in said
    assert "Traceback" not in said
    status, _, said = end(raising(LookupError("the cat is out")), before=("--debug",))
    assert status == 70
    assert said.startswith("Traceback")


@pytest.mark.parametrize(
    ("error", "more"),
    [
        (KeyboardInterrupt(), ""),
        (EOFError("EOF when reading a line"), ""),
        (KeyboardInterrupt("after all"), " after all"),
    ],
)
def test_ctrl_c_and_ctrl_d_are_said_and_end_it_all(end, capfd, error, more):
    with pytest.raises(KeyboardInterrupt):
        end(raising(error))
    assert capfd.readouterr().err == f"\nInterrupted{more}\n"


def test_a_status_that_click_ends_with_is_kept(end):
    assert end(raising(click.exceptions.Exit(7)))[0] == 7


@pytest.mark.parametrize(
    ("words", "as_json"),
    [
        *((("--json",), True), (("--", "--json"), False), ((), False)),
        *((("--format", "json"), True), (("--format=json",), True), (("--format", "text", "json"), False)),
        (("--", "--format", "json"), False),
    ],
)
def test_an_error_is_json_where_json_was_asked_for(end, words, as_json):
    status, printed, said = end(raising(ScaffoldError("This happened", hint="do that")), *words)
    assert status == 1
    if as_json:
        assert json.loads(printed)["error"] == {"message": "This happened", "hint": "do that", "status": 1}
    else:
        assert said.startswith("error: This happened")


def test_nothing_at_all_is_help_and_a_wrong_use(monkeypatch, capfd):
    import_module("scaffold.cli.list")
    from scaffold.cli import commands

    monkeypatch.setattr(sys, "argv", ["scaffold"])
    assert boundary.run(commands) == 2
    assert capfd.readouterr().err.startswith("Usage: scaffold")
