"""Who invests where and what was agreed in Indonesian, with sums and withdrawals that the next sentences tell."""

from __future__ import annotations

import re
from bisect import bisect_left

from kg.read.coded import Coded
from kg.read.deals import Found
from kg.read.languages.id import sums
from kg.read.languages.id.expressions import (
    FIRM_SIGN,
    MONEY_SIGN,
    PLACE_SIGN,
    clause_start,
    expressions,
    is_called,
)
from kg.read.languages.id.focus import Focus, Part
from kg.read.languages.id.following import Following
from kg.read.languages.id.parties import Parties
from kg.read.languages.id.sites import is_country, most_specific
from kg.read.languages.id.slots import Slot, added, partners, slots
from kg.read.languages.id.undated import with_undated
from kg.read.languages.id.words import after_dateline, headings
from kg.read.model import MONEY, PLACE, Amount
from kg.read.rules import Rule, fitting

_WHILE = re.compile(r"\b(?:yang|saat|ketika|sejak|setelah) $")
_NOUNS = ("id-building-of", "id-investment-of", "id-owned-built")
"""Rules for a plan told as a noun, which a verb behind it may undo."""
_BY_SUBJECT = ("id-firm-builds", "id-firm-starts-building", "id-firm-invests")
"""Rules for who stands right before the verb, though maybe as the other party of what was signed."""
_NEXT = 2
"""Sentences within which a plan, a site or a place is taken up again."""
_RULES = ("agreement rules", "investment rules")
_REMEMBERED = 40
"""Places named before among which one of a class is looked for."""
_CLOSE = 120
"""Code points behind a place within which `di sana` means it, however it was told of."""
_LONG = 10
"""Sentences after which `di lokasi yang sama` still points back at a place."""
_JOINED = re.compile(r",? (?:bersama|menggandeng|berpatungan|berkongsi|bekerja sama|patungan)\b[^,;.]{0,60}")
"""How a clause goes on behind a place that tells who takes part."""
_TOGETHER = re.compile(r"\b[Bb]ersama(?: dengan)? [^,;.]{1,40}, $")
"""Who takes part, told before the subject."""
_CLASS = re.compile(
    r"\b(?:kecamatan|kabupaten|desa|kawasan|kelurahan|kota|pulau|provinsi|distrik|kampung|pelabuhan|prefektur)\b"
)
"""What sort of place words point at."""
_TAKEN_UP = re.compile(r"\b(?:itu|tersebut|ini)\b|nya\b")
_BANK = re.compile(r"\b(?:Bank|BPD|BPR)\b")
_LENT_FOR = frozenset(["proyek", "tol", "jembatan", "infrastruktur"])
"""Who lends, and for what: money that a bank gives for a project is no investment of its own."""
_SAID = re.compile(r"[,.!?][\"”](?= )")
"""Where words of a speaker end, and what is told of that begins."""


