"""Killed, interrupted, raced, starved: there is a whole project or none."""

import ctypes
import errno
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest

from scaffold.errors import ExitStatus

if os.name == "nt":
    pytest.skip("signals and limits of POSIX", allow_module_level=True)

ENVIRONMENT = {
    **os.environ,
    "PYTHONPATH": os.pathsep.join(sys.path),
    "PYTHONDONTWRITEBYTECODE": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
}
WHERE = ["new", "existing"]
needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
QUICK, LONG = 25, 200
ENDING = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT]


@pytest.fixture
def maker(request, make_template):
    """Of a template with enough files that a random moment often lies between two."""
    count = getattr(request, "param", 300)
    return make_template({f"src/part{n // 20}/file{n}.txt": f"{n}\n" * 50 for n in range(count)})


@pytest.fixture
def place(tmp_path):
    (tmp_path / "place").mkdir()
    return tmp_path / "place"


@pytest.fixture
def plan(maker, place):
    return maker.plan(place / "shop")


@pytest.fixture
def run(driver, maker):
    """Start the making of a project in a process with the signals as a shell leaves them."""

    def start(target, *more, **options):
        return subprocess.Popen(
            [*driver, str(maker.template), str(target), *more],
            stderr=subprocess.PIPE,
            **{"preexec_fn": as_a_shell_does, "env": ENVIRONMENT, **options},
        )

    return start


def finish(process):
    error = process.communicate(timeout=120)[1].decode()
    return process.returncode, error


def as_a_shell_does():
    for number in ENDING:
        signal.signal(number, signal.SIG_DFL)


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def files_of(folder):
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def is_whole(target, plan):
    return files_of(target) == {file.path for file in plan.files}


def duration(run, place):
    """How long a whole run takes here, in seconds."""
    begin = time.monotonic()
    assert finish(run(place / "measured"))[0] == 0
    shutil.rmtree(place / "measured")
    return time.monotonic() - begin


def sweep(run, plan, where, count, send):
    """Send a signal at random moments, return the outcomes; after each, the next run makes the project.

    Every other time the moment is one after the work has begun, which is a small part of a run.
    """
    whole = duration(run, plan.target.parent)
    moments = random.Random(f"{where} {send}")  # noqa: S311 - a repeatable sweep
    outcomes = []
    for number in range(count):
        prepare(plan.target, where)
        process = run(plan.target)
        if number % 2:
            time.sleep(moments.uniform(0.2, 1.1) * whole)
        else:
            while not stages(plan.target) and process.poll() is None:
                time.sleep(0.001)
            time.sleep(moments.uniform(0, 0.1) * whole)
        process.send_signal(send)
        code, _ = finish(process)
        assert send == signal.SIGKILL or not stages(plan.target)
        outcomes.append((code, check_after(run, plan, where)))
    return outcomes


def stages(target):
    return [path for folder in (target.parent, target) for path in folder.glob("*.scaffold-????????")]


def check_after(run, plan, where):
    """The project is whole or not there, and the next run makes it whole; say which it was."""
    target = plan.target
    before = files_of(target)
    code, error = finish(run(target))
    assert code in {0, ExitStatus.REFUSED}, error
    whole = code == ExitStatus.REFUSED
    expected = {file.path for file in plan.files} | ({".envrc"} if where == "existing" else set())
    if where == "new":
        assert before == (expected if whole else set())
    else:
        assert before >= (expected if whole else {".envrc"})
        assert (target / ".envrc").read_text() == "theirs"
    rest = {path for path in files_of(target) if not (whole and path.startswith(".scaffold-"))}
    assert rest == expected
    if names(target.parent) != [target.name]:  # the stage of a run that was killed when all but that was done
        assert whole
        assert finish(run(target.with_name("next")))[0] == 0
        shutil.rmtree(target.with_name("next"))
    assert names(target.parent) == [target.name]
    return "whole" if whole else "none"


def assert_tidy(target, *, refused):
    """Nothing lies beside the project but, when the second run was refused, an emptied stage of the first."""
    for name in names(target.parent):
        assert name == target.name or (refused and files_of(target.parent / name) <= {".gitignore"})


