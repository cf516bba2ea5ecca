import json
import tomllib

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from scaffold.errors import InvalidInput
from scaffold.interview.files import MAX_BYTES, read_raw_answers

KEYS = st.from_regex(r"[a-z_]{1,12}", fullmatch=True)
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"], max_codepoint=0xFFFF), max_size=20)
DOCUMENTS = st.dictionaries(KEYS, st.one_of(TEXTS, st.booleans(), st.lists(TEXTS, max_size=4)), max_size=6)


def entries(name: str, text: str | bytes) -> dict:
    content = text.encode() if isinstance(text, str) else text
    return {entry.key: entry.raw for entry in read_raw_answers(name, content)}


def problem(name: str, text: str | bytes) -> str:
    with pytest.raises(InvalidInput) as caught:
        entries(name, text)
    assert "\n" not in caught.value.message
    return caught.value.message


def test_the_three_formats_say_the_same():
    assert entries("a.yaml", "what: [api, site]\nteam: small\ncontainer: false") == {
        "what": ["api", "site"],
        "team": "small",
        "container": "false",
    }
    assert entries("a.toml", 'what = ["api", "site"]\nteam = "small"') == {
        "what": ["api", "site"],
        "team": "small",
    }
    assert entries("a.json", '{"what": ["api", "site"], "team": "small"}') == {
        "what": ["api", "site"],
        "team": "small",
    }


@pytest.mark.parametrize(
    "text",
    [
        '{"team": "small"}',
        'team = "small"',
        "team: small",
        "# a comment\n\nteam: small",
        '\n{"team": "small"}',
    ],
)
def test_standard_input_is_read_in_whichever_format_it_has(text):
    assert entries("-", text) == {"team": "small"}


def test_yaml_leaves_the_meaning_of_no_to_the_question():
    assert entries("a.yaml", "live: no\nday: 2026-11-22\nport: 010") == {
        "live": "no",
        "day": "2026-11-22",
        "port": "010",
    }


def test_an_entry_knows_its_line():
    for name, text in (
        ("a.yaml", "team: small\n\nwhat: api\n"),
        ("a.toml", 'team = "small"\n\nwhat = "api"\n'),
        ("a.json", '{"team": "small",\n\n"what": "api"}'),
    ):
        assert [entry.where for entry in read_raw_answers(name, text.encode())] == [f"{name}:1", f"{name}:3"]


def test_a_line_is_that_of_the_key_and_not_of_a_text_that_looks_like_it():
    for name, text in (
        ("a.yaml", "team: |\n  what = 1\n  what: 2\nwhat: api\n"),
        ("a.toml", 'team = """\nwhat = 1\n"what": 2"""\nwhat = "api"\n'),
        ("a.toml", "team = '''\nwhat = 1 # '\n''''\n'what' = 'api'\n"),
        ("a.json", '{"team":\n{"what": "\\"what\\": 1"}\n,\n"wh\\u0061t": "api"}'),
    ):
        assert [(entry.key, entry.where) for entry in read_raw_answers(name, text.encode())] == [
            ("team", f"{name}:1"),
            ("what", f"{name}:4"),
        ]


