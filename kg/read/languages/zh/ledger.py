"""The investments found in a Chinese report so far, each firm and place once."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.read.coded import Coded
from kg.read.deals import Found
from kg.read.languages.zh.clauses import PLACE_SIGN, Clause, amount_of, span_of
from kg.read.languages.zh.sums import spent, sum_told
from kg.read.languages.zh.words import words_of
from kg.read.model import Amount


class Ledger:
    """What has been found, in the order in which it was noted."""

    def __init__(self) -> None:
        self.found: list[Found] = []
        self._above: dict[str, set[str]] = {}
        """For each place the wider ones that were named before it."""

    def put(
        self,
        coded: Coded,
        clauses: list[Clause],
        number: int,
        firms: list[str],
        places: str,
        name: str,
        own: str = "",
    ) -> None:
        """Note what a clause says of firms and a chain of places; one each where it says `respectively`.

        `own` is the part of the clause that tells of these places, where it tells of others too.
        """
        each = [*self.each_place(coded, places)]
        if "分别" in clauses[number].text and len(each) == len(firms) > 1:
            for firm, place in zip(firms, each, strict=True):
                self.put_at(coded, clauses, number, [firm], place, name)
            return
        sign = sum_told(own) if own else None
        for place in each:
            self.put_at(
                coded, clauses, number, firms, place, name, amount_of(coded, sign) if sign else None, bool(sign)
            )

    def put_at(
        self,
        coded: Coded,
        clauses: list[Clause],
        number: int,
        firms: list[str],
        place: str,
        name: str,
        told: Amount | None = None,
        is_told: bool = False,
    ) -> None:
        """Note that firms invest in a place: the sum that the sentence gives, else the one `told` before, if any.

        A sum that `is_told` of this place itself counts before all others.
        """
        start, end = span_of(coded, clauses[number])
        is_shared = len(firms) > 1 or "分别" in clauses[number].text
        is_rent = name == "takes" and re.search("租", clauses[number].text) is not None
        sum_ = told if is_told else spent(coded, clauses, number) or told
        amount = None if is_shared or is_rent else sum_
        rule = f"zh-invests-{name.replace(' ', '-')}"
        for firm in firms:
            new = Found(start, end, (firm,), place, amount, rule, (start, end))
            same = [at for at, one in enumerate(self.found) if one.parties == (firm,) and one.place == place]
            if not same:
                self.found.append(new)
            elif amount is not None and self.found[same[0]].amount is None:
                self.found[same[0]] = new

    def each_place(self, coded: Coded, places: str) -> Iterator[str]:
        """The most specific place of each chain; a comma or `and` begins another chain."""
        for chain in re.split("[、和与及]", places):
            named = [coded.item(sign).thing.name for sign in PLACE_SIGN.findall(chain)]
            if named and named[-1] not in words_of().wide:
                self._above.setdefault(named[-1], set()).update(named[:-1])
                yield named[-1]

    def chosen(self) -> list[Found]:
        """The investments without those that name a wider place for what another places more narrowly."""
        kept = [
            one
            for one in self.found
            if not any(
                other.parties == one.parties and one.place in self._above.get(other.place, ()) for other in self.found
            )
        ]
        return sorted(kept, key=lambda one: one.start)
