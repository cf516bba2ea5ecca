import json
import os
import socket
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from scaffold.errors import InvalidInput
from scaffold.model.framework import STRENGTHS
from scaffold.verify import doctor, verify_project
from scaffold.verify.steps import STEPS

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the service here stops on TERM")

SECRET = "correct-horse-battery-staple"  # noqa: S105 - guards nothing
SAYS = "import json, os; json.dump(dict(os.environ), open({!r}, 'w'))"


def python(code):
    return (sys.executable, "-c", code)


def verify(folder, framework, **options):
    options = {"environment": os.environ, **options}
    return verify_project(folder, framework=framework, **options)


def by_id(verification):
    return {check.id: check for check in verification.checks}


def not_passed(verification):
    return [check.id for check in verification.checks if check.outcome != "passed"]


def is_alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


@pytest.fixture
def impatient(monkeypatch):
    """Wait less, for servers that never answer or never end."""
    monkeypatch.setattr(sys.modules["scaffold.verify.boot"], "BOOT_SECONDS", 2.0)
    monkeypatch.setattr(sys.modules["scaffold.verify.stopping"], "STOP_SECONDS", 1.0)
    monkeypatch.setattr("scaffold.toolchain.run.GRACE", 0.2)


def test_a_sound_project_passes_every_step_in_order(project, framework):
    verification = verify(project, framework(strengths=STRENGTHS))
    assert not_passed(verification) == ["pages-rights"]
    assert list(dict.fromkeys(check.step for check in verification.checks)) == list(STEPS)
    assert (verification.subject, verification.template) == (str(project), "tiny")


def test_nothing_of_the_project_changes(project, framework):
    before = {path.name: path.read_bytes() for path in project.iterdir()}
    verify(project, framework())
    assert {path.name: path.read_bytes() for path in project.iterdir()} == before


def test_checks_are_reported_as_they_end_and_lines_as_they_are_written(project, framework):
    checks, lines = [], []
    verification = verify(project, framework(), on_check=checks.append, on_line=lines.append)
    assert tuple(checks) == verification.checks
    assert {"installed", "clean", "1 passed"} <= set(lines)


def test_a_missing_tool_ends_it_before_anything_runs(project, framework):
    verification = verify(project, framework(needs=">=900", install=[python("open('ran', 'w')")]))
    first = verification.checks[0]
    assert (first.id, first.outcome, first.found) == ("tool-git", "failed", "none that fits")
    assert "is not >=900" in first.detail
    assert "to get it: " in first.detail
    assert {check.outcome for check in verification.checks[1:]} == {"skipped"}
    assert not (project / "ran").exists()


def test_a_failed_install_shows_its_last_lines_and_ends_it(project, framework):
    code = "import sys; print('no such package: left-pad'); sys.exit(7)"
    verification = verify(project, framework(install=[python(code), python("open('ran', 'w')")]))
    check = by_id(verification)["install-1"]
    assert (check.outcome, check.found, check.detail) == (
        "failed",
        "exit status 7",
        "no such package: left-pad",
    )
    assert check.repeat.startswith(f"cd {project} && ")
    assert not_passed(verification) == ["install-1", *STEPS[3:]]
    assert not (project / "ran").exists()


@pytest.mark.parametrize("step", ["lint", "test"])
def test_a_failed_lint_or_test_does_not_hide_the_rest(project, framework, step):
    verification = verify(project, framework(**{step: [python("exit(1)"), python("exit(2)"), python("")]}))
    assert not_passed(verification)[:2] == [f"{step}-1", f"{step}-2"]
    assert by_id(verification)["boot"].outcome == "passed"


def test_a_command_that_is_not_there_fails_with_its_name(project, framework):
    check = by_id(verify(project, framework(lint=[("no-such-linter", ".")]), only=["lint"]))["lint-1"]
    assert (check.outcome, check.detail) == ("failed", "`no-such-linter` is not on the PATH")


def test_a_step_without_commands_is_skipped_and_says_so(project, framework):
    check = by_id(verify(project, framework(lint=[]), only=["lint"]))["lint"]
    assert (check.outcome, check.found) == ("skipped", "the template has no `lint` command")


def test_only_runs_the_step_and_what_it_rests_on(project, framework):
    steps = {check.step for check in verify(project, framework(), only=["lint", "stop"]).checks}
    assert steps == {"doctor", "lint", "boot", "stop"}


