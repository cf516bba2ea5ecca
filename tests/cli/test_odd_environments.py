"""What is odd about the machine is worked around or said in one line; it is never a bug of ours."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from scaffold.errors import ExitStatus

SHOP = str(Path(__file__).parent.parent.parent / "examples" / "shop.yaml")
PLAIN = [
    ("--help",),
    ("show", "django", "--evidence"),
    ("recommend", "--answers", SHOP),
    ("new", "shop", "-t", "flask", "-y"),
]
DOCUMENTS = [("show", "django", "--json"), ("recommend", "--answers", SHOP, "--format", "json")]
WRONG = [("show", "☃é"), ("show", "☃é", "--json")]
ENCODINGS = {
    **{name: {"PYTHONIOENCODING": name} for name in ("cp1252", "latin-1", "euc-jp")},
    "C": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
}
STREAMS = ("2>/dev/full", ">&- 2>&-", ">/dev/full", ">/dev/full 2>/dev/full")
BUFFERED = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
"""What is left in a stream that cannot be written fails once more when Python ends."""


@pytest.fixture
def shell(tmp_path):
    """Run a command with redirections; returns the completed process with bytes."""
    if os.name == "nt":
        pytest.skip("redirections of a POSIX shell")

    def run(arguments, redirection="", environment=None):
        return subprocess.run(
            ["sh", "-c", f'"$0" -m scaffold "$@" {redirection}', sys.executable, *arguments],
            cwd=tmp_path,
            env={**BUFFERED, "HOME": str(tmp_path), **(environment or {})},
            capture_output=True,
            check=False,
        )

    return run


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("arguments", [*PLAIN, *WRONG], ids=" ".join)
def test_a_character_that_cannot_be_shown_is_replaced(shell, arguments, encoding):
    outcome = shell(arguments, environment=ENCODINGS[encoding])
    assert outcome.returncode == (ExitStatus.USAGE if arguments in WRONG else ExitStatus.DONE), outcome.stderr
    assert b"Traceback" not in outcome.stderr
    (outcome.stdout + outcome.stderr).decode("utf-8" if encoding == "C" else encoding)  # as Click decides


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("arguments", DOCUMENTS, ids=" ".join)
def test_a_document_is_the_same_in_every_encoding(shell, arguments, encoding):
    document = json.loads(shell(arguments, environment=ENCODINGS[encoding]).stdout.decode("ascii"))
    assert document == json.loads(shell(arguments, environment={"PYTHONUTF8": "1"}).stdout.decode())


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("streams", STREAMS)
@pytest.mark.parametrize("arguments", [*PLAIN, *DOCUMENTS, *WRONG], ids=" ".join)
def test_a_closed_or_full_stream_is_no_bug(shell, arguments, streams):
    outcome = shell(arguments, streams)
    lost = ExitStatus.ENVIRONMENT if streams.startswith(">/dev/full") else ExitStatus.DONE
    assert outcome.returncode == (ExitStatus.USAGE if arguments in WRONG else lost), outcome.stderr
    assert b"Traceback" not in outcome.stderr


def test_an_error_that_standard_output_cannot_take_goes_to_standard_error(shell):
    if not Path("/dev/full").exists():
        pytest.skip("needs /dev/full")
    assert shell(("show", "nothing", "--json"), ">/dev/full").stderr.startswith(
        b"error: There is no template"
    )


@pytest.fixture
def closed(tmp_path):
    """Return a folder that nobody may enter or list, with a defaults file in it."""
    (tmp_path / "closed" / ".config" / "scaffold").mkdir(parents=True)
    (tmp_path / "closed" / ".config" / "scaffold" / "defaults.toml").write_text('author = "Ada"\n')
    (tmp_path / "closed").chmod(0)
    yield tmp_path / "closed"
    (tmp_path / "closed").chmod(0o700)


EVERY = [
    ("list",),
    ("doctor", "go"),
    ("recommend", "--answers", SHOP),
    ("new", "shop", "-t", "flask", "-y"),
    ("verify", "nowhere"),
]


@pytest.mark.parametrize("home", ["closed", "missing", "a file", "relative", None])
@pytest.mark.parametrize("arguments", EVERY, ids=" ".join)
def test_a_home_that_cannot_be_used_is_worked_around(unprivileged, tmp_path, closed, arguments, home):
    (tmp_path / "a file").touch()
    place = {"closed": str(closed), "relative": "home", None: None}.get(home, str(tmp_path / str(home)))
    environment = {"HOME": place, "XDG_CONFIG_HOME": None}
    if "doctor" in arguments:  # which then looks in every folder below it
        environment["PATH"] = str(tmp_path / "nowhere")
    outcome = unprivileged(*arguments, environment=environment)
    expected = {"verify": {ExitStatus.USAGE}, "doctor": {ExitStatus.DONE, ExitStatus.ENVIRONMENT}}
    assert outcome.returncode in expected.get(arguments[0], {ExitStatus.DONE}), outcome.stderr
    assert ("error: " in outcome.stderr) == ("verify" in arguments)


@pytest.mark.parametrize("folder", ["closed", "missing", "home", ""])
@pytest.mark.parametrize("variable", ["XDG_CONFIG_HOME", "XDG_DATA_HOME", "PYENV_ROOT", "PATH"])
def test_a_folder_of_a_variable_that_cannot_be_used_is_passed_over(unprivileged, closed, variable, folder):
    value = str(closed) if folder == "closed" else folder
    environment = {variable: f"{value}:{os.environ['PATH']}" if variable == "PATH" else value}
    for arguments in (("doctor", "flask"), ("new", "shop", "-t", "flask", "-y", "--dry-run")):
        outcome = unprivileged(*arguments, environment=environment)
        assert outcome.returncode in {ExitStatus.DONE, ExitStatus.ENVIRONMENT * ("doctor" in arguments)}
        assert "error" not in outcome.stderr


def test_a_relative_configuration_folder_is_ignored(scaffold, tmp_path):
    for folder in ("here/scaffold", "scaffold", "home/.config/scaffold"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "defaults.toml").write_text(f'author = "{folder}"\n')
    for named in ("here", "", "./here"):
        arguments = ("new", "shop", "-t", "flask", "-y", "--dry-run", "--json")
        plan = json.loads(scaffold(*arguments, environment={"XDG_CONFIG_HOME": named}).stdout)
        assert plan["variables"]["author"] == "home/.config/scaffold"


@pytest.mark.parametrize("kind", ["a folder", "a pipe", "a closed file", "missing"])
@pytest.mark.parametrize("usual", [True, False])
def test_defaults_that_cannot_be_read_are_one_line(unprivileged, tmp_path, kind, usual):
    place = tmp_path / "home" / ".config" / "scaffold" / "defaults.toml"
    place.parent.mkdir(parents=True)
    if kind == "a folder":
        place.mkdir()
    elif kind == "a pipe":
        os.mkfifo(place)
    elif kind == "a closed file":
        place.touch(0)
    environment = {} if usual else {"SCAFFOLD_DEFAULTS": str(place)}
    outcome = unprivileged("recommend", "--answers", SHOP, environment=environment)
    missing = usual and kind == "missing"
    assert outcome.returncode == (ExitStatus.DONE if missing else ExitStatus.ENVIRONMENT), outcome.stderr
    assert missing or outcome.stderr.startswith(f"error: {place} cannot be read: ")


def test_a_variable_that_is_nearly_ours_is_a_warning_and_others_are_nothing(scaffold):
    arguments = ("new", "shop", "-t", "flask", "-y", "--dry-run")
    near = scaffold(*arguments, environment={"SCAFFOLD_AUTHRO": "Ada", "SCAFFOLD_PATH": "x"})
    assert near.returncode == 0
    assert near.stderr.splitlines() == [
        "warning: The environment variable SCAFFOLD_AUTHRO is not known. Did you mean `SCAFFOLD_AUTHOR`?"
    ]


def test_an_error_of_the_system_that_nobody_foresaw_is_the_machines_fault(scaffold, tmp_path):
    (tmp_path / "sitecustomize.py").write_text(
        "import scaffold.catalog\n"
        "def fail(): raise PermissionError(13, 'Permission denied', 'x.toml')\n"
        "scaffold.catalog.load_frameworks = fail\n"
    )
    root = Path(__file__).parent.parent.parent
    outcome = scaffold("list", environment={"PYTHONPATH": f"{tmp_path}:{root}"})
    assert outcome.returncode == ExitStatus.ENVIRONMENT
    assert outcome.stderr.startswith("error: x.toml: permission denied\n")


def test_a_working_folder_that_was_removed_is_the_machines_fault(tmp_path):
    script = 'mkdir gone && cd gone && rmdir ../gone && "$0" -m scaffold new shop -t flask -y'
    outcome = subprocess.run(
        ["sh", "-c", script, sys.executable], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert outcome.returncode == ExitStatus.ENVIRONMENT
    assert outcome.stderr.startswith("error: ")


@pytest.mark.parametrize(
    ("answers", "fact"),
    [
        ("/dev/zero", "cannot be read: it is a pipe or a device, not a file"),
        ("<(echo team: small)", "cannot be read: it is a pipe or a device, not a file"),
        ("- </dev/zero", "is larger than 32 KiB"),
        ("/dev/stdin </dev/zero", "cannot be read: it is a pipe or a device, not a file"),
        ("- <&-", "cannot be read: it is not open"),
        ("big.yaml", "cannot be read: it is larger than 32 KiB"),
        ("deep.json", "is nested too deeply"),
    ],
)
def test_answers_that_never_end_are_one_line_in_bounded_memory(tmp_path, answers, fact):
    (tmp_path / "big.yaml").touch()
    os.truncate(tmp_path / "big.yaml", 2**30)
    (tmp_path / "deep.json").write_text('{"a": ' + "[" * 1200 + "]" * 1200 + "}")
    script = f'ulimit -v 500000; exec "$0" -m scaffold recommend --answers {answers}'
    outcome = subprocess.run(
        ["bash", "-c", script, sys.executable],
        cwd=tmp_path,
        env={**os.environ, "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )
    assert outcome.returncode == ExitStatus.USAGE
    assert fact in outcome.stderr.splitlines()[0]
