"""Reading an answers file: YAML, TOML or JSON with flat keys.

Whatever a file holds, reading it ends within a second in entries or in one
line that names the file and the line: size and nesting are bounded, aliases
and tags are refused, and a key that stands twice is an error.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import takewhile
from pathlib import Path
from typing import Any, NoReturn, TextIO

from scaffold.errors import InvalidInput
from scaffold.interview.values import RawAnswer
from scaffold.regular_file import read_regular_file
from scaffold.text import printable

MAX_BYTES = 32 * 1024
MAX_NESTING = 20
_PATH_LENGTH = 4096
_FACT_LENGTH = 200
_FORMATS_HINT = (
    "An answers file is YAML, TOML or JSON with one key a line; `scaffold questions` lists the keys"
)
_PIECE = re.compile(  # of TOML and JSON; possessive, so that the time grows with the text and no faster
    r"""\"{3}(?:[^"\\]|\\.|"(?!""))*+(?:"{3,5})?|'{3}(?:[^']|'(?!''))*+(?:'{3,5})?"""
    r"""|"(?:[^"\\\n]|\\.)*+"?|'[^'\n]*+'?|\#[^\n]*+|[\w-]++|\n|\S""",
    re.DOTALL,
)
_YAML_NULLS = frozenset({"", "~", "null", "Null", "NULL"})


def read_answers_file(name: str, stdin: TextIO | None) -> tuple[str, bytes]:
    """Return the name and content of an answers file; ``-`` reads ``stdin``.

    Of what is larger than ``MAX_BYTES`` no more is read than shows it. Raises
    InvalidInput for that, for what cannot be read, and for what might never end.
    """
    try:
        return name, _read_stream(stdin) if name == "-" else read_regular_file(Path(name), MAX_BYTES)
    except (OSError, ValueError) as error:  # ValueError: a name that no file can have
        reason = getattr(error, "strerror", None) or str(error)
        raise InvalidInput(
            f"{label_of(name)} cannot be read: {reason[0].lower()}{reason[1:]}",
            hint="--answers takes a YAML, TOML or JSON file, or - for standard input",
        ) from error


def _read_stream(stdin: TextIO | None) -> bytes:
    if stdin is None:
        raise OSError("it is not open")
    return stdin.buffer.read(MAX_BYTES + 1)


def read_raw_answers(name: str, content: bytes) -> tuple[RawAnswer, ...]:
    """Return the entries of a file called ``name`` (``-`` is standard input).

    The format follows from the ending of the name, else from the content.
    Raises InvalidInput for anything that is not a flat table of answers.
    """
    label = label_of(name)
    text = _decode(label, content)
    reader = _READERS.get(Path(name).suffix.lower()) or _reader_for(text)
    return tuple(reader(label, text))


def label_of(name: str) -> str:
    """Return what a message calls the file."""
    return "standard input" if name == "-" else printable(name, _PATH_LENGTH)


def _decode(label: str, content: bytes) -> str:
    if len(content) > MAX_BYTES:
        _refuse(label, f"is larger than {MAX_BYTES // 1024} KiB")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        _refuse(f"{label}:{line}", "is not UTF-8 text")
    if "\0" in text:
        _refuse(f"{label}:{_line(text, text.index(chr(0)))}", "holds a NUL character")
    return text


