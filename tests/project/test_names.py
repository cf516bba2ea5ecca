"""Names of projects and free text: refused with a reason and a better one, or good everywhere."""

import keyword
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scaffold.catalog import templates_root
from scaffold.catalog.languages import read_languages
from scaffold.errors import InvalidInput
from scaffold.project.names import (
    SLUG,
    SLUG_LENGTH,
    check_folder,
    check_slug,
    check_text,
    check_visible,
    default_slug,
    slugify,
    suggest_slug,
)
from scaffold.project.reserved import EVERYWHERE

LANGUAGES = read_languages(templates_root())
languages = st.sampled_from(sorted(LANGUAGES)).map(LANGUAGES.get)

# Letters of every kind, and with them the words and marks that break things.
NASTY = st.one_of(
    st.text(),
    st.text(alphabet="abc-_. 019ABCéß店\u0301\u202e\u200b\x00\n'\"\\{}%$`<>&;|/:"),
    st.sampled_from(
        sorted(
            {
                word
                for rows in (EVERYWHERE, *(language.reserved for language in LANGUAGES.values()))
                for row in rows.values()
                for word in row
            }
        )
    ),
)


def refusal_of(check, *arguments):
    try:
        check(*arguments)
    except InvalidInput as error:
        return error
    return None


@given(NASTY, languages)
def test_the_suggestion_is_always_accepted(text, language):
    assert check_slug(suggest_slug(text, language), language)


@given(NASTY, languages)
def test_a_name_is_refused_with_a_suggestion_or_good_in_every_language(text, language):
    refusal = refusal_of(check_slug, text, language)
    if refusal is not None:
        suggestion = refusal.hint.removeprefix("Try `--set project_slug=").removesuffix("`")
        assert check_slug(suggestion, language) == suggestion
        assert refusal.message.isprintable()
        return
    assert SLUG.fullmatch(text)
    assert len(text) <= SLUG_LENGTH
    assert language.id != "python" or not keyword.iskeyword(text.replace("-", "_"))


@given(st.text())
def test_a_slug_of_a_slug_is_itself(text):
    assert slugify(slugify(text)) == slugify(text)


@pytest.mark.parametrize(
    ("slug", "reason"),
    [
        ("", "empty"),
        ("2048", "starts with a digit"),
        ("9Lives", "starts with a digit"),
        ("shop_2", "only the letters"),
        ("-rf", "starts with a hyphen"),
        ("Shop", "only the letters"),
        ("my_shop", "only the letters"),
        ("a--b", "only the letters"),
        ("a-", "only the letters"),
        ("café", "only the letters"),
        ("shop\n", "only the letters"),
        ("x" * 64, None),
        ("x" * 65, "longer than 64"),
        ("con", "a device on Windows"),
        *((f"{port}{digit}", "a device on Windows") for port in ("com", "lpt") for digit in range(10)),
        ("com10", None),
        ("null", "a literal in YAML"),
        ("node-modules", None),
        ("shop", None),
        ("x", None),
    ],
)
def test_every_rule_of_form_gives_its_reason(slug, reason):
    if reason is None:
        assert check_slug(slug, LANGUAGES["go"]) == slug
        return
    with pytest.raises(InvalidInput, match=reason):
        check_slug(slug, LANGUAGES["go"])


@pytest.mark.parametrize(
    ("language", "taken"),
    [
        ("python", ["class", "import", "json", "test", "django", "flask", "async", "email", "http"]),
        ("javascript", ["class", "await", "fs", "http", "express", "meteor", "crypto"]),
        ("go", ["func", "fmt", "net", "main", "internal", "vendor"]),
        ("ruby", ["end", "rails", "sinatra", "string", "set", "application"]),
        ("php", ["class", "echo", "app", "laravel", "cake"]),
        ("csharp", ["namespace", "string", "system", "microsoft"]),
    ],
)
def test_words_of_the_language_are_taken_and_another_is_offered(language, taken):
    for word in taken:
        with pytest.raises(InvalidInput) as caught:
            check_slug(word, LANGUAGES[language])
        assert caught.value.hint == f"Try `--set project_slug={word}-app`"


