"""A report cut into parts that a model reads one at a time: whole paragraphs, and sentences where one is too long."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kg.errors import InputError
from kg.read.segment import Document

PART = 6000
"""How much is sent at once, in letters; a character of a script without spaces counts as three, as in tokens."""

MOST = 100
"""Parts of one report at most: what is longer is no report, and would cost without end."""

_BEFORE = 600
"""Code points of the text before a part that are sent with it, to tell who `he` is."""


class Part(NamedTuple):
    """A stretch of a view, by its place, and where the text before it begins that goes with it."""

    start: int
    end: int
    before: int


def parts(document: Document, most: int = PART) -> list[Part]:
    """The parts of a document in order; InputError where they would be more than `MOST`."""
    found: list[Part] = []
    start, size, end = 0, 0, 0
    for first, last in _pieces(document, most):
        weight = _weight(document.text, first, last)
        if size and size + weight > most:
            found.append(_part(document, start, end, len(found)))
            size = 0
        start = start if size else first
        size, end = size + weight, last
    if size:
        found.append(_part(document, start, end, len(found)))
    if len(found) > MOST:
        raise InputError(
            f"the text would take {len(found)} requests, and one report gets {MOST} at most; cut it into reports"
        )
    return found


def halved(document: Document, part: Part) -> tuple[Part, Part] | None:
    """A part as two, cut between sentences near its middle; None where it holds but one."""
    inner = [one for one in document.sentences if part.start < one.start < part.end]
    if not inner:
        return None
    middle = (part.start + part.end) // 2
    cut = min(range(len(inner)), key=lambda number: abs(inner[number].start - middle))
    end = inner[cut - 1].end if cut else max(one.end for one in document.sentences if one.start <= part.start)
    return Part(part.start, end, part.before), _part(document, inner[cut].start, part.end, 1)


def _part(document: Document, start: int, end: int, number: int) -> Part:
    if not number:
        return Part(start, end, start)
    before = max(0, start - _BEFORE)
    return Part(start, end, next((one.start for one in document.sentences if before <= one.start < start), start))


def _pieces(document: Document, most: int) -> Iterator[tuple[int, int]]:
    """Paragraphs, or the sentences of one that is longer than a part."""
    by_paragraph: dict[int, list[tuple[int, int]]] = {}
    for sentence in document.sentences:
        by_paragraph.setdefault(sentence.paragraph, []).append((sentence.start, sentence.end))
    for number, (start, end) in enumerate(document.paragraphs):
        if _weight(document.text, start, end) <= most:
            yield start, end
        else:
            yield from by_paragraph.get(number, [])


def _weight(text: str, start: int, end: int) -> int:
    words = text[start:end]
    return len(words) + 2 * sum("\u2e80" <= sign <= "\u9fff" or sign >= "\U00020000" for sign in words)
