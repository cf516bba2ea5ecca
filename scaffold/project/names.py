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

# What Unicode does not decompose into Latin letters, as most of Europe would write it.
_LETTERS = """
    æ ae œ oe ø o ł l đ d ð d þ th ħ h ı i ŋ ng ŧ t ĸ k ə e ɛ e ɔ o ɓ b ɗ d ƙ k
    α a β v γ g δ d ε e ζ z η i θ th ι i κ k λ l μ m ν n ξ x ο o π p ρ r σ s ς s τ t υ y φ f χ ch ψ ps ω o
    а a б b в v г g д d е e ё e ж zh з z и i й y к k л l м m н n о o п p р r с s т t у u ф f х kh ц ts ч ch
    ш sh щ shch ы y э e ю yu я ya і i ї yi є ye ґ g ў u ј j љ lj њ nj ћ c ђ dj џ dz ѕ dz ѓ gj ќ kj
"""
_LATIN = dict(zip(_LETTERS.split()[::2], _LETTERS.split()[1::2], strict=True)) | {"ъ": "", "ь": ""}
# Overrides, isolates and marks of direction: text that shows otherwise than it reads.
_DIRECTION = "[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
# Characters without a shape; joiners are letters' business, and stand between two of a script that has them.
_INVISIBLE = (
    "[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b\u2060-\u2065\u206a-\u206f\u2800\u3164\ufeff\uffa0\ufff9-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d159\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
    "|(?<![^\x00-\x7f])[\u200c\u200d]|[\u200c\u200d](?![^\x00-\x7f])"
)
# In a name also what only chooses a shape, and white space that is taken for the plain one.
_INVISIBLE_IN_NAMES = "[\u180b-\u180f\ufe00-\ufe0f]|(?! )\\s"
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
    slug = _well_formed(text)
    return f"{slug}-app" if _against_words(slug, language) else slug


def _well_formed(text: str) -> str:
    slug = slugify(text) or "my-project"
    return slug if slug[0].isalpha() else f"app-{slug}"[:SLUG_LENGTH].rstrip("-")


def default_slug(text: str) -> str:
    """Return the name that follows from a folder or a title; InvalidInput when it would lose letters."""
    slug = slugify(text)
    lost = next(filter(_is_lost, unicodedata.normalize("NFC", text)), "")
    if lost or not slug:
        which = f", and `{lost}` is none" if lost else ""
        raise InvalidInput(
            f"`{printable(text)}` does not say the name of the project: that needs Latin letters{which}",
            hint=f"Try `--set project_slug={_well_formed(text)}`",
        )
    return slug


def _is_lost(letter: str) -> bool:
    kind = unicodedata.category(letter)
    return kind[0] in "LN" and kind != "Lm" and letter.casefold() not in _LATIN and not slugify(letter)


def slugify(text: str) -> str:
    """Return ``text`` in lower-case Latin letters, its words joined by hyphens; it may be empty."""
    plain = "".join(map(_in_latin, unicodedata.normalize("NFC", text)))
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:SLUG_LENGTH].rstrip("-")


def _in_latin(letter: str) -> str:
    """Return a letter as Latin ones without accents; what cannot be written so stays as it is."""
    folded = letter.casefold()
    if folded in _LATIN:
        return _LATIN[folded]
    bases = (
        part for part in unicodedata.normalize("NFKD", folded).lower() if not unicodedata.combining(part)
    )
    return "".join(_LATIN.get(base, base) for base in bases)


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


def check_visible(name: str) -> None:
    """Raise InvalidInput when the name of a folder that exists shows otherwise than it reads."""
    if reason := _against_characters(name, _NOT_TEXT, frozenset()) or _against_lookalikes(name):
        raise InvalidInput(
            f"`{printable(name)}` cannot be the name of a project's folder: {reason}", hint="Rename it"
        )


def check_text(key: str, text: str) -> str:
    """Return free text when it is one printable line that reads as it shows, or raise InvalidInput.

    The name of the project may hold less than a description.
    """
    reason = _against_text(text, is_name=key == "project_name")
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
    if name[0] == "~":
        return "shells take the `~` at its start for a home folder"
    return _against_characters(name, _NOT_IN_FOLDERS, _SEPARATORS) or _against_lookalikes(name)


def _against_text(text: str, *, is_name: bool) -> str:
    if len(text) > TEXT_LENGTH:
        return f"is longer than {TEXT_LENGTH} characters"
    found = _against_characters(text, _NOT_TEXT, frozenset()) or (
        _against_lookalikes(text) if is_name else ""
    )
    return found.replace("it ", "", 1)


def _against_characters(text: str, categories: frozenset[str], more: frozenset[str]) -> str:
    if text.isascii() and text.isprintable() and more.isdisjoint(text):
        return ""  # most texts: nothing below is in ASCII
    if found := re.search(_DIRECTION, text):
        return f"it holds U+{ord(found[0]):04X}, which changes the direction of text"
    if found := re.search(_INVISIBLE, text):
        return f"it holds U+{ord(found[0]):04X}, which cannot be seen"
    for character in text:
        if character in more or unicodedata.category(character) in categories or _noncharacter(character):
            return f"it holds U+{ord(character):04X}, which {_kind(character)}"
    if "Cf" in categories and not unicodedata.is_normalized("NFC", text):
        return "its accents are separate characters (Unicode NFD), which some systems change"
    return ""


def _against_lookalikes(name: str) -> str:
    found = re.search(_INVISIBLE_IN_NAMES, name)
    if not found:
        return ""
    what = "is not the plain space" if found[0].isspace() else "cannot be seen"
    return f"it holds U+{ord(found[0]):04X}, which {what}"


def _kind(character: str) -> str:
    if character in _SEPARATORS:
        return "some systems forbid in names"
    return "cannot be seen or printed"


def _noncharacter(character: str) -> bool:
    return ord(character) in _NONCHARACTERS


def _device(name: str) -> bool:
    stem = unicodedata.normalize("NFKC", name).split(".")[0].strip().lower()
    return stem in EVERYWHERE["a device on Windows"] or stem in {"conin$", "conout$", "clock$"}
