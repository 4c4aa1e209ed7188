"""Where a clause says that something is built or money spent."""

from __future__ import annotations

import re

from kg.read.coded import Coded, Item
from kg.read.languages.en.clauses import Sentence
from kg.read.languages.en.localities import is_broad
from kg.read.languages.en.patterns import find
from kg.read.model import PLACE
from kg.read.names import Named

_WATERS = re.compile(r" (?:Sea|River|Ocean|Strait|Gulf|Coast|Canal|Lake|Estuary)$|^(?:Lake|River|Gulf of) ")
"""Places that a town lies on, which the same words name."""
_GUESSED = {"name-as-elsewhere", "name-in-it", "name-in-list", "name-after-to-from"}
"""Rules that take a name as a place by words that firms and things have before them too."""


def places_of(coded: Coded, words: str) -> list[str]:
    """The places of an object, the most specific of each: `B, A`, `A’s B`, `its B factory`; several after `and`."""
    found: list[tuple[int, int, Item, bool]] = []
    for match in find("place").finditer(words):
        item = coded.item(match["place"])
        origin = match["before"] in ("from", "than", "like", "over") or (
            match["before"] == "of"
            and not find("part of").search(words[: match.start("place")])
            and not re.search(r"\b(?:its|their) $", words[match.start() : match.start("place")])
        )
        found.append((match.start("place"), match.end("place"), item, origin))
    places: list[str] = []
    index, taken, away = 0, -1, -1
    while index < len(found):
        start, end, item, origin = found[index]
        if find("home").search(words[max(0, start - 30) : start]) or (words[away:start] == ", " and away > 0):
            away = end
            index += 1
            continue
        if (
            origin
            or find("continent").match(item.thing.name)
            or _is_attribute(words, start)
            or find("of firm").match(words, start)
            or (_WATERS.search(item.thing.name) and index + 1 < len(found))
        ):
            away = end if origin and find("from there").search(words[:start]) else away
            index += 1
            continue
        if places:
            gap = words[found[index - 1][1] : start]
            if taken == index - 1 and re.fullmatch(r"(?:’s|'s)(?: [a-z-]+){0,3} ?", gap):
                places[-1] = item.thing.name
            elif (
                re.fullmatch(r"(?:, | district, | city, )(?:and )?", gap) and _list_ahead(words, found, index)
            ) or re.fullmatch(r",?(?: [a-z-]+)? and (?:in |at |near )?(?:the )?", gap):
                places.append(item.thing.name)
            else:
                index += 1
                continue
        else:
            places.append(item.thing.name)
        taken = index
        index += 1
    if len(places) == 1 and is_broad(places[0]):
        closer = find("closer in").search(words)
        return [coded.item(closer["place"]).thing.name] if closer else places
    return places


def elsewhere(sentence: Sentence, at: int, before: str, rest: str, last_place: str, last_site: str) -> list[str]:
    """A place outside the object: at the head of the sentence, in the clause before, or meant by `there`.

    `last_place` is the place named last, `last_site` that of the investment told last.
    """
    if last_site and find("same site").search(before + rest):
        return [last_site]
    coded, clauses = sentence.coded, sentence.clauses
    where = find("where").search(before)
    if where:
        return [coded.item(where["place"]).thing.name]
    if find("for which").search(before):
        told = places_of(coded, coded.text[: clauses[at].start] + before)
        if told:
            return told[-1:]
    lead = find("lead").match(coded.text)
    if lead and not find("same").search(rest):
        return [coded.item(lead["place"]).thing.name]
    there = _there(sentence, at, before, rest, last_place)
    if there:
        return there
    if find("the site").search(rest) and not coded.found(rest, PLACE):
        return places_of(coded, before)[-1:] or ([last_place] if last_place else [])
    return []


def _there(sentence: Sentence, at: int, before: str, rest: str, last_place: str) -> list[str]:
    """The place meant by `there`, `it` or `the site`: that of an earlier clause, else the one named last."""
    coded, clauses = sentence.coded, sentence.clauses
    if find("there").search(rest) or re.search(r"\b(?:it|its|the (?:site|plant|factory|building))\b", rest):
        for earlier in range(at - 1, -1, -1):
            places = places_of(coded, coded.text[clauses[earlier].start : clauses[earlier].end])
            if places:
                return places[-1:]
        own = _located(coded, before) if find("there").search(rest) else []
        if own:
            return own[-1:]
        if find("there").search(rest) and last_place:
            return [last_place]
    if last_place and find("there").search(before):
        return [last_place]
    return []


def sure_places(coded: Coded, places: list[str], firms: list[Named]) -> list[str]:
    """The places that are such by more than a guess, and that are not the name of the firm which builds there."""
    guessed = {
        item.thing.name
        for item in coded.items
        if item.kind == PLACE and max(item.thing.mentions, key=lambda one: one.confidence).rule in _GUESSED
    }
    own = {firm.name for firm in firms}
    return [place for place in places if place not in guessed and place not in own and not place[0].isdigit()]


def located(coded: Coded) -> list[str]:
    """The places that something of a sentence is in or at, without those where somebody speaks; closer ones first."""
    return sorted(dict.fromkeys(_located(coded, coded.text)), key=is_broad)


def _located(coded: Coded, words: str) -> list[str]:
    found: list[str] = []
    for match in find("bare place").finditer(words):
        before = words[max(0, match.start() - 60) : match.start()]
        if find("located").search(before) and not find("home").search(before) and not find("spoken at").search(before):
            found.append(coded.item(match[0]).thing.name)
    return found


def _is_attribute(words: str, start: int) -> bool:
    """Whether a place only describes something else: `its Chinese rival`, `the Hull market`; not `its Hull factory`."""
    before = words[max(0, start - 30) : start]
    if find("home of firm").search(before) or find("home of firm").match(words[start + 1 : start + 12]):
        return True
    if find("at").search(before):
        return False
    return not before.endswith((", ", "’s ", "'s ", " and "))


def _list_ahead(words: str, found: list[tuple[int, int, Item, bool]], index: int) -> bool:
    """Whether places go on to an `and`, so that commas between them make a list and not an address."""
    for at in range(index, len(found) - 1):
        gap = words[found[at][1] : found[at + 1][0]]
        if re.fullmatch(r",? and ", gap):
            return True
        if gap != ", ":
            return False
    return False
