"""Who invests where and what was agreed in Indonesian, with sums and withdrawals that the next sentences tell."""

from __future__ import annotations

import re

from kg.read.coded import Coded
from kg.read.deals import Deals as Base
from kg.read.deals import Found
from kg.read.languages.id import sums
from kg.read.languages.id.expressions import FIRM_SIGN, MONEY_SIGN, PLACE_SIGN, clause_start, expressions
from kg.read.languages.id.parties import Parties
from kg.read.languages.id.sites import most_specific
from kg.read.languages.id.slots import Slot, added, partners, slots
from kg.read.languages.id.words import headings
from kg.read.model import MONEY, PERSON, Amount
from kg.read.rules import Rule, fitting

_WHILE = re.compile(r"\b(?:yang|saat|ketika|sejak|setelah) $")
_NOUNS = ("id-building-of", "id-investment-of", "id-owned-built")
"""Rules for a plan told as a noun, which a verb behind it may undo."""
_INVESTS = ("berinvestasi",)
_RULES = ("agreement rules", "investment rules")
_NEXT = 2
"""Sentences after a deal in which its sum may be told."""
_LONG = 10
"""Sentences after which `di lokasi yang sama` still points back at a place."""
_COMING = re.compile(r"[^,;]{0,40}\b(?:pada|bulan|pekan|tahun) (?:depan|mendatang)\b")
_PURPOSE = re.compile(r"^\W*(?:[Uu]ntuk|[Gg]una|[Dd]emi|[Aa]gar|[Ss]upaya) [^,;]*, ")
"""What a deal is made for, told before it; no word there makes it one of the future."""
_WITH = re.compile(r" (?:bersama|dengan)\b")
_APART = re.compile(r"\b(?:masing-masing|secara terpisah)\b")
_EACH_WITH = re.compile(r"\b(?:masing-masing|secara terpisah) (?:dengan|bersama) ")
_UNNAMED = re.compile(r"[a-zA-Z ]+$")
_WHOM = re.compile(r"\b(?:dengan|bersama) [A-Z]")
"""With whom a pronoun's deal is, where that is no name known."""
_TAKEN_UP = re.compile(r"\b(?:itu|tersebut|ini)\b|nya\b")
_PACT = re.compile(r"[Kk]esepakatan|[Kk]ontrak|[Pp]erjanjian|[Pp]enandatanganan|[Nn]ota")


