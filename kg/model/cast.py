"""Who and what a model names, held against the report: names that stand there, and which of them mean one thing."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator

from kg.model.answer import Named
from kg.model.dropped import Dropped
from kg.model.locate import Searched
from kg.read.coded import Item
from kg.read.model import PLACE, TYPES
from kg.read.names import Mention, Names, fold
from kg.read.names import Named as Thing
from kg.read.segment import Document

RULE = "model"
"""What stands for the rule of all that a model found."""

NOT_THERE = "name that the report does not print"
UNTIED = "other name that nothing ties to the full one"
NO_NAME = "name that cannot be one"

_LONGEST = 150
_BRACKET = re.compile(r"[\s,]{0,2}[(（\[][\"'“‘]?")


class Cast:
    """The entities of a report, each with every place where one of its names stands."""

    def __init__(self, document: Document, searched: Searched) -> None:
        self._document, self._searched = document, searched
        self._types: dict[str, str] = {}
        self._forms: dict[str, str | None] = {}
        self._also: dict[str, set[str]] = defaultdict(set)
        self.things: tuple[Thing, ...] = ()
        self._items: list[Item] = []
        self._starts: list[int] = []
        self._called: dict[str, list[Thing]] = {}

    @property
    def told(self) -> list[str]:
        """The names taken in so far, in order."""
        return list(self._types)

    def add(self, named: Iterable[Named], dropped: Dropped) -> None:
        """Take in what a part of the report is said to name; `settle` makes it ready for use."""
        for one in named:
            name = self._printed(one.name)
            if one.type not in TYPES or not self._may_be(one.name):
                dropped.add(NO_NAME, one.name)
            elif name is None:
                dropped.add(NOT_THERE, one.name)
            else:
                self._types.setdefault(name, one.type)
                for other in one.also:
                    short = self._printed(other) if self._may_be(other) else None
                    if short is None:
                        dropped.add(NOT_THERE, other)
                    elif fold(short) != fold(name):
                        self._also[short].add(name)

    def settle(self, dropped: Dropped) -> None:
        """Find every mention of the names taken in so far, and join those of one thing."""
        mentions = {
            place: Mention(*place, name, kind, RULE, 1.0)
            for name, kind in self._types.items()
            for place in self._searched.find(name)
        }
        for short, full in sorted(self._also.items()):
            name = next(iter(full))
            if short in self._types or len(full) > 1:
                continue
            if not self._is_tied(short, name):
                dropped.add(UNTIED, f"{short}, for {name}")
                continue
            for place in self._searched.find(short):
                mentions.setdefault(place, Mention(*place, name, self._types[name], RULE, 1.0))
        names = Names(_apart(mentions.values()), self._document.language.is_spaced)
        self.things = tuple(names.things)
        self._items = names.items()
        self._starts = [item.start for item in self._items]
        for thing in self.things:
            for called in {fold(mention.name) for mention in thing.mentions}:
                self._called.setdefault(called, []).append(thing)

    def known(self, name: str, *types: str) -> Thing | None:
        """The thing of one of these types that a name, full or short, means; None where none or several do."""
        found = [thing for thing in self._called.get(fold(name), ()) if thing.type in types]
        return found[0] if len(found) == 1 else None

    def items(self, start: int, end: int) -> list[Item]:
        """The mentions that stand between two places, in order."""
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return [item for item in self._items[first:last] if item.end <= end]

    def named(self, start: int, end: int, *types: str) -> list[Item]:
        """The mentions of things of some types between two places."""
        return [item for item in self.items(start, end) if item.kind in types]

    def _printed(self, name: str) -> str | None:
        """A name as the report first prints it, with plain spaces; None where it does not."""
        if name not in self._forms:
            places = self._searched.find(name)
            self._forms[name] = " ".join(self._searched.text[slice(*places[0])].split()) if places else None
        return self._forms[name]

    def _may_be(self, name: str) -> bool:
        """Whether words have the look of a name: letters in one line, with a capital where the script has them."""
        if not 1 < len(name) <= _LONGEST or "\n" in name or not any(sign.isalpha() for sign in name):
            return False
        return not self._document.language.is_spaced or any(sign != sign.lower() or not sign.isascii() for sign in name)

    def _is_tied(self, short: str, name: str) -> bool:
        """Whether a short form is plainly of a name: some of its words or signs, initials, or in brackets after it."""
        words, few = fold(name).split(), fold(short).split()
        if self._document.language.is_spaced:
            if set(few) <= set(words) or _in_order(fold(short), [word[0] for word in words]):
                return True
        elif _in_order(short, list(name)):
            return True
        return any(self._stands_behind(short, end) for _, end in self._searched.find(name))

    def _stands_behind(self, short: str, end: int) -> bool:
        bracket = _BRACKET.match(self._searched.text, end)
        return bracket is not None and self._searched.text.startswith(short, bracket.end())


def _apart(mentions: Iterable[Mention]) -> Iterator[Mention]:
    """Mentions without those inside another's, places apart: a place inside a longer name counts for itself."""
    end = 0
    for one in sorted(mentions, key=lambda mention: (mention.start, -mention.end)):
        if one.start >= end or (one.end <= end and one.type == PLACE):
            yield one
        end = max(end, one.end)


def _in_order(signs: str, among: list[str]) -> bool:
    """Whether all of some signs stand among others in that order."""
    rest = iter(among)
    return len(signs) > 1 and all(sign in rest for sign in signs)