@pytest.mark.parametrize("where", WHERE)
def test_a_kill_at_any_moment_leaves_a_whole_project_or_none(run, plan, where):
    outcomes = sweep(run, plan, where, QUICK // 2 + 1, signal.SIGKILL)
    assert -signal.SIGKILL in {code for code, _ in outcomes}


@pytest.mark.slow
@pytest.mark.parametrize("where", WHERE)
def test_two_hundred_kills_leave_no_partial_project(run, plan, where):
    outcomes = sweep(run, plan, where, LONG, signal.SIGKILL)
    assert {(-signal.SIGKILL, "none"), (0, "whole")} <= set(outcomes)


@pytest.mark.parametrize("where", WHERE)
@pytest.mark.parametrize("send", ENDING, ids=lambda number: number.name)
def test_a_signal_leaves_nothing_or_the_whole_project(run, plan, where, send):
    for code, state in sweep(run, plan, where, 2, send):
        assert (code, state) in {(-send, "none"), (-send, "whole"), (0, "whole")}


GIT_STEPS = ["config", "init", "add", "commit", "symbolic-ref"]


def git_that_signals(folder, step, send):
    """Make a git that at one of its commands sends a signal to who started it, and works on."""
    folder.mkdir()
    (folder / "git").write_text(
        f'#!/bin/sh\ncase " $* " in *" {step} "*) kill -{int(send)} $PPID;; esac\n'
        f'exec "{shutil.which("git")}" "$@"\n'
    )
    (folder / "git").chmod(0o755)
    return {**ENVIRONMENT, "PATH": f"{folder}{os.pathsep}{ENVIRONMENT['PATH']}"}


def check_repository_after(run, target, where):
    """There is a whole repository after the next run, or a project whose run was killed before it had one."""
    code, error = finish(run(target, "--git"))
    assert code in {0, ExitStatus.REFUSED}, error
    assert_tidy(target, refused=code == ExitStatus.REFUSED)
    if (target / ".git").exists():
        git = ("git", "-C", str(target))
        status = subprocess.run((*git, "status", "--porcelain"), check=True, capture_output=True, text=True)
        assert status.stdout == ("?? .envrc\n" if where == "existing" else "")
        subprocess.run((*git, "fsck", "--strict"), check=True, capture_output=True)
        assert not list((target / ".git").rglob("*.lock"))
        return "repository"
    assert code == ExitStatus.REFUSED  # a kill between the project and its repository
    return "project"


@needs_git
@pytest.mark.parametrize("maker", [3], indirect=True)
@pytest.mark.parametrize("where", WHERE)
@pytest.mark.parametrize("step", GIT_STEPS)
@pytest.mark.parametrize(
    "send", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL], ids=lambda number: number.name
)
def test_a_signal_at_each_step_of_git_leaves_nothing(  # noqa: PLR0913, PLR0917 - fixtures and parameters
    run, tmp_path, place, where, step, send
):
    target = place / "shop"
    prepare(target, where)
    process = run(target, "--git", env=git_that_signals(tmp_path / "bin", step, send))
    assert finish(process)[0] == -send
    if send != signal.SIGKILL:
        assert names(place) == ["shop"] * (where == "existing")
        assert where == "new" or names(target) == [".envrc"]
    assert check_repository_after(run, target, where) == "repository"


@needs_git
@pytest.mark.slow
@pytest.mark.parametrize("maker", [20], indirect=True)
@pytest.mark.parametrize("where", WHERE)
@pytest.mark.parametrize(
    "send", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL], ids=lambda number: number.name
)
def test_no_signal_in_the_git_step_leaves_a_broken_repository(run, place, where, send):
    """At 25 random moments, 150 for all, from before the first command of git to after the last.

    On a busy machine none of these may come after the end: then more follow, later ones.
    """
    target = place / "shop"
    moments = random.Random(f"git {where} {send}")  # noqa: S311 - a repeatable sweep
    whole, without = (fastest(run, place, *more) for more in (("--git",), ()))
    outcomes = []
    while len(outcomes) < QUICK or ({code for code, _ in outcomes} != {0, -send} and len(outcomes) < LONG):
        prepare(target, where)
        process = run(target, "--git")
        time.sleep(moments.uniform(0.9 * without, 1.1 * whole * max(1, len(outcomes) / QUICK)))
        process.send_signal(send)
        code, error = finish(process)
        assert code in {0, -send}, error
        outcomes.append((code, check_repository_after(run, target, where)))
    assert {code for code, _ in outcomes} == {0, -send}
    assert send == signal.SIGKILL or {left for _, left in outcomes} == {"repository"}


def fastest(run, place, *more):
    """How long a whole run takes here at best, in seconds."""

    def once():
        begin = time.monotonic()
        assert finish(run(place / "measured", *more))[0] == 0
        shutil.rmtree(place / "measured")
        return time.monotonic() - begin

    return min(once() for _ in range(5))


