"""One report taken in: the bytes of its file, its text, what is known of it, and what was found in it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NamedTuple

from kg import formats
from kg.claimed import Given, Reader, Told, find, told
from kg.errors import ParseError
from kg.read import Reading, decode

BESIDE = ".meta.yaml"
"""What the name of the file ends with that says what is known of the report beside it."""

STANDARD_INPUT = "-"


class Source(NamedTuple):
    """A report as it comes: the name of its file, its bytes, and what the file beside it says, where there is one."""

    name: str
    content: bytes
    beside: str | None


class Taken(NamedTuple):
    """A report's text, what is known of it, and what was found in it, where it was read already."""

    text: str
    told: Told
    reading: Reading | None


def source_of(path: Path) -> Source:
    """A report from its file, or from standard input for `-`; InputError where it cannot be read."""
    if str(path) == STANDARD_INPUT:
        return Source(STANDARD_INPUT, sys.stdin.buffer.read(), None)
    content = formats.read_bytes(path)
    beside = path.with_name(path.stem + BESIDE)
    return Source(str(path), content, _words(beside) if beside.is_file() else None)


def take(source: Source, given: Given, reader: Reader | None) -> Taken:
    """A report's text, with what `reader` finds in it where one is given; InputError where it holds no text."""
    text, said = text_of(source.name, source.content)
    known = told(given, source.beside, _beside(source.name), said)
    return Taken(text, known, find(text, source.name, known, reader) if reader else None)


def text_of(name: str, content: bytes) -> tuple[str, dict[str, str]]:
    """The text that offsets refer to, and what a document says of itself; ParseError for bytes that hold no text."""
    from kg import documents

    if Path(name).suffix.lower() in documents.ENDINGS:
        return documents.extract(name, content)
    return decode(content, "standard input" if name == STANDARD_INPUT else name), {}


def _beside(name: str) -> str:
    path = Path(name)
    return str(path.with_name(path.stem + BESIDE)) if name != STANDARD_INPUT else ""


def _words(path: Path) -> str:
    content = formats.read_bytes(path)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ParseError("the bytes are not UTF-8; save the file as UTF-8", str(path), line) from None
