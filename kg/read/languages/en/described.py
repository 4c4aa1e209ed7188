"""Whom a report of a deal means by `the company`, `the institute` and `it`."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import pairwise

from kg.read.coded import Item
from kg.read.languages.en.localities import localities
from kg.read.languages.en.patterns import find
from kg.read.model import COMPANY, ORGANIZATION, PLACE
from kg.read.segment import Document

_RECENT = 200
"""Firms named before among which one is looked for, so that a long text takes no longer for its length."""
_OPENING = 40
"""Characters within which a sentence names the firm that it is about."""


def with_described(document: Document, items: list[Item]) -> list[Item]:
    """The items, and `the company`, `the institute` as the firm or body that they mean."""
    extra: list[Item] = []
    actors: list[Item] = []
    at = 0
    for match in find("described").finditer(document.text):
        while at < len(items) and items[at].end <= match.start():
            if items[at].kind in (COMPANY, ORGANIZATION):
                actors.append(items[at])
            at += 1
        inside = at < len(items) and items[at].start < match.end() and items[at].kind != PLACE
        if at < len(items) and (inside or _introduces(document, match.end(), items[at])):
            continue
        noun = match[1].replace("-", "")
        words = [word for word in match[0].casefold().split()[1:-1] if len(word) > 3]
        told = next(
            (one for one in reversed(actors[-30:]) if set(words) & set(one.thing.name.casefold().split())), None
        )
        if told:
            extra.append(Item(match.start(), match.end(), told.kind, told.thing))
            continue
        for actor in reversed(actors[-30:]):
            if noun in actor.thing.name.casefold().replace("-", "") or (
                match[1] == "bank" and actor.thing.name.startswith("Banco")
            ):
                extra.append(Item(match.start(), match.end(), actor.kind, actor.thing))
                break
        else:
            topic = (
                _topic(document, actors, match.start())
                if find("firm nouns").fullmatch(match[1]) or match[1].endswith("maker")
                else None
            )
            if topic:
                extra.append(Item(match.start(), match.end(), topic.kind, topic.thing))
    extra += _pronouns(document, items)
    extra += _introduced(document, items)
    extra += localities(document, items)
    return sorted([*items, *extra], key=lambda item: (item.start, -item.end))


def _introduced(document: Document, items: list[Item]) -> list[Item]:
    """`A Dutch miller` at the head of a sentence as the firm that the next one begins with and names first."""
    firms = [item for item in items if item.kind == COMPANY]
    starts = [item.start for item in firms]
    extra: list[Item] = []
    for sentence, following in pairwise(document.sentences):
        match = find("a firm").search(document.text[sentence.start : sentence.end])
        at = bisect_left(starts, following.start)
        if not match or at == len(firms) or firms[at].start > following.start + _OPENING:
            continue
        own = firms[bisect_left(starts, sentence.start) : at]
        known = {
            item.thing.name
            for item in firms[max(0, at - _RECENT) : at]
            if document.text.find(". ", item.start, sentence.start) >= 0
        }
        possessed = document.text[firms[at].end : firms[at].end + 2] in ("’s", "'s")
        if not own and not possessed and firms[at].thing.name not in known:
            start, end = match.span("firm")
            extra.append(Item(sentence.start + start, sentence.start + end, COMPANY, firms[at].thing))
    return extra


def _introduces(document: Document, end: int, item: Item) -> bool:
    """Whether a description is followed by the name that it belongs to (`The landlord, Example Estates, signed …`)."""
    return item.kind in (COMPANY, ORGANIZATION) and document.text[end : item.start].strip(" ") == ","


def _pronouns(document: Document, items: list[Item]) -> list[Item]:
    """`it` before a verb of deals as the firm named last in its sentence, or first in the one before."""
    extra: list[Item] = []
    starts = [sentence.start for sentence in document.sentences]
    firms = [item for item in items if item.kind == COMPANY]
    places = [item.start for item in firms]
    for match in find("it is").finditer(document.text):
        last = bisect_left(places, match.start()) - 1
        if last < 0:
            continue
        begin = starts[bisect_right(starts, match.start()) - 1]
        first = bisect_left(places, begin)
        if firms[last].start >= begin and not _is_accompanied(document, begin, match.start()):
            owner = document.text[firms[first].end : firms[first].end + 2] in ("’s", "'s")
            firm = firms[first] if firms[first].start - begin < _OPENING and not owner else firms[last]
        elif firms[last].start >= begin:
            firm = firms[first - 1] if first else firms[last]
        else:
            first = bisect_left(places, starts[bisect_right(starts, firms[last].start) - 1])
            firm = firms[first]
        extra.append(Item(match.start(), match.end(), COMPANY, firm.thing))
    return extra


def _is_accompanied(document: Document, begin: int, end: int) -> bool:
    """Whether a sentence begins with whom `it` does something together with."""
    return find("accompanied").match(document.text, begin, end) is not None


def _topic(document: Document, actors: list[Item], position: int) -> Item | None:
    """The firm that was named first in the last sentence that names one before a position."""
    firms = [item for item in actors[-30:] if item.kind == COMPANY]
    if not firms:
        return None
    last = firms[-1]
    begin = max(document.text.rfind("\n", 0, last.start), document.text.rfind(". ", 0, last.start))
    return next(item for item in firms if item.start > begin)
