"""Names put together: the mentions of one thing under its fullest name, however short some of them are."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cached_property, lru_cache
from typing import NamedTuple

from kg.read.coded import Item
from kg.read.model import COMPANY, EVENT, ORGANIZATION, PERSON, PLACE

_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*", re.UNICODE)


_MOST_HOMES = 20
"""Longer names that a shorter one is held against, so that the time stays in proportion to the names."""


class Mention(NamedTuple):
    """A name where it stands in the view; `type` is empty where nothing there tells it."""

    start: int
    end: int
    name: str
    type: str
    rule: str
    confidence: float


class Named(NamedTuple):
    """One thing: its fullest name, its type, its mentions in order."""

    name: str
    type: str
    mentions: tuple[Mention, ...]


class Names:
    """All that is named in a report, and what each mention means."""

    def __init__(self, mentions: Iterable[Mention], is_spaced: bool = True) -> None:
        self.mentions = sorted(mentions)
        self._of: dict[tuple[int, int], Named] = {}
        self.things = _joined(self.mentions, is_spaced)
        for thing in self.things:
            for mention in thing.mentions:
                self._of[mention.start, mention.end] = thing

    def of(self, mention: Mention) -> Named:
        """The thing that a mention means."""
        return self._of[mention.start, mention.end]

    def items(self) -> list[Item]:
        """The mentions as items of coded sentences, in order."""
        return [
            Item(one.start, one.end, self.of(one).type, self.of(one))
            for one in self.mentions
            if (one.start, one.end) in self._of
        ]

    def known(self, name: str, *types: str) -> Named | None:
        """The thing of one of these types that a name, full or short, means; None where none or several do."""
        found = [thing for thing in self._called.get(fold(name), ()) if thing.type in types]
        return found[0] if len(found) == 1 else None

    @cached_property
    def _called(self) -> dict[str, list[Named]]:
        """The things that each name may mean."""
        called: dict[str, list[Named]] = {}
        for thing in self.things:
            for key in {fold(mention.name) for mention in thing.mentions}:
                called.setdefault(key, []).append(thing)
        return called


@lru_cache(maxsize=10_000)
def fold(name: str) -> str:
    """A name without case, accents of width, punctuation and extra spaces, to compare it."""
    return " ".join(_WORD.findall(unicodedata.normalize("NFKC", name).casefold()))


def _joined(mentions: list[Mention], is_spaced: bool) -> list[Named]:
    """Mentions grouped: the longest name first, and each shorter one with what it is short for."""
    by_name: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        by_name[fold(mention.name)].append(mention)
    groups: list[tuple[str, str, list[Mention]]] = []
    part_of: dict[str, list[int]] = defaultdict(list)
    short = _is_short_spaced if is_spaced else _is_short_han
    for key in sorted(by_name, key=lambda key: (-len(key), by_name[key][0].start)):
        same = by_name[key]
        kind = _type_of(same)
        homes = (groups[number] for number in part_of[_handle(key, is_spaced)])
        home = next((group for group in homes if short(key, group[0], kind, group[1])), None)
        if home is not None:
            home[2].extend(same)
            continue
        for part in sorted(_handles(key, is_spaced)):
            if len(part_of[part]) < _MOST_HOMES:
                part_of[part].append(len(groups))
        groups.append((key, kind, list(same)))
    return [
        Named(_fullest(members), kind, tuple(sorted(members)))
        for _, kind, members in sorted(groups, key=lambda group: min(group[2]))
        if kind
    ]


def _handle(key: str, is_spaced: bool) -> str:
    """What a shorter name is looked up by: its first word, or its first two characters."""
    return key.partition(" ")[0] if is_spaced else key[:2]


def _handles(key: str, is_spaced: bool) -> set[str]:
    """Every handle that a name shorter than this one may have."""
    if is_spaced:
        return set(key.split()) | {part for word in key.split() if "-" in word for part in word.split("-")}
    return {key[at : at + 2] for at in range(len(key))} | set(key[:1])


def _type_of(mentions: list[Mention]) -> str:
    """The type that mentions of one name speak for, weighed by how sure each is."""
    weights: Counter[str] = Counter()
    for mention in mentions:
        if mention.type:
            weights[mention.type] += round(mention.confidence * 100)
    return min(weights, key=lambda kind: (-weights[kind], kind), default="")


def _fullest(members: list[Mention]) -> str:
    longest = max(len(fold(mention.name)) for mention in members)
    return next(mention.name for mention in sorted(members) if len(fold(mention.name)) == longest)


def _is_short_spaced(key: str, full: str, kind: str, full_kind: str) -> bool:
    """Whether one folded name is short for another: a person's by any of its words, a firm's by its first."""
    if full_kind == PLACE or kind == PLACE:
        return False
    if full_kind == PERSON:
        return kind in ("", PERSON) and re.search(rf"(?<![^ -]){re.escape(key)}(?![^ -])", full) is not None
    if full_kind in (COMPANY, ORGANIZATION, EVENT):
        bare = full.removeprefix("pt ").removeprefix("grup ").removeprefix("cv ")
        return kind in ("", full_kind) and (bare.startswith(key + " ") or bare == key)
    return False


def _is_short_han(key: str, full: str, kind: str, full_kind: str) -> bool:
    """The same in Chinese, whose own `mentions` already stand under their fullest names: only a name itself."""
    return key == full and kind == full_kind