def _reader_for(text: str) -> Callable[[str, str], list[RawAnswer]]:
    if text.lstrip().startswith("{"):
        return _read_json
    first = next(
        (line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")), ""
    )
    return _read_toml if re.match(r"[\w\"-]+\s*=|\[", first) else _read_yaml


def _read_json(label: str, text: str) -> list[RawAnswer]:
    import json

    _check_nesting(label, text)
    try:
        found = json.loads(text)
    except json.JSONDecodeError as error:
        _refuse(f"{label}:{error.lineno}", f"is not JSON: {error.msg}")
    except ValueError:
        _refuse_long_number(label, text)
    return _flat(label, found, _json_lines(label, text))


def _json_lines(label: str, text: str) -> dict[str, int]:
    """Return the line of each key at the top of a JSON text, and refuse a key that its table has twice."""
    import json

    lines: dict[str, int] = {}
    tables: list[set[str]] = []
    key, key_line = "", 0
    for line, depth, piece in _pieces(text):
        if piece == "{":
            tables.append(set())
        elif piece == "}":
            tables.pop()
        elif piece[0] == '"':
            key, key_line = piece, line
        elif piece == ":":
            name = json.loads(key)
            if name in tables[-1]:
                _refuse(f"{label}:{key_line}", f"`{printable(name)}` stands twice")
            tables[-1].add(name)
            if depth == 1:
                lines[name] = key_line
    return lines


def _read_toml(label: str, text: str) -> list[RawAnswer]:
    import tomllib

    _check_nesting(label, text)
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        _refuse_toml(label, text, str(error))
    except ValueError:
        _refuse_long_number(label, text)
    return _flat(label, found, dict(reversed(list(_toml_keys(text)))))


def _refuse_toml(label: str, text: str, problem: str) -> NoReturn:
    """Say what tomllib says, but name the key that stands twice, and a line where it names the end."""
    fact, _, place = problem.partition(" (at ")
    number = re.match(r"line (\d+)", place)
    line = int(number[1]) if number else _line(text.rstrip(), len(text))
    if fact.startswith("Cannot "):
        *before, (key, key_line) = _toml_keys("\n".join(text.split("\n")[:line]))
        if key in dict(before):
            _refuse(f"{label}:{key_line}", f"`{printable(key)}` stands twice")
    _refuse(f"{label}:{line}", f"is not TOML: {fact[0].lower()}{fact[1:]}")


def _toml_keys(text: str) -> Iterator[tuple[str, int]]:
    """Yield the key that starts a line, and the line; of a dotted key the first part."""
    import tomllib

    due = True
    for line, depth, piece in _pieces(text):
        if piece == "\n":
            due = depth == 0
        elif due and piece != "[" and piece[0] != "#":
            yield next(iter(tomllib.loads(f"{piece} = 0"))), line
            due = False


def _pieces(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield the line, the nesting and the text of each piece of TOML or JSON; a dot in a key nests too."""
    line, brackets, dots = 1, 0, 0
    for found in _PIECE.finditer(text):
        piece = found[0]
        brackets += (piece in {"[", "{"}) - (piece in {"]", "}"})
        if piece == ".":
            dots += 1
        elif not re.match(r"[\w\"'-]", piece):
            dots = 0
        yield line, brackets + dots, piece
        line += piece.count("\n")


def _check_nesting(label: str, text: str) -> None:
    for line, depth, _ in _pieces(text):
        if depth > MAX_NESTING:
            _refuse(f"{label}:{line}", "is nested too deeply")


def _refuse_long_number(label: str, text: str) -> NoReturn:
    longest = max(re.finditer(r"[\d_]+", text), key=lambda digits: len(digits[0]))
    _refuse(f"{label}:{_line(text, longest.start())}", "holds a number that is too long")


def _read_yaml(label: str, text: str) -> list[RawAnswer]:
    import yaml

    try:
        loader = yaml.SafeLoader(text)
    except yaml.reader.ReaderError as error:
        _refuse(f"{label}:{_line(text, error.position)}", f"is not YAML: {error.reason}")
    try:
        return _yaml_raw_answers(label, _yaml_events(label, loader))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line if error.problem_mark else loader.line
        _refuse(f"{label}:{line + 1}", f"is not YAML: {error.problem}")
    except (ValueError, OverflowError):  # of int() and chr(), which PyYAML lets through
        _refuse(f"{label}:{loader.line + 1}", "is not YAML: a number is out of range")


def _yaml_events(label: str, loader: Any) -> Iterator[Any]:  # noqa: ANN401 - yaml has no types for it
    """Yield what the parser finds as it finds it, so that nothing deep or shared is ever built."""
    depth = 0
    while loader.check_event():
        event = loader.get_event()
        name = type(event).__name__
        depth += name.endswith("StartEvent") - name.endswith("EndEvent")
        where = _yaml_place(label, event)
        if depth > MAX_NESTING:
            _refuse(where, "is nested too deeply")
        if getattr(event, "anchor", None) or getattr(event, "tag", None):
            _refuse(where, "uses an anchor, an alias or a tag")
        yield event


def _yaml_raw_answers(label: str, events: Iterator[Any]) -> list[RawAnswer]:
    import yaml

    entries: dict[str, RawAnswer] = {}
    around = (yaml.StreamStartEvent, yaml.DocumentStartEvent)
    root = next(event for event in events if not isinstance(event, around))
    if isinstance(root, yaml.StreamEndEvent):
        return []
    if not isinstance(root, yaml.MappingStartEvent):
        _refuse(_yaml_place(label, root), "is not a table of answers")
    for event in takewhile(lambda event: not isinstance(event, yaml.MappingEndEvent), events):
        where = _yaml_place(label, event)
        key = _yaml_raw(event, events)
        if not isinstance(key, str):
            _refuse(where, "has a key that is not a text")
        if key in entries:
            _refuse(where, f"`{printable(key)}` stands twice")
        entries[key] = RawAnswer(key=key, raw=_yaml_raw(next(events), events), where=where)
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent):
            _refuse(_yaml_place(label, event), "is not YAML: a second document starts")
    return list(entries.values())


def _yaml_place(label: str, event: Any) -> str:  # noqa: ANN401
    return f"{label}:{event.start_mark.line + 1}"


def _yaml_raw(event: Any, events: Iterator[Any]) -> Any:  # noqa: ANN401
    """Return what stands in the file: the question decides what ``no`` means, not YAML."""
    import yaml

    if isinstance(event, yaml.ScalarEvent):
        return None if event.implicit[0] and event.value in _YAML_NULLS else event.value
    ends = (yaml.SequenceEndEvent, yaml.MappingEndEvent)
    items = [_yaml_raw(item, events) for item in takewhile(lambda item: not isinstance(item, ends), events)]
    if isinstance(event, yaml.SequenceStartEvent):
        return items
    return {str(key): value for key, value in zip(items[::2], items[1::2], strict=True)}


def _flat(label: str, found: object, lines: Mapping[str, int]) -> list[RawAnswer]:
    if not isinstance(found, dict):
        _refuse(f"{label}:1", "is not a table of answers")
    return [RawAnswer(key=key, raw=raw, where=f"{label}:{lines[key]}") for key, raw in found.items()]


def _line(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1


def _refuse(where: str, fact: str) -> NoReturn:
    colon = ":" if fact.startswith("`") else ""
    raise InvalidInput(f"{where}{colon} {printable(fact, _FACT_LENGTH)}", hint=_FORMATS_HINT)


_READERS = {".json": _read_json, ".toml": _read_toml, ".yaml": _read_yaml, ".yml": _read_yaml}
