"""Where programs are: the folders of the PATH, our own environment, and those of version managers."""

import os
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

# (variable that moves it, where it is otherwise, where below that the programs are); {data} is XDG_DATA_HOME.
_MANAGERS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("PYENV_ROOT", "~/.pyenv", ("versions/*/bin",)),
    ("MISE_DATA_DIR", "{data}/mise", ("installs/*/*/bin", "installs/*/*", "installs/uv/*/*")),
    ("ASDF_DATA_DIR", "~/.asdf", ("installs/*/*/bin", "installs/*/*/go/bin")),
    ("UV_PYTHON_INSTALL_DIR", "{data}/uv/python", ("*/bin",)),
    ("NVM_DIR", "~/.nvm", ("versions/node/*/bin",)),
    ("FNM_DIR", "{data}/fnm", ("node-versions/*/installation/bin",)),
    ("", "~/.fnm", ("node-versions/*/installation/bin",)),
    ("", "~/Library/Application Support/fnm", ("node-versions/*/installation/bin",)),
    ("VOLTA_HOME", "~/.volta", ("tools/image/*/*/bin",)),
    ("RBENV_ROOT", "~/.rbenv", ("versions/*/bin",)),
    ("PHPENV_ROOT", "~/.phpenv", ("versions/*/bin",)),
    ("rvm_path", "~/.rvm", ("rubies/*/bin",)),
    ("", "~/.rubies", ("*/bin",)),
    ("", "/opt/rubies", ("*/bin",)),
    ("", "~/sdk", ("go*/bin",)),
    ("GOROOT", "/usr/local/go", ("bin",)),
    ("DOTNET_ROOT", "~/.dotnet", (".",)),
    ("", "~/.meteor", (".",)),
    ("CARGO_HOME", "~/.cargo", ("bin",)),
    ("", "~/.local/bin", (".",)),
    ("", "/usr/local/bin", (".",)),
    ("", "/opt/homebrew/bin", (".",)),
)
_MANAGERS_ON_WINDOWS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("UV_PYTHON_INSTALL_DIR", "{APPDATA}/uv/data/python", ("*",)),
    ("", "{LOCALAPPDATA}/Programs/Python", ("*",)),
    ("PYENV_ROOT", "~/.pyenv/pyenv-win", ("versions/*",)),
    ("MISE_DATA_DIR", "{LOCALAPPDATA}/mise", ("installs/*/*", "installs/*/*/bin")),
    ("NVM_HOME", "{APPDATA}/nvm", ("v*",)),
    ("FNM_DIR", "{APPDATA}/fnm", ("node-versions/*/installation",)),
    ("VOLTA_HOME", "{LOCALAPPDATA}/Volta", ("tools/image/*/*",)),
    ("", "C:/Program Files/nodejs", (".",)),
    ("", "C:/Program Files/Go", ("bin",)),
    ("", "C:/Program Files/dotnet", (".",)),
    ("", "~/.local/bin", (".",)),
)


def folders(environment: Mapping[str, str]) -> Iterator[Path]:
    """Yield the folders to look in, the first to be preferred: PATH, our own, version managers."""
    for entry in environment.get("PATH", "").split(os.pathsep):
        if entry:
            yield Path(entry).absolute()
    yield Path(sys.executable).parent
    yield from _managed(environment)


def _managed(environment: Mapping[str, str]) -> Iterator[Path]:
    for variable, default, patterns in _MANAGERS_ON_WINDOWS if sys.platform == "win32" else _MANAGERS:
        root = _root(environment.get(variable) or default, environment)
        if root is None:
            continue
        for pattern in patterns:
            yield from (root,) if pattern == "." else _found(root, pattern)


def _found(root: Path, pattern: str) -> list[Path]:
    try:
        return sorted(root.glob(pattern), reverse=True)
    except OSError:  # it cannot be entered
        return []


def _root(place: str, environment: Mapping[str, str]) -> Path | None:
    """Return the absolute folder that a default stands for, or None when the environment does not say."""
    home = environment.get("HOME") or environment.get("USERPROFILE") or ""
    data = environment.get("XDG_DATA_HOME", "")
    data = data if data.startswith("/") else "~/.local/share"  # a relative one is to be ignored
    place = re.sub(
        r"^\{(\w+)\}", lambda match: data if match[1] == "data" else environment.get(match[1], ""), place
    )
    if place.startswith("~"):
        place = home + place[1:] if home else ""
    path = Path(place)
    return path if path.is_absolute() else None


def executables(folder: Path, name: str, *, numbered: bool) -> tuple[Path, ...]:
    """Return the programs in a folder that are called ``name``.

    With ``numbered`` also those with a version in their name, such as `python3.13`.
    """
    names = [f"{name}{suffix}" for suffix in _suffixes()]
    if numbered:
        names += _numbered(folder, name)
    return tuple(
        path
        for path in (folder / each for each in names)
        if os.path.isfile(path) and os.access(path, os.X_OK)  # noqa: PTH113 - Path raises in a closed folder
    )


def _suffixes() -> tuple[str, ...]:
    return (".exe", ".cmd", ".bat") if sys.platform == "win32" else ("",)


def _numbered(folder: Path, name: str) -> list[str]:
    pattern = re.compile(re.escape(name) + r"\d+(\.\d+)?(\.exe)?")
    try:
        return sorted(entry.name for entry in folder.iterdir() if pattern.fullmatch(entry.name))
    except OSError:
        return []