class Deals(Following):
    """The rules of `deals.yaml` over each sentence, with the memory of firms and of deals whose sum is told later."""

    def run(self) -> tuple[list[Found], list[Found]]:
        """The investments and the agreements of the document, each in order."""
        self.items = with_undated(self.document, self.items)
        self.parties = Parties(self.document, self.names, self.said)
        self.headings = headings(self.document)
        self.focus = Focus()
        self.told_in = []
        self.site: tuple[str, int] | None = None
        self.site_sum: Amount | None = None
        self.doubted: list[tuple[int, int]] = []
        self.places = [
            (one.start, thing.name) for thing in self.names.things if thing.type == PLACE for one in thing.mentions
        ]
        self.places.sort()
        self.spot: tuple[str, int] | None = None
        return super().run()

    def _sentence(self, coded: Coded) -> None:
        self.number += 1
        self.parties.paragraph = self.document.sentences[self.number].paragraph
        if self.parties.paragraph in self.headings:
            return
        words = expressions()
        if words.cancel.search(coded.text):
            self._withdraw(coded.text)
            self.focus.forget()
        self._paired(coded)
        told = len(self.investments) + len(self.agreements)
        doubted = words.doubted(coded.text)
        if doubted != [(0, len(coded.text))]:
            self._told(coded, doubted)
        if told == len(self.investments) + len(self.agreements):
            self._sums(coded)
        else:
            self._behind(coded)
        self._each(coded)
        self._note(coded)

    def _told(self, coded: Coded, doubted: list[tuple[int, int]]) -> None:
        """The deals that a sentence tells: agreements, then investments, none in words of another or `doubted`."""
        self.doubted, words = doubted, expressions()
        hints = (
            words.agreement.search(coded.text.lower()),
            PLACE_SIGN.search(coded.text)
            or self.site
            or self.spot
            or self.focus.is_open(self.number)
            or words.planned.search(coded.text),
        )
        for hint, key, apply in zip(hints, _RULES, (self._agreed, self._invested), strict=True):
            if not hint:
                continue
            taken = list(doubted)
            if key == _RULES[1]:
                taken += [found.span("stood" if found["stood"] else 0) for found in words.others.finditer(coded.text)]
            for rule in fitting(self.code, "deals", key, coded.text):
                for match in rule.matches(coded.text):
                    if any(match.start() < end and start < match.end() for start, end in taken):
                        continue
                    if _SAID.search(match[0]):
                        continue
                    if apply(rule, match, coded):
                        taken.append(match.span())
        if hints[1]:
            self._opened(coded)
            for slot in slots(coded, self.parties, taken, self._own(coded)):
                self._slotted(slot, coded)

    def _opened(self, coded: Coded) -> None:
        """What a sentence tells of a place that draws firms, or of firms that choose one, and not yet what they do."""
        words = expressions()
        if words.opening.search(coded.text) is None:
            return
        awaited = words.awaited.search(coded.text)
        if awaited and not words.is_weak(coded.text, 0, awaited.end()):
            words_for = awaited["place"] or awaited["there"]
            body = coded.item(awaited["body"]) if awaited["body"] else None
            at = bisect_left(self.places, (body.start, "")) if body else 0
            within = [place for start, place in self.places[at : at + 5] if body and start < body.end]
            places = most_specific(words_for, coded) if words_for else within[:1]
            if places:
                self.focus.awaits(tuple(places), self.number)
        approach = words.approach.search(coded.text)
        if approach and not words.is_weak(coded.text, 0, approach.end()):
            group = next(name for name in ("owner", "guest", "firms") if approach[name])
            firms = self.parties.firms(approach[group], coded, approach.start(group))
            where = approach["site"] or approach["host"] or approach["place"]
            self.focus.approaches(firms, tuple(most_specific(where, coded)), self.number)

    def _own(self, coded: Coded) -> int:
        """Where a sentence's own words begin, behind the dateline of its paragraph."""
        return 0 if self.document.sentences[self.number].place else after_dateline(coded.text)

    def _note(self, coded: Coded) -> None:
        """Keep in mind the firms of a sentence, and a plan in it whose place is told later."""
        words = expressions()
        own = self._own(coded)
        firms = self.parties.note(coded, own) and self.parties.acting
        has_place = PLACE_SIGN.search(coded.text) is not None
        site = words.site.search(coded.text) if has_place else None
        if site and not words.is_doubtful(coded.text):
            self.site = most_specific(site["place"] or site["home"], coded)[0], self.number
            self.site_sum = sums.of_investment(coded, site.start(), site.end())
        spot = words.spot.search(coded.text, own) if has_place else None
        if spot:
            self.spot = most_specific(spot["place"], coded)[0], self.number
        planned = words.planned.search(coded.text) if firms else None
        if planned and not words.is_doubtful(coded.text) and not words.is_weak(coded.text, 0, planned.start()):
            money = [item for item in coded.items if item.kind == MONEY]
            self.pending = (firms, sums.as_amount(money[0]) if sums.is_one(money, coded) else None, self.number)

    # ---- investments -----------------------------------------------------------------------------------------------

    def _invested(self, rule: Rule, match: re.Match[str], coded: Coded) -> bool:
        if not self._is_meant(rule, match, coded):
            return False
        named = match.groupdict().get("investors")
        firms = (
            self.parties.firms(named, coded, match.start("investors")) if named else self._planners(rule, match, coded)
        )
        if rule.name == "id-building-of" and is_called(firms, coded.text, match.start("investors")):
            return False
        subjects = firms
        if named and firms and match.groupdict().get("object"):
            behind = _JOINED.match(coded.text, match.end())
            zone = match.start("object"), behind.end() if behind else match.end("object")
            before = _TOGETHER.search(coded.text, 0, match.start("investors"))
            zones = [zone] + ([before.span()] if before else [])
            firms = tuple(
                dict.fromkeys([*firms, *(one for each in zones for one in partners(coded, *each, self.parties))])
            )
        told = Slot(*match.span(), firms, "", rule.name)
        ends_there = "place" in match.groupdict() and match.end("place") == match.end()
        more = list(added(coded, told, self.parties)) if ends_there else []
        amount = sums.of_investment(coded, *match.span(), more[0].start if more else None)
        if amount is None and not named and self.pending is not None and len(firms) == 1:
            amount = None if sums.is_part(coded.text[max(0, match.start() - 20) : match.end()]) else self.pending[1]
        if rule.name == "id-owner-is" and amount is None and len(firms) == 1:
            amount = self.site_sum
        amounts = self._each_sum(match, coded)
        if not amounts and amount and len(subjects) == 1 < len(firms) and rule.data.get("test") == "money":
            amounts = [amount] + [None] * (len(firms) - 1)
        span = coded.back(match.start()), coded.back(match.end())
        found, words = Found(*span, firms, "", amount, rule.name, span), expressions()
        is_noted = self._invest(
            found,
            self._places(match, coded),
            "masing-masing" in match[0],
            amounts,
            words.plants(match[0]),
        )
        for slot in more if is_noted else ():
            if not any(slot.start < end and start < slot.end for start, end in self.doubted):
                self._slotted(slot, coded)
        return is_noted

    def _each_sum(self, match: re.Match[str], coded: Coded) -> list[Amount | None]:
        """The sums of several firms in their order, where each has its own: `masing-masing … dan …`."""
        if "masing-masing" not in match[0]:
            return []
        return [sums.as_amount(coded.item(sign)) for sign in MONEY_SIGN.findall(match[0])]

    def _slotted(self, slot: Slot, coded: Coded) -> None:
        """An investment found by the parts of its clause."""
        more = list(added(coded, slot._replace(end=slot.place_end), self.parties)) if slot.place_end else []
        last = more[0].start if more else None
        amount = sums.of_investment(coded, slot.spent, slot.end, slot.end) if slot.spent else None
        amount = amount or sums.of_investment(coded, slot.start, slot.end, last)
        amount = None if sums.is_of_several(coded.text) else amount
        span = coded.back(slot.start), coded.back(slot.end)
        words = coded.text[slot.start : slot.end]
        places = self._slot_places(slot, words, coded)
        known = expressions()
        part: Part | None = Part(slot.firms, tuple(places), amount, known.plants(words), False, self.number)
        if part and not (part.firms and part.places):
            part = part._replace(
                is_taken_up=known.is_again(words),
                is_money=slot.rule.endswith("money"),
                is_joining=known.is_joining(words),
            )
        rule = slot.rule
        if part and not (part.firms and part.places):
            others = {coded.item(sign).thing.name for sign in FIRM_SIGN.findall(words)} - set(part.firms)
            part, rule = self.focus.meet(part), "id-told-in-parts"
            if part is not None and not slot.firms and others and others.isdisjoint(part.firms):
                return
        if part is not None:
            found = Found(*span, part.firms, "", part.amount, rule, span)
            is_noted = self._invest(found, list(part.places), "masing-masing" in words, assets=part.assets)
            for one in more if is_noted else ():
                self._slotted(one._replace(firms=one.firms or part.firms), coded)

    def _slot_places(self, slot: Slot, words: str, coded: Coded) -> list[str]:
        """Where an investment found by the parts of its clause goes; empty where that is told elsewhere."""
        if slot.place:
            return most_specific(slot.place, coded)
        if slot.there:
            return self._there(slot.there, coded.back(slot.start))
        return self._here(words) if slot.is_here else []

    def _invest(
        self,
        told: Found,
        places: list[str],
        is_each: bool,
        amounts: list[Amount | None] | None = None,
        assets: frozenset[str] = frozenset(),
    ) -> bool:
        """Note what was told of firms and places as an investment for each; a shared sum is nobody's."""
        firms = tuple(firm for firm in told.parties if not expressions().government.match(firm))
        if told.rule == "id-clause-money" and not assets - _LENT_FOR:
            firms = tuple(firm for firm in firms if not _BANK.search(firm))
        if not firms or not places:
            return False
        share = told.amount if len(places) == 1 and (len(firms) == 1 or is_each) else None
        is_paired = is_each and 1 < len(firms) == len(places)
        for number, firm in enumerate(firms):
            mine = amounts[number] if amounts and len(amounts) == len(firms) > 1 else share
            for place in places[number : number + 1] if is_paired else places:
                if mine and is_country(place) and self._is_of(firm, mine):
                    continue
                if ("invests", firm, place) in self.known:
                    self._fill(firm, place, mine)
                    continue
                self.known.add(("invests", firm, place))
                self.investments.append(told._replace(parties=(firm,), place=place, amount=mine))
                self.told_in = [*self.told_in[-_REMEMBERED:], (self.number, self.investments[-1])]
        self.invested_last, self.invested_in = (self.number, firms), assets
        self.focus.told(Part(firms, tuple(places), None, assets, True, self.number))
        return True

    def _is_of(self, firm: str, amount: Amount) -> bool:
        """Whether a sum of a firm is told of a place already; its country is then no other one."""
        return any(one.parties == (firm,) and one.amount == amount for one in self.investments)

    def _is_meant(self, rule: Rule, match: re.Match[str], coded: Coded) -> bool:
        """Whether a match tells a deal: not doubted before its verb, and of a plant, a shop or a sum."""
        words, groups = expressions(), match.groupdict()
        verb_at = match.start("verb")
        first = min(match.start("investors"), verb_at) if groups.get("investors") else verb_at
        if words.is_weak(coded.text, clause_start(coded.text, first), verb_at):
            return False
        if rule.name in _NOUNS and words.undone.search(coded.text[match.end() :]):
            return False
        told = groups.get("object") or ""
        if words.vain.match(told) or words.condition.search(coded.text[match.end() :]):
            return False
        if groups.get("place") and words.shown.search(coded.text, match.end("verb"), match.start("place")):
            return False
        test = rule.data.get("test")
        if test == "asset" and not words.is_built(groups["verb"], told, coded.text[:verb_at]):
            return False
        if test == "money" and not (
            MONEY_SIGN.search(told) or words.invested.search(told) or "investasi" in groups["verb"]
        ):
            return False
        if test == "money" and words.no_investment.search(told):
            return False
        if rule.name in _BY_SUBJECT and words.signed_with.search(coded.text, 0, first):
            return False
        return rule.name != "id-firm-builds" or _WHILE.search(coded.text, max(0, first - 10), first) is None

    def _planners(self, rule: Rule, match: re.Match[str], coded: Coded) -> tuple[str, ...]:
        """Who builds where nobody is named: the firm of who says so, or those of the plan told just before."""
        if rule.data.get("site") != "yes" and not expressions().assets.search(match["object"].lower()):
            return ()
        firms = self.parties.speakers_firm(coded.back(match.start("verb")))
        if not firms and rule.name == "id-money-is-for" and _TAKEN_UP.search(match["more"]):
            return self.pending[0] if self.pending and self.number - self.pending[2] <= 1 else self.parties.spoken_of()
        if firms or self.pending is None or self.number - self.pending[2] > _NEXT:
            return firms
        return self.pending[0]

    def _fill(self, firm: str, place: str, amount: Amount | None) -> None:
        """Give an investment known already the sum that is told now."""
        if amount is None:
            return
        for number, one in enumerate(self.investments):
            if one.parties == (firm,) and one.place == place and one.amount is None:
                self.investments[number] = one._replace(amount=amount)

    def _places(self, match: re.Match[str], coded: Coded) -> list[str]:
        """Where a deal goes: the places in its words, or the site told in this sentence or the one before."""
        if "place" not in match.groupdict():
            return self._site()
        return most_specific(match["place"], coded)

    def _site(self, within: int = _NEXT) -> list[str]:
        """Where the plant is of which one of the last sentences told."""
        return [self.site[0]] if self.site and self.number - self.site[1] <= within else []

    def _here(self, words: str) -> list[str]:
        """Where the plant is that words take up: where it was told to stand, else the place spoken of just before."""
        if _TAKEN_UP.search(words) is None:
            return self._site(1)
        is_near = self.spot is not None and self.number - self.spot[1] == 1
        return self._site() or ([self.spot[0]] if self.spot and is_near else [])

    def _there(self, words: str, position: int) -> list[str]:
        """Where `di sana` is: the place last named of that class, told in the sentence before, or else the plant's."""
        of_class = _CLASS.search(words)
        if of_class:
            head = of_class[0].capitalize() + " "
            at = bisect_left(self.places, (position, ""))
            before = self.places[max(0, at - _REMEMBERED) : at]
            named = next((place for _, place in reversed(before) if place.startswith(head)), None)
            if named:
                return [named]
            if self.spot and is_country(self.spot[0]):
                return self._site(_LONG)
        if self.spot and self.number - self.spot[1] == 1 and self.spot != self.site:
            return [self.spot[0]]
        start, name = self.places[bisect_left(self.places, (position, "")) - 1] if self.places else (position, "")
        if 0 < position - start < _CLOSE and not is_country(name):
            return [name]
        return self._site(_LONG)
