"""Where a clause says that something is built or money spent."""

from __future__ import annotations

import re

from kg.read.coded import Coded, Item
from kg.read.languages.en.clauses import Sentence
from kg.read.languages.en.patterns import find
from kg.read.model import PLACE


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
    index, taken = 0, -1
    while index < len(found):
        start, _, item, origin = found[index]
        if (
            origin
            or find("continent").match(item.thing.name)
            or _is_attribute(words, start)
            or find("of firm").match(words, start)
        ):
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
    return places


def elsewhere(sentence: Sentence, at: int, before: str, rest: str, last_place: str) -> list[str]:
    """A place outside the object: at the head of the sentence, in the clause before, or meant by `there`."""
    coded, clauses = sentence
    where = find("where").search(before)
    if where:
        return [coded.item(where["place"]).thing.name]
    lead = find("lead").match(coded.text)
    if lead and not find("same").search(rest):
        return [coded.item(lead["place"]).thing.name]
    if find("there").search(rest) or re.search(r"\b(?:it|its|the (?:site|plant|factory|building))\b", rest):
        for earlier in range(at - 1, -1, -1):
            places = places_of(coded, coded.text[clauses[earlier].start : clauses[earlier].end])
            if places:
                return places[-1:]
        own = [coded.item(match[0]) for match in find("bare place").finditer(before)]
        if own and find("there").search(rest):
            return [own[-1].thing.name]
        if find("there").search(rest) and last_place:
            return [last_place]
    if last_place and find("the site").search(rest) and not coded.found(rest, PLACE):
        return [last_place]
    return []


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
