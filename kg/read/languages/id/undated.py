"""Days in Indonesian that no year is known for: no dates, but neither words that tell of anything else."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from kg.read import lexicon
from kg.read.coded import DATE, Item
from kg.read.language import language
from kg.read.segment import Document


@cache
def _day() -> re.Pattern[str]:
    known = language("id").data("dates")
    months = lexicon.any_of(name for name in known["months"] if len(name) > 3)
    return re.compile(
        rf"(?<![\w-])(?:{lexicon.any_of(known['weekdays'])})\b(?: \(\d\d?[/-]\d\d?\)|, \d\d? (?:{months})\b)?"
        rf"(?: (?:pekan|minggu) (?:ini|lalu|depan))?|(?<![\w-])\d\d? (?:{months})\b(?! \d{{4}})"
    )


@lru_cache(maxsize=4)
def _spans(text: str) -> tuple[tuple[int, int], ...]:
    """Where days stand in a report, which is asked for its statements and for its deals."""
    return tuple(found.span() for found in _day().finditer(text))


def with_undated(document: Document, items: list[Item]) -> list[Item]:
    """The items of a report, with the days among them whose year nothing tells."""
    added: list[Item] = []
    at = 0
    for start, end in _spans(document.folded):
        while at < len(items) and items[at].end <= start:
            at += 1
        if at == len(items) or items[at].start >= end:
            added.append(Item(start, end, DATE, None))
    return sorted([*items, *added], key=lambda item: (item.start, -item.end)) if added else items
