"""Files with secrets that git must not see: asked of git or read from its rules, and added to them."""

import re
from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase
from pathlib import Path

from scaffold.project.confined_fs import Folder
from scaffold.project.git import enclosing_repository, ignores, repository_folder, ruled_by

IGNORE = ".gitignore"
EXCLUDE = "info/exclude"
# As git names it: by its path in the working tree, while the file of the user is absolute.
_WORKTREE_RULE = re.compile(r'"?(?!/|[A-Za-z]:)([^:]*/)?\.gitignore"?:\d+:!')


def not_ignored(folder: Path, paths: Iterable[str], environment: Mapping[str, str]) -> tuple[str, ...]:
    """Return those of the files in ``folder`` that ``git add`` would take, or might when git cannot say."""

    def ignored(path: str) -> bool:
        answer = ignores(folder, path, environment)
        return is_in_rules(_rules(folder), path) if answer is None else answer

    return tuple(path for path in paths if not ignored(path))


def overruled(folder: Path, paths: Iterable[str], environment: Mapping[str, str]) -> tuple[str, ...]:
    """Return those of the files that a ``.gitignore`` excepts, which counts for more than git's own file."""
    return tuple(path for path in paths if _WORKTREE_RULE.match(ruled_by(folder, path, environment)))


def ignore_file(target: Path, environment: Mapping[str, str]) -> tuple[Path, str]:
    """Return the folder and the file in it that rules are added to, when ``.gitignore`` is the user's.

    It is git's own. Without a git that can say whether such a rule helps, it is
    ``.gitignore`` all the same.
    """
    worktree = enclosing_repository(target)
    if worktree and ignores(target, IGNORE, environment) is not None:
        git = repository_folder(worktree, shared=True)
        if git and git.stat().st_dev == target.stat().st_dev:
            return git, EXCLUDE
    return target, IGNORE


def with_rules(old: bytes, folder: Path, paths: Iterable[str], *, rules: Path) -> bytes:
    """Return the content of the file ``rules`` with a line for each of the ``paths`` in ``folder``."""
    worktree = enclosing_repository(folder) if rules.name != IGNORE else None
    inside = folder.relative_to(worktree or folder)
    lines = [re.sub(r"([*?\[\\ ])", r"\\\1", f"/{(inside / path).as_posix()}") for path in paths]
    text = "\n".join(("# Secrets that scaffold made", *lines, ""))
    return old + b"\n" * (not old.endswith(b"\n") and bool(old)) + text.encode("utf-8", "surrogateescape")


def is_in_rules(rules: bytes, path: str) -> bool:
    """Say whether a line of ``.gitignore`` names the file, and no later exception may mean it."""
    lines = rules.decode("utf-8", "replace").splitlines()
    names = {path, f"/{path}", path.rpartition("/")[2]}
    found = [number for number, line in enumerate(lines) if line in names]
    return bool(found) and not any(_may_mean(line, path) for line in lines[found[-1] :])


def _rules(folder: Path) -> bytes:
    try:
        return Folder(folder).read(IGNORE)
    except FileNotFoundError:
        return b""


def _may_mean(rule: str, path: str) -> bool:
    last = rule.rstrip("/ ").rpartition("/")[2]
    return rule.startswith("!") and any(fnmatchcase(part, last.lstrip("!")) for part in path.split("/"))
