"""Awkward situations, for scaffold and for two other generators: ``python benchmarks/situations.py``.

Prints the comparison of docs/promises.md as Markdown. All three get a template
with the same files and no questions asked. cookiecutter comes with scaffold;
give ``--copier PATH`` for the other. A few situations need root on Linux.

A cell is the exit status, and what is there afterwards: ``whole``, ``none``,
``part n/m`` of the project; ``trace`` when a traceback was shown, ``!`` and
what happened when something outside the project was read, written or run.
"""

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DRIVER = ROOT / "tests" / "project" / "driver.py"
FILES = {f"src/part{number // 20}/file{number}.txt": f"{number}\n" * 50 for number in range(300)}
SLUG = "{{cookiecutter.project_slug}}"
TIMEOUT = 20.0
SIGNALS = 20

TOML = """
[framework]
id = "template"
name = "Template"
language = "go"
kind = "micro"
summary = "Files"
homepage = "https://example.org/"
release = "1"
support = "none"
checked_on = 2026-11-22
source = "here"
[contract]
version = 2
[starter]
version = "1"
gives = []
url = "http://127.0.0.1/"
[commands]
install = []
prepare = []
lint = []
test = []
build = []
run = []
serve = []
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    """A generator; ``command`` makes the arguments from the template, the target and the description."""

    name: str
    command: Callable[[Path, Path, str], list[str]]
    variable: str
    own: frozenset[str] = field(default_factory=frozenset)

    def write_template(self, folder: Path) -> Path:
        """Write the template in the tool's own format and return the folder of its files."""
        folder.mkdir()
        if self.name == "copier":
            (folder / "copier.yml").write_text(
                "_subdirectory: files\n_templates_suffix: ''\ndescription: {type: str, default: text}\n"
            )
            files = folder / "files"
        else:
            variables = {"project_name": "Shop", "project_slug": "shop", "description": "text", "author": ""}
            (folder / "cookiecutter.json").write_text(json.dumps(variables))
            (folder / "template.toml").write_text(TOML)
            files = folder / SLUG
        for path, content in {**FILES, "README.md": f"About: {{{{ {self.variable} }}}}\n"}.items():
            (files / path).parent.mkdir(parents=True, exist_ok=True)
            (files / path).write_text(content)
        return files


def tools(copier: str | None) -> list[Tool]:
    """Return the generators to compare."""

    def scaffold(template: Path, target: Path, description: str) -> list[str]:
        return [sys.executable, str(DRIVER), str(template), str(target), "refuse", description]

    def cookiecutter(template: Path, target: Path, description: str) -> list[str]:
        values = [f"project_slug={target.name}", f"description={description}"]
        command = [sys.executable, "-m", "cookiecutter", "--no-input", "-o", str(target.parent)]
        return [*command, str(template), *values]

    def copied(template: Path, target: Path, description: str) -> list[str]:
        return [
            copier or "",
            "copy",
            "--defaults",
            "--data",
            f"description={description}",
            str(template),
            str(target),
        ]

    found = [
        Tool(
            name="scaffold",
            command=scaffold,
            variable="cookiecutter.description",
            own=frozenset({".scaffold.toml"}),
        ),
        Tool(name="cookiecutter", command=cookiecutter, variable="cookiecutter.description"),
    ]
    return [*found, Tool(name="copier", command=copied, variable="description")] if copier else found