def test_a_word_of_another_language_is_free():
    assert check_slug("func", LANGUAGES["python"]) == "func"


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("My Shop", "my-shop"),
        ("my_shop", "my-shop"),
        ("Café Zoë", "cafe-zoe"),
        ("  --x--  ", "x"),
        ("ﬁne", "fine"),
        ("店", ""),
        ("Łódź", "lodz"),
        ("straße", "strasse"),
        ("Ångström", "angstrom"),
        ("Ærø", "aero"),
        ("Đặng Hữu Œuvre", "dang-huu-oeuvre"),
        ("İstanbul ısı", "istanbul-isi"),
        ("Москва", "moskva"),
        ("Щучье Київ", "shchuche-kiyiv"),
        ("Ξενοδοχείο", "xenodocheio"),
        ("Hawaiʻi №5", "hawai-i-no5"),
        ("a.b/c", "a-b-c"),
        ("x" * 80, "x" * 64),
        ("x" * 63 + "-y", "x" * 63),
    ],
)
def test_a_slug_is_what_a_person_would_write(text, slug):
    assert slugify(text) == slug


@given(st.text(max_size=500))
def test_text_that_is_accepted_is_one_printable_line(text):
    refusal = refusal_of(check_text, "description", text)
    if refusal is not None:
        assert refusal.message.isprintable()
        return
    assert len((text + "x").splitlines()) == 1
    assert not {unicodedata.category(character) for character in text} & {"Cc", "Cs", "Zl", "Zp"}
    assert not set(text) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@pytest.mark.parametrize(
    "text", ["", "👩‍💻 über “x” {{ 7*7 }} $(id) \\ '\"", "עברית", "नमस्ते", "می‌خواهم", "a\u00a0b"], ids=ascii
)
def test_ordinary_text_of_every_script_is_accepted(text):
    assert check_text("description", text) == text


@pytest.mark.parametrize(
    "text",
    ["a\nb", "a\tb", "\x1b[31m", "a\x85b", "a\u2028b", "a\u202eb", "\ufffe", "\ud800", "x" * 501],
    ids=ascii,
)
def test_text_that_is_not_what_it_looks_like_is_refused(text):
    with pytest.raises(InvalidInput, match=r"^`author` "):
        check_text("author", text)


@pytest.mark.parametrize("text", ["Café & Söhne", "Łódź", "Москва", "Объявления", "Hawaiʻi", "😀 x² ½"])
def test_a_name_whose_letters_have_latin_ones_is_taken(text):
    assert default_slug(text) == slugify(text)


@pytest.mark.parametrize(
    ("text", "lost", "offered"),
    [
        ("日本語", "日", "my-project"),
        ("店 shop", "店", "shop"),
        ("shop ไทย 2", "ไ", "shop-2"),
        ("٣ shops", "٣", "shops"),
        ("2 שלום", "ש", "app-2"),
    ],
)
def test_a_letter_is_never_dropped_silently(text, lost, offered):
    with pytest.raises(InvalidInput, match=f"needs Latin letters, and `{lost}` is none") as caught:
        default_slug(text)
    assert caught.value.hint == f"Try `--set project_slug={offered}`"


@pytest.mark.parametrize("text", ["", "😀", "--"])
def test_a_name_without_letters_is_refused_with_another(text):
    with pytest.raises(InvalidInput, match=r"needs Latin letters$") as caught:
        default_slug(text)
    assert caught.value.hint == "Try `--set project_slug=my-project`"


@given(NASTY)
def test_a_default_name_loses_no_letter_or_is_refused_with_a_good_one(text):
    refusal = refusal_of(default_slug, text)
    if refusal is not None:
        assert SLUG.fullmatch(refusal.hint.removeprefix("Try `--set project_slug=").removesuffix("`"))
        assert refusal.message.isprintable()
        return
    assert all(slugify(letter) for letter in text if letter.isascii() and letter.isalnum())
    assert slugify(text)


