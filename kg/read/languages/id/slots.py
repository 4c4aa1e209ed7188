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

from kg.read.coded import Coded, code_class
from kg.read.language import language
from kg.read.languages.id.expressions import FIRM_SIGN, MONEY_SIGN, PLACE_SIGN, expressions, is_called
from kg.read.languages.id.parties import Parties
from kg.read.languages.id.sites import is_country, most_specific
from kg.read.model import PLACE
from kg.read.rules import expand

_BEGINS = re.compile(
    r"(?:, |\b(?:[Dd]an|[Bb]ahwa|[Ss]etelah|[Kk]etika|[Ss]aat|[Kk]arena|[Uu]sai|[Ss]ejak|[Kk]ini|[Jj]uga|[Ss]aat ini"
    rf"|[Kk]emudian|[Ll]alu|itu|tersebut|ini|sana|situ|sama) |[{code_class(PLACE)}],? )$"
)
"""What a pronoun that is a subject may stand behind."""

_BEGUN = re.compile(r"\b(?:mulai|akan|bakal|resmi|segera|siap)(?: [a-z]+)? $")
_YIELDS = ("menyerap", "mempekerjakan", "menampung", "menghasilkan", "memproduksi", "mengolah")
_NEW = re.compile(
    r"\b(?:baru|barunya|terbaru|terbarunya|perdana|perdananya|pertama|pertamanya|kedua|keduanya|ketiga)\b"
)
"""Verbs of what a plant does once it runs, and what tells that it is a new one."""
_STATES = ("ada", "terletak", "berlokasi", "berada", "bermarkas")
_FRESH = re.compile(
    r"\b(?:mulai|akan|bakal|resmi|segera|siap|baru|barunya|terbaru|terbarunya|pertamanya|keduanya|ketiganya|perdananya|perdana|pertama|kedua|ketiga"
    r"|keempat|kelima|itu|tersebut|ini|kini)\b"
)
"""Verbs of a state, and what tells that it is a new one."""
_TAKES = re.compile(r"menelan|menyedot|memakan|menyerap|bernilai|(?:men(?:dapat|erima)|memperoleh|kebagian|dapat)\w* ")
"""What a plant does with money; who pays is its owner."""
_PAYS = ("dibiayai", "didanai", "dimodali", "membiayai", "mendanai", "memodali")
"""Verbs that tell of money by themselves."""
_HOLDS = re.compile(
    r"\b(?:menggelar|melakukan|mengadakan|melangsungkan|merayakan|melaksanakan|mengawali|memulai|melanjutkan"
    r"|mempercepat|mengebut|menuntaskan)(?: [a-z]+)? $"
)
"""What a firm does that breaks ground or opens a plant, told by a noun."""
_MOST = re.compile(
    r"\b(?:ter(?:besar|tinggi|luas|kemuka|canggih|modern|panjang|lengkap|kenal|nama)|utama)(?: [a-z]+)? $"
)
"""What is larger or better than all others of its kind somewhere."""
_ATTENDS = re.compile(
    r"\b(?:menghadiri|hadir(?:i| dalam| pada| di)|menyaksikan|meninjau|mengunjungi|menyambangi|memantau)\b"
)
"""What is done at the breaking of ground by who does not build."""
_UNNAMED = re.compile(
    r"\b(?i:sebuah|suatu|satu|dua|tiga)"
    r" (?:perusahaan|investor|pengembang|produsen|pabrikan|grup|konsorsium|raksasa|pemodal)\b[^,;]{0,50} $"
)
"""A subject whose name is told later."""
_NEXT_ONE = ("disusul", "diikuti")
"""Verbs behind which another one is told of who does the same."""
_ONE = re.compile(
    r"\b[Yy]ang (?:pertama|kedua|ketiga|lain|lainnya|satunya)\b|\b[Tt]ahap (?:pertama|kedua|ketiga|awal|I+)\b"
)
"""One of several plants told of before."""
_FOR = re.compile(r"\b(?:untuk|guna|buat|demi|dalam rangka|dengan) (?:[a-z]+ )?$")
"""What comes before what money is spent for."""
_AIMS = re.compile(r"\b(?:menargetkan|menjadwalkan|memastikan|merencanakan|memperkirakan|menjanjikan)\b[^,;]{0,60} $")
"""What a firm does that tells when its plant will be ready."""
_OF_SUM = re.compile(
    r"(?:Dari (?:jumlah|dana|total|angka|nilai|investasi|anggaran)|Sebagian|Sisanya|Separuh|Dana|Uang|Anggaran)\b"
)
"""How a sentence begins that tells what the money of the one before is for."""


