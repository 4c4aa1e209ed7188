"""A sentence in which each thing already found (a name, a sum, a day, a quotation) is one character of its own.

Rules over such a sentence are short regular expressions: `{COMPANY} will build a plant in {PLACE}`. The characters
come from a private plane of Unicode; a `View` never holds one, so that a text cannot forge what was found.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from kg.read.model import COMPANY, COUNT, EVENT, MONEY, ORGANIZATION, PERCENT, PERSON, PLACE
from kg.read.segment import Sentence

_FIRST = 0xF0000
_ROOM = 0x1000
NAME, DATE, QUOTE = "Name", "date", "quote"
KINDS = (PERSON, COMPANY, ORGANIZATION, PLACE, EVENT, NAME, MONEY, PERCENT, COUNT, DATE, QUOTE)
_FIRSTS = {kind: _FIRST + place * _ROOM for place, kind in enumerate(KINDS)}


class Item(NamedTuple):
    """A thing found: its place in the view, its kind, and the thing itself."""

    start: int
    end: int
    kind: str
    thing: Any


def code_class(*kinds: str) -> str:
    """What a regular expression's set holds (without the brackets) to match things of these kinds."""
    firsts = (_FIRSTS[kind] for kind in kinds)
    return "".join(f"{chr(first)}-{chr(first + _ROOM - 1)}" for first in firsts)


MACROS = {kind.upper(): f"[{code_class(kind)}]" for kind in KINDS} | {
    "FIRM": f"[{code_class(COMPANY, ORGANIZATION)}]",
    "ACTOR": f"[{code_class(PERSON, COMPANY, ORGANIZATION)}]",
    "PARTY": f"[{code_class(PERSON, COMPANY, ORGANIZATION, PLACE)}]",
    "ANY": f"[{code_class(*KINDS)}]",
}
"""What rules may write in braces: a kind, or a group of kinds."""


def by_sentence(sentences: Iterable[Sentence], items: Sequence[Item]) -> Iterator[tuple[Sentence, Sequence[Item]]]:
    """Each sentence with the items that touch it; both come in their order in the text."""
    at = 0
    for sentence in sentences:
        while at < len(items) and items[at].end <= sentence.start:
            at += 1
        last = at
        while last < len(items) and items[last].start < sentence.end:
            last += 1
        yield sentence, items[at:last]


class Coded:
    """A stretch of a text with its items coded; positions in `text` lead back to those in the view."""

    def __init__(self, folded: str, start: int, end: int, items: Iterable[Item]) -> None:
        self.start, self.end = start, end
        self.items: list[Item] = []
        self._starts = [0]
        self._shifts = [start]
        parts: list[str] = []
        done, length = start, 0
        for item in items:
            if item.start < done or item.end > end or len(self.items) >= _ROOM:
                continue
            parts += (folded[done : item.start], chr(_FIRSTS[item.kind] + len(self.items)))
            length += item.start - done + 1
            done = item.end
            self.items.append(item)
            self._starts += (length - 1, length)
            self._shifts += (item.start - length + 1, done - length)
        parts.append(folded[done:end])
        self.text = "".join(parts)

    def back(self, position: int) -> int:
        """The position in the view of a position in the coded text."""
        return position + self._shifts[bisect_right(self._starts, position) - 1]

    def item(self, character: str) -> Item:
        """The thing that a character stands for."""
        return self.items[(ord(character) - _FIRST) % _ROOM]

    def add(self, item: Item) -> str:
        """A character for a thing of another sentence, which this one means by a word."""
        self.items.append(item)
        return chr(_FIRSTS[item.kind] + len(self.items) - 1)

    def found(self, words: str, *kinds: str) -> list[Item]:
        """The things of these kinds in a part of the coded text, in order."""
        return [self.item(sign) for sign in re.findall(f"[{code_class(*kinds)}]", words)]