@pytest.mark.parametrize(
    "character",
    [
        *("\u00ad", "\u061c", "\u200b", "\u200e", "\u200f", "\u202a", "\u202e", "\u2060", "\u2066", "\u2069"),
        *(
            "\u206f",
            "\u2800",
            "\u3164",
            "\ufeff",
            "\ufff9",
            "\U0001d159",
            "\U0001d173",
            "\U000e0041",
            "\U000e0100",
        ),
        *("\u200c", "\u200d"),
    ],
    ids=ascii,
)
def test_a_character_that_hides_or_turns_text_is_refused_in_texts_and_names(character):
    for check in (lambda text: check_text("author", text), check_folder, check_visible):
        with pytest.raises(InvalidInput, match=f"U\\+{ord(character):04X}"):
            check(f"a{character}b")


@pytest.mark.parametrize(
    "character",
    [
        *("\u180b", "\u180c", "\u180d", "\u180f", "\ufe00", "\ufe0e", "\ufe0f"),
        *("\xa0", "\u1680", "\u2003", "\u202f", "\u205f", "\u3000"),
    ],
    ids=ascii,
)
def test_a_character_that_makes_two_names_look_alike_is_refused_in_names_only(character):
    for check in (lambda text: check_text("project_name", text), check_folder, check_visible):
        with pytest.raises(InvalidInput, match=f"holds U\\+{ord(character):04X}, which "):
            check(f"é{character}b")
        check("é b")
    assert check_text("author", f"é{character}b")


@pytest.mark.parametrize(
    ("name", "reason", "better"),
    [
        ("", "not a name", "my-project"),
        (".", "not a name", "my-project"),
        ("..", "not a name", "my-project"),
        ("x" * 201, "longer than 200 bytes", "x" * 64),
        ("é" * 101, "longer than 200 bytes", "e" * 64),
        ("Aux", "a device on Windows", "aux-app"),
        ("con.txt", "a device on Windows", "con-txt"),
        ("CLOCK$", "a device on Windows", "clock"),
        (" shop", "starts or ends with a space", "shop"),
        ("shop ", "starts or ends with a space", "shop"),
        ("shop.", "ends with a full stop", "shop"),
        ("~shop", "shells take the `~`", "shop"),
        ("a:b", "U+003A, which some systems forbid in names", "a-b"),
        ("a\ue000b", "U+E000, which cannot be seen or printed", "a-b"),
        ("a\ufdd0b", "U+FDD0, which cannot be seen or printed", "a-b"),
        ("cafe\u0301", "its accents are separate characters", "cafe"),
    ],
    ids=ascii,
)
def test_every_rule_for_folders_gives_its_reason_and_a_better_name(name, reason, better):
    with pytest.raises(InvalidInput) as caught:
        check_folder(name)
    assert reason in caught.value.message
    assert caught.value.hint == f"Try `{better}`"


@pytest.mark.parametrize(
    "name", ["x" * 200, "é" * 100, "...x", "shop~", "a b", "console", "null.d", "\ufdf0", "\ufdcf"], ids=ascii
)
def test_a_folder_name_just_inside_the_rules_is_taken(name):
    assert check_folder(name) == name


@pytest.mark.parametrize("plane", [0, 1, 16])
@pytest.mark.parametrize("last", [0xFFFE, 0xFFFF])
def test_what_unicode_will_never_be_a_character_is_refused_in_text(plane, last):
    with pytest.raises(InvalidInput, match="which cannot be seen"):
        check_text("author", chr(plane << 16 | last))


def test_a_text_of_500_characters_is_taken_and_one_more_is_not():
    assert check_text("author", "x" * 500) == "x" * 500
    with pytest.raises(InvalidInput, match=r"^`author` is longer than 500 characters"):
        check_text("author", "x" * 501)