class Slot(NamedTuple):
    """An investment by the parts of its clause: its span, who invests, the words for where, its rule.

    Without words for where it goes to the place that was told before (`there` are the words that
    point at it), or leaves that open; `spent` is where a verb stands behind which its sum is told.
    """

    start: int
    end: int
    firms: tuple[str, ...]
    place: str
    rule: str
    there: str = ""
    is_here: bool = False
    place_end: int = 0
    spent: int = 0


class _Patterns:
    """The expressions of `deals.yaml` for slots."""

    def __init__(self) -> None:
        known = language("id")
        data = known.data("deals")["slots"]

        def pattern(key: str) -> re.Pattern[str]:
            return re.compile(expand(data[key], known, "deals"))

        self.cut, self.anchor, self.place = pattern("cut"), pattern("anchor"), pattern("place")
        self.subject, self.oblique, self.said = pattern("subject"), pattern("oblique"), pattern("said")
        self.meant = pattern("agent meant")
        self.agent, self.owner, self.anaphor = pattern("agent"), pattern("owner"), pattern("anaphor")
        self.spoken, self.partner = pattern("spoken"), pattern("partner")
        self.named, self.relative, self.own = pattern("named"), pattern("relative"), pattern("own")
        self.gapped, self.more = pattern("gapped"), pattern("more")
        self.adverbs = re.compile(expand("{adverbs}", known, "deals"))
        self.there, self.here = pattern("there"), pattern("here")


@cache
def _patterns() -> _Patterns:
    return _Patterns()


def slots(coded: Coded, parties: Parties, taken: list[tuple[int, int]], own: int) -> Iterator[Slot]:
    """The investments that the clauses of a sentence tell, whole or in part, outside what the rules have `taken`.

    Its `own` words begin behind the dateline.
    """
    for start, end in _clauses(coded.text, own):
        is_named = FIRM_SIGN.search(coded.text, start, end) or PLACE_SIGN.search(coded.text, start, end)
        if not is_named and not expressions().assets.search(coded.text, start, end):
            continue
        yield from _Clause(coded, parties, start, end, taken).slots()


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