@dataclass(slots=True, kw_only=True)
class Scene:
    """One tool in one situation, in a folder of its own."""

    tool: Tool
    home: Path
    name: str = "shop"
    description: str = "text"
    files: Path = field(init=False)

    def __post_init__(self) -> None:
        self.place.mkdir()
        self.outside.mkdir()
        (self.outside / "secret").write_text("a secret\n")
        (self.home / "home").mkdir()
        self.files = self.tool.write_template(self.template)

    @property
    def template(self) -> Path:
        """The template's folder."""
        return self.home / "template"

    @property
    def place(self) -> Path:
        """The folder in which the project is to be."""
        return self.home / "place"

    @property
    def outside(self) -> Path:
        """A folder that must stay as it is."""
        return self.home / "outside"

    @property
    def target(self) -> Path:
        """Where the project is to be."""
        return self.place / self.name

    def start(self, **options: object) -> "subprocess.Popen[bytes]":
        """Start the tool."""
        environment = {**os.environ, "HOME": str(self.home / "home"), "PYTHONPATH": str(ROOT)}
        command = self.tool.command(self.template, self.target, self.description)
        settings = {
            "stdout": subprocess.PIPE,
            "stderr": subprocess.PIPE,
            "cwd": self.place,
            "env": environment,
        }
        return subprocess.Popen(command, stdin=subprocess.DEVNULL, **{**settings, **options})  # type: ignore[call-overload, no-any-return]

    def state(self) -> str:
        """Say how much of the project is there."""
        expected = {*FILES, "README.md", *self.tool.own}
        if not self.target.is_dir():
            return "none"
        found = {
            path.relative_to(self.target).as_posix() for path in self.target.rglob("*") if path.is_file()
        }
        count = len(found & expected)
        return "whole" if count == len(expected) else "none" if not count else f"part {count}/{len(expected)}"

    def is_empty(self) -> bool:
        """Say whether there is a target without anything in it."""
        return self.target.is_dir() and not any(self.target.iterdir())

    def outcome(self) -> str:
        """Run the tool once and say what came of it."""
        process = self.start()
        try:
            _, error = process.communicate(timeout=TIMEOUT)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            return f"hangs, {self.state()}"
        trace = " trace" * (b"Traceback" in error)
        return f"{process.returncode} {self.state()}{trace}{self.harm()}"

    def harm(self) -> str:
        """Say what was done outside the project, or brought into it from there."""
        if (self.home / "ran").exists():
            return " ! code ran"
        if (self.outside / "secret").read_text() != "a secret\n" or len(list(self.outside.iterdir())) > 1:
            return " ! wrote outside"
        inside = [path for path in self.place.rglob("*") if path.is_file()]
        if any(b"a secret" in path.read_bytes() for path in inside):
            return " ! copied a secret"
        return " ! evaluated an answer" * any(b"About: 49" in path.read_bytes() for path in inside)


Situation = Callable[[Scene], str]


def plain(scene: Scene) -> str:
    """Run as it is."""
    return scene.outcome()


def called(name: str) -> Situation:
    """Give the project a name."""

    def situation(scene: Scene) -> str:
        scene.name = name
        return scene.outcome()

    return situation


def described(description: str) -> Situation:
    """Give the project a description."""

    def situation(scene: Scene) -> str:
        scene.description = description
        return scene.outcome()

    return situation


def linked(to: str) -> Situation:
    """Make the target a link."""

    def situation(scene: Scene) -> str:
        scene.target.symlink_to(to)
        return scene.outcome()

    return situation


def with_file(name: str, content: str | bytes) -> Situation:
    """Add a file to the template; ``MARKER`` in it stands for a file that must not appear."""

    def situation(scene: Scene) -> str:
        data = (
            content
            if isinstance(content, bytes)
            else content.replace("MARKER", str(scene.home / "ran")).encode()
        )
        (scene.files / name).write_bytes(data)
        return scene.outcome()

    return situation


def occupied(scene: Scene) -> str:
    """Put two files of the user's into the target."""
    scene.target.mkdir()
    for name in ("README.md", "main.py"):
        (scene.target / name).write_text("theirs")
    outcome = scene.outcome()
    (scene.target / "README.md").unlink()
    return outcome if scene.state() != "none" else f"{outcome.split()[0]} none"


def without_home(scene: Scene) -> str:
    """Put a file where the home folder should be."""
    (scene.home / "home").rmdir()
    (scene.home / "home").touch()
    return scene.outcome()


def with_a_link(scene: Scene) -> str:
    """Put a link to a secret into the template."""
    (scene.files / "innocent.txt").symlink_to(scene.outside / "secret")
    return scene.outcome()


def with_a_pipe(scene: Scene) -> str:
    """Put a named pipe into the template."""
    os.mkfifo(scene.files / "pipe")
    return scene.outcome()


def with_a_hook(scene: Scene) -> str:
    """Let the template run a program afterwards."""
    hook = scene.template / "hooks" / "post_gen_project.sh"
    hook.parent.mkdir()
    hook.write_text(f"#!/bin/sh\ntouch {scene.home / 'ran'}\n")
    hook.chmod(0o755)
    if scene.tool.name == "copier":
        with (scene.template / "copier.yml").open("a") as file:
            file.write(f"_tasks: ['touch {scene.home / 'ran'}']\n")
    return scene.outcome()


