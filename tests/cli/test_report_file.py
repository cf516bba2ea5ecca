"""`recommend --output` never costs a file: not its input, and not the report that was there."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from scaffold.cli.report_file import write_report
from scaffold.errors import EnvironmentProblem, ExitStatus, InvalidInput

SHOP = (Path(__file__).parent.parent.parent / "examples" / "shop.yaml").read_text()
ARGUMENTS = ("recommend", "--answers", "shop.yaml")


@pytest.fixture
def shop(tmp_path):
    (tmp_path / "shop.yaml").write_text(SHOP)
    return tmp_path / "shop.yaml"


@pytest.mark.parametrize("output", ["shop.yaml", "./x/../shop.yaml", "hard", "soft", "absolute"])
def test_the_answers_file_is_never_replaced_by_the_report(scaffold, tmp_path, shop, output):
    (tmp_path / "x").mkdir()
    (tmp_path / "hard").hardlink_to(shop)
    (tmp_path / "soft").symlink_to("shop.yaml")
    outcome = scaffold(*ARGUMENTS, "--output", shop if output == "absolute" else output)
    assert (outcome.returncode, shop.read_text()) == (ExitStatus.REFUSED, SHOP)
    assert "is the file that the answers come from" in outcome.stderr


@pytest.mark.parametrize("answers", ["-", "/dev/stdin"])
def test_the_file_behind_standard_input_is_not_replaced_either(tmp_path, shop, answers):
    command = [sys.executable, "-m", "scaffold", "recommend", "--answers", answers, "--output", "shop.yaml"]
    with shop.open() as stdin:
        outcome = subprocess.run(command, cwd=tmp_path, stdin=stdin, capture_output=True, check=False)
    assert (outcome.returncode, shop.read_text()) == (ExitStatus.REFUSED, SHOP)


@pytest.mark.usefixtures("shop")
def test_the_defaults_file_is_not_replaced_either(scaffold, tmp_path):
    (tmp_path / "mine.toml").write_text('team = "small"\n')
    outcome = scaffold(*ARGUMENTS, "--output", "mine.toml", environment={"SCAFFOLD_DEFAULTS": "mine.toml"})
    assert outcome.returncode == ExitStatus.REFUSED
    assert (tmp_path / "mine.toml").read_text() == 'team = "small"\n'


def test_a_dash_is_standard_output(scaffold, tmp_path, shop):
    outcome = scaffold(*ARGUMENTS, "--output", "-")
    assert outcome.stdout == scaffold(*ARGUMENTS).stdout != ""
    assert list(tmp_path.iterdir()) == [shop]


def test_a_report_keeps_the_mode_of_the_old_one_and_the_link_to_it(tmp_path):
    (tmp_path / "real.html").write_text("old")
    (tmp_path / "real.html").chmod(0o640)
    (tmp_path / "link.html").symlink_to("real.html")
    write_report(str(tmp_path / "link.html"), "new")
    assert (tmp_path / "link.html").is_symlink()
    assert (tmp_path / "real.html").read_text() == "new"
    assert (tmp_path / "real.html").stat().st_mode & 0o777 == 0o640


def test_a_new_report_has_the_usual_mode(tmp_path):
    before = os.umask(0o027)
    write_report(str(tmp_path / "new.html"), "new")
    os.umask(before)
    assert (tmp_path / "new.html").stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("call", ["fsync", "replace"])
@pytest.mark.parametrize(
    "error", [OSError(28, "No space left on device"), KeyboardInterrupt()], ids=["full", "interrupt"]
)
def test_the_old_report_stays_on_any_failure(tmp_path, monkeypatch, call, error):
    def fail(*_):
        raise error

    (tmp_path / "report.html").write_text("old")
    monkeypatch.setattr(*((os, "fsync") if call == "fsync" else (Path, "replace")), fail)
    with pytest.raises((EnvironmentProblem, KeyboardInterrupt)):
        write_report(str(tmp_path / "report.html"), "new")
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]
    assert (tmp_path / "report.html").read_text() == "old"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.usefixtures("shop")
def test_a_device_is_written_to_and_a_full_one_is_the_machines_fault(scaffold):
    assert scaffold(*ARGUMENTS, "--output", "/dev/null").returncode == 0
    outcome = scaffold(*ARGUMENTS, "--output", "/dev/full")
    assert (outcome.returncode, outcome.stderr.splitlines()[0]) == (
        ExitStatus.ENVIRONMENT,
        "error: /dev/full cannot be written: no space left on device",
    )
    assert Path("/dev/null").is_char_device()


@pytest.mark.skipif(os.name == "nt", reason="pipes of POSIX")
def test_a_named_pipe_is_refused_and_not_waited_for(tmp_path, monkeypatch):
    def wait(*_, **__):
        pytest.fail("it would wait for a reader")

    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to("pipe")
    monkeypatch.setattr(Path, "write_text", wait)
    for name in ("pipe", "link"):
        with pytest.raises(InvalidInput, match="cannot be written: it is a named pipe"):
            write_report(str(tmp_path / name), "new")


@pytest.mark.usefixtures("shop")
def test_a_report_through_standard_outputs_own_name(scaffold):
    outcome = scaffold(*ARGUMENTS, "--output", "/dev/stdout")
    assert outcome.stdout == scaffold(*ARGUMENTS).stdout


@pytest.mark.parametrize(
    ("output", "status"),
    [
        ("no/such/folder.txt", ExitStatus.USAGE),
        ("shop.yaml/x", ExitStatus.USAGE),
        ("folder", ExitStatus.USAGE),
        ("a" * 300, ExitStatus.ENVIRONMENT),
        ("loop", ExitStatus.ENVIRONMENT),
        ("closed/report.txt", ExitStatus.ENVIRONMENT),
        ("locked.txt", ExitStatus.ENVIRONMENT),
    ],
)
@pytest.mark.usefixtures("shop")
def test_a_place_that_cannot_be_written_is_one_line(unprivileged, tmp_path, output, status):
    (tmp_path / "folder").mkdir()
    (tmp_path / "closed").mkdir(mode=0o500)
    (tmp_path / "locked.txt").write_text("mine")
    (tmp_path / "locked.txt").chmod(0o400)
    (tmp_path / "loop").symlink_to("loop")
    outcome = unprivileged(*ARGUMENTS, "--output", output)
    assert outcome.returncode == status, outcome.stderr
    assert outcome.stderr.startswith(f"error: {output} cannot be written: ")
    assert (tmp_path / "locked.txt").read_text() == "mine"
