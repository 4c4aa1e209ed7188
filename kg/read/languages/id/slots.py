"""Investments in Indonesian told in any order of words: who and where are found by their place in a clause.

The rules of `deals.yaml` are tried first; this reads the clauses in which none of them fired. A clause has an anchor, a
verb or noun of building or spending. Its voice tells where who invests stands: before an active verb, behind a passive
one, and as the owner of what is built where the verb only says that it is there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from kg.read.coded import Coded
from kg.read.language import language
from kg.read.languages.id.expressions import FIRM_SIGN, MONEY_SIGN, expressions
from kg.read.languages.id.parties import Parties
from kg.read.languages.id.words import after_dateline
from kg.read.rules import expand

_BEGINS = re.compile(
    r"(?:, |\b(?:[Dd]an|[Bb]ahwa|[Ss]etelah|[Kk]etika|[Ss]aat|[Kk]arena|[Uu]sai|[Ss]ejak|[Kk]ini|[Jj]uga|[Ss]aat ini"
    r"|[Kk]emudian|[Ll]alu) )$"
)
"""What a pronoun that is a subject may stand behind."""

_BEGUN = re.compile(r"\b(?:mulai|akan|bakal|resmi|segera|siap)(?: [a-z]+)? $")
_STATES = ("terletak", "berlokasi", "berada", "bermarkas")
_FRESH = re.compile(
    r"\b(?:mulai|akan|bakal|resmi|segera|siap|baru|barunya|terbaru|terbarunya|perdana|pertama|kedua|ketiga"
    r"|keempat|kelima|itu|tersebut|ini|kini)\b"
)
"""Verbs of a state, and what tells that it is a new one."""
_TAKES = ("menelan", "menyerap", "bernilai")
"""What a plant does with money; who pays is its owner."""
_HOLDS = re.compile(
    r"\b(?:menggelar|melakukan|mengadakan|melangsungkan|merayakan|melaksanakan|mengawali|memulai|melanjutkan"
    r"|mempercepat|mengebut|menuntaskan)(?: [a-z]+)? $"
)
"""What a firm does that breaks ground or opens a plant, told by a noun."""
_OF_SUM = re.compile(
    r"(?:Dari (?:jumlah|dana|total|angka|nilai|investasi|anggaran)|Sebagian|Sisanya|Separuh|Dana|Uang|Anggaran)\b"
)
"""How a sentence begins that tells what the money of the one before is for."""


class Slot(NamedTuple):
    """An investment by the parts of its clause: its span, who invests, the words for where, its rule.

    Without words for where it goes to the place that was told before.
    """

    start: int
    end: int
    firms: tuple[str, ...]
    place: str
    rule: str
    is_there: bool = False


class _Patterns:
    """The expressions of `deals.yaml` for slots."""

    def __init__(self) -> None:
        known = language("id")
        data = known.data("deals")["slots"]

        def pattern(key: str) -> re.Pattern[str]:
            return re.compile(expand(data[key], known, "deals"))

        self.cut, self.anchor, self.place = pattern("cut"), pattern("anchor"), pattern("place")
        self.subject, self.oblique, self.said = pattern("subject"), pattern("oblique"), pattern("said")
        self.agent, self.owner, self.anaphor = pattern("agent"), pattern("owner"), pattern("anaphor")
        self.spoken, self.partner = pattern("spoken"), pattern("partner")
        self.named, self.relative, self.own = pattern("named"), pattern("relative"), pattern("own")
        self.gapped, self.more = pattern("gapped"), pattern("more")
        self.adverbs = re.compile(expand("{adverbs}", known, "deals"))
        self.there, self.here = pattern("there"), pattern("here")


@cache
def _patterns() -> _Patterns:
    return _Patterns()


def slots(coded: Coded, parties: Parties, taken: list[tuple[int, int]]) -> Iterator[Slot]:
    """The investments that the clauses of a sentence tell, outside what the rules have `taken`."""
    for start, end in _clauses(coded.text):
        known = _patterns()
        is_named = FIRM_SIGN.search(coded.text, start, end) or known.anaphor.search(coded.text, start, end)
        if not is_named and not parties.is_leader(coded.back(start), coded.back(end)):
            continue
        yield from _Clause(coded, parties, start, end).slots(taken)


def added(coded: Coded, last: Slot, parties: Parties) -> Iterator[Slot]:
    """What goes on behind an investment without a verb: `…, B di Q`, and `… dan dua gudang di R` of the same firms."""
    known = _patterns()
    position = last.end
    while True:
        gapped, more = known.gapped.match(coded.text, position), known.more.match(coded.text, position)
        found = gapped or more
        if found is None:
            return
        firms = parties.firms(found["firms"], coded, found.start("firms")) if gapped else last.firms
        yield Slot(found.start("next"), found.end(), firms, found["place"], "id-clause-added")
        position = found.end()


def _clauses(text: str) -> Iterator[tuple[int, int]]:
    start = after_dateline(text)
    for cut in _patterns().cut.finditer(text):
        if cut.start() > start:
            yield start, cut.start()
            start = cut.end()
    yield start, len(text)


def partners(coded: Coded, start: int, end: int, parties: Parties) -> tuple[str, ...]:
    """Who builds along with the subject, named behind the verb: `membuka laboratorium bersama B di Q`."""
    found = _patterns().partner.search(coded.text, start, end)
    return parties.firms(found["firms"], coded, found.start("firms")) if found else ()


class _Clause:
    def __init__(self, coded: Coded, parties: Parties, start: int, end: int) -> None:
        self.coded, self.text, self.parties, self.start, self.end = coded, coded.text, parties, start, end

    def slots(self, taken: list[tuple[int, int]]) -> Iterator[Slot]:
        """Anchor after anchor: each has the words up to the next one for its place."""
        words = expressions()
        anchors = list(_patterns().anchor.finditer(self.text, self.start, self.end))
        begins = self.start
        for number, anchor in enumerate(anchors):
            stop = anchors[number + 1].start() if number + 1 < len(anchors) else self.end
            if any(start < anchor.end() and anchor.start() < end for start, end in taken):
                begins = stop
                continue
            if words.is_weak(self.text, self.start, anchor.start()) or not self._is_about(anchor, stop):
                continue
            place = self._place(anchor, stop)
            is_there = self._is_pointed(anchor, stop)
            if place is None and not is_there and not self._is_there(anchor, stop):
                continue
            if words.condition.search(self.text[anchor.end() :]) or self._is_long_since(anchor, stop):
                continue
            if anchor["noun"] and words.undone.search(self.text, anchor.end(), stop):
                continue
            firms = self._firms(anchor, stop)
            if firms:
                yield Slot(
                    begins,
                    stop,
                    firms,
                    place["place"] if place else "",
                    f"id-clause-{anchor.lastgroup}",
                    is_there,
                )
                begins = stop

    def _is_about(self, anchor: re.Match[str], stop: int) -> bool:
        """Whether something is built, or money spent, in the words of an anchor."""
        words = expressions()
        if anchor["money"]:
            if words.no_investment.search(self.text, anchor.start(), stop):
                return False
            return any(found.search(self.text, self.start, self.end) for found in (MONEY_SIGN, words.invested))
        if anchor["active"]:
            named = _patterns().named.match(self.text, anchor.end(), stop)
            return named is not None or words.is_built(
                anchor["active"], self.text[anchor.end() : stop], self.text[: anchor.start()]
            )
        return words.assets.search(self.text, self.start, stop) is not None

    def _is_long_since(self, anchor: re.Match[str], stop: int) -> bool:
        """Whether a verb of being or running tells how things have been all along."""
        if anchor[0] == "dioperasikan":
            return _BEGUN.search(self.text, self.start, anchor.start()) is None
        return anchor[0] in _STATES and _FRESH.search(self.text, self.start, stop) is None

    def _place(self, anchor: re.Match[str], stop: int) -> re.Match[str] | None:
        """The place behind an anchor, else the one before it; none where only something was said or signed there."""
        known = _patterns()
        for found in known.place.finditer(self.text, anchor.end(), stop):
            if not known.spoken.search(self.text, anchor.end(), found.start()) and not (
                found["day"] and known.said.search(self.text, self.start, self.end)
            ):
                return found
        before = [
            found
            for found in known.place.finditer(self.text, self.start, anchor.start())
            if not found["day"] and not self._is_said_at(found.start())
        ]
        return before[-1] if before and stop == self.end else None

    def _is_said_at(self, position: int) -> bool:
        """Whether a place is where something was said, and not where the plant stands of which it was said."""
        said = list(_patterns().spoken.finditer(self.text, self.start, position))
        return bool(said) and expressions().assets.search(self.text, said[-1].end(), position) is None

    def _is_pointed(self, anchor: re.Match[str], stop: int) -> bool:
        """Whether words point at the place told before: `di lokasi yang sama`."""
        there = _patterns().there
        return bool(there.search(self.text, anchor.end(), stop) or there.match(self.text, self.start, stop))

    def _is_there(self, anchor: re.Match[str], stop: int) -> bool:
        """Whether an anchor without a place of its own means the one told before, as `pabrik itu` does."""
        known = _patterns()
        is_last = stop == self.end and not known.place.search(self.text, self.start, stop)
        is_spent = anchor["money"] is not None and MONEY_SIGN.search(self.text, self.start, stop) is not None
        return is_last and is_spent and known.here.search(self.text, self.start, stop) is not None

    def _firms(self, anchor: re.Match[str], stop: int) -> tuple[str, ...]:
        if anchor["passive"] or (anchor["money"] and anchor["money"].startswith("di")):
            agent = self._matched(_patterns().agent.match(self.text, anchor.end(), stop)) or self._owner(stop)
            if not agent and _OF_SUM.match(self.text, self.start):
                return self.parties.spoken_of()
            return agent or self.parties.leaders_firm(self.coded.back(anchor.start()))
        if anchor["being"] or anchor["noun"] or anchor["money"] in _TAKES:
            is_own = _patterns().own.search(self.text, self.start, anchor.start())
            drives = anchor["noun"] and _HOLDS.search(self.text, self.start, anchor.start()) is not None
            drives = drives or (anchor["noun"] and _patterns().anchor.search(self.text, self.start, anchor.start()))
            firms = self._owner(stop) or (self._subject(anchor) if is_own or drives else ())
            return firms or self.parties.leaders_firm(self.coded.back(anchor.start()))
        return self._subject(anchor) or self._owner(stop) or self._teller(anchor)

    def _teller(self, anchor: re.Match[str]) -> tuple[str, ...]:
        """The firm of who says that he will build, without a subject: `Direktur A mengatakan akan membuka …`."""
        said = list(_patterns().said.finditer(self.text, self.start, anchor.start()))
        if not said or not _patterns().adverbs.fullmatch(self.text, said[-1].end(), anchor.start()):
            return ()
        return self.parties.leaders_firm(self.coded.back(anchor.start()))

    def _owner(self, stop: int) -> tuple[str, ...]:
        return self._matched(_patterns().owner.search(self.text, self.start, stop))

    def _matched(self, found: re.Match[str] | None) -> tuple[str, ...]:
        return self.parties.firms(found["firms"], self.coded, found.start("firms")) if found else ()

    def _subject(self, anchor: re.Match[str]) -> tuple[str, ...]:
        """Who stands before an active verb, and not after a preposition; with whoever is drawn in."""
        known = _patterns()
        relative = known.relative.search(self.text, self.start, anchor.start())
        if relative:
            return self._matched(relative)
        said = list(known.said.finditer(self.text, self.start, anchor.start()))
        zones = [(self.start, anchor.start())]
        if said:
            zones.insert(0, (said[-1].end(), anchor.start()))
        for start, end in zones:
            for found in known.subject.finditer(self.text, start, end):
                if not known.oblique.search(self.text, start, found.start()):
                    partners = known.partner.search(self.text, found.end(), end)
                    return self._matched(found) + (self._matched(partners) if partners else ())
            pronouns = [
                found
                for found in known.anaphor.finditer(self.text, start, end)
                if found.start() == start or _BEGINS.search(self.text, start, found.start())
            ]
            if pronouns:
                return self._matched(pronouns[-1])
        return ()
