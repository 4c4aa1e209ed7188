"""Text on a terminal: rows as a table that fits its width, and nothing in it that could drive the terminal."""

from __future__ import annotations

import os
import re
import sys
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from kg.result import Result, Row, clean, text_of

__all__ = ["clean", "columns", "receipt", "receipts", "table", "width", "wrap"]

_GAP = "  "
_NARROWEST = 8
_WORD = 14
"""A column may get as narrow as its longest word, or as this: longer words are broken."""

_QUOTES = "“”\"'‘「『"


def width() -> int:
    """The width to write to: the terminal's, or 100 where there is none."""
    given = os.environ.get("COLUMNS", "")
    if given.isdigit():
        return max(40, int(given))
    try:
        return max(40, os.get_terminal_size(sys.stdout.fileno()).columns)
    except (OSError, ValueError, AttributeError):
        return 100


def table(result: Result, line_width: int) -> Iterable[str]:
    """The rows as lines: a table where its columns fit, else each row as a list; after each row its receipts."""
    shown = [name for name in result.columns if _is_shown(name, result)]
    cells = [[clean(text_of(row[name])) for name in shown] for row in result]
    widths = _widths(shown, cells, line_width)
    if widths:
        yield from _lines([shown], widths)
        yield _GAP.join("─" * size for size in widths)
    for row, texts in zip(result, cells, strict=True):
        yield from _lines([texts], widths) if widths else _record(shown, texts, line_width)
        for receipt in receipts(row):
            yield from wrap(receipt, line_width, "    ")
        if row.get("sources") or not widths:
            yield ""


def receipts(row: Row) -> Iterable[str]:
    """A row's receipts in words."""
    return map(receipt, row.get("sources") or ())


def receipt(source: Mapping[str, Any]) -> str:
    """A receipt in words: publisher, date, and the sentence or the fact that is cited."""
    publisher = source["publisher"] or "publisher unknown"
    head = ", ".join(part for part in (publisher, source["date"]) if part)
    if source["sentence"]:
        says = source["sentence"] if source["sentence"][0] in _QUOTES else f"“{source['sentence']}”"
    elif source["cites"]:
        says = f"fact {source['cites']} of the list (our words) {source['url'] or ''}"
    else:
        says = source["url"] or ""
    return clean(f"— {head}: {says}".rstrip(": "))


def wrap(text: str, line_width: int, indent: str = "") -> list[str]:
    """`text` broken into lines of at most `line_width` columns, at spaces where there are any."""
    room = max(_NARROWEST, line_width - columns(indent))
    lines: list[str] = []
    line, used = "", 0
    for word in _words(text, room):
        size = columns(word)
        if used and used + size > room:
            lines.append(line.rstrip())
            line, used = "", 0
            word = word.lstrip()
            size = columns(word)
        line, used = line + word, used + size
    lines.append(line.rstrip())
    return [indent + line for line in lines]


def columns(text: str) -> int:
    """How many columns of a terminal `text` takes."""
    return len(text) if text.isascii() else sum(map(_column, text))


@cache
def _column(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def _words(text: str, room: int) -> Iterable[str]:
    """Pieces after which a line may break: words with the space before them, wide characters, parts of long words."""
    for word in re.findall(r"\s*\S+", text):
        if word.isascii() and len(word) <= room:
            yield word
            continue
        piece, used = "", 0
        for char in word:
            size = _column(char)
            if piece.strip() and (size == 2 or used + size > room):
                yield piece
                piece, used = "", 0
            piece, used = piece + char, used + size
        yield piece


def _is_shown(name: str, result: Result) -> bool:
    """Whether a column goes into a table: not what receipts say, nor IRIs beside labels, nor what is empty."""
    if not result.tabled.get(name, True):
        return False
    if "sources" in result.columns and name not in result.tabled:
        if name in ("sources", "claim", "correction") or name == "report" != result.columns[0]:
            return False
        if name == "printed" and "qualifier" in result.columns:
            return False
    if name.endswith("_iri") and name.removesuffix("_iri") in result.columns:
        return False
    return any(row[name] not in (None, [], "") for row in result)


def _record(names: Sequence[str], texts: Sequence[str], line_width: int) -> Iterable[str]:
    """One row as a list of its columns, the empty ones left out."""
    margin = max(map(columns, names), default=0) + len(_GAP)
    for name, text in zip(names, texts, strict=True):
        if text:
            first, *rest = wrap(text, line_width - margin)
            yield name + " " * (margin - columns(name)) + first
            yield from (" " * margin + line for line in rest)


def _widths(names: Sequence[str], cells: Sequence[Sequence[str]], line_width: int) -> list[int]:
    """Column widths: as wide as needed where that fits, else the widest give way; none where too little is left."""
    every = [[name, *(row[i] for row in cells)] for i, name in enumerate(names)]
    natural = [max(map(columns, texts)) for texts in every]
    least = [
        min(size, max([_NARROWEST, *(_least(word) for text in texts for word in text.split())]))
        for size, texts in zip(natural, every, strict=True)
    ]
    room = line_width - len(_GAP) * (len(names) - 1)
    if sum(least) > room:
        return []
    widths = list(natural)
    while sum(widths) > room:
        able = [i for i, size in enumerate(widths) if size > least[i]]
        widths[max(able, key=lambda i: widths[i])] -= 1
    return widths


def _least(word: str) -> int:
    """How narrow a column may get for a word's sake: numbers and dates are not broken."""
    size = columns(word)
    return min(size, _WORD) if any(char.isalpha() for char in word) else min(size, 2 * _WORD)


def _lines(rows: Iterable[Sequence[str]], widths: Sequence[int]) -> Iterable[str]:
    for row in rows:
        wrapped = [wrap(cell, size) for cell, size in zip(row, widths, strict=True)]
        for number in range(max(map(len, wrapped), default=0)):
            parts = [lines[number] if number < len(lines) else "" for lines in wrapped]
            padded = [part + " " * (size - columns(part)) for part, size in zip(parts, widths, strict=True)]
            yield _GAP.join(padded).rstrip()
