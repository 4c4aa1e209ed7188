"""Names in Chinese, a script without spaces and capitals: all kinds of them found, and put together."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from kg.read import lexicon
from kg.read.languages.zh import events, firms, latin, organizations, persons, places, shortenings
from kg.read.languages.zh.page import Page, Piece
from kg.read.languages.zh.words import HAN
from kg.read.model import COMPANY, PERSON, PLACE
from kg.read.names import Mention
from kg.read.segment import Document

_DIVISION = re.compile(
    "(?P<of>..+?)(?:海外|国际业务|国内|亚太区?|中国区|大中华区|欧洲|北美|东南亚|华东|华南|华北|西南)(?:分?公司|总部|事业部)"
)
"""A part of a firm for some of the world, called by the firm's shorter name."""
_MOST_FIRMS = 300
"""Full names that a firm without an ending is held against, so that the time stays in proportion to the names."""
_UNSURE = frozenset(["name-courtesy", "name-saying", "name-introduced"])
"""Rules for persons that give way to the short name of a firm."""
_NEVER = re.compile("(?!)")
_LED = re.compile("[按据对和与向问由]$")
_IN_NAME = re.compile(f"[{HAN}·]")
_HAN_SIGN = re.compile(f"[{HAN}]")
_FAMILIAR_GOES_ON = re.compile("[的在对和是有也又就，]")


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
            *latin.names(page),
            *firms.by_trade(page),
        ]
    )
    begun = {one.start for one in found if one.type == COMPANY}
    found = [one for one in found if one.end not in begun or one.rule != "name-company-tail"]
    known = [Piece(at, end, PLACE, "", 1.0) for at, end in page.place_at.items() if end - at > 2]
    called = {short for one in found if one.type == COMPANY for short in shortenings.shorter(page, one)}
    people = [
        one
        for one in persons.persons(page)
        if not _is_nobody(page, one) and (one.rule not in _UNSURE or page.text[one.start : one.end] not in called)
    ]
    found += _disjoint(
        [
            *_clear([one for one in people if one.rule == "name-dot"], found),
            *_clear([one for one in people if one.rule != "name-dot"], [*found, *known]),
        ]
    )
    found += shortenings.mentions_of(page, found, page.used(found))
    return _named(page, found) + places.places(page, found)


def _is_nobody(page: Page, one: Piece) -> bool:
    """Whether what looks like a person's name is a common word, or begins with a country's name."""
    place = page.place_at.get(one.start, 0)
    if one.rule != "name-dot" and one.start < place <= one.end and page.text[one.start : place] in page.words.countries:
        return True
    return page.words["no persons"].fullmatch(page.text, one.start, one.end) is not None


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
    firms = [one for one in order if one.type == COMPANY and one.rule == "name-company-tail"][:_MOST_FIRMS]
    named: list[Mention] = []
    for one in found:
        words = page.text[one.start : one.end]
        division = _DIVISION.fullmatch(words) if one.type == COMPANY else None
        home = fullest.get((words, one.type)) if division is None else fullest.get((division["of"], COMPANY))
        home = home or _holding(page, one, firms) or one
        kind = one.type or COMPANY
        named.append(Mention(one.start, one.end, _name(page, home), kind, one.rule, one.confidence))
    used = page.used(found)
    for surname, start, end in _by_surname(page, surnames):
        if used.find(1, start, end) < 0:
            named.append(Mention(start, end, _name(page, surnames[surname]), PERSON, "name-surname", 0.8))
    return sorted(named)


def _holding(page: Page, one: Piece, firms: list[Piece]) -> Piece | None:
    """The firm whose full name holds what a firm without an ending is called; None where there is none."""
    if one.rule != "name-trade":
        return None
    words = page.text[one.start : one.end]
    return next((firm for firm in firms if page.text.find(words, firm.start, firm.end) > 0), None)


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


def _by_surname(page: Page, surnames: Iterable[str]) -> Iterator[tuple[str, int, int]]:
    """Where a surname has a title after it or speaks, or is said with `old` or `little`: the surname, start and end."""
    text, words = page.text, page.words
    told = re.compile(lexicon.any_of(surnames)) if surnames else _NEVER
    done = 0
    match = told.search(text)
    while match is not None:
        start, end = match.span()
        is_led = _LED.search(text, max(0, start - 1), start) is not None
        before = text[start - 1 : start]
        if start >= done and (is_led or not _IN_NAME.match(before)):
            suffix = words.suffix.match(text, end)
            if suffix is not None or words.say.match(text, end):
                done = suffix.end() if suffix is not None else end
                yield match[0], start, done
        elif (
            start > done
            and before in ("老", "小", "阿")
            and not _HAN_SIGN.match(text[start - 2 : start - 1])
            and (_FAMILIAR_GOES_ON.match(text, end) or words.say.match(text, end))
        ):
            done = end
            yield match[0], start - 1, end
        match = told.search(text, max(done, start + 1))


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