def on_a_disk(options: str) -> Situation:
    """Run on a small file system."""

    def situation(scene: Scene) -> str:
        mount = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(scene.place)]
        if sys.platform != "linux" or os.geteuid() != 0 or subprocess.run(mount, check=False).returncode != 0:
            return "needs root"
        try:
            return scene.outcome()
        finally:
            subprocess.run(["umount", str(scene.place)], check=True)

    return situation


def eight_at_once(scene: Scene) -> str:
    """Start eight runs for one target."""
    running = [scene.start() for _ in range(8)]
    for process in running:
        process.communicate()
    won = sum(process.returncode == 0 for process in running)
    return f"{won} of 8 say they won, {scene.state()}"


def signalled(number: signal.Signals) -> Situation:
    """Send a signal at random moments of a run, and count the partial projects."""

    def as_a_shell_does() -> None:
        if number is not signal.SIGKILL:
            signal.signal(number, signal.SIG_DFL)

    def situation(scene: Scene) -> str:
        begin = time.monotonic()
        scene.start().communicate()
        whole = time.monotonic() - begin
        moments = random.Random(int(number))  # noqa: S311 - repeatable, not secret
        partial = 0
        for _ in range(SIGNALS):
            shutil.rmtree(scene.target, ignore_errors=True)
            process = scene.start(preexec_fn=as_a_shell_does)
            time.sleep(moments.uniform(0.2, 1.05) * whole)
            process.send_signal(number)
            process.communicate()
            partial += scene.state().startswith("part") or scene.is_empty()
        return f"{partial} of {SIGNALS} partial"

    return situation


CODE = "{{ cycler.__init__.__globals__.os.system('touch MARKER') }}"
WAY_OUT = "{{ '..' }}{{ '%c' % 47 }}{{ '..' }}{{ '%c' % 47 }}outside{{ '%c' % 47 }}new"
SITUATIONS: Mapping[str, Situation] = {
    "nothing special": plain,
    "the target is a folder with files of the user's": occupied,
    "the target is a link to a folder elsewhere": linked("../outside"),
    "the target is a link to nothing": linked("nowhere"),
    "the name is a device on Windows, `aux.js`": called("aux.js"),
    "the name holds U+202E, which turns text around": called("shop\u202egpj"),
    "the name holds a line break": called("shop\nrm"),
    "the description is `{{ 7*7 }}`": described("{{ 7*7 }}"),
    "there is no home folder": without_home,
    "the disk is full after 300 KiB": on_a_disk("size=300k"),
    "the disk cannot be written to": on_a_disk("ro"),
    "eight runs at once": eight_at_once,
    f"killed at {SIGNALS} random moments": signalled(signal.SIGKILL),
    f"Ctrl-C at {SIGNALS} random moments": signalled(signal.SIGINT),
    f"TERM at {SIGNALS} random moments": signalled(signal.SIGTERM),
    "the template holds a link to a secret": with_a_link,
    "the template holds a named pipe": with_a_pipe,
    "a file name of the template leads out": with_file(WAY_OUT, "out"),
    "the last file of the template has a syntax error": with_file("zz.txt", "{% if %}"),
    "a file of the template is not UTF-8": with_file("latin.txt", b"caf\xe9 " * 200),
    "a file of the template calls into Python": with_file("zz.txt", CODE),
    "the template brings a program to run": with_a_hook,
}


def rows(compared: Iterable[Tool]) -> Iterable[list[str]]:
    """Return the table: a situation, and its outcome for each tool."""
    compared = list(compared)
    yield ["situation", *(tool.name for tool in compared)]
    yield ["---"] * (len(compared) + 1)
    for text, situation in SITUATIONS.items():
        cells = []
        for tool in compared:
            with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
                cells.append(situation(Scene(tool=tool, home=Path(home))))
        yield [text, *cells]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--copier", help="the copier command to compare with")
    for row in rows(tools(parser.parse_args().copier)):
        print(f"| {' | '.join(row)} |", flush=True)