class Deals(Base):
    """The rules of `deals.yaml` over each sentence, with the memory of firms and of deals whose sum is told later."""

    def run(self) -> tuple[list[Found], list[Found]]:
        """The investments and the agreements of the document, each in order."""
        self.parties = Parties(self.document, self.names, self.said)
        self.headings = headings(self.document)
        self.number = -1
        self.site: tuple[str, int] | None = None
        self.site_sum: Amount | None = None
        self.doubted: list[tuple[int, int]] = []
        self.spot: tuple[str, int] | None = None
        self.pending: tuple[tuple[str, ...], Amount | None, int] | None = None
        self.invested_last: tuple[int, tuple[str, ...]] | None = None
        self.agreed_last: tuple[int, tuple[str, ...]] | None = None
        return super().run()

    def _sentence(self, coded: Coded) -> None:
        self.number += 1
        self.parties.paragraph = self.document.sentences[self.number].paragraph
        if self.parties.paragraph in self.headings:
            return
        words = expressions()
        if words.cancel.search(coded.text):
            self._withdraw(coded.text)
        told = len(self.investments) + len(self.agreements)
        doubted = words.doubted(coded.text)
        if doubted != [(0, len(coded.text))]:
            self._told(coded, doubted)
        if told == len(self.investments) + len(self.agreements):
            self._sums(coded)
        self._each(coded)
        self._note(coded)

    def _told(self, coded: Coded, doubted: list[tuple[int, int]]) -> None:
        """The deals that a sentence tells: agreements, then investments, none in words of another or `doubted`."""
        self.doubted = doubted
        hints = (
            expressions().agreement.search(coded.text.lower()),
            PLACE_SIGN.search(coded.text) or self.site or self.spot,
        )
        for hint, key, apply in zip(hints, _RULES, (self._agreed, self._invested), strict=True):
            if not hint:
                continue
            taken = list(doubted)
            for rule in fitting(self.code, "deals", key, coded.text):
                for match in rule.pattern.finditer(coded.text):
                    if any(match.start() < end and start < match.end() for start, end in taken):
                        continue
                    if apply(rule, match, coded):
                        taken.append(match.span())
        if hints[1]:
            for slot in slots(coded, self.parties, taken):
                self._slotted(slot, coded)

    def _note(self, coded: Coded) -> None:
        """Keep in mind the firms of a sentence, and a plan in it whose place is told later."""
        words = expressions()
        firms = self.parties.note(coded)
        site = words.site.search(coded.text)
        if site and not words.is_doubtful(coded.text):
            self.site = most_specific(site["place"], coded)[0], self.number
            self.site_sum = sums.of_investment(coded, site.start(), site.end())
        spot = words.spot.search(coded.text)
        if spot:
            self.spot = most_specific(spot["place"], coded)[0], self.number
        if firms and words.planned.search(coded.text) and not words.is_doubtful(coded.text):
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
        if named and firms and match.groupdict().get("object"):
            firms = tuple(dict.fromkeys([*firms, *partners(coded, *match.span("object"), self.parties)]))
        told = Slot(*match.span(), firms, "", rule.name)
        ends_there = "place" in match.groupdict() and match.end("place") == match.end()
        more = list(added(coded, told, self.parties)) if ends_there else []
        amount = sums.of_investment(coded, *match.span(), more[0].start if more else None)
        if amount is None and not named and self.pending is not None and len(firms) == 1:
            amount = None if sums.is_part(coded.text[max(0, match.start() - 20) : match.end()]) else self.pending[1]
        if rule.name == "id-owner-is" and amount is None and len(firms) == 1:
            amount = self.site_sum
        span = coded.back(match.start()), coded.back(match.end())
        found = Found(*span, firms, "", amount, rule.name, span)
        is_noted = self._invest(
            found, self._places(match, coded), "masing-masing" in match[0], self._each_sum(match, coded)
        )
        for slot in more if is_noted else ():
            if not any(slot.start < end and start < slot.end for start, end in self.doubted):
                self._slotted(slot, coded)
        return is_noted

    def _each_sum(self, match: re.Match[str], coded: Coded) -> list[Amount]:
        """The sums of several firms in their order, where each has its own: `masing-masing … dan …`."""
        if "masing-masing" not in match[0]:
            return []
        return [sums.as_amount(coded.item(sign)) for sign in MONEY_SIGN.findall(match[0])]

    def _slotted(self, slot: Slot, coded: Coded) -> None:
        """An investment found by the parts of its clause."""
        amount = sums.of_investment(coded, slot.start, slot.end)
        span = coded.back(slot.start), coded.back(slot.end)
        found = Found(*span, slot.firms, "", amount, slot.rule, span)
        words = coded.text[slot.start : slot.end]
        places = (
            most_specific(slot.place, coded) if slot.place else self._there() if slot.is_there else self._here(words)
        )
        self._invest(found, places, "masing-masing" in words)

    def _invest(self, told: Found, places: list[str], is_each: bool, amounts: list[Amount] | None = None) -> bool:
        """Note what was told of firms and places as an investment for each; a shared sum is nobody's."""
        firms = tuple(firm for firm in told.parties if not expressions().government.match(firm))
        if not firms or not places:
            return False
        share = told.amount if len(places) == 1 and (len(firms) == 1 or is_each) else None
        is_paired = is_each and 1 < len(firms) == len(places)
        for number, firm in enumerate(firms):
            mine = amounts[number] if amounts and len(amounts) == len(firms) > 1 else share
            for place in places[number : number + 1] if is_paired else places:
                if ("invests", firm, place) in self.known:
                    self._fill(firm, place, mine)
                    continue
                self.known.add(("invests", firm, place))
                self.investments.append(told._replace(parties=(firm,), place=place, amount=mine))
        self.invested_last = (self.number, firms)
        return True

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
        test = rule.data.get("test")
        if test == "asset" and not words.is_built(groups["verb"], told, coded.text[:verb_at]):
            return False
        if test == "money" and not (
            MONEY_SIGN.search(told) or words.invested.search(told) or groups["verb"] in _INVESTS
        ):
            return False
        if test == "money" and words.no_investment.search(told):
            return False
        return rule.name != "id-firm-builds" or _WHILE.search(coded.text, max(0, first - 10), first) is None

    def _planners(self, rule: Rule, match: re.Match[str], coded: Coded) -> tuple[str, ...]:
        """Who builds where nobody is named: the firm of who says so, or those of the plan told just before."""
        if rule.data.get("site") != "yes" and not expressions().assets.search(match["object"].lower()):
            return ()
        firms = self.parties.speakers_firm(coded.back(match.start("verb")))
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

    def _there(self) -> list[str]:
        """Where `di sana` is: the place told in the sentence before, else the plant's."""
        if self.spot and self.number - self.spot[1] == 1 and self.spot != self.site:
            return [self.spot[0]]
        return self._site(_LONG)

    # ---- agreements ------------------------------------------------------------------------------------------------

    def _is_concluded(self, rule: Rule, match: re.Match[str], coded: Coded) -> bool:
        """Whether a match tells of what was agreed: not hoped for, not to come, and with parties that are known."""
        words, groups = expressions(), match.groupdict()
        verb_at = match.start("verb")
        clause = clause_start(coded.text, match.start())
        zone = _PURPOSE.sub("", words.settled(coded.text)[clause:verb_at])
        if words.weak.search(zone) or words.future.search(zone):
            return False
        after = coded.text[match.end("verb") : match.end("verb") + 60]
        if _COMING.match(after):
            return False
        if rule.name == "id-parties-sign" and groups["verb"] == "menutup" and "kesepakatan" not in match[0]:
            return False
        if rule.name == "id-deal-between-signed" and groups["verb"] == "berlaku":
            return False
        is_unnamed = not groups.get("parties2") and _UNNAMED.match(groups.get("parties") or "")
        return not (is_unnamed and _WHOM.search(match[0]))

    def _agreed(self, rule: Rule, match: re.Match[str], coded: Coded) -> bool:
        if not self._is_concluded(rule, match, coded):
            return False
        words = expressions()
        sides = self._sides(rule, match, coded)
        parties = list(dict.fromkeys(name for side in sides for name in side))
        if len(parties) == 1 and rule.name == "id-deal-won-by" and "nya " in match["object"]:
            parties = list(dict.fromkeys([*self.parties.last(parties[0]), *parties]))
        if len(parties) == 1 and _WITH.match(coded.text, match.end("verb")):
            parties = list(dict.fromkeys([*self.parties.last(parties[0]), *parties]))
        if len(parties) < 2:
            return False
        amount = sums.of_agreement(match, coded)
        start, end = coded.back(match.start()), coded.back(match.end())
        apart = _APART.search(coded.text[match.start() : match.end("verb")]) or _EACH_WITH.search(match[0])
        persons = {thing.name for thing in self.names.things if thing.type == PERSON}
        if self.agreed_last and self.number - self.agreed_last[0] <= 3 and set(parties) <= persons:
            return False
        deals = [[one, other] for one in sides[0] for other in sides[1]] if apart and len(sides) == 2 else [parties]
        for names in deals:
            if any(set(names) <= set(one.parties) for one in self.agreements):
                continue
            self.agreements.append(Found(start, end, tuple(names), "", amount, rule.name, (start, end)))
        self.agreed_last = (self.number, tuple(parties))
        firms = tuple(name for name in parties if not words.government.match(name))
        if firms:
            self.pending = (firms, None, self.number)
        return True

    def _sides(self, rule: Rule, match: re.Match[str], coded: Coded) -> list[list[str]]:
        """Who is named on each side of an agreement, or the two that `kedua pihak` means."""
        if rule.data.get("pair") == "yes":
            return [list(self.parties.pair)]
        if rule.data.get("those") == "yes":
            return [list(self.parties.those())]
        sides = [(match.start(name), match[name]) for name in ("parties", "parties2") if match.groupdict().get(name)]
        return [self.parties.side(words, coded, position) for position, words in sides]

    # ---- what the next sentence tells ------------------------------------------------------------------------------

    def _sums(self, coded: Coded) -> None:
        """Sums told after a deal: each firm's share, or the deal's own."""
        words = expressions()
        for firm, money in words.share.findall(coded.text) + words.share_named.findall(coded.text):
            self._share(coded.item(firm).thing.name, sums.as_amount(coded.item(money)))
        for money, firm in words.share_of.findall(coded.text):
            self._share(coded.item(firm).thing.name, sums.as_amount(coded.item(money)))
        found = words.nominal.search(coded.text)
        if self._is_next(self.agreed_last) and found and sums.is_of_agreement(found[0]) and sums.is_own(found, coded):
            last = self.agreements[-1] if self.agreements else None
            if last is not None and last.amount is None:
                self.agreements[-1] = last._replace(amount=sums.as_amount(coded.item(found["amount"])))
                return
        found = found or words.own_sum.search(coded.text)
        if found is None or not self._is_next(self.invested_last) or not sums.is_own(found, coded):
            return
        assert self.invested_last is not None
        parties = self.invested_last[1]
        if len(parties) != 1:
            return
        others = {coded.item(sign).thing.name for sign in FIRM_SIGN.findall(coded.text)} - set(parties)
        is_next = self.number - self.invested_last[0] == 1 and sums.is_spent(coded.text)
        if others or not (is_next or sums.is_about_deal(coded.text)):
            return
        mine = [n for n, one in enumerate(self.investments) if one.parties == parties and one.amount is None]
        if mine and sum(self.investments[n].start == self.investments[mine[-1]].start for n in mine) == 1:
            amount = sums.as_amount(coded.item(found["amount"]))
            self.investments[mine[-1]] = self.investments[mine[-1]]._replace(amount=amount)

    def _share(self, firm: str, amount: Amount) -> None:
        """Give a firm's investments without a sum the part that it pays."""
        for number, one in enumerate(self.investments):
            if one.parties == (firm,) and one.amount is None:
                self.investments[number] = one._replace(amount=amount)

    def _each(self, coded: Coded) -> None:
        """`Kedua perusahaan menyetor masing-masing …`: the sum of each of those that invested last."""
        each = expressions().each.search(coded.text)
        if each is None or self.invested_last is None or self.number - self.invested_last[0] > _NEXT:
            return
        for number, one in enumerate(self.investments):
            if one.parties[0] in self.invested_last[1] and one.amount is None:
                self.investments[number] = one._replace(amount=sums.as_amount(coded.item(each["amount"])))

    def _is_next(self, last: tuple[int, tuple[str, ...]] | None) -> bool:
        return last is not None and 0 < self.number - last[0] <= _NEXT

    def _withdraw(self, text: str) -> None:
        """A deal that the next sentence calls off was none."""
        is_agreement = _PACT.search(text) is not None
        invested = self.invested_last is not None and self.number - self.invested_last[0] <= 1
        agreed = self.agreed_last is not None and self.number - self.agreed_last[0] <= 1
        if agreed and (is_agreement or not invested) and self.agreements:
            self.agreements.pop()
            self.agreed_last = None
        elif invested and self.investments:
            start = self.investments[-1].start
            self.investments = [one for one in self.investments if one.start != start]
            self.invested_last = None
