"""YAML as nodes that remember their line: mappings, lists and plain strings, with nothing guessed (`no` is a word)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

import yaml

from kg.errors import ParseError

Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_MAX_DEPTH = 32
_PLAINER = {"": "this is not YAML", "but found another document": "a file holds one document; remove the line ---"}


@dataclass(frozen=True)
class Scalar:
    """A string as written, and where."""

    value: str
    line: int
    column: int


@dataclass(frozen=True)
class Items:
    """A list, and where it starts."""

    items: tuple[Node, ...]
    line: int
    column: int


@dataclass(frozen=True)
class Mapping:
    """Keys and values in their order, and where it starts; each key comes once."""

    entries: dict[str, Node]
    keys: dict[str, Scalar]
    line: int
    column: int


Node: TypeAlias = Scalar | Items | Mapping


def load(text: str, source: str) -> Node:
    """The one document of a YAML text; ParseError with line and column for what is not YAML of this plain sort."""
    try:
        _refuse_hostile(text, source)
        root = yaml.compose(text, Loader=Loader)
    except yaml.MarkedYAMLError as error:
        raise _error(_PLAINER.get(error.problem or "", error.problem or ""), source, error.problem_mark) from None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise ParseError(f"the character U+{_code(error.character):04X} is not allowed in YAML", source, line) from None
    except (yaml.YAMLError, ValueError) as error:
        raise ParseError(str(error), source) from None
    if root is None:
        raise ParseError("the file says nothing", source, 1)
    return _node(root, source)


def _refuse_hostile(text: str, source: str) -> None:
    """Refuse aliases, with which a short text stands for a long one, and nesting that would exhaust the parser."""
    depth = 0
    for event in yaml.parse(text, Loader=Loader):
        if isinstance(event, yaml.AliasEvent):
            raise _error("aliases (*name) are not used here; write it out", source, event.start_mark)
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > _MAX_DEPTH:
            raise _error(f"nested more than {_MAX_DEPTH} levels deep, which no report needs", source, event.start_mark)


def _code(character: str | int) -> int:
    return character if isinstance(character, int) else ord(character)


def _node(node: yaml.Node, source: str) -> Node:
    line, column = node.start_mark.line + 1, node.start_mark.column + 1
    if isinstance(node, yaml.ScalarNode):
        return Scalar(node.value, line, column)
    if isinstance(node, yaml.SequenceNode):
        return Items(tuple(_node(item, source) for item in node.value), line, column)
    entries: dict[str, Node] = {}
    keys: dict[str, Scalar] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise _error("a key must be a plain word", source, key.start_mark)
        if key.value in entries:
            raise _error(f"the key {key.value!r} stands twice", source, key.start_mark)
        entries[key.value] = _node(value, source)
        keys[key.value] = Scalar(key.value, key.start_mark.line + 1, key.start_mark.column + 1)
    return Mapping(entries, keys, line, column)


def _error(reason: str, source: str, mark: Any) -> ParseError:
    return ParseError(reason, source, mark.line + 1 if mark else None, mark.column + 1 if mark else None)