def test_an_unknown_step_is_invalid_input(project, framework):
    with pytest.raises(InvalidInput, match="`linting` is not a step"):
        verify(project, framework(), only=["linting"])


# What happens to the server, the check that notices, and what a person is told.
@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize(
    ("defect", "id", "found"),
    [
        ("ends-at-once", "boot", "the server ended with status 1 before it answered"),
        ("ignores-port", "boot", "nothing answered at http://127.0.0.1:"),
        ("ignores-host", "listens-at-host", "200 OK from 127.0.0.2"),
        ("needs-no-host", "refuses-no-host", "200 OK from GET / with no host name"),
        ("trusts-database", "not-ready", "200 OK from GET /readyz"),
        ("taken-is-fine", "port-taken", "exit status 0"),
        ("dies-on-term", "finish", "no answer"),
        ("obeys-env", "production", "401 Unauthorized"),
        ("TellsErrors", "failure", "500 with content type text/html"),
        ("HidesErrors", "failure", "1 lines for the request, none of them an error"),
        ("LogsAlways", "log-level", "a line for GET / or GET /api/me"),
        ("AnyApiRate", "rate-api", "no 429 to 60 requests with the same token"),
        ("NoRetryAfter", "rate-api", "429 with Retry-After: (none)"),
        ("OneRateForAll", "rate-api", "429 Too Many Requests"),
        ("AnyLoginRate", "rate-login", "the right password logs in after all"),
        ("LocksAddresses", "rate-login", "the right password logs in after all"),
        ("needs-no-secret", "refuses-no-secret", "200 OK from GET / with no secret"),
        ("needs-no-database", "ready-no-database", "200 OK from GET /readyz"),
        ("TellsSecret", "no-secret", "a secret in the answer with 200"),
        ("DiesOnFirstRequest", "still-alive", "no answer: nothing listens there"),
        ("DiesOnFirstRequest", "stop", "the server had ended by itself, with status 3"),
        ("ignores-term", "stop", "still running 1 s after TERM"),
        ("leaves-a-child", "stop", "the server ended, and processes that it started still run"),
        ("SaysSecret", "no-secret-said", "a line with a secret"),
    ],
)
def test_a_server_that_misbehaves_is_caught(project, framework, defect, id, found):
    check = by_id(verify(project, framework(defect), only=["contract", "stop"]))[id]
    assert check.outcome == "failed"
    assert check.found.startswith(found)
    assert check.expected


def test_a_clone_that_needs_what_is_not_in_it_is_caught(project, framework):
    code = "open('.env')"
    check = by_id(verify(project, framework(test=[python(code)]), only=["boot"]))["plain-checkout"]
    assert (check.outcome, check.found) == ("failed", "`test`: exit status 1")
    assert "FileNotFoundError" in check.detail


def test_an_answer_that_comes_before_the_request_has_ended_is_no_lost_request(project, framework):
    check = by_id(verify(project, framework("AnswersEarly", strengths=("drain",)), only=["strengths"]))[
        "drain"
    ]
    assert check.outcome == "passed", check.found


@pytest.mark.parametrize(
    ("defect", "found"),
    [
        ("NeverSaysDraining", "/readyz never said 503"),
        ("KeepsConnections", "answers after the first 503 without Connection: close"),
        ("dies-on-term", "/readyz never said 503"),
        ("AnyApiRate", "60 of 60 requests were answered at 20 a minute"),
    ],
)
def test_a_strength_of_the_process_that_does_not_hold_is_caught(project, framework, defect, found):
    name = "shared-rates" if defect == "AnyApiRate" else "drain"
    check = by_id(verify(project, framework(defect, strengths=(name,)), only=["strengths"]))[name]
    assert check.outcome == "failed"
    assert found in check.found


def git(project, *arguments):
    identity = ("-c", "user.name=A", "-c", "user.email=a@example.com")
    subprocess.run(("git", *identity, *arguments), cwd=project, check=True, capture_output=True)


def test_a_lock_that_is_missing_is_made_and_warned_of(project, framework):
    (project / "tiny.lock").unlink()
    check = by_id(verify(project, framework(), only=["lock"]))["lock"]
    assert (check.outcome, check.found) == (
        "warned",
        "it was missing, and was made; CI and the image need it",
    )
    assert (project / "tiny.lock").exists()


