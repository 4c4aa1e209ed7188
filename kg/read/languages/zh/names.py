"""Names in Chinese, a script without spaces and capitals: all kinds of them found, and put together."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache

from kg.read import lexicon
from kg.read.languages.zh import events, firms, organizations, persons, places, shortenings
from kg.read.languages.zh.page import Page, Piece
from kg.read.languages.zh.words import HAN
from kg.read.model import COMPANY, PERSON, PLACE
from kg.read.names import Mention
from kg.read.segment import Document


def mentions(document: Document, taken: list[tuple[int, int]]) -> list[Mention]:
    """The mentions of names in a document, in order, each under the fullest name of what it means.

    What overlaps `taken` (dates, sums) is none.
    """
    page = Page(document, taken)
    found = _disjoint(
        [
            *events.events(page),
            *firms.coded(page),
            *firms.known(page),
            *firms.by_ending(page),
            *organizations.by_ending(page),
            *organizations.media(page),
            *firms.quoted(page),
            *firms.sounding(page),
            *persons.latin(page),
            *firms.bare(page),
        ]
    )
    begun = {one.start for one in found if one.type == COMPANY}
    found = [one for one in found if one.end not in begun or one.rule != "name-company-tail"]
    known = [Piece(at, end, PLACE, "", 1.0) for at, end in page.place_at.items() if end - at > 2]
    people = list(persons.persons(page))
    found += _disjoint(
        [
            *_clear([one for one in people if one.rule == "name-dot"], found),
            *_clear([one for one in people if one.rule != "name-dot"], [*found, *known]),
        ]
    )
    found += shortenings.mentions_of(page, found, page.used(found))
    return _named(page, found) + places.places(page, found)


def _named(page: Page, found: list[Piece]) -> list[Mention]:
    """Each piece under the fullest name of what it means; people also by surname and title."""
    fullest: dict[tuple[str, str], Piece] = {}
    order = sorted(found, key=lambda one: (one.start - one.end, one.start))
    for one in order:
        for short in shortenings.shorter(page, one) if one.rule != "name-short" else ():
            fullest.setdefault((short, one.type), one)
    for short, one in shortenings.defined(page, [one for one in found if one.rule != "name-short"]):
        fullest[short, one.type] = one
    surnames = _surnames(page, found)
    named: list[Mention] = []
    for one in found:
        words = page.text[one.start : one.end]
        home = fullest.get((words, one.type), one)
        kind = one.type or COMPANY
        named.append(Mention(one.start, one.end, _name(page, home), kind, one.rule, one.confidence))
    used = page.used(found)
    for match in _surname_pattern(frozenset(surnames), page.words.suffix.pattern, page.words.say.pattern).finditer(
        page.text
    ):
        start, end = match.start(), match.end()
        if used.find(1, start, end) < 0:
            home = surnames[match["surname"] or match["familiar"]]
            named.append(Mention(start, end, _name(page, home), PERSON, "name-surname", 0.8))
    return sorted(named)


def _name(page: Page, one: Piece) -> str:
    return page.document.text[one.start : one.end]


def _surnames(page: Page, found: list[Piece]) -> dict[str, Piece]:
    """Surnames that only one person in the report has."""
    people: dict[str, dict[str, Piece]] = defaultdict(dict)
    for one in found:
        name = page.text[one.start : one.end]
        surname = page.words.surname.match(name)
        if one.type == PERSON and one.rule != "name-short" and surname and "·" not in name:
            people[surname[0]].setdefault(name, one)
    return {surname: next(iter(named.values())) for surname, named in people.items() if len(named) == 1}


@cache
def _surname_pattern(surnames: frozenset[str], suffix: str, say: str) -> re.Pattern[str]:
    """A surname with a title after it, or one that speaks."""
    if not surnames:
        return re.compile("(?!)")
    return re.compile(
        rf"(?:(?<![{HAN}·])|(?<=[按据对和与向问由]))(?P<surname>{lexicon.any_of(surnames)})(?:(?:{suffix})|(?={say}))"
        rf"|(?<![{HAN}])[老小阿](?P<familiar>{lexicon.any_of(surnames)})(?=[的在对和是有也又就，]|{say})"
    )


def _disjoint(pieces: Iterable[Piece]) -> list[Piece]:
    """Of pieces that overlap the surest, and of those the longest."""
    kept: list[Piece] = []
    used: set[int] = set()
    for one in sorted(pieces, key=lambda one: (-one.confidence, one.start - one.end, one.start)):
        span = range(one.start, one.end)
        if one.end > one.start and not any(at in used for at in span):
            kept.append(one)
            used.update(span)
    return sorted(kept)


def _clear(pieces: list[Piece], found: list[Piece]) -> list[Piece]:
    """Pieces that overlap nothing found."""
    used = {at for one in found for at in range(one.start, one.end)}
    return [one for one in pieces if not any(at in used for at in range(one.start, one.end))]
