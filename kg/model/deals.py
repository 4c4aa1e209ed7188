"""Investments and agreements that a model gives, held against the report: words, parties, place, sum and doubt."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from kg.model.answer import Deal, Party
from kg.model.cast import Cast
from kg.model.doubt import is_doubtful
from kg.model.dropped import Dropped
from kg.model.locate import Place, Searched
from kg.model.parts import Part
from kg.model.sentences import Sentences, nearest
from kg.read.model import COMPANY, MONEY, ORGANIZATION, PERSON, PLACE, Amount
from kg.read.names import Named as Thing
from kg.read.numbers import Found as Sum
from kg.read.segment import Document

NOT_THERE = "deal that the report does not print"
SEVERAL = "deal whose words the report prints more than once"
TOO_LONG = "deal whose words run over more than a sentence"
NO_PARTY = "deal whose party the report does not print there"
OTHER_PARTY = "deal whose party is somebody else there"
NO_PLACE = "investment whose place the report does not print there"
NO_FACT = "deal that is no fact, by the model's own word"
DOUBTED = "deal that is no fact, by words of doubt in its sentence"
AGAIN = "deal told again"
NO_SUM = "sum of a deal that is no one sum printed there"

_LONGEST = 1000

INVESTORS = (COMPANY, ORGANIZATION)
PARTIES = (PERSON, COMPANY, ORGANIZATION, PLACE)


class Found(NamedTuple):
    """A deal by the place of its words in the view, and those of sentence, place and sum; an agreement has no place."""

    start: int
    end: int
    cues: tuple[Place, ...]
    parties: tuple[str, ...]
    place: str
    amount: Amount | None


class Deals:
    """The deals of one report, as they are found part by part."""

    def __init__(
        self, document: Document, searched: Searched, cast: Cast, sentences: Sentences, sums: Sequence[Sum]
    ) -> None:
        self._document, self._searched, self._cast, self._sentences = document, searched, cast, sentences
        self._money = [one for one in sums if one.kind == MONEY]
        self._known: set[tuple[str, ...]] = set()
        self.investments: list[Found] = []
        self.agreements: list[Found] = []

    def invest(self, given: Iterable[Deal], part: Part, dropped: Dropped) -> None:
        """Take in what of a part's investments stands in the report as a fact, planned ones too."""
        for one in given:
            found = self._deal(one, part, INVESTORS, ("done", "announced"), dropped)
            self._take(found, self.investments, one, dropped)

    def agree(self, given: Iterable[Deal], part: Part, dropped: Dropped) -> None:
        """Take in what of a part's agreements stands in the report as concluded."""
        for one in given:
            self._take(self._deal(one, part, PARTIES, ("done",), dropped), self.agreements, one, dropped)

    def _take(self, found: Found | str, among: list[Found], given: Deal, dropped: Dropped) -> None:
        if isinstance(found, str):
            dropped.add(found, given.words)
            return
        key = ("invests", *found.parties, found.place) if found.place else ("agrees", *sorted(found.parties))
        if key in self._known:
            dropped.add(AGAIN, given.words)
            return
        self._known.add(key)
        among.append(found)

    def _deal(
        self, one: Deal, part: Part, kinds: tuple[str, ...], facts: tuple[str, ...], dropped: Dropped
    ) -> Found | str:
        """A deal that stands in the report, or why there is none."""
        if one.status not in facts:
            return NO_FACT
        places = self._sentences.places(one.words, one.sentence, part)
        if len(places) != 1:
            return SEVERAL if places else NOT_THERE
        words = self._document.text[slice(*places[0])]
        if "\n" in words or len(words) > _LONGEST:
            return TOO_LONG
        sentence = self._sentences.around(*places[0])
        parties: dict[str, None] = {}
        for party in one.parties:
            named = self._party(party, sentence, kinds)
            if isinstance(named, str):
                return named
            parties[named.name] = None
        if not parties:
            return NO_PARTY
        thing = self._cast.known(one.place, PLACE) if one.place else None
        where = self._where(thing, sentence) if thing else ()
        if one.place and not (thing and where):
            return NO_PLACE
        if is_doubtful(self._document, self._cast, sentence, places[0]):
            return DOUBTED
        found = self._amount(one.amount, sentence) if one.amount else None
        if one.amount and found is None:
            dropped.add(NO_SUM, one.amount)
        amount = Amount(found.value, found.unit, found.qualifier) if found else None
        cues = (sentence, *where, *([(found.start, found.end)] if found else []))
        return Found(*places[0], cues, tuple(parties), thing.name if thing else "", amount)

    def _party(self, party: Party, sentence: Place, kinds: tuple[str, ...]) -> Thing | str:
        """Who takes part: named in the sentence itself, or near it where the sentence says `it` or `the company`."""
        thing = self._cast.known(party.name, *kinds)
        if thing is None:
            return NO_PARTY
        if any(item.thing == thing for item in self._cast.named(*sentence, *kinds)):
            return thing
        places = self._searched.find(party.printed, *sentence)
        if not places:
            return NO_PARTY
        named = any(self._cast.named(*place, *kinds) for place in places)
        return OTHER_PARTY if named else thing

    def _where(self, thing: Thing, sentence: Place) -> tuple[Place, ...]:
        """The mention of a place that is nearest to a sentence."""
        near = self._cast.named(*self._sentences.near(sentence), PLACE)
        return nearest([(item.start, item.end) for item in near if item.thing == thing], sentence)

    def _amount(self, words: str, sentence: Place) -> Sum | None:
        """The one sum of money that is printed in words of the sentence or of those near it."""
        places = self._searched.find(words, *sentence) or self._searched.find(words, *self._sentences.near(sentence))
        if len(places) != 1:
            return None
        start, end = places[0]
        found = [one for one in self._money if one.start < end and start < one.end]
        return found[0] if len(found) == 1 else None
