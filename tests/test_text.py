"""What comes from elsewhere is shown as it is, and steers nothing."""

import pytest

from scaffold.console import Console
from scaffold.text import did_you_mean, printable


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x1b[31m\u202eb", "a\ufffd[31m\ufffdb"),
        ("a\nb\u2028c\udcff", "a\ufffdb\ufffdc\ufffd"),
        ("a\tb\xa0c\u3000d", "a b c d"),
        ("Łódź 店 😀", "Łódź 店 😀"),
        ("", ""),
    ],
)
def test_a_message_obeys_nothing_and_keeps_what_can_be_read(text, shown):
    assert printable(text) == shown


def test_a_long_text_is_cut_where_it_is_shown():
    assert printable("x" * 60) == "x" * 60
    assert printable("x" * 61) == "x" * 59 + "…"
    assert printable("xyz", 2) == "x…"


def test_what_is_said_keeps_its_lines_and_its_length(capsys):
    Console({}).say("a" * 100 + "\n\x07b")
    assert capsys.readouterr().err == "a" * 100 + "\n\ufffdb\n"


@pytest.mark.parametrize(
    ("word", "suggestion"),
    [("djnago", "Did you mean `django`? "), ("DJANGO", "Did you mean `django`? "), ("zzz", ""), ("", "")],
)
def test_the_nearest_word_is_suggested_in_any_case_of_letters(word, suggestion):
    assert did_you_mean(word, ("flask", "django", "Go")) == suggestion


@pytest.mark.parametrize("word", ["nod", "asp.net", "cake", "sinatr", "rail", "pyton"])
def test_what_nobody_meant_is_not_suggested_and_what_was_meant_is(word):
    ids = ("aspnetcore", "cakephp", "django", "express", "nodejs", "python", "rails", "sinatra")
    assert did_you_mean(word, ids)
    assert not did_you_mean("nosuch", ids)


def test_a_stricter_cutoff_suggests_less():
    assert did_you_mean("SCAFFOLD_TEAN", ["SCAFFOLD_TEAM"], 0.8) == "Did you mean `SCAFFOLD_TEAM`? "
    assert not did_you_mean("SCAFFOLD_PATH", ["SCAFFOLD_TEAM"], 0.9)