def test_a_lock_that_cannot_be_made_is_a_failure(project, framework):
    (project / "tiny.lock").unlink()
    checks = by_id(verify(project, framework(lock=[python("")]), only=["lock"]))
    assert (checks["lock"].outcome, checks["lock"].found) == ("failed", "no tiny.lock")


def test_a_lock_outside_the_history_is_warned_of_and_one_that_git_ignores_is_a_failure(project, framework):
    git(project, "init")
    git(project, "add", "README.md")
    check = by_id(verify(project, framework(), only=["lock"]))["lock"]
    assert (check.outcome, check.found) == ("warned", "tiny.lock is not tracked: `git add tiny.lock`")
    git(project, "add", "tiny.lock")
    assert by_id(verify(project, framework(), only=["lock"]))["lock"].outcome == "passed"
    git(project, "rm", "--cached", "tiny.lock")
    (project / ".gitignore").write_text("*.lock\n")
    check = by_id(verify(project, framework(), only=["lock"]))["lock"]
    assert (check.outcome, check.found) == ("failed", "git ignores tiny.lock")


def test_a_project_for_postgresql_is_checked_up_to_lint_without_a_server(project, framework):
    (project / ".scaffold.toml").write_text('[variables]\ndatabase = "postgresql"\n')
    verification = verify(project, framework())
    assert not_passed(verification) == list(STEPS[4:])
    assert by_id(verification)["test"].found == "the project is for PostgreSQL: --database-url names a server"


def test_a_database_url_that_names_no_server_is_invalid_input(project, framework):
    with pytest.raises(InvalidInput, match="does not name a PostgreSQL server"):
        verify(project, framework(), database_url="sqlite:///mine.sqlite3")


def test_a_server_that_does_not_start_shows_what_it_said(project, framework):
    verification = verify(project, framework("ends-at-once"), only=["stop"])
    check = by_id(verification)["boot"]
    assert check.detail == "settings: SECRET_KEY must be set"
    assert check.repeat.startswith(f"cd {project} && env HOSTS=127.0.0.1 HOST=127.0.0.1 PORT=8000 ")
    assert verification.checks[-2].outcome == "skipped"


def test_a_service_that_keeps_its_data_elsewhere_is_not_asked_about_its_database(project, framework):
    (project / ".env.example").write_text("SECRET_KEY=change-me\nMONGO_URL=mongodb://localhost/shop\n")
    checks = by_id(verify(project, framework("needs-no-database"), only=["boot"]))
    assert "ready-no-database" not in checks
    assert checks["refuses-no-secret"].outcome == "passed"


def test_a_database_that_the_example_only_suggests_is_tried_too(project, framework):
    (project / ".env.example").write_text("SECRET_KEY=change-me\n# DATABASE_URL=sqlite:///tiny.sqlite3\n")
    checks = by_id(verify(project, framework("needs-no-database"), only=["boot"]))
    assert checks["ready-no-database"].outcome == "failed"


def test_the_secret_of_the_example_is_tried_too(project, framework):
    (project / ".env.example").write_text("SECRET_KEY='long-enough-to-be-taken'\n")
    check = by_id(verify(project, framework(), only=["boot"]))["refuses-no-secret"]
    assert (check.outcome, check.found) == ("failed", "200 OK from GET / with the SECRET_KEY of .env.example")


@pytest.mark.parametrize("home", ["closed", "missing", "a file", None])
def test_a_home_that_cannot_be_used_is_replaced_for_what_is_run(
    project, framework, tmp_path, home, monkeypatch
):
    (tmp_path / "closed").mkdir()
    (tmp_path / "a file").touch()
    monkeypatch.setattr(os, "access", partial(without_rights, os.access, str(tmp_path / "closed")))
    environment = {**os.environ, "HOME": str(tmp_path / str(home))}
    if home is None:
        del environment["HOME"]
    install = [python("import pathlib; (pathlib.Path.home() / '.cache').mkdir()")]
    verification = verify(project, framework(install=install), only=["install"], environment=environment)
    assert not_passed(verification) == []


def without_rights(real, closed, path, mode):
    """Let a folder be closed for root too."""
    return str(path) != closed and real(path, mode)


def test_a_home_that_can_be_used_is_the_users(project, framework, tmp_path):
    install = [python("import pathlib; (pathlib.Path.home() / '.cache').mkdir()")]
    environment = {**os.environ, "HOME": str(tmp_path)}
    verify(project, framework(install=install), only=["install"], environment=environment)
    assert (tmp_path / ".cache").is_dir()


