"""Read version numbers out of what programs say, and compare them."""

import re
from collections.abc import Callable
from operator import eq, ge, gt, le, lt, ne

_NUMBER = r"\d+(?:\.\d+)+(?:[-.]?(?:a|b|rc|alpha|beta|dev|pre|preview|nightly|canary)(?:[.-]?\d+)*)?\b"
_COMPARISON = re.compile(r"\s*(>=|<=|==|!=|>|<)\s*(\d+(?:\.\d+)*)\s*")
_OPERATORS: dict[str, Callable[[tuple[int, ...], tuple[int, ...]], bool]] = {
    ">=": ge,
    "<=": le,
    "==": eq,
    "!=": ne,
    ">": gt,
    "<": lt,
}


def read_version(output: str) -> str:
    """Return the first dotted number in the output of `TOOL --version`, or an empty string."""
    found = re.search(_NUMBER, output)
    return found[0] if found else ""


def release(version: str) -> tuple[int, ...]:
    """Return the numbers of a version, without its pre-release part."""
    return tuple(int(part) for part in re.match(r"\d*(?:\.\d+)*", version)[0].split(".") if part)  # type: ignore[index]


def is_prerelease(version: str) -> bool:
    """Say whether a version came before the release of that number."""
    return re.search(r"[a-z]", version) is not None


def satisfies(version: str, needs: str) -> bool:
    """Say whether every comparison of ``needs`` holds; an empty ``needs`` takes any version.

    Raises ValueError when ``needs`` cannot be read.
    """
    held = [_holds(version, part) for part in needs.split(",") if part.strip()]  # reads every one
    return all(held)


def _holds(version: str, comparison: str) -> bool:
    parsed = _COMPARISON.fullmatch(comparison)
    if parsed is None:
        raise ValueError(f"`{comparison.strip()}` is not a comparison of versions")
    have, want = release(version), release(parsed[2])
    length = max(len(have), len(want))
    return _OPERATORS[parsed[1]](_padded(have, length), _padded(want, length))


def _padded(numbers: tuple[int, ...], length: int) -> tuple[int, ...]:
    return numbers + (0,) * (length - len(numbers))
