"""A Chinese document as the search for names sees it, and how far a name reaches in it.

A name is read from its end: the ending tells the type, and from there leftwards come words of trade, the name's own
word, and a place; what no name goes across (a mark, a verb, a sum, a day) ends the search.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from kg.read.languages.zh.words import HAN, KEPT, TAKEN, words_of
from kg.read.segment import Document

_REACH = 26
"""Code points to the left of an ending in which its name begins."""
EDGE = re.compile(rf"[^{HAN}A-Za-z·&{KEPT}]")
"""A character that stands in no name."""


class Piece(NamedTuple):
    """A name found: where it stands, its type, and for a name made of parts where its place and its own word end."""

    start: int
    end: int
    type: str
    rule: str
    confidence: float
    parts: tuple[int, int, int] = (0, 0, 0)


class Page:
    """A document with its dates and sums masked and its known places told."""

    def __init__(self, document: Document, taken: list[tuple[int, int]]) -> None:
        self.words = words_of()
        self.document = document
        masked = list(document.folded)
        for start, end in taken:
            masked[start:end] = TAKEN * (end - start)
        self.text = "".join(masked)
        self.masked = self.words.keeps.sub(lambda found: KEPT * len(found[0]), self.text)
        self.masked = self.words.sounding.sub(KEPT, self.masked)
        self.place_at: dict[int, int] = dict(self._gazetteer())

    def _gazetteer(self) -> Iterator[tuple[int, int]]:
        """Where known places begin: where each ends with its class word."""
        words, text = self.words, self.text
        at, size = 0, len(self.text)
        while at < size - 1:
            if text[at : at + 2] in words.heads:
                end = self._known_place(at)
                if end:
                    name = text[at:end]
                    class_end = self._class_end(name, end)
                    if len(name) > 2 or class_end > end or name not in words.small:
                        yield at, class_end
                        at = class_end
                        continue
            at += 1

    def _known_place(self, at: int) -> int:
        for length in range(min(self.words.most, len(self.text) - at), 1, -1):
            if self.text[at : at + length] in self.words.places:
                return at + length
        return 0

    def _class_end(self, name: str, end: int) -> int:
        if name in self.words.countries and name not in ("香港", "澳门", "蒙古"):
            return end
        found = self.words.class_word.match(self.text, end)
        if (
            found is None
            or name[-1] in "省市县区州国"
            or self.text.startswith(("场", "委", "长", "值", "区域"), found.end())
        ):
            return end
        if (
            found[0] in ("区", "港", "府", "湾", "州", "村", "乡")
            and self.text[found.end() : found.end() + 1] in "域口内外务元币股商企"
        ):
            return end
        return found.end()

    def chain(self, at: int) -> int:
        """Where a chain of places that begins here ends; `at` itself where none does."""
        while at in self.place_at:
            at = self.place_at[at]
        return at

    def place_before(self, end: int) -> int | None:
        """Where the chain of places that ends here begins."""
        begun: int | None = None
        at = end
        for _ in range(4):
            start = next((at - n for n in range(2, 12) if at - n >= 0 and self.place_at.get(at - n) == at), None)
            if start is None:
                break
            begun = at = start
        return begun

    def low(self, tail: int, reach: int = _REACH) -> int:
        """Where the stretch that ends in a tail begins, as far left as a name may reach."""
        low = tail
        while low > max(0, tail - reach) and not EDGE.match(self.masked[low - 1]):
            low -= 1
        return low

    def start(self, tail: int, breaks: re.Pattern[str]) -> int:
        """Where the name that ends in a tail begins, from the last word before it that no name goes across."""
        low = self.low(tail)
        return max((stop.end() for stop in breaks.finditer(self.masked, low, tail)), default=low)

    def without_leads(self, start: int, tail: int) -> int:
        """The start without what describes a firm: a country it is from, its size, who owns it."""
        for _ in range(4):
            if start in self.place_at:
                stop = self.place_at[start]
                name = self.text[start:stop]
                rest = self.text[stop:tail]
                is_state = name in self.words.countries or name in self.words.wide
                if not is_state or name in ("香港", "澳门", "台湾") or not rest or self.words.plain.fullmatch(rest):
                    return start
                start = stop
                continue
            lead = self.words.leads.match(self.text, start, tail)
            if lead is None or tail - lead.end() < 2:
                return start
            if len(lead[0]) == 1 and not (
                lead[0] in "商另而" or self.words.places & {self.text[lead.end() : lead.end() + 2]}
            ):
                return start
            start = lead.end()
        return start

    def core_end(self, start: int, tail: int) -> int:
        """Where a name's own word ends and its words of trade begin."""
        for at in range(start + 2, tail):
            if re.fullmatch(f"(?:{self.words.trade.pattern})+", self.text[at:tail]):
                return at
        return tail

    def used(self, found: Iterable[Piece]) -> bytearray:
        """A byte for each character: 1 where one of the pieces stands."""
        used = bytearray(len(self.text))
        for one in found:
            used[one.start : one.end] = b"\1" * (one.end - one.start)
        return used

    def begins_plain(self, words: str) -> bool:
        """Whether words begin with what names no single thing: a trade, a domain, a generic word."""
        found = self.words.plain.match(words)
        return found is not None and found.end() > 0
