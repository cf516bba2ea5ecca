import pytest
from hypothesis import given
from hypothesis import strategies as st

from scaffold.versions import is_prerelease, read_version, release, satisfies

numbers = st.lists(st.integers(0, 300), min_size=2, max_size=4).map(tuple)


@pytest.mark.parametrize(
    ("output", "version"),
    [
        ("Python 3.13.1", "3.13.1"),
        ("v24.21.0\n", "24.21.0"),
        ("go version go1.27.3 linux/amd64", "1.27.3"),
        ("uv 0.13.9 (abcdef 2026-11-01)", "0.13.9"),
        ("ruby 3.4.1 (2025-12-25 revision 48d4efcb85) +PRISM [x86_64-linux]", "3.4.1"),
        ("PHP 8.4.2-1+deb (cli) (built: Jan 1 2026 10:11:12) (NTS)", "8.4.2"),
        ("Composer version 2.9.1 2026-10-01 10:00:00", "2.9.1"),
        ("Bundler version 2.6.2", "2.6.2"),
        ("Meteor 3.3", "3.3"),
        ("10.0.100-preview.3.25", "10.0.100-preview.3.25"),
        ("Python 3.15.0a2", "3.15.0a2"),
        ("no number here", ""),
    ],
)
def test_version_is_read_from_what_programs_say(output, version):
    assert read_version(output) == version


@pytest.mark.parametrize("version", ["3.15.0a2", "1.27rc1", "10.0.100-preview.3.25", "25.0.0-nightly2026"])
def test_prereleases_are_known_as_such(version):
    assert is_prerelease(read_version(version))
    assert not is_prerelease("3.14.0")


@pytest.mark.parametrize(
    ("version", "needs", "fits"),
    [
        ("3.12.0", ">=3.12", True),
        ("3.12", ">=3.12.0", True),
        ("3.9.18", ">=3.12", False),
        ("3.13.0", ">=3.12,<3.13", False),
        ("3.12.9", ">=3.12 , < 3.13", True),
        ("22.0.0", "!=22", False),
        ("22.0.1", "==22", False),
        ("24.1.0", ">24.1", False),
        ("24.1.0", "<=24.1", True),
        ("1.0", "", True),
    ],
)
def test_every_comparison_must_hold(version, needs, fits):
    assert satisfies(version, needs) is fits


@pytest.mark.parametrize("needs", ["3.12", "~=3.12", ">=3.x", ">= ", ">=4,>>3"])
def test_a_need_that_is_no_comparison_is_refused(needs):
    with pytest.raises(ValueError, match="not a comparison"):
        satisfies("3.12", needs)


@given(numbers, numbers)
def test_exactly_one_of_less_equal_greater_holds(left, right):
    version, other = (".".join(map(str, each)) for each in (left, right))
    assert [satisfies(version, f"{sign}{other}") for sign in ("<", "==", ">")].count(True) == 1


@given(numbers)
def test_numbers_survive_reading(parts):
    text = ".".join(map(str, parts))
    assert release(read_version(f"tool {text} (build)")) == parts
