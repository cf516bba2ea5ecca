"""What is measured: the wheel of the last commit and its peers, installed as a user installs them."""

import os
import subprocess
import sys
import tarfile
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

PEERS = ("cookiecutter", "copier", "django")
REPOSITORY = Path(__file__).resolve().parent.parent.parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """A virtual environment, the exported sources beside it, and a place to work in."""

    folder: Path

    @property
    def sources(self) -> Path:
        """The files of the last commit."""
        return self.folder / "sources"

    @property
    def work(self) -> Path:
        """Where programs run and write."""
        return self.folder / "work"

    @property
    def package(self) -> Path:
        """The installed package."""
        (found,) = (self.folder / "venv" / "lib").glob("python*/site-packages/scaffold")
        return found

    @property
    def environment(self) -> Mapping[str, str]:
        """A home without configuration, and nothing of the caller's but PATH."""
        path = f"{self.folder / 'venv' / 'bin'}{os.pathsep}{os.environ['PATH']}"
        return {"HOME": str(self.folder / "home"), "PATH": path, "LANG": "C.UTF-8"}

    def program(self, name: str) -> str:
        """Return the path of an installed program."""
        return str(self.folder / "venv" / "bin" / name)


def install(folder: Path) -> Installation:
    """Export the last commit, build its wheel and install it with its peers into ``folder``."""
    installation = Installation(folder=folder)
    for place in (installation.sources, installation.work, folder / "home"):
        place.mkdir(parents=True)
    exported = subprocess.run(
        ["git", "archive", "HEAD"], cwd=REPOSITORY, check=True, capture_output=True
    ).stdout
    with tarfile.open(fileobj=BytesIO(exported)) as archive:
        archive.extractall(installation.sources, filter="data")
    subprocess.run([sys.executable, "-m", "venv", folder / "venv"], check=True)
    pip = [installation.program("python"), "-m", "pip", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "wheel", "--no-deps", "-w", folder, installation.sources], check=True)
    subprocess.run([*pip, "install", *folder.glob("*.whl"), *PEERS], check=True)
    return installation


def versions(installation: Installation) -> str:
    """Return what was compared, in one line."""
    listed = subprocess.run(
        [installation.program("python"), "-m", "pip", "list", "--format=freeze"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    found = dict(line.lower().split("==") for line in listed.splitlines() if "==" in line)
    names = ("click", "jinja2", *PEERS)
    python = ".".join(map(str, sys.version_info[:3]))
    return ", ".join((f"Python {python}", *(f"{name} {found[name]}" for name in names)))
