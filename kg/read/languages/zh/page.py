"""A Chinese document as the search for names sees it, and how far a name reaches in it.

A name is read from its end: the ending tells the type, and from there leftwards come words of trade, the name's own
word, and a place; what no name goes across (a mark, a verb, a sum, a day) ends the search.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from kg.read.languages.zh.divisions import bare
from kg.read.languages.zh.words import HAN, KEPT, TAKEN, words_of
from kg.read.segment import Document

_REACH = 26
"""Code points to the left of an ending in which its name begins."""
_AROUND = 3000
"""Code points before and after a name in which it is looked for again, so that a long text takes no longer."""
_TOWN = re.compile("街道|[镇乡]")
"""What makes a town within another place of a part of the world: `south-west`."""
_CLASSED = re.compile("..[省市县区州镇乡]$")
"""A place that has its class word, so that a zone after it is another."""
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
        self.shorter: dict[Piece, list[str]] = {}
        """What each name found may be shortened to, once that was asked for."""
        self.zones: dict[int, int] = {}
        """Where a zone begins, and where the city that it is called by ends."""
        self.abroad: set[str] = set()
        """Places told by their sounds and class word behind another, which may stand alone elsewhere."""
        self.place_at: dict[int, int] = dict(self._gazetteer())
        self._name_again()
        self.inside = {at for start, end in self.place_at.items() for at in range(start + 1, end)}
        """Positions within known places, at which no other name begins."""

    def _gazetteer(self) -> Iterator[tuple[int, int]]:
        """Where known places begin: where each ends with its class word."""
        words, text = self.words, self.text
        local = {bare(name) for name in self._divisions()} - words.common
        heads = [at for at in range(len(text) - 1) if text[at : at + 2] in words.heads] + [len(text)]
        at, last = heads[0], (0, 0)
        while at < len(text) - 1:
            end = self._division_under(text[slice(*last)], at) if last[1] == at else 0
            if last[1] == at and not end and (end := self._sounding_end(at)):
                self.abroad.add(text[at:end])
            if not end and text[at : at + 2] in words.heads:
                end = self._known_place(at)
                name = text[at:end]
                class_end = self._class_end(name, end) if end else 0
                is_small = len(name) == 2 and name in words.small and name not in local
                is_led = text[at - 1 : at] in ("在", "赴", "抵", "往") and name not in words.common
                end = 0 if is_small and class_end == end and not is_led else class_end
            if not end:
                at = heads[bisect_right(heads, at)]
                continue
            start = at - 1 if self._is_parted(at, end, last[1]) else at
            end += text[end - 1] == "海" and text.startswith("岸", end) and not text.startswith("岸线", end)
            if text[at:end] in words.wide and (town := _TOWN.match(text, end)) and last[1] == at:
                end = town.end()
            zone = words.zone.match(text, end)
            if zone is not None and text[at:end] not in words.countries and not _CLASSED.search(text, at, end):
                self.zones[start] = end
                end = zone.end()
            yield start, end
            last = (at, end)
            at = end

    def _name_again(self) -> None:
        """A place told by its sounds is meant wherever its name stands, even where its end is a place of China."""
        for name in self.abroad:
            at = self.text.find(name)
            while at >= 0:
                for inner in range(at, at + len(name)):
                    self.place_at.pop(inner, None)
                self.place_at[at] = at + len(name)
                at = self.text.find(name, at + len(name))

    def _divisions(self) -> Iterator[str]:
        """The full names of China's counties, cities and districts that the text holds."""
        for match in re.finditer("[市县区旗]", self.text):
            for length in (3, 4, 5, 2):
                name = self.text[max(0, match.end() - length) : match.end()]
                if name in self.words.divisions:
                    yield name

    def _division_under(self, above: str, at: int) -> int:
        """Where a division of China ends that begins here, right after the one that it lies in; or 0."""
        parents = {above, bare(above)}
        for length in (5, 4, 3, 2):
            if parents & self.words.under.get(self.text[at : at + length], frozenset()):
                end = self._class_end(self.text[at : at + length], at + length)
                is_firm = end == at + length and bool(self.words.trade.match(self.text, end))
                return 0 if is_firm else end
        return 0

    def _sounding_end(self, at: int) -> int:
        """Where a place from abroad with a class word ends that begins here, right after another place; or 0."""
        found = self.words["sounding division"].match(self.text, at)
        if found is None or found["name"] in self.words.common:
            return 0
        return found.end("name") + 1

    def _is_parted(self, at: int, end: int, last: int) -> bool:
        """Whether a word for a part or a side (`north`, `new`) before a place with a class word belongs to its name."""
        if at == 0 or self.text[at - 1] not in "新东西南北中上下大" or self.text[end - 1] not in "省州邦县郡":
            return False
        return (
            at - 1 == last
            or not re.match(f"[{HAN}]", self.text[at - 2 : at - 1])
            or self.text[at - 2] in "在到于赴往与和、"
        )

    def _known_place(self, at: int) -> int:
        words, text = self.words, self.text
        for length in range(min(words.most, len(text) - at), 1, -1):
            if text[at : at + length] in words.places:
                end = at + length
                return 0 if length == 2 and self._is_chance(at, end) else end
        return 0

    def _is_chance(self, at: int, end: int) -> bool:
        """Whether two characters that make a place belong to other words: each side's, or a longer name's."""
        text, before = self.text, self.text[at - 1 : at]
        if (
            before == "家"
            and text[at:end] == "中国"
            and text[at - 2 : at - 1] in tuple("这那该一两三四五六七八九十多几数各每")
        ):
            return False
        if text[at - 1 : at + 1] in self.words.common and text[end - 1 : end + 1] in self.words.common:
            return True
        return (
            text[end - 1] in "县区市"
            and re.match(f"[{HAN}]", before) is not None
            and not self.words.breaks.search(before)
            and before not in "省市州区"
        )

    def _class_end(self, name: str, end: int) -> int:
        if name in self.words.countries and name not in ("香港", "澳门", "蒙古"):
            return end
        found = self.words.class_word.match(self.text, end)
        if (
            found is None
            or (found[0] == "区" and name in self.words.wide)
            or name[-1] in "省市县区国"
            or (name[-1] == "州" and len(name) > 2)
            or self.text.startswith(("场", "委", "长", "值", "区域"), found.end())
        ):
            return end
        if (
            found[0] in ("区", "港", "府", "湾", "州", "村", "乡")
            and self.text[found.end() : found.end() + 1] in "域口内外务元币股商企湾"
            and not self._known_place(found.end())
            and self.text[found.end() : found.end() + 3] not in self.words.under
        ):
            return end
        if found[0] in ("湾", "群岛", "港") and (zone := self.words.class_word.match(self.text, found.end())):
            return zone.end() if len(zone[0]) > 1 else found.end()
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
        stops = [one for one in breaks.finditer(self.masked, low, tail) if not self._is_of_name(one)]
        while stops and len(stops[-1][0]) == 1 and self._own_length(stops[-1].end(), tail) == 1:
            stops.pop()
        return stops[-1].end() if stops else low

    def _is_of_name(self, found: re.Match[str]) -> bool:
        """Whether a break is part of a name by its sounds, right behind the place that it is from."""
        if len(found[0]) == 1 and found.start() in self.inside and found.end() in self.inside:
            return True
        if found[0] not in ("里", "得", "让", "多"):
            return False
        at, signs = found.start(), self.words.sound_signs
        is_sounding = at > 1 and self.text[at - 1] in signs and self.text[at - 2] in signs
        if is_sounding and self.text[at - 1 : at + 1] not in self.words.common:
            return True
        return self.place_before(at) is not None

    def _own_length(self, start: int, tail: int) -> int:
        """How many characters of a stretch stand before the words of trade at its end."""
        return next(
            (at - start for at in range(start, tail) if self.words.trades.fullmatch(self.text, at, tail)), tail - start
        )

    def from_place(self, start: int, tail: int) -> int:
        """The start of a name that ends in a tail: at the last place before its own word, where one stands within."""
        inside = [at for at in range(start + 1, tail - 2) if at in self.place_at and at not in self.inside]
        for at in reversed(inside):
            if self.place_at.get(at - 1) == at or any(
                self.place_at.get(one) == at for one in range(max(start, at - 9), at)
            ):
                continue
            rest = self.text[self.chain(at) : tail]
            if len(rest) > 1 and not self.words.plain.fullmatch(rest):
                return at
        plain = self.words.plain.match(self.text, start, tail)
        if plain is not None and plain.end() - start > 2 and self.core_end(plain.end(), tail) - plain.end() in (2, 3):
            own = self.text[plain.end() : self.core_end(plain.end(), tail)]
            return start if {own[:2], own[-2:]} & self.words.common else plain.end()
        return start

    def without_leads(self, start: int, tail: int) -> int:
        """The start without what describes a firm: a country it is from, its size, who owns it."""
        for _ in range(4):
            dealer = self.words.dealer.match(self.text, start, tail)
            if (
                dealer
                and tail - dealer.end() > 1
                and self.text[dealer.end() - 1 : dealer.end() + 1] not in self.words.common
            ):
                start = dealer.end()
            if start in self.place_at:
                stop = self.place_at[start]
                name = self.text[start:stop]
                rest = self.text[stop:tail]
                is_water = name[-1] in "海江河湖湾洋"
                is_state = name in self.words.countries or (name in self.words.wide and not is_water)
                if not is_state or name in ("香港", "澳门") or not rest or self.words.plain.fullmatch(rest):
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
            if self.words.trades.fullmatch(self.text, at, tail):
                return at
        return tail

    def used(self, found: Iterable[Piece]) -> bytearray:
        """A byte for each character: 1 where one of the pieces stands."""
        used = bytearray(len(self.text))
        for one in found:
            used[one.start : one.end] = b"\1" * (one.end - one.start)
        return used

    def times(self, start: int, end: int) -> int:
        """How often these characters stand in the text around."""
        return self.text.count(self.text[start:end], max(0, start - _AROUND), start + _AROUND)

    def begins_plain(self, words: str) -> bool:
        """Whether words begin with what names no single thing: a trade, a domain, a generic word."""
        found = self.words.plain.match(words)
        return found is not None and found.end() > 0
