"""The lock step: lock files in the first commit, or a project without them that says so."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
import tomllib

import pytest

from scaffold.project import lock_step
from scaffold.project.provenance import PROVENANCE

from .conftest import TEMPLATE_TOML

pytestmark = [
    pytest.mark.skipif(shutil.which("git") is None, reason="needs git"),
    pytest.mark.skipif(os.name == "nt", reason="the git here is told by variables of POSIX"),
]
ENVIRONMENT = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
MAKES_IT = "import pathlib as p; p.Path('shop.lock').write_text(p.Path('README.md').read_text())"


def toml(code=MAKES_IT, *more):
    command = json.dumps([sys.executable, "-c", code, *more])
    text = TEMPLATE_TOML.replace("[commands]\n", f"[commands]\nlock = [{command}]\n")
    return f'{text}\n[process]\nlock_files = ["{{project_slug}}.lock"]\n'


@pytest.fixture
def locking(make_template):
    """Return a Maker whose template locks by Python code."""
    return lambda *code, **options: make_template(toml=toml(*code), **options)


def make(maker, path, given=None, **options):
    plan = maker.plan(path, given, **{"git": True, **options})
    return maker.create(plan, environment=ENVIRONMENT)


def committed(folder):
    listed = subprocess.run(
        ["git", "ls-files"], cwd=folder, env=ENVIRONMENT, capture_output=True, text=True, check=True
    )
    return listed.stdout.split()


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def as_a_shell_does():
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)


def recorded(folder):
    return tomllib.loads((folder / PROVENANCE).read_text())["scaffold"]["lock"]


def test_the_lock_file_is_made_from_the_project_and_committed(locking, tmp_path):
    project = make(locking(), tmp_path / "shop")
    assert (project.root / "shop.lock").read_text() == (project.root / "README.md").read_text()
    assert "shop.lock" in committed(project.root)
    assert (recorded(project.root), project.no_lock) == ("made", "")


def test_the_plan_names_the_step_and_the_files(locking, tmp_path):
    plan = locking().plan(tmp_path / "shop", git=True)
    assert [step.name for step in plan.steps] == ["lock", "git"]
    assert ("shop.lock", "locked") in {(file.path, file.origin) for file in plan.files}


def test_what_else_the_command_makes_stays_behind(locking, tmp_path):
    litter = f"{MAKES_IT}; p.Path('node_modules').mkdir(); p.Path('README.md').write_text('x')"
    project = make(locking(litter), tmp_path / "shop")
    planned = {*project.created, ".git"}
    assert {path.name for path in project.root.iterdir()} <= {path.split("/")[0] for path in planned}
    assert (project.root / "README.md").read_text() != "x"
    assert names(tmp_path) == ["shop", "templates"]


def test_the_command_sees_no_secret(locking, tmp_path):
    look = "import pathlib as p; p.Path('shop.lock').write_text(str(p.Path('.env').exists()))"
    assert (make(locking(look), tmp_path / "shop").root / "shop.lock").read_text() == "False"


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("print('fetching'); print('error: no network'); raise SystemExit(2)", "no network"),
        ("pass", "no shop.lock was made"),
    ],
)
def test_without_a_lock_file_the_project_is_made_all_the_same_and_says_so(locking, tmp_path, code, why):
    project = make(locking(code), tmp_path / "shop")
    assert project.no_lock == why
    assert project.commit.made
    assert "shop.lock" not in {*committed(project.root), *names(project.root)}
    assert recorded(project.root) == "missing"


def test_a_command_that_takes_too_long_is_ended(locking, tmp_path, monkeypatch):
    monkeypatch.setattr(lock_step, "SECONDS", 0.5)
    project = make(locking("import time; time.sleep(60)"), tmp_path / "shop")
    assert (project.no_lock, project.commit.made) == ("no end in 0 s", True)


def test_a_tool_that_is_missing_is_named(make_template, tmp_path):
    tool = '[[tools]]\nname = "no-such-tool"\nneeds = ">=1"\nwhy = ""\nget = ""\n'
    project = make(make_template(toml=toml() + tool), tmp_path / "shop")
    assert project.no_lock == "no-such-tool >=1 is not on this machine"


@pytest.mark.parametrize("unwanted", [{"git": False}, {"lock": False}])
def test_nothing_is_locked_when_it_is_not_wanted(locking, tmp_path, unwanted):
    project = make(locking(), tmp_path / "shop", **unwanted)
    assert not (project.root / "shop.lock").exists()
    assert recorded(project.root) == "missing"


def test_a_folder_that_exists_gets_its_lock_file_too(locking, tmp_path):
    (tmp_path / "shop").mkdir()
    project = make(locking(), tmp_path / "shop")
    assert "shop.lock" in committed(project.root)


def test_a_second_run_that_keeps_what_is_there_finds_all_of_it_as_it_was(locking, tmp_path, snapshot):
    maker = locking()
    make(maker, tmp_path / "shop")
    shutil.rmtree(tmp_path / "shop" / ".git")
    before = snapshot(tmp_path / "shop")
    again = make(maker, tmp_path / "shop", on_conflict="skip")
    assert again.skipped == (".env",)
    shutil.rmtree(tmp_path / "shop" / ".git")
    assert snapshot(tmp_path / "shop") == before


def test_files_of_the_users_get_no_lock_that_was_made_for_others(locking, tmp_path):
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop" / "README.md").write_text("mine\n")
    project = make(locking(), tmp_path / "shop", on_conflict="skip")
    assert not (project.root / "shop.lock").exists()


def test_a_lock_file_that_ships_with_the_template_needs_no_step(make_template, tmp_path):
    text = f'{TEMPLATE_TOML}\n[process]\nlock_files = ["logo.png"]\n'
    project = make(make_template(toml=text), tmp_path / "shop")
    assert recorded(project.root) == "made"


def test_words_at_the_front_set_the_environment(make_template, tmp_path):
    code = "import os, pathlib as p; p.Path('shop.lock').write_text(os.environ['WHERE'])"
    text = toml(code).replace('lock = [["', 'lock = [["WHERE={project_slug}", "')
    project = make(make_template(toml=text), tmp_path / "shop")
    assert (project.root / "shop.lock").read_text() == "shop"


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_at_once_and_leaves_nothing(locking, tmp_path, driver, ending):
    begun = tmp_path / "begun"
    code = f"import pathlib as p, time; p.Path({str(begun)!r}).touch(); time.sleep(300)"
    place = tmp_path / "place"
    place.mkdir()
    process = subprocess.Popen(
        [*driver, str(locking(code).template), str(place / "shop"), "--git"],
        env={**ENVIRONMENT, "PYTHONPATH": os.pathsep.join(sys.path)},
        stderr=subprocess.DEVNULL,
        preexec_fn=as_a_shell_does,  # noqa: PLW1509 - no other thread runs here
    )
    while not begun.exists():
        assert process.poll() is None
        time.sleep(0.01)
    process.send_signal(ending)
    process.wait(60)
    assert process.returncode in {-ending, 1, 130}
    assert names(place) == []