def test_line_endings_and_a_byte_order_mark_change_nothing():
    for name, text in (
        ("a.yaml", "team: small\r\nwhat: api\r\n"),
        ("a.toml", 'team = "small"\r\nwhat = "api"\r\n'),
        ("a.json", '{"team": "small",\r\n"what": "api"}\r\n'),
    ):
        found = read_raw_answers(name, text.encode("utf-8-sig"))
        assert [(entry.key, entry.raw, entry.where) for entry in found] == [
            ("team", "small", f"{name}:1"),
            ("what", "api", f"{name}:2"),
        ]


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("a.yaml", "a: 1\nb: 2\na: 3", "a.yaml:3: `a` stands twice"),
        ("a.json", '{"a": 1,\n"a": 2}', "a.json:2: `a` stands twice"),
        ("a.yaml", "a: [1\n", "a.yaml:2 is not YAML"),
        ("a.json", '{"a":\n 1,}', "a.json:2 is not JSON"),
        ("a.json", '{"a": {"b": 1,\n"b": 2},\n"b": 3}', "a.json:2: `b` stands twice"),
        ("a.toml", "a = 1\nb = [", "a.toml:2 is not TOML: invalid value"),
        ("a.toml", "a = 1\nb = 2\na = 3", "a.toml:3: `a` stands twice"),
        ("a.toml", 'a = 1\na = 3\n"b', "a.toml:2: `a` stands twice"),
        ("a.toml", 'a = 1\nb = 2\n"\\u0061" = [\n3,\n]\n\n', "a.toml:3: `a` stands twice"),
        ("a.toml", "a.b = 1\na.b = 2\n", "a.toml:2: `a` stands twice"),
        ("a.toml", "a = {b = 1, b = 2}\n", "a.toml:1 is not TOML: duplicate inline table key"),
        ("a.toml", "a = 1979-02-30", "a.toml:1 is not TOML: invalid date"),
        ("a.yaml", "a: &x 1\nb: *x", "a.yaml:1 uses an anchor"),
        ("a.yaml", "a: !!python/object/apply:os.system [ls]", "a.yaml:1 uses an anchor, an alias or a tag"),
        ("a.yaml", "# list\n- a\n- b", "a.yaml:2 is not a table of answers"),
        ("a.json", "[1]", "a.json:1 is not a table of answers"),
        ("a.json", '"text"', "is not a table of answers"),
        ("a.yaml", "b: 1\na: " + "[" * 5000, "a.yaml:2 is nested too deeply"),
        ("a.json", "\n" + "[" * 30000, "a.json:2 is nested too deeply"),
        ("a.toml", "b = 1\na = " + "[" * 5000, "a.toml:2 is nested too deeply"),
        ("a.toml", "b = 1\n" + "a." * 5000 + "a = 1", "a.toml:2 is nested too deeply"),
        ("a.json", '{"b": 22,\n"a": ' + "1" * 5000 + "}", "a.json:2 holds a number that is too long"),
        ("a.toml", "b = 22\na = " + "1" * 5000, "a.toml:2 holds a number that is too long"),
        ("a.yaml", "%YAML " + "1" * 5000 + ".1\n---\na: b", "a.yaml:1 is not YAML"),
        ("a.yaml", 'a: b\nc: "\\UFFFFFFFF"', "a.yaml:2 is not YAML"),
        ("a.yaml", "a: b\nc: \x1b", "a.yaml:2 is not YAML: special characters"),
        ("a.yaml", b"a: 1\nb: \xff", "a.yaml:2 is not UTF-8"),
        ("a.yaml", "a: 1\n\0", "a.yaml:2 holds a NUL"),
        ("a.yaml", b"\xff\xfea\x00:\x00", "a.yaml:1 is not UTF-8"),
        ("a.yaml", "? [a, b]\n: c", "has a key that is not a text"),
        ("a.yaml", "a: 1\n---\nb: 2", "a.yaml:2 is not YAML: a second document"),
        ("-", "{", "standard input:1 is not JSON"),
    ],
)
def test_what_is_not_a_flat_table_is_refused_in_one_line_with_its_place(name, text, expected):
    assert expected in problem(name, text)


def test_a_file_beyond_the_size_limit_is_refused_before_it_is_parsed():
    assert "larger than 32 KiB" in problem("a.yaml", b"a: " + b"x" * MAX_BYTES)


def test_a_byte_order_mark_is_no_part_of_the_first_key():
    assert entries("a.yaml", "team: small".encode("utf-8-sig")) == {"team": "small"}


def test_an_empty_file_answers_nothing():
    assert entries("a.yaml", "") == entries("a.toml", "") == entries("a.yaml", "# only a comment") == {}


@given(DOCUMENTS)
def test_json_and_toml_read_what_their_libraries_read(document):
    text = json.dumps(document)
    assert entries("a.json", text) == document
    toml = "\n".join(f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in document.items())
    if "\x7f" not in toml:
        assert entries("a.toml", toml) == tomllib.loads(toml)


@given(DOCUMENTS)
def test_yaml_reads_what_was_dumped(document):
    texts = {key: value for key, value in document.items() if not isinstance(value, bool)}
    assert entries("a.yaml", yaml.safe_dump(texts, allow_unicode=True)) == texts


@given(st.binary(max_size=400), st.sampled_from(["a.yaml", "a.toml", "a.json", "-"]))
def test_any_bytes_are_read_or_refused_in_one_line(content, name):
    try:
        read_raw_answers(name, content)
    except InvalidInput as error:
        assert "\n" not in error.message  # noqa: PT017 - either outcome is right


@given(
    st.text(alphabet="{}[]:,-&*!|>'\"#%@`=\n\t ab1", max_size=120),
    st.sampled_from(["a.yaml", "a.toml", "a.json"]),
)
def test_any_punctuation_is_read_or_refused_in_one_line(text, name):
    try:
        read_raw_answers(name, text.encode())
    except InvalidInput as error:
        assert "\n" not in error.message  # noqa: PT017 - either outcome is right
