"""Every way a command can end, with its status; the README has the same table."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from scaffold import errors
from scaffold.catalog import template_folder
from scaffold.errors import ExitStatus
from scaffold.project.template_files import PROJECT

README = Path(__file__).parent.parent.parent / "README.md"


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (["list"], 0, ""),
        (["new", "shop", "-t", "django", "-y", "--dry-run"], 0, ""),
        (["nwe"], 2, "No such command 'nwe'"),
        (["list", "--langauge", "python"], 2, "No such option"),
        (["list", "--language", "pyhton"], 2, "no language `pyhton`"),
        (["show", "djnago"], 2, "no template `djnago`"),
        (["new", "shop", "-t", "rials", "-y"], 2, "no template `rials`"),
        (["new", "shop", "-t", "rails", "-y"], 2, "has no starter yet"),
        (["new", "shop", "-t", "django", "-y", "--set", "licence=MIT"], 2, "no question `licence`"),
        (["new", "shop", "-t", "django", "-y", "--set", "license=GPL"], 2, "`license` cannot be `GPL`"),
        (["new", "class", "-t", "django", "-y"], 2, "it is a Python keyword"),
        (["new", "../shop/..", "-t", "django", "-y"], 3, "is not empty"),
        (["new", "shop"], 2, "no terminal to ask on"),
        (["new", "-y"], 2, "no DIRECTORY"),
        (["new", "shop", "-y"], 2, "Too little was answered"),
        (["new", "shop", "-y", "--answers", "none.yaml"], 2, "none.yaml cannot be read"),
        (["new", "taken", "-t", "django", "-y"], 3, "is a file"),
        (["new", "full", "-t", "django", "-y"], 3, "is not empty: notes.txt"),
        (["recommend"], 2, "no terminal to ask on"),
        (["recommend", "--set", "what=api", "--why", "djnago"], 2, "no framework `djnago`"),
        (["recommend", "--set", "what=api", "--why", "go", "--why-not", "go"], 2, "one of them at a time"),
        (["recommend", "--set", "what=api", "--output", "no/such/folder.txt"], 2, "cannot be written"),
        (["verify", "nowhere"], 2, "nowhere"),
        (["verify", "--url", "http://127.0.0.1:9", "--only", "boot"], 2, "--url checks a running service"),
        (["verify", "--url", "http://127.0.0.1:9"], 1, ""),
        (["doctor", "djnago"], 2, "no template `djnago`"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_a_command_ends_with_its_status_and_one_clear_line(scaffold, tmp_path, arguments, status, message):
    (tmp_path / "taken").write_text("a file")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "notes.txt").write_text("mine")
    (tmp_path / "shop").mkdir()
    before = sorted(path for path in tmp_path.rglob("*"))
    outcome = scaffold(*arguments)
    assert outcome.returncode == status, outcome.stderr
    assert message in outcome.stderr
    assert "Traceback" not in outcome.stderr
    if status:
        assert sorted(path for path in tmp_path.rglob("*")) == before
    if status == ExitStatus.USAGE:
        assert re.match(r"error: .+\n(\nhint: .+\n)?", outcome.stderr)
        assert outcome.stdout == ""


def test_the_readme_lists_every_status():
    text = README.read_text(encoding="utf-8").split("## Exit statuses")[1].split("## ")[0]
    listed = {
        int(number)
        for row in re.findall(r"^\| ([\d, ]+) \|", text, re.MULTILINE)
        for number in row.split(",")
    }
    assert listed == {status.value for status in ExitStatus}


def test_every_error_has_a_status_of_the_table():
    family = [
        kind
        for kind in vars(errors).values()
        if isinstance(kind, type) and issubclass(kind, errors.ScaffoldError)
    ]
    assert {kind.status for kind in family} == {
        ExitStatus.FAILED,
        ExitStatus.USAGE,
        ExitStatus.REFUSED,
        ExitStatus.ENVIRONMENT,
        ExitStatus.TEMPLATE,
        ExitStatus.CONFLICTS,
    }


def test_an_unexpected_error_is_a_bug_with_a_report_and_no_traceback(scaffold, tmp_path):
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "sitecustomize.py").write_text(
        "import scaffold.catalog\n"
        "def fail(): raise LookupError('the cat is out')\n"
        "scaffold.catalog.load_frameworks = fail\n"
    )
    environment = {"PYTHONPATH": f"{broken}:{README.parent}"}
    outcome = scaffold("list", environment=environment)
    assert outcome.returncode == ExitStatus.BUG
    assert "LookupError: the cat is out" in outcome.stderr
    assert "Traceback" not in outcome.stderr
    assert "Traceback" in scaffold("--debug", "list", environment=environment).stderr


def test_skipped_files_are_conflicts_left_for_the_user(scaffold, tmp_path):
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop" / "README.md").write_text("mine")
    outcome = scaffold("new", "shop", "-t", "django", "-y", "--on-conflict", "skip")
    assert outcome.returncode == ExitStatus.CONFLICTS
    assert "README.md" in outcome.stderr
    assert (tmp_path / "shop" / "README.md").read_text() == "mine"


def nothing(_folder):
    pass


def a_file_that_differs(folder):
    (folder / "README.md").write_text("mine")


def a_file_that_is_the_same(folder):
    shutil.copy(template_folder("flask") / PROJECT / ".editorconfig", folder)


def a_secret(folder):
    (folder / ".env").write_text("SECRET_KEY=mine")


def a_folder_in_place_of_a_file(folder):
    (folder / "README.md").mkdir()


def a_link_in_place_of_a_file(folder):
    (folder / "README.md").symlink_to("elsewhere")


def a_file_in_place_of_a_folder(folder):
    (folder / "tests").write_text("mine")


def a_link_in_place_of_the_backup(folder):
    (folder / "README.md").write_text("mine")
    (folder / ".scaffold-backup").symlink_to("elsewhere")


def a_file_in_place_of_the_backup_in_git(folder):
    (folder / "README.md").write_text("mine")
    (folder / ".git").mkdir()
    (folder / ".git" / "HEAD").touch()
    (folder / ".git" / "scaffold").touch()


@pytest.mark.parametrize("rule", ["refuse", "skip", "overwrite"])
@pytest.mark.parametrize(
    "make",
    [
        *(nothing, a_file_that_differs, a_file_that_is_the_same, a_secret),
        *(a_folder_in_place_of_a_file, a_link_in_place_of_a_file, a_file_in_place_of_a_folder),
        *(a_link_in_place_of_the_backup, a_file_in_place_of_the_backup_in_git),
    ],
)
def test_a_dry_run_ends_as_the_real_one_will(scaffold, tmp_path, make, rule):
    (tmp_path / "shop").mkdir()
    make(tmp_path / "shop")
    before = sorted(tmp_path.rglob("*"))
    command = ("new", "shop", "-t", "flask", "-y", "--no-git", "--on-conflict", rule)
    foretold = {scaffold(*command, "--dry-run", *more).returncode for more in ((), ("--json",))}
    assert sorted(tmp_path.rglob("*")) == before
    assert foretold == {scaffold(*command).returncode}


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
@pytest.mark.parametrize(
    ("closed", "rule"),
    [("tests", "skip"), (".git/info", "skip"), (".git/scaffold", "overwrite"), ("app", "overwrite")],
)
def test_a_folder_that_cannot_be_written_to_is_said_by_the_dry_run_too(unprivileged, tmp_path, closed, rule):
    shop = tmp_path / "shop"
    subprocess.run(["git", "init", "--quiet", "shop"], cwd=tmp_path, check=True)
    (shop / ".gitignore").write_text("")
    (shop / "app").mkdir()
    (shop / "app" / "__init__.py").write_text("mine")
    (shop / closed).mkdir(exist_ok=True)
    (shop / closed).chmod(0o555)
    command = ("new", "shop", "-t", "flask", "-y", "--on-conflict", rule)
    for more in (("--dry-run",), ()):
        ended = unprivileged(*command, *more)
        assert ended.returncode == ExitStatus.ENVIRONMENT
        assert f"error: {shop / closed} cannot be written to\n" in ended.stderr


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
@pytest.mark.parametrize(("rules", "status"), [("!.env\n", ExitStatus.REFUSED), ("", ExitStatus.CONFLICTS)])
def test_a_dry_run_says_what_becomes_of_the_secret(scaffold, tmp_path, rules, status):
    subprocess.run(["git", "init", "--quiet", "shop"], cwd=tmp_path, check=True)
    (tmp_path / "shop" / ".gitignore").write_text(rules)
    command = ("new", "shop", "-t", "flask", "-y", "--on-conflict", "skip")
    foretold, real = scaffold(*command, "--dry-run"), scaffold(*command)
    assert foretold.returncode == real.returncode == status
    line = f".env, by a line in {tmp_path / 'shop' / '.git' / 'info' / 'exclude'}"
    assert (line in foretold.stderr) == (line in real.stderr) == (status == ExitStatus.CONFLICTS)


def test_a_missing_tool_is_the_machines_fault(scaffold, tmp_path):
    (tmp_path / "bare").mkdir()
    (tmp_path / "bare" / "sitecustomize.py").write_text(
        "import scaffold.toolchain.find\nscaffold.toolchain.find.folders = lambda environment: iter(())\n"
    )
    outcome = scaffold(
        "doctor", "express", environment={"PYTHONPATH": f"{tmp_path / 'bare'}:{README.parent}"}
    )
    assert outcome.returncode == ExitStatus.ENVIRONMENT
    assert outcome.stdout.count("not found") == outcome.stdout.count("get it:") == 2


def test_a_reader_that_closes_the_pipe_is_no_error(tmp_path):
    script = f'set -o pipefail; "{sys.executable}" -m scaffold questions --json | head -n 1'
    outcome = subprocess.run(
        ["bash", "-c", script], capture_output=True, text=True, check=False, cwd=tmp_path
    )
    assert (outcome.returncode, outcome.stderr) == (0, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("arguments", [["list"], ["--help"]])
def test_a_full_disk_behind_standard_output_is_one_line(arguments):
    with Path("/dev/full").open("w") as full:
        outcome = subprocess.run(
            [sys.executable, "-m", "scaffold", *arguments],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert outcome.returncode == ExitStatus.ENVIRONMENT
    assert "error: Standard output cannot be written: no space left on device" in outcome.stderr
    assert "Traceback" not in outcome.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT])
def test_a_signal_ends_a_command_as_the_shell_expects(tmp_path, number):
    """It waits for answers on standard input, and the shell sees 130, 143 or 129."""
    process = subprocess.Popen(
        [sys.executable, "-m", "scaffold", "recommend", "--answers", "-"],
        cwd=tmp_path,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONVERBOSE": "1"},
    )
    for line in process.stderr:
        if "scaffold.interview.gather" in line:
            break
    time.sleep(0.5)  # from the last import to the read is no time, and nothing tells when it waits
    process.send_signal(number)
    _, said = process.communicate(timeout=30)
    assert process.returncode == -number
    assert "Interrupted" in said
    assert "Traceback" not in said


@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX signals")
@pytest.mark.parametrize(
    "module",
    ["scaffold.signals", "threading", "scaffold.cli", "click", "scaffold.cli.new", "scaffold.project.git"],
)
def test_an_interrupt_while_python_imports_shows_no_traceback(scaffold, tmp_path, module):
    (tmp_path / "sitecustomize.py").write_text(
        "import signal, sys\n"
        "class Finder:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        f"        if name == {module!r}: signal.raise_signal(signal.SIGINT)\n"
        "sys.meta_path.insert(0, Finder())\n"
    )
    environment = {"PYTHONPATH": f"{tmp_path}:{README.parent}"}
    outcome = scaffold("new", "shop", "-t", "flask", "-y", environment=environment)
    assert outcome.returncode == -signal.SIGINT
    assert outcome.stderr.strip() in {"", "Interrupted"}


def test_no_answer_steers_the_terminal(scaffold):
    outcome = scaffold("new", "shop", "-y", "--set", "template=a\x1b[2Jb\u202ec")
    assert outcome.returncode == ExitStatus.USAGE
    assert "`a\ufffd[2Jb\ufffdc`" in outcome.stderr


MOMENTS = {"new": "creation.publish", "existing": "fill.mark_done", "after": "stage._remove_whole"}


@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("when", MOMENTS)
@pytest.mark.parametrize("rule", ["skip", "overwrite"])
def test_a_signal_after_the_project_is_in_its_place_ends_the_run_when_all_is_said(
    scaffold, tmp_path, when, number, rule
):
    shop, (module, name) = tmp_path / "shop", MOMENTS[when].split(".")
    (tmp_path / "early").mkdir()
    (tmp_path / "early" / "sitecustomize.py").write_text(
        "import signal\n"
        f"from scaffold.project import {module}\n"
        f"real = {module}.{name}\n"
        f"def signalled(*given): done = real(*given); signal.raise_signal({int(number)}); return done\n"
        f"{module}.{name} = signalled\n"
    )
    said = [f"  created  {shop}, "]
    if when != "new":
        shop.mkdir()
        for path in (".gitignore", ".env", "README.md"):
            (shop / path).write_text("mine")
        replaced = f"what was replaced, .gitignore, README.md, in {shop / '.scaffold-backup' / '1'}"
        said += {
            "skip": ["     kept  .env, .gitignore, README.md"],
            "overwrite": ["     kept  .env", f"     kept  {replaced}"],
        }[rule]
    environment = {"PYTHONPATH": f"{tmp_path / 'early'}{os.pathsep}{README.parent}"}
    ended = scaffold("new", "shop", "-t", "flask", "-y", "--on-conflict", rule, environment=environment)
    lines = ended.stderr.splitlines()
    assert (ended.returncode, ended.stdout) == (-number, "")
    assert lines[0].startswith(said[0])
    assert lines[1 : len(said)] == said[1:]
    assert lines[-2:] == ["", f"Interrupted after {shop} was made"]
    assert (shop / "pyproject.toml").is_file()
