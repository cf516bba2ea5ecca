"""Keep in step what all starters share: ``python tools/share.py``, or ``--check`` to look only.

A cookiecutter template can include nothing from outside its folder, so the
same text stands in every one of them. The Django starter has the original.
"""

import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
PROJECT = "{{cookiecutter.project_slug}}"
ORIGINAL = ROOT / "templates" / "django" / PROJECT

# Each action is pinned by the commit of its release, which nobody can move; a newer one is entered here.
ACTIONS = {
    "actions/checkout": "3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1",
    "actions/setup-go": "b7ad1dad31e06c5925ef5d2fc7ad053ef454303e # v7.0.0",
    "actions/setup-node": "820762786026740c76f36085b0efc47a31fe5020 # v7.0.0",
    "actions/setup-python": "5fda3b95a4ea91299a34e894583c3862153e4b97 # v7.0.0",
    "astral-sh/setup-uv": "c771a70e6277c0a99b617c7a806ffedaca235ff9 # v9.0.0",
    "golangci/golangci-lint-action": "ba0d7d2ec06a0ea1cb5fa41b2e4a3ab91d21278a # v9.3.0",
}
Share = Callable[[str, str], str]


def whole(original: str, _own: str) -> str:
    """Share the file as it is."""
    return original


def first_section(separator: str) -> Share:
    """Share what stands before ``separator``; what follows is the language's own."""

    def share(original: str, own: str) -> str:
        return original.partition(separator)[0] + "".join(own.partition(separator)[1:])

    return share


def all_but_first(pattern: str) -> Share:
    """Share the file but for the first line that matches ``pattern``."""

    def share(original: str, own: str) -> str:
        line = re.search(pattern, own)
        return re.sub(pattern, line[0], original, count=1) if line else original

    return share


SHARED: dict[str, Share] = {
    "LICENSE": whole,
    ".editorconfig": first_section("\n\n[*.md]"),
    ".gitattributes": first_section("\n"),
    ".github/dependabot.yml": all_but_first(r"package-ecosystem: .+"),
}


def pinned(text: str) -> str:
    """Return a workflow with every action at the commit of the table; KeyError names one that is missing."""
    return re.sub(r"(?<=uses: )([\w./-]+)@.+", lambda found: f"{found[1]}@{ACTIONS[found[1]]}", text)


def differences() -> Iterator[tuple[Path, str]]:
    """Yield each file that is out of step, and what it should hold."""
    for project in sorted(ROOT.glob(f"templates/*/{PROJECT}")):
        for name, share in SHARED.items():
            own = (project / name).read_text(encoding="utf-8") if (project / name).exists() else ""
            shared = share((ORIGINAL / name).read_text(encoding="utf-8"), own)
            if shared != own:
                yield project / name, shared
    workflows = [
        *ROOT.glob(f"templates/*/{PROJECT}/.github/workflows/*.yml"),
        *ROOT.glob(".github/workflows/*.yml"),
    ]
    for workflow in sorted(workflows):
        text = workflow.read_text(encoding="utf-8")
        if pinned(text) != text:
            yield workflow, pinned(text)


def main() -> int:
    """Write what is out of step, or with ``--check`` only name it."""
    found = list(differences())
    for path, text in found:
        print(path.relative_to(ROOT))
        if "--check" not in sys.argv:
            path.write_text(text, encoding="utf-8")
    return 1 if found and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
