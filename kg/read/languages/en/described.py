"""Whom a report of a deal means by `the company`, `the institute` and `it`."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from kg.read.coded import Item
from kg.read.languages.en.patterns import find
from kg.read.model import COMPANY, ORGANIZATION
from kg.read.segment import Document


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
        if at < len(items) and items[at].start < match.end():
            continue
        noun = match[1].replace("-", "")
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
    return sorted([*items, *extra], key=lambda item: (item.start, -item.end))


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
        if firms[last].start >= begin:
            firm = firms[last]
        else:
            first = bisect_left(places, starts[bisect_right(starts, firms[last].start) - 1])
            firm = firms[first]
        extra.append(Item(match.start(), match.end(), COMPANY, firm.thing))
    return extra


def _topic(document: Document, actors: list[Item], position: int) -> Item | None:
    """The firm that was named first in the last sentence that names one before a position."""
    firms = [item for item in actors[-30:] if item.kind == COMPANY]
    if not firms:
        return None
    last = firms[-1]
    begin = max(document.text.rfind("\n", 0, last.start), document.text.rfind(". ", 0, last.start))
    return next(item for item in firms if item.start > begin)