@pytest.mark.parametrize("send", ENDING, ids=lambda number: number.name)
@pytest.mark.parametrize("moment", ["render", "write_secrets", "publish", "fill", "remove"])
def test_a_signal_at_a_known_moment_leaves_no_trace(maker, place, driver, send, moment):
    """Each stage of the work is left by the signal, and its process dies of that signal."""
    target = place / "deep" / "shop"
    if moment == "fill":
        target.mkdir(parents=True)
    code = (
        "import os, sys\n"
        "from scaffold.project import creation, fill, stage\n"
        f"name = {moment!r}\n"
        "module = {'remove': stage, 'fill': fill}.get(name, creation)\n"
        "real = getattr(module, name)\n"
        f"def signalled(*a, **k):\n    os.kill(os.getpid(), {int(send)})\n    return real(*a, **k)\n"
        "setattr(module, name, signalled)\n"
        f"sys.argv = ['driver', {str(maker.template)!r}, {str(target)!r}]\n"
        f"exec(compile(open({driver[1]!r}).read(), 'driver', 'exec'))\n"
    )
    process = subprocess.run(
        [sys.executable, "-c", code],
        check=False,
        capture_output=True,
        env=ENVIRONMENT,
        preexec_fn=as_a_shell_does,
    )
    assert process.returncode == -send, process.stderr.decode()
    if moment in {"publish", "remove"}:
        assert is_whole(target, maker.plan(place / "other" / "shop"))
        assert names(place / "deep") == ["shop"]
    elif moment == "fill":
        assert names(target) == []
    else:
        assert names(place) == []


def test_an_ignored_hangup_stays_ignored(maker, place, driver):
    command = f"'{sys.executable}' '{driver[1]}' '{maker.template}' '{place}/shop'"
    script = f"trap '' HUP; {command} & p=$!; sleep 0.3; kill -HUP $p; wait $p"
    assert subprocess.run(["sh", "-c", script], check=False, env=ENVIRONMENT).returncode == 0
    assert (place / "shop" / "README.md").is_file()


@pytest.mark.parametrize("where", [*WHERE, "missing parent"])
def test_of_eight_runs_at_once_exactly_one_wins(run, place, maker, where):
    target = place / "new" / "shop" if where == "missing parent" else place / "shop"
    if where == "existing":
        target.mkdir()
    with ThreadPoolExecutor(8) as pool:
        ended = list(pool.map(finish, [run(target) for _ in range(8)]))
    assert sorted(code for code, _ in ended) == [0] + [int(ExitStatus.REFUSED)] * 7, ended
    assert all(str(target) in error for code, error in ended if code)
    assert is_whole(target, maker.plan(place / "other" / "shop"))
    assert names(target.parent) == ["shop"]


def test_without_an_exclusive_rename_one_run_wins_too(maker, place, monkeypatch):
    monkeypatch.setattr(ctypes, "CDLL", lambda *_, **__: object())
    plan = maker.plan(place / "shop")
    maker.create(plan)
    assert is_whole(place / "shop", plan)
    with pytest.raises(Exception, match="was created by something else"):
        maker.create(plan)
    assert names(place) == ["shop"]


@pytest.mark.parametrize("taken", ["empty folder", "folder", "file", "link"])
@pytest.mark.parametrize("exclusive", [True, False])
def test_what_appears_before_publishing_is_never_replaced(  # noqa: PLR0913, PLR0917 - fixtures and parameters
    maker, place, monkeypatch, snapshot, taken, exclusive
):
    if not exclusive:
        monkeypatch.setattr(ctypes, "CDLL", lambda *_, **__: object())
    plan = maker.plan(place / "shop")
    if taken == "file":
        (place / "shop").write_text("theirs")
    elif taken == "link":
        (place / "shop").symlink_to("nowhere")
    else:
        (place / "shop").mkdir()
    if taken == "folder":
        (place / "shop" / "file").write_text("theirs")
    before = snapshot(place)
    with pytest.raises(Exception, match="was created by something else"):
        maker.create(plan)
    assert snapshot(place) == before


