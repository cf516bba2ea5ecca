"""Reading an answers file: YAML, TOML or JSON with flat keys.

Whatever a file holds, reading it ends within a second in entries or in one
line that names the file and the line: size and nesting are bounded, aliases
and tags are refused, and a key that stands twice is an error.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from scaffold.errors import InvalidInput

MAX_BYTES = 64 * 1024
MAX_NESTING = 20
_FORMATS_HINT = (
    "An answers file is YAML, TOML or JSON with one key a line; `scaffold questions` lists the keys"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One key of a file: ``raw`` is a text, a list or true/false; ``where`` is ``FILE:LINE``."""

    key: str
    raw: Any
    where: str


def read_entries(name: str, content: bytes) -> tuple[Entry, ...]:
    """Return the entries of a file called ``name`` (``-`` is standard input).

    The format follows from the ending of the name, else from the content.
    Raises InvalidInput for anything that is not a flat table of answers.
    """
    label = "standard input" if name == "-" else name
    text = _decode(label, content)
    reader = _READERS.get(Path(name).suffix.lower()) or _reader_for(text)
    try:
        return tuple(reader(label, text))
    except RecursionError:
        _refuse(label, "is nested too deeply")


def _decode(label: str, content: bytes) -> str:
    if len(content) > MAX_BYTES:
        _refuse(label, f"is larger than {MAX_BYTES // 1024} KiB")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        _refuse(f"{label}:{line}", "is not UTF-8 text")
    if "\0" in text:
        _refuse(f"{label}:{text.count(chr(10), 0, text.index(chr(0))) + 1}", "holds a NUL character")
    return text


def _reader_for(text: str) -> Callable[[str, str], list[Entry]]:
    if text.lstrip().startswith("{"):
        return _read_json
    first = next(
        (line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")), ""
    )
    return _read_toml if re.match(r"[\w\"-]+\s*=|\[", first) else _read_yaml


def _read_json(label: str, text: str) -> list[Entry]:
    import json

    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        keys = [key for key, _ in items]
        twice = next((key for key in keys if keys.count(key) > 1), None)
        if twice is not None:
            _refuse(_line_of(label, text, twice, last=True), f"`{twice}` stands twice")
        return dict(items)

    try:
        found = json.loads(text, object_pairs_hook=pairs)
    except json.JSONDecodeError as error:
        _refuse(f"{label}:{error.lineno}", f"is not JSON: {error.msg}")
    except ValueError:
        _refuse(label, "holds a number that is too long")
    return _flat(label, text, found)


def _read_toml(label: str, text: str) -> list[Entry]:
    import tomllib

    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"\(at line (\d+).*\)|\(at end of document\)", str(error))
        line = f":{place[1]}" if place and place[1] else ""
        fact = str(error).split(" (at ")[0]
        _refuse(f"{label}{line}", f"is not TOML: {fact[0].lower()}{fact[1:]}")
    except ValueError:
        _refuse(label, "holds a number that is too long")
    return _flat(label, text, found)


def _read_yaml(label: str, text: str) -> list[Entry]:
    import yaml

    try:
        _check_events(label, yaml.parse(text, Loader=yaml.SafeLoader))
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        _refuse(f"{label}:{mark.line + 1}" if mark else label, f"is not YAML: {error.problem}")
    except yaml.YAMLError as error:
        _refuse(label, f"is not YAML: {str(error).splitlines()[0]}")
    if node is None:
        return []
    if not isinstance(node, yaml.MappingNode):
        _refuse(label, "is not a table of answers")
    return _yaml_entries(label, node)


def _check_events(label: str, events: Any) -> None:  # noqa: ANN401 - yaml has no types for it
    depth = 0
    for event in events:
        name = type(event).__name__
        depth += name.endswith("StartEvent") - name.endswith("EndEvent")
        where = f"{label}:{event.start_mark.line + 1}"
        if depth > MAX_NESTING:
            _refuse(where, "is nested too deeply")
        if getattr(event, "anchor", None) or getattr(event, "tag", None):
            _refuse(where, "uses an anchor, an alias or a tag")


def _yaml_entries(label: str, mapping: Any) -> list[Entry]:  # noqa: ANN401
    entries: list[Entry] = []
    for key_node, value_node in mapping.value:
        where = f"{label}:{key_node.start_mark.line + 1}"
        key = _yaml_raw(where, key_node)
        if not isinstance(key, str):
            _refuse(where, "has a key that is not a text")
        if any(entry.key == key for entry in entries):
            _refuse(where, f"`{key}` stands twice")
        entries.append(Entry(key=key, raw=_yaml_raw(where, value_node), where=where))
    return entries


def _yaml_raw(where: str, node: Any) -> Any:  # noqa: ANN401
    """Return what stands in the file: the question decides what ``no`` means, not YAML."""
    import yaml

    if isinstance(node, yaml.ScalarNode):
        return None if node.tag == "tag:yaml.org,2002:null" else node.value
    if isinstance(node, yaml.SequenceNode):
        return [_yaml_raw(where, item) for item in node.value]
    return {str(_yaml_raw(where, key)): _yaml_raw(where, value) for key, value in node.value}


def _flat(label: str, text: str, found: object) -> list[Entry]:
    if not isinstance(found, dict):
        _refuse(label, "is not a table of answers")
    return [Entry(key=key, raw=raw, where=_line_of(label, text, key)) for key, raw in found.items()]


def _line_of(label: str, text: str, key: str, *, last: bool = False) -> str:
    name = re.escape(key)
    pattern = re.compile(rf'^[\s{{,]*["\']?{name}["\']?\s*[:=]|"{name}"\s*:', re.MULTILINE)
    places = list(pattern.finditer(text))
    if not places:
        return label
    return f"{label}:{text.count(chr(10), 0, places[-1 if last else 0].end()) + 1}"


def _refuse(where: str, fact: str) -> NoReturn:
    raise InvalidInput(f"{where}: {fact}" if fact.startswith("`") else f"{where} {fact}", hint=_FORMATS_HINT)


_READERS = {".json": _read_json, ".toml": _read_toml, ".yaml": _read_yaml, ".yml": _read_yaml}
