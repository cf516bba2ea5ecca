"""How to get a tool that is missing, on the operating system at hand."""

import re
import sys
from collections.abc import Mapping
from pathlib import Path

_PACKAGES: Mapping[str, Mapping[str, str]] = {
    "debian": {
        # Its php, ruby, node and go are often older than a current framework takes.
        "uv": "curl -LsSf https://astral.sh/uv/install.sh | sh",
        "python": "uv python install 3.13",
        "git": "apt install git",
    },
    "fedora": {
        "uv": "dnf install uv",
        "python": "dnf install python3",
        "node": "dnf install nodejs",
        "npm": "dnf install nodejs-npm",
        "go": "dnf install golang",
        "php": "dnf install php-cli php-pdo php-mbstring php-xml php-intl",
        "composer": "dnf install composer",
        "ruby": "dnf install ruby ruby-devel gcc make",
        "dotnet": "dnf install dotnet-sdk-10.0",
        "git": "dnf install git",
    },
    "arch": {
        "uv": "pacman -S uv",
        "python": "pacman -S python",
        "node": "pacman -S nodejs",
        "npm": "pacman -S npm",
        "go": "pacman -S go",
        "php": "pacman -S php php-sqlite",
        "composer": "pacman -S composer",
        "ruby": "pacman -S ruby base-devel",
        "dotnet": "pacman -S dotnet-sdk",
        "git": "pacman -S git",
    },
    "alpine": {
        "uv": "apk add uv",
        "python": "uv python install 3.13",
        "node": "apk add nodejs",
        "npm": "apk add npm",
        "go": "apk add go",
        "composer": "apk add composer",
        "ruby": "apk add ruby ruby-dev build-base",
        "git": "apk add git",
    },
    "macos": {
        "uv": "brew install uv",
        "python": "brew install python",
        "node": "brew install node",
        "npm": "brew install node",
        "go": "brew install go",
        "php": "brew install php",
        "composer": "brew install composer",
        "ruby": "brew install ruby",
        "dotnet": "brew install dotnet",
        "git": "xcode-select --install",
    },
    "windows": {
        "uv": "winget install astral-sh.uv",
        "python": "winget install Python.Python.3.13",
        "node": "winget install OpenJS.NodeJS.LTS",
        "npm": "winget install OpenJS.NodeJS.LTS",
        "go": "winget install GoLang.Go",
        "ruby": "winget install RubyInstallerTeam.RubyWithDevKit.3.4",
        "dotnet": "winget install Microsoft.DotNet.SDK.10",
        "git": "winget install Git.Git",
    },
}
# A system that is built on another, by the names in its /etc/os-release.
_FAMILIES = {
    "debian": "debian",
    "ubuntu": "debian",
    "fedora": "fedora",
    "rhel": "fedora",
    "arch": "arch",
    "alpine": "alpine",
}


def operating_system(platform: str = sys.platform, os_release: Path = Path("/etc/os-release")) -> str:
    """Return debian, fedora, arch, alpine, macos, windows, or an empty string for any other system."""
    if platform == "darwin":
        return "macos"
    if platform == "win32":
        return "windows"
    try:
        text = os_release.read_text(encoding="utf-8")
    except OSError:
        return ""
    names = " ".join(re.findall(r"^(?:ID|ID_LIKE)=\"?([^\"\n]*)", text, re.MULTILINE)).split()
    return next((_FAMILIES[name] for name in names if name in _FAMILIES), "")


def how_to_get(name: str, get: str, *, system: str | None = None) -> str:
    """Return the page or command of the template, after the system's own command where one is known.

    What a distribution installs may still be too old; `scaffold doctor` then says so.
    """
    command = _PACKAGES.get(operating_system() if system is None else system, {}).get(name, "")
    return " · ".join(part for part in dict.fromkeys((command, get)) if part)
