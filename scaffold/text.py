"""Text from elsewhere as a message shows it, and the word that was probably meant."""

from collections.abc import Iterable


def printable(text: str, limit: int = 60) -> str:
    """Return ``text`` as one line that steers no terminal, of ``limit`` characters at most.

    White space that is not a plain space becomes one; a control, invisible or
    otherwise unprintable character becomes U+FFFD.
    """
    if not text.isprintable():
        text = "".join(char if char.isprintable() else _stand_in(char) for char in text)
    return text if len(text) <= limit else text[: limit - 1] + "…"


def did_you_mean(word: str, known: Iterable[str], cutoff: float = 0.6) -> str:
    """Return "Did you mean `x`? " for the known word nearest to ``word`` in any case of letters, or ""."""
    from difflib import get_close_matches

    by_lower = {name.lower(): name for name in known}
    match = get_close_matches(word.lower(), by_lower, n=1, cutoff=cutoff)
    return f"Did you mean `{by_lower[match[0]]}`? " if match else ""


def why_unread(error: Exception) -> str:
    """Return what a parser or the system says of a file, on one line of at most 200 characters."""
    if isinstance(error, RecursionError):
        return "it is nested too deeply"
    return getattr(error, "strerror", None) or printable(str(error), 200)


def _stand_in(char: str) -> str:
    from unicodedata import category

    return " " if char == "\t" or category(char) == "Zs" else "\ufffd"