@pytest.fixture
def small_disk(tmp_path):
    """Mount file systems that are full soon, or that cannot be written to."""
    mounted = []

    def mount(options):
        folder = tmp_path / f"disk{len(mounted)}"
        folder.mkdir()
        command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
        if (
            sys.platform != "linux"
            or os.geteuid() != 0
            or subprocess.run(command, check=False).returncode != 0
        ):
            pytest.skip("mounting a small disk needs root on Linux")
        mounted.append(folder)
        return folder

    yield mount
    for folder in mounted:
        subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ("size=64k", errno.ENOSPC),
        ("size=300k", errno.ENOSPC),
        ("nr_inodes=6", errno.ENOSPC),
        ("nr_inodes=100", errno.ENOSPC),
    ],
)
@pytest.mark.parametrize("where", WHERE)
def test_a_full_disk_leaves_nothing_and_is_said(run, small_disk, options, reason, where):
    disk = small_disk(options)
    if where == "existing":
        (disk / "shop").mkdir()
    code, error = finish(run(disk / "shop"))
    assert (code, error.count("\n")) == (ExitStatus.ENVIRONMENT, 1)
    assert error.startswith(f"error: {disk}")
    assert error.rstrip().endswith(os.strerror(reason))
    assert names(disk) == ["shop"] * (where == "existing")
    assert where == "new" or names(disk / "shop") == []


@needs_git
@pytest.mark.parametrize("maker", [3], indirect=True)
@pytest.mark.parametrize("where", WHERE)
@pytest.mark.parametrize("room", [f"nr_inodes={n}" for n in (60, 90)] + [f"size={n}k" for n in (150, 190)])
def test_a_disk_that_is_full_in_the_git_step_leaves_nothing_and_is_said(run, small_disk, room, where):
    disk = small_disk(room)
    if where == "existing":
        (disk / "shop").mkdir()
    code, error = finish(run(disk / "shop", "--git"))
    assert (code, error.count("\n")) == (ExitStatus.ENVIRONMENT, 1), error
    assert os.strerror(errno.ENOSPC) in error
    assert names(disk) == ["shop"] * (where == "existing")
    assert where == "new" or names(disk / "shop") == []


def test_a_read_only_disk_is_said(run, small_disk):
    code, error = finish(run(small_disk("ro") / "shop"))
    assert (code, error.count("\n")) == (ExitStatus.ENVIRONMENT, 1)


@pytest.mark.skipif(
    shutil.which("setpriv") is None or os.geteuid() != 0, reason="needs root, to give its rights up"
)
@pytest.mark.parametrize("where", WHERE)
def test_a_folder_without_permission_is_said(maker, place, driver, where):
    target = place / "shop" if where == "new" else place
    place.chmod(0o555)
    command = ["setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all", *driver]
    ended = subprocess.run(
        [*command, str(maker.template), str(target)], check=False, capture_output=True, env=ENVIRONMENT
    )
    place.chmod(0o755)
    assert (ended.returncode, ended.stderr.count(b"\n")) == (ExitStatus.ENVIRONMENT, 1), ended.stderr
    assert names(place) == []


@pytest.mark.parametrize("mask", [0o000, 0o027, 0o077])
def test_any_usual_umask_gives_a_project(run, place, mask):
    assert finish(run(place / "shop", umask=mask))[0] == 0
    assert (place / "shop" / ".env").stat().st_mode & 0o777 == 0o600


def limit_files():
    import resource

    resource.setrlimit(resource.RLIMIT_NOFILE, (24, 24))


def limit_size():
    import resource

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))


@pytest.mark.parametrize(("limit", "status"), [(limit_files, 0), (limit_size, ExitStatus.ENVIRONMENT)])
def test_limits_of_the_system_give_a_project_or_a_reason(run, place, limit, status):
    code, error = finish(run(place / "shop", preexec_fn=limit))
    assert (code, error.count("\n")) == (status, int(status != 0)), error
    assert names(place) == ["shop"] * (status == 0)


@pytest.mark.parametrize(
    "hostile",
    [
        {"HOME": None},
        {"HOME": "/nonexistent"},
        {"TMPDIR": "/nonexistent"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"COLUMNS": "abc", "LINES": "-1", "TERM": "dumb"},
        {"COOKIECUTTER_CONFIG": "/nonexistent", "COOKIECUTTER_REPO_PASSWORD": "x"},
        {"GIT_DIR": "/nonexistent", "GIT_WORK_TREE": "/nonexistent"},
    ],
    ids=lambda hostile: next(iter(hostile)),
)
def test_the_environment_does_not_change_the_project(driver, maker, place, snapshot, hostile):
    (maker.project / "snow.md").write_text("{{ cookiecutter.project_name }} ☃\n", encoding="utf-8")
    environment = {name: value for name, value in {**ENVIRONMENT, **hostile}.items() if value is not None}
    folder = place / "run"
    folder.mkdir()
    for name in ("json.py", "yaml.py", "secrets.py"):
        (folder / name).write_text("raise SystemExit('shadowed')")
    ended = subprocess.run(
        [*driver, str(maker.template), str(place / "shop")],
        check=False,
        stderr=subprocess.PIPE,
        env=environment,
        cwd=folder,
    )
    assert ended.returncode == 0, ended.stderr
    expected = snapshot(maker.make(place / "again" / "shop"))
    assert {p: c for p, c in snapshot(place / "shop").items() if p != ".env"} == {
        p: c for p, c in expected.items() if p != ".env"
    }


