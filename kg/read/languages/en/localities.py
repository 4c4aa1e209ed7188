"""Which place a report means by `the village`, `the port city` and `town`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.read.coded import Item
from kg.read.languages.en.patterns import find
from kg.read.model import PLACE
from kg.read.places import gazetteer
from kg.read.segment import Document

_CALLED = 40
"""Characters beside a place's name in which it may be called a city, a port, a village."""
_PREPOSITION = 9
"""Characters before a place in which its preposition stands, or the sentence before it ends."""
_REMEMBERED = 12
"""Places named last, of which one is meant."""


def is_broad(name: str) -> bool:
    """Whether a place is a country or a region, within which a closer one may be told."""
    return name in _broad() or name.endswith((" State", " Province", " Region", " County"))


@cache
def _broad() -> frozenset[str]:
    known = gazetteer("en")
    return known.countries | known.regions


def localities(document: Document, items: list[Item]) -> Iterator[Item]:
    """What `in the village` and `on the edge of town` mean, as items: the place called so, else the town named last."""
    places: list[Item] = []
    at = 0
    for match in find("locality").finditer(document.text):
        while at < len(items) and items[at].end <= match.start():
            if items[at].kind == PLACE:
                places = [*places, items[at]][-_REMEMBERED:]
            at += 1
        if not find("place before").search(document.text, max(0, match.start() - _PREPOSITION), match.start()):
            continue
        noun = match["noun"] or "town"
        called = next((one for one in reversed(places) if _is_called(document.text, one, noun)), None)
        meant = called or (_town(document.text, places) if noun in ("city", "town", "village", "port") else None)
        if meant is not None:
            yield Item(match.start("what"), match.end("what"), PLACE, meant.thing)


def _is_called(text: str, place: Item, noun: str) -> bool:
    """Whether the words beside a place call it by a noun: `the village of B`, `B, a port city in A`, `B City`."""
    before, after = text[max(0, place.start - _CALLED) : place.start], text[place.end : place.end + _CALLED]
    if place.thing.name.lower().endswith(" " + noun):
        return True
    if re.search(rf"\b{noun}(?: of)? (?:the )?$", before):
        return True
    return re.match(rf",? (?:an?|the|its) (?:[\w’'-]+ ){{0,4}}{noun}\b| {noun}\b", after) is not None


def _town(text: str, places: list[Item]) -> Item | None:
    """The last place named that something is in or at and that is no country; at a report's head its dateline."""
    towns = [one for one in places if not is_broad(one.thing.name)]
    located = (one for one in reversed(towns) if _is_located(text, one))
    return next(located, None) or (towns[-1] if towns and len({one.thing.name for one in towns}) == 1 else None)


def _is_located(text: str, place: Item) -> bool:
    before = text[max(0, place.start - 30) : place.start]
    return find("located").search(before) is not None or "\n" in text[max(0, place.start - 2) : place.start]