def test_a_port_that_another_program_took_meanwhile_is_said(project, framework, monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        monkeypatch.setattr(sys.modules["scaffold.verify.project"], "free_port", lambda: port)
        check = by_id(verify(project, framework(), only=["boot"]))["boot"]
    assert (check.outcome, check.found) == ("failed", f"port {port} is taken by another program")


@pytest.mark.parametrize(
    ("said", "port"),
    [
        ("OSError: [Errno 98] Address already in use", "8000"),
        ("Error: listen EADDRINUSE: address already in use 127.0.0.1:3000", "3000"),
        ("listen tcp 127.0.0.1:8080: bind: address already in use", "8080"),
        ("[2026-11-27 12:30:01 +0000] [7] [ERROR] Connection in use: ('127.0.0.1', 8001)", "8001"),
        ('Address already in use - bind(2) for "127.0.0.1" port 3000 (Errno::EADDRINUSE)', "3000"),
        ("[WinError 10048] Only one usage of each socket address is permitted", "8000"),
        ("settings: port 8002 is taken; set PORT to another", "8002"),
    ],
)
def test_a_server_that_says_its_port_is_taken_is_understood(project, framework, monkeypatch, said, port):
    monkeypatch.setattr(sys.modules["scaffold.verify.project"], "free_port", lambda: 8000)
    monkeypatch.setattr(sys.modules["scaffold.verify.boot"], "is_free", lambda _: True)
    verification = verify(project, framework(serve=[python(f"exit({said!r})")]), only=["boot"])
    assert by_id(verification)["boot"].found == f"port {port} is taken"


def test_a_service_that_says_nothing_of_ports_is_not_misunderstood(project, framework):
    check = by_id(verify(project, framework("ends-at-once"), only=["boot"]))["boot"]
    assert check.found == "the server ended with status 1 before it answered"


@pytest.mark.usefixtures("impatient")
def test_a_port_that_is_ignored_shows_where_it_listens(project, framework):
    assert "listening on" in by_id(verify(project, framework("ignores-port"), only=["boot"]))["boot"].detail


@pytest.mark.parametrize("name", ["build", "prepare"])
def test_a_failed_preparation_ends_the_boot(project, framework, name):
    verification = verify(
        project, framework(**{name: [python("exit('no table')")]}), only=["contract", "stop"]
    )
    check = by_id(verification)[f"{name}-1"]
    assert (check.outcome, check.detail) == ("failed", "no table")
    assert by_id(verification)["contract"].found == f"`{name}` failed"
    assert "boot" not in by_id(verification)


def test_no_secret_is_in_what_is_reported(project, framework):
    code = "import os, sys; sys.exit('key ' + open('.env').read())"
    verification = verify(project, framework("SaysSecret", lint=[python(code)]))
    assert by_id(verification)["no-secret-said"].detail == "settings: SECRET_KEY=********"
    assert not any(SECRET in f"{check}" for check in verification.checks)


def test_the_server_gets_a_database_and_a_port_of_its_own(project, framework, tmp_path):
    theirs = {"DATABASE_URL": "postgresql://prod/data", "PGHOST": "prod", "PORT": "1", "HOSTS": "mine"}
    said = tmp_path / "said.json"
    verify(
        project,
        framework(serve=[python(SAYS.format(str(said)))]),
        environment={**os.environ, **theirs},
        only=["boot"],
    )
    environment = json.loads(said.read_text())
    assert environment["DATABASE_URL"].startswith("sqlite:////")
    assert str(project) not in environment["DATABASE_URL"]
    assert "PGHOST" not in environment
    assert environment["PORT"] != "1"
    assert (environment["HOST"], environment["HOSTS"]) == ("127.0.0.1", "127.0.0.1")
    assert (environment["SECRET_KEY"], environment["GREETING"]) == (SECRET, "hello")


def test_the_tests_get_another_fresh_database_and_no_production_settings(project, framework, tmp_path):
    said = tmp_path / "said.json"
    theirs = {"DATABASE_URL": "postgresql://prod/data", "DB_PASSWORD": "x", "PORT": "1"}
    verify(
        project,
        framework(test=[python(SAYS.format(str(said)))]),
        environment={**os.environ, **theirs},
        only=["test"],
    )
    environment = json.loads(said.read_text())
    assert environment["DATABASE_URL"].endswith("/tested.sqlite3")
    assert not {"DB_PASSWORD", "PORT", "HOSTS", "SECRET_KEY"} & set(environment)


def test_a_fresh_clone_without_a_secret_is_served_with_a_stand_in(project, framework, tmp_path):
    said = tmp_path / "said.json"
    (project / ".env").unlink()
    verify(project, framework(prepare=[python(SAYS.format(str(said)))]), only=["boot"])
    assert len(json.loads(said.read_text())["SECRET_KEY"]) >= 48


def test_the_temporary_folder_is_gone_afterwards(project, framework, tmp_path):
    said = tmp_path / "said.json"
    verify(project, framework(prepare=[python(SAYS.format(str(said)))]), only=["boot"])
    database = json.loads(said.read_text())["DATABASE_URL"].removeprefix("sqlite:///")
    assert not Path(database).parent.exists()


@pytest.mark.parametrize(
    ("code", "line"),
    [
        ("open('left.txt', 'w')", "new left.txt"),
        ("open('service.py', 'a').write('#')", "changed service.py"),
        ("import os; os.remove('.gitignore')", "gone .gitignore"),
        ("import os; os.chmod('service.py', 0o755)", "changed service.py"),
    ],
)
def test_a_test_run_that_leaves_a_trace_is_caught(project, framework, code, line):
    check = by_id(verify(project, framework(test=[python(code)]), only=["test"]))["leaves-no-trace"]
    assert check.outcome == "failed"
    assert line in check.detail.splitlines()


def test_what_git_ignores_is_no_trace(project, framework):
    verification = verify(project, framework(test=[python("open('run.log', 'w')")]), only=["test"])
    assert not_passed(verification) == []


def test_a_lock_file_that_installing_writes_is_no_trace_and_is_named(project, framework):
    verification = verify(project, framework(install=[python("open('other.lock', 'w')")]), only=["install"])
    check = by_id(verification)["leaves-no-trace"]
    assert (check.outcome, check.found) == ("passed", "installing added other.lock")


def test_installing_without_a_network_is_given_up_soon(project, framework, tmp_path):
    said = tmp_path / "said.json"
    environment = {**os.environ, "HOME": str(tmp_path)}
    verify(
        project,
        framework(install=[python(SAYS.format(str(said)))]),
        only=["install"],
        environment=environment,
    )
    assert json.loads(said.read_text())["npm_config_fetch_retry_factor"] == "3"


def test_a_file_that_installing_changes_is_a_trace(project, framework):
    code = "open('service.py', 'a').write('#')"
    check = by_id(verify(project, framework(install=[python(code)]), only=["install"]))["leaves-no-trace"]
    assert (check.outcome, check.detail) == ("failed", "changed service.py")


@pytest.mark.parametrize("error", [KeyboardInterrupt, RuntimeError])
@pytest.mark.parametrize("at", ["boot", "create"])
def test_no_process_is_left_when_it_is_interrupted(project, framework, tmp_path, error, at):
    pids = tmp_path / "pid"

    def interrupt(check):
        if check.id == at:
            raise error

    wrapper = python(f"import os, sys; open({str(pids)!r}, 'w').write(str(os.getpid()));"
                     "os.execv(sys.executable, [sys.executable, 'service.py'])")  # fmt: skip
    with pytest.raises(error):
        verify(project, framework(serve=[wrapper]), on_check=interrupt)
    pid = int(pids.read_text())
    for _ in range(200):
        if not is_alive(pid):
            break
        time.sleep(0.01)
    assert not is_alive(pid)


def test_a_framework_without_a_starter_cannot_be_verified(project, framework):
    with pytest.raises(InvalidInput, match="Tiny has no starter yet"):
        verify(project, framework()._replace(starter=None))


def test_doctor_says_for_each_framework_what_is_here(framework):
    found = doctor([framework()], os.environ)
    assert [tool.name for tool in found["tiny"]] == ["git"]
    assert found["tiny"][0].path


def test_installing_alone_makes_a_lock_that_is_missing(project, framework):
    (project / "tiny.lock").unlink()
    steps = {check.step for check in verify(project, framework(), only=["install"]).checks}
    assert steps == {"doctor", "lock", "install", "stop"}
    assert (project / "tiny.lock").exists()