def _clauses(text: str, start: int) -> Iterator[tuple[int, int]]:
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
    def __init__(self, coded: Coded, parties: Parties, start: int, end: int, taken: list[tuple[int, int]]) -> None:
        self.taken = taken
        self.coded, self.text, self.parties, self.start, self.end = coded, coded.text, parties, start, end

    def _is_taken(self, found: re.Match[str]) -> bool:
        return any(start < found.end() and found.start() < end for start, end in self.taken)

    def slots(self) -> Iterator[Slot]:
        """Anchor after anchor: each has the words up to the next one for its place."""
        words = expressions()
        anchors = list(_patterns().anchor.finditer(self.text, self.start, self.end))
        begins = self.start
        spender: tuple[str, ...] = ()
        for number, anchor in enumerate(anchors):
            stop = anchors[number + 1].start() if number + 1 < len(anchors) else self.end
            if self._is_taken(anchor):
                begins = stop
                continue
            if words.is_weak(self.text, self.start, anchor.start()) or not self._is_about(anchor, stop):
                continue
            place = self._place(anchor, stop)
            there = self._pointed(anchor, stop)
            is_here = place is None and not there and self._is_there(anchor, stop)
            if words.condition.search(self.text[anchor.end() :]) or self._is_long_since(anchor, stop):
                continue
            if anchor["noun"] and words.undone.search(self.text, anchor.end(), stop):
                continue
            firms = self._firms(anchor, stop)
            if not firms and anchor["active"] and _FOR.search(self.text, self.start, anchor.start()):
                firms = spender
            spender = firms
            is_unnamed = anchor["active"] and _UNNAMED.search(self.text, self.start, anchor.start()) is not None
            if firms or not anchor["active"] or is_unnamed:
                where = place["place"] if place else ""
                end = place.end() if place else 0
                spent = anchor.start() if anchor[0] in _NEXT_ONE or (anchor["money"] and anchor[0][:2] != "di") else 0
                yield Slot(begins, stop, firms, where, f"id-clause-{anchor.lastgroup}", there, is_here, end, spent)
                begins = stop if firms and (where or there or is_here) else begins

    def _is_about(self, anchor: re.Match[str], stop: int) -> bool:
        """Whether something is built, or money spent, in the words of an anchor."""
        words = expressions()
        if anchor["money"]:
            if words.no_investment.search(self.text, anchor.start(), stop):
                return False
            if anchor["money"] in _PAYS and words.assets.search(self.text, self.start, stop):
                return True
            return any(found.search(self.text, self.start, self.end) for found in (MONEY_SIGN, words.invested))
        if (
            anchor["noun"]
            and anchor[0].lower() in ("investasi", "penanaman modal")
            and MONEY_SIGN.search(self.text, self.start, stop)
        ):
            return True
        if anchor["noun"] and words.shown.search(self.text, self.start, anchor.start()):
            return False
        if anchor["active"] and words.vain.match(self.text[anchor.end() : stop]):
            return False
        if anchor["active"]:
            named = _patterns().named.match(self.text, anchor.end(), stop)
            return named is not None or words.is_built(
                anchor["active"], self.text[anchor.end() : stop], self.text[: anchor.start()]
            )
        return (
            words.is_raised(anchor[0], self.text[self.start : anchor.start()])
            or (words.assets.search(self.text, self.start, stop) or _ONE.search(self.text, self.start, stop))
            is not None
        )

    def _is_long_since(self, anchor: re.Match[str], stop: int) -> bool:
        """Whether a verb of being or running tells how things have been all along."""
        if anchor[0] == "dioperasikan":
            return _BEGUN.search(self.text, self.start, anchor.start()) is None
        if anchor[0] in _YIELDS:
            return _NEW.search(self.text, self.start, stop) is None
        return anchor[0] in _STATES and _FRESH.search(self.text, self.start, stop) is None

    def _place(self, anchor: re.Match[str], stop: int) -> re.Match[str] | None:
        """The place behind an anchor, else the one before it; none where only something was said or signed there."""
        known = _patterns()
        if anchor["money"] and _TAKES.match(anchor["money"]):
            for found in known.place.finditer(self.text, self.start, anchor.start()):
                if not found["day"] and not self._is_said_at(found.start()):
                    return found
        for found in known.place.finditer(self.text, anchor.end(), stop):
            if (
                not self._is_taken(found)
                and not known.spoken.search(self.text, anchor.end(), found.start())
                and not self._is_compared(found)
                and not (found["day"] and known.said.search(self.text, self.start, self.end))
            ):
                return found
        before = [
            found
            for found in known.place.finditer(self.text, self.start, anchor.start())
            if not found["day"] and not self._is_said_at(found.start()) and not self._is_compared(found)
        ]
        return before[-1] if before and stop == self.end else None

    def _is_compared(self, found: re.Match[str]) -> bool:
        """Whether a country is only where something is the largest: `perusahaan gas terbesar di Indonesia`."""
        is_most = _MOST.search(self.text, self.start, found.start()) is not None
        return is_most and all(is_country(name) for name in most_specific(found["place"], self.coded))

    def _is_said_at(self, position: int) -> bool:
        """Whether a place is where something was said, and not where the plant stands of which it was said."""
        said = list(_patterns().spoken.finditer(self.text, self.start, position))
        return bool(said) and expressions().assets.search(self.text, said[-1].end(), position) is None

    def _pointed(self, anchor: re.Match[str], stop: int) -> str:
        """The words that point at a place told before: `di lokasi yang sama`."""
        there = _patterns().there
        found = there.search(self.text, anchor.end(), stop) or there.match(self.text, self.start, stop)
        return found[0] if found else ""

    def _is_there(self, anchor: re.Match[str], stop: int) -> bool:
        """Whether an anchor without a place of its own means the one told before, as `pabrik itu` does."""
        known = _patterns()
        is_last = stop == self.end and not known.place.search(self.text, self.start, stop)
        is_spent = anchor["money"] is not None and MONEY_SIGN.search(self.text, self.start, stop) is not None
        return is_last and is_spent and known.here.search(self.text, self.start, stop) is not None

    def _firms(self, anchor: re.Match[str], stop: int) -> tuple[str, ...]:
        if anchor["passive"] or (anchor["money"] and anchor["money"].startswith("di")):
            known, at = _patterns(), anchor.end()
            doer = known.agent.match(self.text, at, stop) or known.meant.match(self.text, at, stop)
            agent = self._matched(doer) or self._owner(stop)
            if not agent and anchor[0].endswith("nya"):
                return self._subject(anchor) or self.parties.spoken_of()
            is_own = _patterns().own.search(self.text, self.start, anchor.start())
            if not agent and ((is_own and self._is_fresh(stop)) or _OF_SUM.match(self.text, self.start)):
                return self.parties.spoken_of()
            return agent or self.parties.leaders_firm(self.coded.back(anchor.start()))
        if anchor["being"] or anchor["noun"] or (anchor["money"] and _TAKES.match(anchor["money"])):
            is_own = _patterns().own.search(self.text, self.start, anchor.start())
            drives = anchor["noun"] and _HOLDS.search(self.text, self.start, anchor.start()) is not None
            drives = drives or (anchor["being"] and _AIMS.search(self.text, self.start, anchor.start()) is not None)
            drives = drives or (anchor["noun"] and _patterns().anchor.search(self.text, self.start, anchor.start()))
            drives = drives and _ATTENDS.search(self.text, self.start, anchor.start()) is None
            firms = self._owner(stop) or (self._subject(anchor) if is_own or drives else ())
            if not firms and is_own and self._is_fresh(stop):
                firms = self.parties.spoken_of()
            return firms or self.parties.leaders_firm(self.coded.back(anchor.start()))
        firms = self._subject(anchor) or self._owner(stop) or self._teller(anchor)
        return firms or (self.parties.spoken_of() if _OF_SUM.match(self.text, self.start) else ())

    def _is_fresh(self, stop: int) -> bool:
        return _FRESH.search(self.text, self.start, stop) is not None

    def _teller(self, anchor: re.Match[str]) -> tuple[str, ...]:
        """The firm of who says that he will build, without a subject: `Direktur A mengatakan akan membuka …`."""
        said = list(_patterns().said.finditer(self.text, self.start, anchor.start()))
        if not said or not _patterns().adverbs.fullmatch(self.text, said[-1].end(), anchor.start()):
            return ()
        return self.parties.leaders_firm(self.coded.back(anchor.start()))

    def _owner(self, stop: int) -> tuple[str, ...]:
        found = _patterns().owner.search(self.text, self.start, stop)
        firms = self._matched(found)
        return () if found and is_called(firms, self.text, found.start("firms")) else firms

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
