"""Events in Chinese, by their ending and their number."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.read.languages.zh.page import Page, Piece
from kg.read.model import EVENT


def events(page: Page) -> Iterator[Piece]:
    """Events, told by how they end: numbered ones from their number, others from a place or what ends a name."""
    for match in page.words.event.finditer(page.text):
        low = match.start()
        while low > max(0, match.start() - 30) and page.words["in event"].match(page.text[low - 1]):
            low -= 1
        words = page.document.folded[low : match.start()]
        numbered = list(page.words["numbered"].finditer(words))
        if numbered:
            start = low + numbered[-1].start()
        else:
            stops = [*page.words.breaks.finditer(page.masked, low, match.start())]
            stops += [stop for stop in page.words.verb.finditer(page.text, low, match.start()) if len(stop[0]) > 1]
            cut = max((stop.end() for stop in stops), default=low)
            joined = _joined_places(page, match.start())
            start = joined if joined is not None else cut
            bare = page.text[start : match.start()]
            rest = page.text[max(start, page.chain(start)) : match.start()]
            if (start == page.chain(start) and (len(bare) < 4 or page.words.event_words.fullmatch(bare))) or not rest:
                continue
            if match[0] in ("展", "仪式", "签约仪式", "座谈会", "大赛") or len(rest) < 2:
                continue
        if match.end() - start < 5 or (match[0] == "展" and page.text[match.start() - 1] in "进发拓开扩参布伸施延"):
            continue
        yield Piece(start, match.end(), EVENT, "name-event-tail", 0.93, (start, match.start(), match.start()))


def _joined_places(page: Page, tail: int) -> int | None:
    """Where places joined by a dash begin that stand in an event's name."""
    for match in re.finditer(r"[—–\-－]{1,2}", page.document.folded[max(0, tail - 24) : tail]):
        at = max(0, tail - 24) + match.start()
        if at + len(match[0]) in page.place_at:
            return page.place_before(at)
    return None
