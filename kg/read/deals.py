"""Who invests where and what was agreed: the rules of a language's `deals.yaml` over coded sentences.

A deal that is denied, postponed, hoped for or only possible is none: a sentence with such words gives nothing unless
the rule says otherwise (`despite: yes`).
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from kg.read.attribution import Found as Said
from kg.read.coded import Coded, Item, by_sentence
from kg.read.language import language
from kg.read.model import COMPANY, MONEY, ORGANIZATION, PERSON, PLACE, Amount
from kg.read.names import Names
from kg.read.numbers import Found as Sum
from kg.read.rules import Rule, expand, fitting
from kg.read.segment import Document


class Found(NamedTuple):
    """A deal by its place in the view; an investment has one party and a place."""

    start: int
    end: int
    parties: tuple[str, ...]
    place: str
    amount: Amount | None
    rule: str
    cue: tuple[int, int]


def find(document: Document, names: Names, items: list[Item], said: list[Said]) -> tuple[list[Found], list[Found]]:
    """The investments and the agreements in a document, each in order; `rules.py` may hold a `Deals` of its own."""
    own: type[Deals] = getattr(document.language.rules, "Deals", Deals)
    return own(document, names, items, said).run()


@cache
def _doubt(code: str) -> re.Pattern[str]:
    """Words that make a deal no fact."""
    known = language(code)
    pattern = known.data("deals").get("doubt") or "$^"
    return re.compile(expand(pattern, known, "deals"))


class Deals:
    """The deals of one document; `said` are its statements, which tell who `we` is."""

    def __init__(self, document: Document, names: Names, items: list[Item], said: list[Said]) -> None:
        self.document, self.names, self.items, self.said = document, names, items, said
        self.code = document.language.code
        self.investments: list[Found] = []
        self.agreements: list[Found] = []
        self.known: set[tuple[str, ...]] = set()

    def run(self) -> tuple[list[Found], list[Found]]:
        """Go through the sentences with the rules for investments, then those for agreements."""
        for sentence, items in by_sentence(self.document.sentences, self.items):
            self._sentence(Coded(self.document.folded, sentence.start, sentence.end, items))
        return sorted(self.investments), sorted(self.agreements)

    def _sentence(self, coded: Coded) -> None:
        doubtful = _doubt(self.code).search(coded.text) is not None
        for key, apply in (("investments", self._investment), ("agreements", self._agreement)):
            for rule in fitting(self.code, "deals", key, coded.text):
                if doubtful and rule.data.get("despite") != "yes":
                    continue
                for match in rule.matches(coded.text):
                    apply(rule, match, coded)

    def _amount(self, match: re.Match[str], coded: Coded) -> Amount | None:
        words = match.groupdict().get("amount")
        money = coded.found(words, MONEY) if words else []
        if not money:
            return None
        found: Sum = money[0].thing
        return Amount(found.value, found.unit, found.qualifier)

    def _investment(self, rule: Rule, match: re.Match[str], coded: Coded) -> None:
        firms = coded.found(match["investors"], COMPANY, ORGANIZATION)
        places = coded.found(match["place"], PLACE)
        if not firms or not places:
            return
        amount = self._amount(match, coded)
        start, end = coded.back(match.start()), coded.back(match.end())
        for firm in firms:
            deal = ("invests", firm.thing.name, places[0].thing.name)
            if deal not in self.known:
                self.known.add(deal)
                self.investments.append(
                    Found(
                        start,
                        end,
                        (firm.thing.name,),
                        places[0].thing.name,
                        amount,
                        rule.name,
                        (start, end),
                    )
                )

    def _agreement(self, rule: Rule, match: re.Match[str], coded: Coded) -> None:
        words = "".join(value for name, value in match.groupdict().items() if value and name.startswith("parties"))
        parties = [item.thing.name for item in coded.found(words, PERSON, COMPANY, ORGANIZATION, PLACE)]
        parties = list(dict.fromkeys(parties))
        if not parties or ("agrees", *sorted(parties)) in self.known:
            return
        self.known.add(("agrees", *sorted(parties)))
        start, end = coded.back(match.start()), coded.back(match.end())
        amount = self._amount(match, coded)
        self.agreements.append(Found(start, end, tuple(parties), "", amount, rule.name, (start, end)))
