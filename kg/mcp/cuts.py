"""How much of an answer a reader gets: rows and bytes are counted, long texts end in a mark that says so."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

LONGEST_TEXT = 4000
"""Characters that are shown of one text."""

MOST_BYTES = 256 * 1024
"""Bytes of rows in one answer, as JSON; the first row is given whatever its size."""


def cut(value: Any) -> Any:
    """A value as JSON knows it, its long texts cut."""
    if isinstance(value, str):
        return cut_text(value)
    if isinstance(value, list):
        return [cut(item) for item in value]
    if isinstance(value, dict):
        return {name: cut(item) for name, item in value.items()}
    return value


def cut_text(text: str) -> str:
    """A text, or its beginning and how long it is."""
    if len(text) <= LONGEST_TEXT:
        return text
    return f"{text[:LONGEST_TEXT]} … [cut here: {LONGEST_TEXT} of {len(text)} characters]"


def fitting(rows: Iterable[Any], most: int) -> tuple[list[Any], bool]:
    """The first of `rows`: `most` of them, within the bytes of an answer; and whether others follow."""
    taken: list[Any] = []
    left = MOST_BYTES
    for row in rows:
        left -= len(json.dumps(row, ensure_ascii=False).encode())
        if len(taken) == most or (left < 0 and taken):
            return taken, True
        taken.append(row)
    return taken, False
