"""What a project, its folder and its free text may be called, and what to call it instead."""

import re
import unicodedata

from scaffold.errors import InvalidInput
from scaffold.model.framework import Language
from scaffold.project.reserved import EVERYWHERE
from scaffold.text import printable

SLUG = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
SLUG_LENGTH = 64
FOLDER_BYTES = 200
"""A file name may have 255 bytes; the staging folder's name is longer than the project's."""
TEXT_LENGTH = 500

# Left-to-right and right-to-left overrides and isolates: text that shows otherwise than it reads.
_DIRECTION = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_INVISIBLE = frozenset(
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b\u2060\u2061\u2062\u2063\u2064\u3164\ufeff\uffa0"
)
_NONCHARACTERS = frozenset(range(0xFDD0, 0xFDF0)) | {
    plane << 16 | last for plane in range(17) for last in (0xFFFE, 0xFFFF)
}
_NOT_TEXT = frozenset({"Cc", "Cs", "Zl", "Zp"})
_NOT_IN_FOLDERS = _NOT_TEXT | {"Cf", "Cn", "Co"}
_SEPARATORS = frozenset('<>:"/\\|?*')


def check_slug(slug: str, language: Language) -> str:
    """Return ``slug`` when a project of ``language`` can have it, or raise InvalidInput with a better one."""
    reason = _against_form(slug) or _against_words(slug, language)
    if reason:
        raise InvalidInput(
            f"`{printable(slug)}` cannot be the name of the project: {reason}",
            hint=f"Try `--set project_slug={suggest_slug(slug, language)}`",
        )
    return slug


def suggest_slug(text: str, language: Language) -> str:
    """Return the nearest name that :func:`check_slug` accepts."""
    slug = slugify(text)
    if not slug:
        return "my-project"
    if not slug[0].isalpha():
        slug = f"app-{slug}"[:SLUG_LENGTH].rstrip("-")
    return f"{slug}-app" if _against_words(slug, language) else slug


def slugify(text: str) -> str:
    """Return ``text`` in lower case, without accents, its words joined by hyphens; it may be empty."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:SLUG_LENGTH].rstrip("-")


def check_folder(name: str) -> str:
    """Return ``name`` when every file system can hold a folder of that name, or raise InvalidInput."""
    reason = _against_folder(name)
    if reason:
        raise InvalidInput(
            f"`{printable(name)}` cannot be the name of the folder: {reason}",
            hint=f"Try `{slugify(name) or 'my-project'}`"
            if not _device(slugify(name))
            else f"Try `{slugify(name)}-app`",
        )
    return name


def check_text(key: str, text: str) -> str:
    """Return free text when it is one printable line that reads as it shows, or raise InvalidInput."""
    reason = _against_text(text)
    if reason:
        raise InvalidInput(f"`{key}` {reason}", hint="Give one line of text, without invisible characters")
    return text


def _against_form(slug: str) -> str:
    if len(slug) > SLUG_LENGTH:
        return f"it is longer than {SLUG_LENGTH} characters"
    if SLUG.fullmatch(slug):
        return ""
    if not slug:
        return "it is empty"
    if slug[0].isdigit():
        return "it starts with a digit"
    if slug[0] == "-":
        return "it starts with a hyphen"
    return "only the letters a to z, digits, and single hyphens between them are portable"


def _against_words(slug: str, language: Language) -> str:
    rows = {**EVERYWHERE, **language.reserved}
    return next((f"it is {why}" for why, words in rows.items() if slug in words), "")


def _against_folder(name: str) -> str:
    if not name or name in {".", ".."}:
        return "it is not a name"
    if len(name.encode("utf-8", "surrogateescape")) > FOLDER_BYTES:
        return f"it is longer than {FOLDER_BYTES} bytes"
    if _device(name):
        return "it is a device on Windows"
    if name != name.strip() or name.endswith("."):
        return "it starts or ends with a space, or ends with a full stop"
    if name[0] in "-~":
        return f"programs take the `{name[0]}` at its start for something else"
    return _against_characters(name, _NOT_IN_FOLDERS, _SEPARATORS)


def _against_text(text: str) -> str:
    if len(text) > TEXT_LENGTH:
        return f"is longer than {TEXT_LENGTH} characters"
    found = _against_characters(text, _NOT_TEXT, frozenset())
    return found.replace("it ", "", 1)


def _against_characters(text: str, categories: frozenset[str], more: frozenset[str]) -> str:
    for character in text:
        if character in _DIRECTION:
            return f"it holds U+{ord(character):04X}, which changes the direction of text"
        if (
            character in more | _INVISIBLE
            or unicodedata.category(character) in categories
            or _noncharacter(character)
        ):
            return f"it holds U+{ord(character):04X}, which {_kind(character)}"
    if "Cf" in categories and not unicodedata.is_normalized("NFC", text):
        return "its accents are separate characters (Unicode NFD), which some systems change"
    return ""


def _kind(character: str) -> str:
    if character in _SEPARATORS:
        return "some systems forbid in names"
    return "cannot be seen or printed"


def _noncharacter(character: str) -> bool:
    return ord(character) in _NONCHARACTERS


def _device(name: str) -> bool:
    stem = unicodedata.normalize("NFKC", name).split(".")[0].strip().lower()
    return stem in EVERYWHERE["a device on Windows"] or stem in {"conin$", "conout$", "clock$"}