FILE_CALLS = (
    *(
        "openat",
        "mkdir",
        "mkdirat",
        "rename",
        "renameat",
        "renameat2",
        "link",
        "linkat",
        "unlink",
        "unlinkat",
        "rmdir",
    ),
    *("write", "fsync", "syncfs", "flock"),
)


@pytest.fixture
def traced(driver, maker):
    """Make a project under strace, which can let a call fail or kill its caller."""
    if shutil.which("strace") is None:
        pytest.skip("needs strace")
    watch = ["strace", "-qq", "-e", f"trace={','.join(FILE_CALLS)}"]

    def run_traced(target, *options, git=False):
        options = [*options] if git else ["-f", *options]  # calls of git are its own
        command = [*watch, *options, *driver, str(maker.template), str(target), *["--git"] * git]
        return subprocess.run(command, check=False, capture_output=True, env=ENVIRONMENT)

    return run_traced


def calls_of(traced, target):
    """Return for each file call the numbers of those that a whole run makes once it has begun to write."""
    log = target.parent / "calls"
    assert traced(target, "-o", str(log)).returncode == 0
    lines = re.findall(r"^(?:\d+ +)?(\w+)\((.*)", log.read_text(errors="replace"), re.MULTILINE)
    log.unlink()
    begin = next(
        number for number, line in enumerate(lines) if line[0].startswith("mkdir") and "scaffold-" in line[1]
    )
    numbers = {name: range(1, sum(line[0] == name for line in lines) + 1) for name in FILE_CALLS}
    before = {name: sum(line[0] == name for line in lines[:begin]) for name in FILE_CALLS}
    return {name: numbers[name][before[name] :] for name in FILE_CALLS if numbers[name][before[name] :]}


def spread(numbers, most):
    return numbers if len(numbers) <= most else [numbers[part * len(numbers) // most] for part in range(most)]


def prepare(target, where):
    shutil.rmtree(target.parent)
    target.parent.mkdir()
    if where == "existing":
        target.mkdir()
        (target / ".envrc").write_text("theirs")


@pytest.mark.slow
@pytest.mark.parametrize("maker", [3], indirect=True)
@pytest.mark.parametrize("where", WHERE)
@pytest.mark.parametrize(
    ("how", "most"),
    [("signal=KILL", 1000), *((f"error={name}", 12) for name in ("ENOSPC", "EIO", "EMFILE", "EINTR"))],
)
def test_a_kill_or_an_error_at_every_file_call_leaves_a_whole_project_or_none(  # noqa: PLR0913, PLR0917 - fixtures and parameters
    traced, run, plan, where, how, most
):
    prepare(plan.target, where)
    calls = calls_of(traced, plan.target)
    for name, number in [
        (name, number) for name, numbers in calls.items() for number in spread(numbers, most)
    ]:
        prepare(plan.target, where)
        ended = traced(plan.target, "-o", os.devnull, "-e", f"inject={name}:{how}:when={number}")
        assert b"Traceback" not in ended.stderr, f"{name} {number}: {ended.stderr.decode()}"
        check_after(run, plan, where)


@needs_git
@pytest.mark.slow
@pytest.mark.parametrize("maker", [3], indirect=True)
@pytest.mark.parametrize("where", WHERE)
def test_a_kill_at_every_file_call_around_git_leaves_a_whole_repository_or_none(traced, run, plan, where):
    with_git = partial(traced, git=True)
    prepare(plan.target, where)
    for name, numbers in calls_of(with_git, plan.target).items():
        for number in numbers:
            prepare(plan.target, where)
            with_git(plan.target, "-o", os.devnull, "-e", f"inject={name}:signal=KILL:when={number}")
            check_repository_after(run, plan.target, where)
